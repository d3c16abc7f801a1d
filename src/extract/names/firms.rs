//! Firms as papers write them: with a legal form behind a comma (`Hartwell, Inc.`), by the names of their owners (`Quill, Varr and
//! Co`), by their first word (`Hartwell said`), and bodies whose first or last word is one of another language (`Banco`, `Shimbun`).

use super::lexicon::{Traits, WordMap};
use super::sight::{Shown, Sight};
use super::tagging::{Kind, Tagged};

/// Words that begin the name of a body in languages other than English.
const FIRST: &[&str] = &[
    "Air",
    "Academia",
    "Academie",
    "Académie",
    "Asociación",
    "Associação",
    "Banca",
    "Banco",
    "Banque",
    "Cafe",
    "Café",
    "Caisse",
    "Cassa",
    "Centro",
    "Cie",
    "Comité",
    "Compagnie",
    "Consejo",
    "Corporación",
    "Crédit",
    "Deportivo",
    "Diario",
    "Empresa",
    "Federación",
    "Frente",
    "Fundación",
    "Fundação",
    "Groupe",
    "Gazeta",
    "Gruppo",
    "Grupo",
    "Hizb",
    "Instituto",
    "Jamaat",
    "Jamiat",
    "Ministerio",
    "Movimiento",
    "Partido",
    "Petroleos",
    "Petróleos",
    "Pizzeria",
    "Ristorante",
    "Trattoria",
    "Partai",
    "Parti",
    "Radio",
    "Sindicato",
    "Sociedad",
    "Societe",
    "Société",
    "Universidad",
    "Universidade",
    "Université",
];

/// Words that end one.
const LAST: &[&str] = &[
    "Dal",
    "Ilbo",
    "Mahasabha",
    "Morcha",
    "Parishad",
    "Sabha",
    "Samiti",
    "Sangh",
    "Shimbun",
    "Sangathan",
    "Vidyapeeth",
    "Vidyapeetham",
    "Yuan",
];

/// Sets all of these right.
pub fn settle(sight: &Sight<'_, '_>, names: &mut Vec<Tagged>) {
    let mut free = 0;
    for name in names.iter_mut() {
        let from = std::mem::replace(&mut free, name.tokens.end);
        if name.kind == Kind::Organization || name.tokens.len() < 2 {
            continue;
        }
        let (first, last) = (name.tokens.start, name.tokens.end - 1);
        let given = sight.traits(first).is_given() && !sight.traits(first).any(Traits::WEAK_GIVEN);
        let given = given && (last == first + 1 || matches!(sight.text(last), "Dal" | "Yuan"));
        if FIRST.contains(&sight.text(first)) || LAST.contains(&sight.text(last)) && !given {
            name.kind = Kind::Organization;
        } else if let Some(before) =
            first.checked_sub(1).filter(|i| *i >= from && FIRST[1..].contains(&sight.text(*i)) && name.kind == Kind::Person)
        {
            // `the NGO Fundación Ana Ito`
            *name = Tagged { tokens: before..name.tokens.end, kind: Kind::Organization };
        }
    }
    legal_forms(sight, names);
    whole(sight, names);
    two_firms(sight, names);
    owners(sight, names);
    first_words(sight, names);
}

/// `Hartwell, Inc.`: the form behind the comma belongs to the name.
fn legal_forms(sight: &Sight<'_, '_>, names: &mut Vec<Tagged>) {
    for n in 0..names.len() {
        let form = names[n].tokens.start;
        let alone = names[n].tokens.len() == 1 && sight.traits(form).any(Traits::ORG_FORM);
        if !alone || form < 2 || sight.text(form - 1) != "," || !sight.is_capital(form - 2) {
            continue;
        }
        let sentence = sight.page.sentences[sight.page.sentence_of(form)].start;
        let start = match n.checked_sub(1).filter(|b| names[*b].tokens.end == form - 1) {
            Some(before) => {
                let start = names[before].tokens.start;
                names[before].tokens = start..start;
                start
            }
            None => form - 2,
        };
        if start >= sentence {
            names[n] = Tagged { tokens: start..form + 1, kind: Kind::Organization };
        }
    }
    // A form alone is no name.
    names.retain(|n| !(n.tokens.is_empty() || n.tokens.len() == 1 && sight.traits(n.tokens.start) == Traits::ORG_FORM));
}

/// `Quill Tire and Rubber Co`, held for two names, is one: no `Rubber` stands anywhere else in the article.
fn whole(sight: &Sight<'_, '_>, names: &mut Vec<Tagged>) {
    let form = |i: usize| sight.traits(i).any(Traits::ORG_FORM);
    // Not `Varr Clinics and Laboratory Corp of America`.
    let one = |n: &Tagged| n.tokens.len() > 1 && n.tokens.clone().skip(1).all(form) && sight.text(n.tokens.end) != "of";
    let second = |n: &Tagged| n.kind == Kind::Organization && one(n);
    for n in 1..names.len() {
        let (start, first) = (names[n].tokens.start, names[n - 1].clone());
        let joined = first.tokens.end + 1 == start && matches!(sight.text(start - 1), "and" | "&");
        let known = first.tokens.clone().any(|i| form(i) || sight.traits(i).any(Traits::ACRONYM | Traits::ORG | Traits::PLACE));
        let firm = first.kind == Kind::Organization && first.tokens.len() < 4 || first.kind == Kind::Person && first.tokens.len() == 1;
        if !(joined && second(&names[n]) && firm) || known || form(start) {
            continue;
        }
        let word = sight.page.hash(start);
        let alone = |i: &usize| sight.page.hash(*i) == word && (*i == 0 || !matches!(sight.text(i - 1), "and" | "&"));
        if !sight.capitals.iter().any(alone) {
            names[n].tokens.start = first.tokens.start;
            names[n - 1].tokens.end = first.tokens.start;
        }
    }
    names.retain(|n| !n.tokens.is_empty());
}

/// `Hartwell Mills Inc and Varr Bakeries Inc`, held for one name, are two.
fn two_firms(sight: &Sight<'_, '_>, names: &mut Vec<Tagged>) {
    let form = |i: usize| sight.traits(i).any(Traits::ORG_FORM);
    let mut all = Vec::with_capacity(names.len());
    for name in names.drain(..) {
        let (start, end) = (name.tokens.start, name.tokens.end);
        let first = (start + 1..end).find(|i| form(*i) && sight.text(i + 1) == "and" && i + 3 < end);
        match first.filter(|_| name.kind == Kind::Organization && form(end - 1)) {
            Some(first) => {
                all.push(Tagged { tokens: start..first + 1, kind: Kind::Organization });
                all.push(Tagged { tokens: first + 2..end, kind: Kind::Organization });
            }
            None => all.push(name),
        }
    }
    *names = all;
}

/// `Quill, Varr and Co`: what is held for persons before the comma are owners too.
fn owners(sight: &Sight<'_, '_>, names: &mut Vec<Tagged>) {
    for n in 0..names.len() {
        let last = names[n].tokens.end - 1;
        let joined = names[n].tokens.clone().any(|i| matches!(sight.text(i), "and" | "&"));
        let form = sight.traits(last).any(Traits::ORG_FORM) || matches!(sight.text(last), "Sons" | "Bros" | "Brothers");
        if names[n].kind != Kind::Organization || !joined || !form {
            continue;
        }
        for before in (0..n).rev() {
            let start = names[n].tokens.start;
            let comma = names[before].tokens.end + 1 == start && sight.text(start - 1) == ",";
            let firm = names[before].tokens.len() == 1 && !sight.traits(names[before].tokens.start).any(Traits::ORG | Traits::ACRONYM);
            let owner = names[before].kind == Kind::Person || names[before].kind == Kind::Organization && firm;
            if !comma || !owner || names[before].tokens.len() > 2 {
                break;
            }
            names[n].tokens.start = names[before].tokens.start;
            names[before].tokens.end = names[before].tokens.start;
        }
    }
    names.retain(|n| !n.tokens.is_empty());
    let mut free = 0;
    for name in names.iter_mut() {
        let (start, last) = (name.tokens.start, name.tokens.end - 1);
        let owner = start.checked_sub(2).filter(|i| *i >= free && sight.text(i + 1) == "," && sight.is_capital(*i));
        let joined = sight.text(start + 1) == "and" && sight.traits(last).any(Traits::ORG_FORM);
        let plain = |i: usize| !sight.tokens[i].initial && !sight.traits(i).any(Traits::PLACE | Traits::COMMON | Traits::CALENDAR);
        if name.kind == Kind::Organization && joined && owner.is_some_and(plain) {
            name.tokens.start = start - 2;
        }
        free = name.tokens.end;
    }
}

/// `Hartwell said`, where the article has a `Hartwell Mills Inc` or a `Hartwell Varr Brothers` and nobody called so: the firm. So is the second
/// word of a `Samuel Varr and Co`, and `Great Lakes` of a `Great Lakes Mills Ltd` of which only `Lakes` looked like somebody.
pub fn first_words(sight: &Sight<'_, '_>, names: &mut [Tagged]) {
    let mut firms: WordMap<&str, (usize, bool)> = WordMap::default();
    let own = Traits::FAMILY | Traits::WEAK_FAMILY | Traits::PLACE | Traits::DEMONYM | Traits::COMMON | Traits::OFFICE;
    for name in names.iter().filter(|n| n.kind == Kind::Organization && n.tokens.len() > 1) {
        let (first, form) = (name.tokens.start, sight.traits(name.tokens.end - 1).any(Traits::ORG_FORM));
        let speaks = sight.tokens[first].shown & (Shown::SPEAKING | Shown::OWNS) != 0;
        if form || speaks && !sight.traits(first).any(own) && !sight.traits(first).is_given() {
            let known = firms.entry(sight.text(first)).or_insert((first, form));
            known.1 |= form;
        }
        if form && sight.traits(first).is_given() && name.tokens.len() > 2 && sight.is_capital(first + 1) {
            firms.entry(sight.text(first + 1)).or_insert((first + 1, true));
        }
    }
    if firms.is_empty() {
        return;
    }
    let begins = |name: &Tagged| {
        let firm = firms.get(sight.text(name.tokens.start));
        let whole = |firm: usize| (0..name.tokens.len()).all(|k| sight.text(firm + k) == sight.text(name.tokens.start + k));
        firm.is_some_and(|(firm, form)| (*form || name.tokens.len() == 1) && whole(*firm))
    };
    let people: Vec<&str> =
        names.iter().filter(|n| n.kind == Kind::Person && !begins(n)).flat_map(|n| n.tokens.clone().map(|i| sight.text(i))).collect();
    let titled = |n: &Tagged| n.tokens.start > 0 && sight.traits(n.tokens.start - 1).is_title();
    let mut somebody: Vec<&str> = people;
    somebody.extend(names.iter().filter(|n| n.kind == Kind::Person && titled(n)).map(|n| sight.text(n.tokens.start)));
    let firm: Vec<usize> = (0..names.len())
        .filter(|n| names[*n].kind == Kind::Person && begins(&names[*n]) && !somebody.contains(&sight.text(names[*n].tokens.start)))
        .collect();
    for n in firm {
        names[n].kind = Kind::Organization;
    }
    let mut free = 0;
    for name in names.iter_mut() {
        let lone = name.kind == Kind::Person && name.tokens.len() == 1;
        let before = name.tokens.start.checked_sub(1).filter(|i| lone && *i >= free && sight.is_capital(*i));
        let firm = before.and_then(|i| firms.get(sight.text(i)));
        if firm.is_some_and(|(firm, _)| sight.text(firm + 1) == sight.text(name.tokens.start)) {
            *name = Tagged { tokens: name.tokens.start - 1..name.tokens.end, kind: Kind::Organization };
        }
        free = name.tokens.end;
    }
}
