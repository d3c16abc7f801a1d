//! Floors under figures: `floors.toml` says what was reached; to fall below is a failure, never a silent change.
//! A figure that has no floor yet is shown with `none`.

use std::fmt::Write;
use std::path::Path;
use std::sync::Mutex;
use toml_edit::{DocumentMut, Item, Table, value};

/// How far below its floor a figure may be and still count as the same.
const SLACK: f64 = 0.005;

/// What may be done to the floors.
#[derive(Clone, Copy, PartialEq)]
enum Pin {
    /// Nothing: figures are compared.
    Keep,
    /// Floors that were passed are raised, new ones written.
    Raise,
    /// Every floor becomes what was reached.
    Lower,
}

/// One file, several tests.
static FILE: Mutex<()> = Mutex::new(());

/// Prints `figures` and compares them with the floors of `set`.
pub fn hold(set: &str, figures: &[(String, f64, usize, usize)]) {
    let pin = match std::env::var("MORGUE_REPIN").as_deref() {
        Err(_) | Ok("" | "0") => Pin::Keep,
        Ok("lower") => Pin::Lower,
        Ok(_) => Pin::Raise,
    };
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/eval/floors.toml");
    let broken = {
        let _guard = FILE.lock().unwrap_or_else(|broken| broken.into_inner());
        let mut floors: DocumentMut = std::fs::read_to_string(&path).expect("floors.toml is there").parse().expect("floors.toml is TOML");
        let (table, broken) = compare(&mut floors, set, figures, pin);
        println!("{table}");
        if pin != Pin::Keep {
            std::fs::write(&path, floors.to_string()).expect("floors.toml can be written");
        }
        broken
    };
    assert!(broken.is_empty(), "{set}: {}", broken.join("; "));
}

/// Prints `figures` of a set that others annotated: no floor is kept for it, since it may not be there.
pub fn show(set: &str, figures: &[(String, f64, usize, usize)]) {
    println!("== {set}");
    for (name, reached, right, of) in figures {
        println!("   {name:32} {reached:.3}  {right:5} / {of}");
    }
}

/// A table of the figures beside their floors, and what is wrong; moves the floors as `pin` allows.
fn compare(floors: &mut DocumentMut, set: &str, figures: &[(String, f64, usize, usize)], pin: Pin) -> (String, Vec<String>) {
    let (mut table, mut broken) = (format!("== {set}\n"), Vec::new());
    let row = floors.entry(set).or_insert(Item::Table(Table::new())).as_table_mut().expect("a set of floors is a table");
    for (name, reached, right, of) in figures {
        let floor = row.get(name).and_then(|item| item.as_float().or_else(|| item.as_integer().map(|i| i as f64)));
        let low = floor.is_some_and(|floor| *reached < floor - SLACK);
        let mark = if low { " BELOW" } else { "" };
        let shown = floor.map_or("none".to_owned(), |f| format!("{f:.3}"));
        let _ = writeln!(table, "   {name:32} {reached:.3}  floor {shown:5}  {right:5} / {of}{mark}");
        match floor {
            Some(floor) if low && pin != Pin::Lower => {
                broken.push(format!("`{name}` fell to {reached:.3}, its floor is {floor:.3}; if that is wanted, MORGUE_REPIN=lower"));
            }
            Some(floor) if pin == Pin::Raise && *reached <= floor => {}
            _ if pin == Pin::Keep => {}
            _ => row[name.as_str()] = value((reached * 1000.0).floor() / 1000.0),
        }
    }
    // What is measured no more (nothing was found that could be right or wrong) has fallen to nothing.
    let gone = |name: &str| !figures.iter().any(|(known, ..)| known == name);
    let gone: Vec<_> = row.iter().map(|(name, _)| name.to_owned()).filter(|name| gone(name)).collect();
    for name in gone {
        if pin == Pin::Lower {
            row.remove(&name);
        } else if row[name.as_str()].as_float().is_none_or(|floor| floor > SLACK) {
            broken.push(format!("`{name}` has a floor and is measured no more; if that is wanted, MORGUE_REPIN=lower"));
        }
    }
    (table, broken)
}

#[test]
fn floors_rise_and_do_not_fall_unseen() {
    let figures = |value: f64| vec![("speaker".to_owned(), value, 1, 2)];
    let after = |text: &str, reached: f64, pin: Pin| {
        let mut floors: DocumentMut = text.parse().unwrap();
        let broken = compare(&mut floors, "x", &figures(reached), pin).1;
        (floors.to_string().lines().nth(1).unwrap_or("").to_owned(), broken.len())
    };
    let pinned = "[x]\nspeaker = 0.9\n";
    assert_eq!(after(pinned, 0.95, Pin::Keep), ("speaker = 0.9".into(), 0));
    assert_eq!(after(pinned, 0.896, Pin::Keep), ("speaker = 0.9".into(), 0));
    assert_eq!(after(pinned, 0.89, Pin::Keep), ("speaker = 0.9".into(), 1));
    assert_eq!(after(pinned, 0.95, Pin::Raise), ("speaker = 0.95".into(), 0));
    assert_eq!(after(pinned, 0.89, Pin::Raise), ("speaker = 0.9".into(), 1));
    assert_eq!(after(pinned, 0.89, Pin::Lower), ("speaker = 0.89".into(), 0));
    assert_eq!(after("", 0.5, Pin::Keep).1, 0);
    assert_eq!(after("", 0.5, Pin::Raise), ("speaker = 0.5".into(), 0));
    assert_eq!(after("[x]\nspeaker = 0.1\ngone = 0.9\n", 0.5, Pin::Raise), ("speaker = 0.5".into(), 1));
}
