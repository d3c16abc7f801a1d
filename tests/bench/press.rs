//! A press that prints as many articles as are wanted, the same for the same seed: for benches at scale.
//!
//! The language is its own: a vocabulary of 60,000 words built of syllables, the commoner the shorter, drawn by Zipf and Mandelbrot's law, with the
//! real little words of English in front; every article has a subject that makes some words, names and places come
//! again (real text is bursty), set phrases of two and three words, and paragraphs in the manner of the news: statements, direct
//! and reported quotes, pronouns, numbers. There are about 280,000 persons, 20,000 bodies, 200 sources. Mean length is near
//! 2,500 bytes, lengths are log-normal. A text packs (zstd 3, 64 KB) to about four tenths, as real news does.

#![allow(dead_code, reason = "each bench uses its part")]

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;

/// The little words, commonest first.
const LITTLE: &str = "the of to and a in that is for on with as at by from it was are this be have an not but they which had will would their \
    more about after over when there out up who its been has were one two new people also than other first last year years time could \
    some into only most can all because before between under against during while since many both each where such may might must";
const WEEKDAYS: &[&str] = &["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const PLACES: &str = "London,Paris,Berlin,Kyiv,Moscow,Washington,Chicago,Boston,Tokyo,Lagos,Nairobi,Cairo,Ankara,Vienna,Oslo,Madrid,Lisbon,Rome,\
    Athens,Warsaw,Prague,Budapest,Toronto,Ottawa,Lima,Bogota,Santiago,Sydney,Melbourne,Delhi,Mumbai,Jakarta,Manila,Seoul,Beijing,Shanghai,\
    Kharkiv,Lviv,Hamburg,Munich,Lyon,Marseille,Hull,Leeds,Glasgow,Dublin,Denver,Houston,Dallas,Miami,Atlanta,Seattle,Ukraine,Germany,France,\
    Spain,Italy,Poland,Turkey,Egypt,Kenya,Nigeria,India,China,Japan,Brazil,Canada,Mexico,Iran,Iraq,Israel,Syria,Russia,Texas,Ohio,Florida";
const SECTIONS: &[&str] =
    &["World", "Politics", "Business", "Sport", "Culture", "Science", "Health", "Local", "Opinion", "Technology", "Travel", "Law"];
const VERBS: &[&str] = &["said", "said", "said", "said", "added", "told reporters", "warned", "argued", "announced", "insisted"];
const ROLES: &[&str] =
    &["President", "Prime Minister", "Senator", "Mayor", "Foreign Minister", "Judge", "Governor", "spokeswoman", "spokesman", "Professor"];
const KINDS: &[&str] = &["Bank", "Group", "Institute", "University", "Corp", "Association", "Union", "Ministry", "Party", "Council"];
const ONSETS: &str = "b,c,d,f,g,h,l,m,n,p,r,s,t,v,w,b,c,d,f,l,m,n,p,r,s,t,st,tr,pr,br,gr,cl,pl,sh,ch,th,sp,cr,fr,con,re,in";
const HEARTS: &str = "a,e,i,o,u,a,e,i,o,u,ea,ou,ai,ee,ia";
const CODAS: &str = "n,r,s,t,l,m,nd,nt,st,ck,ng,rt,ll,ss,,,,,";
const ENDINGS: &str = ",,,s,s,ed,ed,ing,ing,ion,er,ly,ment,al,ity,ous,ive,ence";

/// Numbers from a seed (splitmix64, Steele, Lea and Flood 2014).
#[derive(Clone)]
pub struct Dice(u64);

impl Dice {
    /// Dice that always fall the same for a seed.
    pub fn new(seed: u64) -> Dice {
        Dice(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `n`.
    pub fn below(&mut self, n: usize) -> usize {
        ((u128::from(self.next()) * n.max(1) as u128) >> 64) as usize
    }

    fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1u64 << 53) as f64
    }

    /// A number below `n` whose frequency falls with its size, by Zipf's law.
    pub fn zipf(&mut self, n: usize) -> usize {
        ((n as f64 + 1.0).powf(self.unit()) - 1.0) as usize % n
    }

    fn pick<T: Copy>(&mut self, some: &[T]) -> T {
        some[self.below(some.len())]
    }
}

/// The press: vocabulary, names and laws.
pub struct Press {
    words: Vec<String>,
    /// Cumulative frequency of each word.
    laws: Vec<f64>,
    first: Vec<String>,
    last: Vec<String>,
    bodies: Vec<String>,
    places: Vec<&'static str>,
    sources: Vec<String>,
}

impl Press {
    /// Sets up the press.
    pub fn new() -> Press {
        let mut dice = Dice::new(8);
        let split = |list: &'static str| list.split(',').map(str::trim).collect::<Vec<_>>();
        let (onsets, hearts, codas, endings) = (split(ONSETS), split(HEARTS), split(CODAS), split(ENDINGS));
        let stem = |dice: &mut Dice, syllables: usize| {
            let mut word = String::new();
            for _ in 0..syllables {
                word.push_str(dice.pick(&onsets));
                word.push_str(dice.pick(&hearts));
                word.push_str(dice.pick(&codas));
            }
            word
        };
        let mut words: Vec<String> = LITTLE.split_whitespace().map(str::to_owned).collect();
        let mut seen: std::collections::HashSet<String> = words.iter().cloned().collect();
        while words.len() < 60_000 {
            // Common words are short.
            let rank = words.len();
            let word =
                stem(&mut dice, 1 + usize::from(rank > 2000) + usize::from(rank > 30_000 && rank.is_multiple_of(3))) + dice.pick(&endings);
            let longest = 3 + rank.ilog2() as usize * 2 / 3;
            if word.len() > 2 && word.len() <= longest && seen.insert(word.clone()) {
                words.push(word);
            }
        }
        let mut sum = 0.0;
        let laws = (0..words.len()).map(|rank| {
            sum += (rank as f64 + 2.7).powf(-1.05);
            sum
        });
        let laws = laws.collect();
        let mut named = |n: usize, syllables: usize| {
            let mut names = Vec::with_capacity(n);
            while names.len() < n {
                let name = capital(&stem(&mut dice, syllables));
                if name.len() > 3 && seen.insert(name.clone()) {
                    names.push(name);
                }
            }
            names
        };
        let (first, last, towns) = (named(140, 1), named(2000, 2), named(2000, 2));
        let bodies = (0..20_000).map(|i| format!("{} {}", towns[i % towns.len()], KINDS[i / towns.len()])).collect();
        let sources = (0..200).map(|i| format!("{} {}", towns[i], ["Times", "Courier", "Herald", "Post", "Wire"][i % 5])).collect();
        Press { words, laws, first, last, bodies, places: split(PLACES), sources }
    }

    /// The word of rank `rank`.
    pub fn word(&self, rank: usize) -> String {
        self.words[rank].clone()
    }

    /// The word that often comes after the word of rank `rank`.
    pub fn mate(&self, rank: usize) -> String {
        self.words[mate(rank)].clone()
    }

    fn rank(&self, dice: &mut Dice) -> usize {
        let at = dice.unit() * self.laws[self.laws.len() - 1];
        self.laws.partition_point(|l| *l < at).min(self.words.len() - 1)
    }

    /// A person: first and last name hang together, so that there are about 280,000 of them.
    fn person(&self, dice: &mut Dice) -> (usize, usize) {
        let number = dice.zipf(self.first.len() * self.last.len());
        (number % self.first.len(), number / self.first.len())
    }

    /// Article number `number` of the edition `seed`, as a JSON record.
    pub fn article(&self, seed: u64, number: usize) -> serde_json::Value {
        let mut dice = Dice::new(seed.wrapping_mul(0x2545_f491_4f6c_dd1d) ^ (number as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15));
        let mut story = Story::new(self, &mut dice);
        let normal = (0..6).map(|_| dice.unit()).sum::<f64>() - 3.0;
        let length = (2150.0 * (0.55 * normal / 0.707).exp()) as usize;
        let title = story.title(&mut dice);
        let mut body = String::with_capacity(length + 400);
        while body.len() < length.max(300) {
            if !body.is_empty() {
                body.push_str("\n\n");
            }
            story.paragraph(&mut dice, &mut body);
        }
        let mut record = serde_json::json!({
            "id": format!("press-{number}"), "title": title, "body": body, "source": self.sources[dice.zipf(self.sources.len())],
            "section": SECTIONS[dice.zipf(SECTIONS.len())], "language": "en",
        });
        if dice.below(20) > 0 {
            record["published"] = format!("{}-{:02}-{:02}", 2000 + dice.below(26), 1 + dice.below(12), 1 + dice.below(28)).into();
        }
        if dice.below(3) > 0 {
            let (first, last) = self.person(&mut dice);
            record["byline"] = serde_json::json!([format!("{} {}", self.first[first], self.last[last])]);
        }
        record
    }

    /// Writes articles `0..n` of edition `seed` as JSON Lines; returns the bytes of their titles and bodies.
    pub fn print(&self, file: &Path, n: usize, seed: u64) -> u64 {
        let mut out = std::io::BufWriter::with_capacity(1 << 20, std::fs::File::create(file).unwrap());
        let mut bytes = 0;
        for number in 0..n {
            let record = self.article(seed, number);
            bytes += (record["title"].as_str().unwrap().len() + record["body"].as_str().unwrap().len()) as u64;
            serde_json::to_writer(&mut out, &record).unwrap();
            out.write_all(b"\n").unwrap();
        }
        out.flush().unwrap();
        bytes
    }
}

/// What one article keeps coming back to.
struct Story<'p> {
    press: &'p Press,
    words: Vec<usize>,
    persons: Vec<(usize, usize)>,
    bodies: Vec<usize>,
    places: Vec<usize>,
    named: Vec<bool>,
}

impl<'p> Story<'p> {
    fn new(press: &'p Press, dice: &mut Dice) -> Story<'p> {
        // Articles of one subject share words; there are 3,000 subjects.
        let mut subject = Dice::new(dice.zipf(3000) as u64);
        let words = (0..24).map(|_| LITTLE.split_whitespace().count() + subject.zipf(20_000)).collect();
        let persons: Vec<_> = (0..2 + dice.below(4)).map(|i| press.person(if i == 0 { &mut subject } else { dice })).collect();
        let bodies = (0..2).map(|_| dice.zipf(press.bodies.len())).collect();
        let places = (0..2 + dice.below(2)).map(|_| subject.zipf(press.places.len())).collect();
        Story { press, words, named: vec![false; persons.len()], persons, bodies, places }
    }

    fn title(&mut self, dice: &mut Dice) -> String {
        let mut title = String::new();
        self.clause(dice, &mut title, 7);
        capital(&title)
    }

    /// Some words in a row.
    fn clause(&self, dice: &mut Dice, out: &mut String, n: usize) {
        let mut left = n;
        while left > 0 {
            let rank = if dice.below(5) == 0 { dice.pick(&self.words) } else { self.press.rank(dice) };
            let _ = write!(out, "{}{}", if out.is_empty() || out.ends_with(['“', '\n', ' ']) { "" } else { " " }, self.press.words[rank]);
            left -= 1;
            // Some words bring along the one they always come with.
            if rank > 60 && dice.below(3) == 0 && left > 0 {
                let _ = write!(out, " {}", self.press.words[mate(rank)]);
                left -= 1;
            }
        }
    }

    fn sentence(&self, dice: &mut Dice, out: &mut String) {
        let start = out.len();
        let n = 4 + dice.below(10);
        self.clause(dice, out, n);
        let place = self.press.places[dice.pick(&self.places)];
        let body = &self.press.bodies[dice.pick(&self.bodies)];
        let _ = match dice.below(8) {
            0 | 1 => write!(out, " in {place}"),
            2 => write!(out, " of the {body}"),
            3 => write!(out, " on {}", dice.pick(WEEKDAYS)),
            4 => write!(out, " of {} percent", 1 + dice.below(90)),
            _ => Ok(()),
        };
        let n = 3 + dice.below(8);
        self.clause(dice, out, n);
        out.push('.');
        let first = out[start..].find(|c: char| c.is_ascii_alphabetic()).map_or(start, |i| start + i);
        let letter = out[first..=first].to_ascii_uppercase();
        out.replace_range(first..=first, &letter);
    }

    /// The speaker as the article names him: in full and with a role at first, then by the last name or a pronoun.
    fn speaker(&mut self, dice: &mut Dice) -> String {
        let who = dice.below(self.persons.len());
        let (first, last) = self.persons[who];
        let (first, last) = (&self.press.first[first], &self.press.last[last]);
        if !std::mem::replace(&mut self.named[who], true) {
            return match dice.below(2) {
                0 => format!("{} {first} {last}", ROLES[(first.len() * 7 + last.len()) % ROLES.len()]),
                _ => format!("{first} {last}"),
            };
        }
        match dice.below(4) {
            0 => "he".to_owned(),
            1 => format!("Mr. {last}"),
            _ => last.clone(),
        }
    }

    fn paragraph(&mut self, dice: &mut Dice, out: &mut String) {
        let speaker = self.speaker(dice);
        match dice.below(5) {
            0 | 1 => {
                out.push('“');
                self.sentence(dice, out);
                out.pop();
                let _ = write!(out, ",” {speaker} {}. ", dice.pick(VERBS));
                self.sentence(dice, out);
            }
            2 => {
                let _ = write!(out, "{} said that", capital(&speaker));
                let n = 8 + dice.below(10);
                self.clause(dice, out, n);
                out.push_str(". ");
                self.sentence(dice, out);
            }
            _ => {
                for i in 0..1 + dice.below(3) {
                    out.push_str(if i > 0 { " " } else { "" });
                    self.sentence(dice, out);
                }
            }
        }
    }
}

fn mate(rank: usize) -> usize {
    60 + (rank * 7919) % 4000
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|c| c.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
