//! Hyphens as they are typed: which arguments are flags, and which leave a word out of a question.

use super::Cli;
use clap::CommandFactory;

/// Commands that take a query.
const ASKING: [&str; 11] = ["search", "s", "quotes", "said", "facets", "timeline", "saved", "kwic", "compare", "export", "query"];

/// The program's arguments with what is meant as a negation in a query, `-byline:*` or `-opinion`, written so that it is not
/// taken for flags: `NOT byline:*`. Flags are letters that the command knows, or two hyphens; the value of a flag stays as it is.
pub fn spelled_out(args: impl Iterator<Item = String>) -> Vec<String> {
    let args: Vec<String> = args.collect();
    // Most have nothing that could be either: what flags there are need not be looked up.
    let plain = |arg: &str| {
        matches!(arg, "-C" | "-n" | "-c" | "-l" | "-q" | "-h" | "-V")
            || arg.starts_with("--") && arg != "--recent"
            || !arg.starts_with(['-', '+'])
    };
    if args.iter().skip(1).all(|arg| plain(arg)) {
        return args;
    }
    let root = Cli::command();
    let mut flags = Flags::default();
    flags.add(&root);
    let mut out: Vec<String> = Vec::new();
    let (mut literal, mut asks, mut tags) = (false, false, false);
    // What the command is: the first word that is neither a flag nor the value of one.
    let mut has_command = false;
    for arg in args {
        literal |= arg == "--";
        let is_value = literal || out.last().is_none_or(|before| flags.want(before));
        if is_value {
            out.push(arg);
            continue;
        }
        if !has_command && !arg.starts_with('-') {
            asks = ASKING.contains(&arg.as_str());
            tags = arg == "tag";
            has_command = true;
            root.find_subcommand(&arg).into_iter().for_each(|command| flags.add_all(command));
        }
        let negated = arg.strip_prefix('-').filter(|rest| asks && !rest.is_empty() && !rest.starts_with('-') && flags.read(rest).is_none());
        match (tag_change(&arg).filter(|_| tags), negated) {
            (Some(change), _) => out.push(change),
            // A flag that may have a value must not take it for that.
            (None, Some(rest)) => out.insert(out.len() - usize::from(flags.may_want(out.last())), format!("NOT {rest}")),
            (None, None) => {
                // The word behind a flag that wants no value, or a number, is one of the question.
                if let Some(last) =
                    out.last_mut().filter(|last| *last == "--recent" && !arg.starts_with('-') && arg.parse::<u32>().is_err())
                {
                    last.push('=');
                    last.push_str(super::search::RECENT);
                }
                out.push(arg);
            }
        }
    }
    out
}

/// `+checked` and `-checked`, as `morgue tag` takes them, spelled as flags.
fn tag_change(arg: &str) -> Option<String> {
    let flag = arg.strip_prefix('+').map(|tag| ("add", tag));
    // One letter behind a hyphen is a flag of ours, unless there is none such.
    let minus =
        || arg.strip_prefix('-').filter(|tag| !tag.starts_with('-') && !["", "C", "h", "V"].contains(tag)).map(|tag| ("remove", tag));
    flag.or_else(minus).map(|(flag, tag)| format!("--{flag}={tag}"))
}

/// The flags of a command, and whether a value has to follow each.
#[derive(Default)]
struct Flags {
    letters: Vec<(char, bool)>,
    words: Vec<(String, bool)>,
    /// Words that do with or without a value.
    open: Vec<String>,
}

impl Flags {
    fn add(&mut self, command: &clap::Command) {
        for arg in command.get_arguments() {
            let wants = arg.get_action().takes_values() && arg.get_num_args().is_none_or(|n| n.min_values() > 0);
            self.letters.extend(arg.get_short().map(|letter| (letter, wants)));
            let words = arg.get_long().into_iter().chain(arg.get_visible_aliases().into_iter().flatten());
            let words: Vec<String> = words.map(str::to_owned).collect();
            self.open.extend(words.iter().filter(|_| arg.get_action().takes_values() && !wants).cloned());
            self.words.extend(words.into_iter().map(|word| (word, wants)));
        }
    }

    /// Those of the command, and of the commands in it.
    fn add_all(&mut self, command: &clap::Command) {
        self.add(command);
        command.get_subcommands().for_each(|inner| self.add_all(inner));
    }

    /// Whether the argument behind `arg` is its value.
    fn want(&self, arg: &str) -> bool {
        match arg.strip_prefix("--") {
            Some(word) => self.words.iter().any(|(other, wants)| *wants && other == word),
            None => arg.strip_prefix('-').and_then(|rest| self.read(rest)).unwrap_or(false),
        }
    }

    /// Whether the argument behind this one could be its value.
    fn may_want(&self, arg: Option<&String>) -> bool {
        arg.and_then(|arg| arg.strip_prefix("--")).is_some_and(|word| self.open.iter().any(|other| other == word))
    }

    /// Reads what follows a hyphen as letters of flags, and says whether a value is yet to follow; `None` where it is a word. A
    /// letter by itself is a flag, if there is none such a mistyped one.
    fn read(&self, rest: &str) -> Option<bool> {
        let mut letters = rest.chars();
        while let Some(letter) = letters.next() {
            let known = self.letters.iter().find(|(other, _)| *other == letter);
            let value = letters.as_str();
            match known {
                None if rest.len() == letter.len_utf8() || value.starts_with(':') && rest.len() == value.len() + letter.len_utf8() => {
                    return Some(false);
                }
                Some((_, true)) if value.is_empty() => return Some(true),
                Some((_, true)) => return fits(letter, value).then_some(false),
                Some((_, false)) => {}
                None => return None,
            }
        }
        Some(false)
    }
}

/// Whether `value`, glued to the letter of a flag, can be its value rather than the rest of a word.
fn fits(letter: char, value: &str) -> bool {
    let (bare, has_sign) = value.strip_prefix('=').map_or((value, false), |bare| (bare, true));
    match letter {
        'T' => bare.contains('{'),
        'n' | 'w' => bare == "all" || !bare.is_empty() && bare.bytes().all(|b| b.is_ascii_digit()),
        'D' => bare.contains('='),
        _ => has_sign || bare.contains('/') || bare.starts_with(['.', '~']),
    }
}

#[cfg(test)]
mod tests {
    use super::spelled_out;

    #[track_caller]
    fn check(typed: &str, meant: &str) {
        let args = std::iter::once("morgue").chain(typed.split(' ')).map(str::to_owned);
        assert_eq!(spelled_out(args)[1..].join(" "), meant);
    }

    #[test]
    fn negations_are_no_flags_and_flags_no_negations() {
        check("search -byline:*", "search NOT byline:*");
        check("search flood -opinion -c", "search flood NOT opinion -c");
        check("search -=tax", "search NOT =tax");
        check("search flood --sort -date -n 5 -l", "search flood --sort -date -n 5 -l");
        check("search --recent flood", "search --recent=365 flood");
        check("search --recent 30 flood -n 5", "search --recent 30 flood -n 5");
        check("search flood --recent", "search flood --recent");
        check("search -cq flood -C dir --json", "search -cq flood -C dir --json");
        check("search -- -opinion", "search -- -opinion");
        check("search -d:x", "search -d:x");
        check("facets --by tag is:tagged -n 3", "facets --by tag is:tagged -n 3");
        check("search tag -n 3 -opinion", "search tag -n 3 NOT opinion");
        check("--color never -C tag search +a -n 3", "--color never -C tag search +a -n 3");
        check("-C dir tag +a -b --seen -- -x +y", "-C dir tag --add=a --remove=b --seen -- -x +y");
    }

    #[test]
    fn letters_that_are_no_flags_of_the_command_are_a_word() {
        let words = "Ted car tax oil FBI EU GOP U.S. 2016 covid-19 o'brien recycl! wom?n Trump* China* CO2 cnn nra lgbt new hq";
        for word in words.split(' ').chain(["quote{speaker:trump}", "article{x}", "ATLEAST3(climate)", "\"a", "title:x", "=x"]) {
            check(&format!("search climate -{word} -n 2"), &format!("search climate NOT {word} -n 2"));
        }
        for flags in ["-n5", "-n=5", "-nall", "-T{id}", "-T={id}", "-l0", "-cq", "-lq", "-ln 5", "-C/tmp", "-C=dir", "-h", "-V", "-x", "-5"]
        {
            check(&format!("search climate {flags}"), &format!("search climate {flags}"));
        }
        check("search a --json -car --recent -tax --no-facets -EU", "search a --json NOT car NOT tax --recent --no-facets NOT EU");
        check("search a -T -car", "search a -T -car");
        check("facets flood -Ted -lq", "facets flood NOT Ted NOT lq");
        check("kwic crisis -w20 -war", "kwic crisis -w20 NOT war");
        check("saved run x -Dname=y -n3", "saved run x -Dname=y -n3");
        check("show -Ted", "show -Ted");
    }
}
