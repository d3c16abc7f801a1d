//! Which places are known by a name that somebody types: `Leningrad`, `Burma`, `UAE`.

use super::gazetteer::{DEMONYM, Gazetteer};
use crate::words::forms;

/// The paths of the places that are known by these folded words and whose own names, and those of what they lie in, do not have them.
pub fn known_as(words: &[&str]) -> Vec<String> {
    let mut paths = paths(words);
    paths.retain(|path| !has(path, words));
    paths
}

/// As [`known_as`], where no place at all is filed under the words: nothing else can be meant by them. `Leningrad` is Saint
/// Petersburg; `Holland` is also a town in Michigan, and stays what it is.
///
/// # Example
///
/// ```
/// use morgue::extract::places::filed_as;
/// assert_eq!(filed_as(&["kiev"]), ["Europe/Ukraine/Kyiv"]);
/// assert!(filed_as(&["st", "john"]).is_empty(), "`St. John's` has the same words");
/// assert!(filed_as(&["holland"]).is_empty() && filed_as(&["paris"]).is_empty() && filed_as(&["qwertz"]).is_empty());
/// ```
pub fn filed_as(words: &[&str]) -> Vec<String> {
    let found = paths(words);
    // Words have lost an `'s`: `St. John's` is a town of its own, and no Saint John.
    let mut owning: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
    owning.last_mut().into_iter().for_each(|last| last.push('s'));
    let owning = paths(&owning.iter().map(String::as_str).collect::<Vec<_>>());
    if found.iter().chain(&owning).any(|path| has(path, words)) { Vec::new() } else { found }
}

fn has(path: &str, words: &[&str]) -> bool {
    path.split('/').any(|part| forms(part).windows(words.len()).any(|run| run == words))
}

/// The paths of all places that are called so, in order of their letters.
fn paths(words: &[&str]) -> Vec<String> {
    let Some(gazetteer) = Gazetteer::built_in().filter(|_| !words.is_empty()) else { return Vec::new() };
    let name = words.join(" ");
    // Abbreviations stand in the gazetteer as they are printed.
    let capitals = name.to_uppercase();
    let pointed: String = capitals.chars().filter(|c| c.is_alphabetic()).flat_map(|c| [c, '.']).collect();
    let spellings = if words.len() == 1 { vec![name, capitals, pointed] } else { vec![name] };
    let postings = spellings.iter().flat_map(|name| gazetteer.lookup(name));
    let mut paths: Vec<String> = postings.filter(|p| p.flags & DEMONYM == 0).map(|p| gazetteer.path(p.place)).collect();
    paths.retain(|path| !path.is_empty());
    paths.sort();
    paths.dedup();
    paths
}

#[cfg(test)]
mod tests {
    use super::filed_as;
    use crate::words::forms;

    #[test]
    fn a_name_leads_to_another_only_where_no_place_has_it() {
        let filed = |name: &str| filed_as(&forms(name).iter().map(String::as_str).collect::<Vec<_>>());
        assert_eq!(filed("Leningrad"), ["Europe/Russia/St. Petersburg"]);
        assert_eq!(filed("UAE"), ["Asia/United Arab Emirates"]);
        for own in ["St. John's", "Paris", "Holland", "Breslau", "London", "St. Petersburg", "Martha's Vineyard", "qwertz", ""] {
            assert!(filed(own).is_empty(), "{own}: {:?}", filed(own));
        }
    }
}
