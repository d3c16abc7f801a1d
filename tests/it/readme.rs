//! What the README says about the query language is what the tables say.

use morgue::field::FIELDS;
use morgue::query::{Context, OPERATORS, Target, parse};

fn between<'a>(text: &'a str, name: &str) -> (usize, usize, &'a str) {
    let start = text.find(&format!("<!-- {name}:")).unwrap();
    let from = start + text[start..].find("-->\n").unwrap() + 4;
    let to = text.find(&format!("<!-- /{name} -->")).unwrap();
    (from, to, &text[from..to])
}

fn escaped(text: &str) -> String {
    text.replace('|', "\\|")
}

#[test]
fn the_tables_of_the_readme_are_the_tables_of_the_program() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/README.md");
    let mut readme = std::fs::read_to_string(path).unwrap();
    let mut operators = String::from("| write | meaning |\n|---|---|\n");
    for o in OPERATORS {
        operators.push_str(&format!("| `{}` | {} |\n", escaped(o.example), escaped(o.meaning)));
    }
    let mut fields = String::from("| field | example | finds | also |\n|---|---|---|---|\n");
    for f in FIELDS {
        let star = if f.facet { " *" } else { "" };
        fields.push_str(&format!("| `{}`{star} | `{}` | {} | {} |\n", f.name, escaped(f.example), escaped(f.help), f.aliases.join(" ")));
    }
    fields.push_str("\n\\* can be counted with `morgue facets --by`.\n");
    for (name, table) in [("operators", operators), ("fields", fields)] {
        let (from, to, found) = between(&readme, name);
        if found != table {
            assert!(
                std::env::var("MORGUE_README").is_ok_and(|v| v == "write"),
                "the table of {name} is out of date: run with MORGUE_README=write"
            );
            readme.replace_range(from..to, &table);
        }
    }
    if std::env::var("MORGUE_README").is_ok_and(|v| v == "write") {
        std::fs::write(path, readme).unwrap();
    }
}

#[test]
fn every_example_can_be_read() {
    for example in FIELDS.iter().map(|f| f.example) {
        for target in [Target::Articles, Target::Quotes] {
            let parsed = parse(example, &Context::new(target));
            assert!(parsed.is_sound(), "{example}: {:?}", parsed.problems);
        }
    }
}
