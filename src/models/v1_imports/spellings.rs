//! Spellings that may be the same: what hands have typed over the years. Nothing is joined
//! because it looks alike; it is asked about, once.

use std::collections::{BTreeMap, HashMap};

use super::Choices;
use super::finding::Finding;
use super::job::{Job, string_name};
use super::report::{Group, Spelling};
use crate::models::search_key;
use crate::models::v1_import_names::NameKind;

/// Names that differ by less are asked about: one letter in nine, two in seventeen.
const ALIKE: f64 = 0.88;

/// Shorter names differ by a letter and are others: Eva and Ewa, Rea and Lea.
const SHORTEST: usize = 5;

/// Longer ones are no names; comparing takes memory by the square of them.
const LONGEST: usize = 80;

/// So many pairs of a kind are compared, some milliseconds' worth each ten thousand: a column
/// of notes that was taken for names holds nobody up.
const COMPARED: usize = 300_000;

/// How clients and rackets are mostly written, by what their spellings have in common: capitals
/// and accents aside, they are one.
pub(super) fn usual(jobs: &[Job]) -> HashMap<(NameKind, String), String> {
    let mut counted: HashMap<(NameKind, String), BTreeMap<String, usize>> = HashMap::new();
    for job in jobs {
        let player = job.player.as_ref().map(|player| (NameKind::Player, player.text()));
        let racket = (NameKind::Racket, job.racket.name.clone());
        for (kind, text) in player.into_iter().chain([racket]) {
            let spellings = counted.entry((kind, search_key([text.as_str()]))).or_default();
            *spellings.entry(text).or_default() += 1;
        }
    }
    let most = counted.into_iter().filter_map(|(place, spellings)| {
        // Of two that are as frequent, the one with capitals' own place stands first.
        let most = spellings.into_iter().rev().max_by_key(|(_, count)| *count)?;
        Some((place, most.0))
    });
    most.collect()
}

/// The groups of a file, the most frequent first.
pub(super) fn groups(jobs: &[Job], choices: &Choices, finding: &Finding<'_>) -> Vec<Group> {
    let mut counted: BTreeMap<NameKind, BTreeMap<String, Spelling>> = BTreeMap::new();
    let mut count = |kind: NameKind, text: &str, is_known: bool| {
        let key = search_key([text]);
        if key.is_empty() {
            return;
        }
        let spelling = counted.entry(kind).or_default().entry(key.clone());
        let spelling = spelling.or_insert(Spelling {
            text: finding.meant(kind, text),
            key,
            count: 0,
            // What an earlier upload has taught was asked about then.
            is_known: finding.is_taught(kind, text),
        });
        spelling.count += usize::from(!is_known);
        spelling.is_known |= is_known;
    };
    for job in jobs {
        if let Some(player) = &job.player {
            count(NameKind::Player, &player.text(), false);
        }
        if job.racket.own_id.is_none() {
            count(NameKind::Racket, &job.racket.name, false);
        }
        job.sides.iter().for_each(|side| count(NameKind::String, &string_name(side), false));
    }
    finding.client_names().for_each(|name| count(NameKind::Player, name, true));
    let mut groups: Vec<Group> =
        counted.into_iter().flat_map(|(kind, names)| alike(kind, names, choices)).collect();
    groups.sort_by_key(|group| {
        let rows: usize = group.spellings.iter().map(|spelling| spelling.count).sum();
        (group.kind, std::cmp::Reverse(rows))
    });
    groups
}

/// Those of a kind that look alike, in groups of two and more.
fn alike(kind: NameKind, names: BTreeMap<String, Spelling>, choices: &Choices) -> Vec<Group> {
    let names: Vec<Spelling> = names.into_values().collect();
    let shapes: Vec<Shape> = names.iter().map(|name| Shape::of(&name.key)).collect();
    let mut group: Vec<usize> = (0..names.len()).collect();
    for (one, other) in pairs(&shapes) {
        // What is in the book twice is two.
        if !(names[one].is_known && names[other].is_known)
            && shapes[one].is_like(&shapes[other], kind)
        {
            let (from, to) = (root(&group, one), root(&group, other));
            group[from] = to;
        }
    }
    let mut groups: BTreeMap<usize, Vec<Spelling>> = BTreeMap::new();
    for (at, name) in names.into_iter().enumerate() {
        groups.entry(root(&group, at)).or_default().push(name);
    }
    let groups = groups.into_values().filter(|spellings| spellings.len() > 1);
    groups
        .map(|mut spellings| {
            spellings.sort_by_key(|one| (!one.is_known, std::cmp::Reverse(one.count)));
            let joined = choices.meant_of(kind, &spellings);
            Group { kind, spellings, joined }
        })
        .collect()
}

fn root(group: &[usize], mut at: usize) -> usize {
    while group[at] != at {
        at = group[at];
    }
    at
}

/// Which are worth a comparison: those that begin alike, and those of the same words.
fn pairs(shapes: &[Shape]) -> impl Iterator<Item = (usize, usize)> {
    let mut like: HashMap<String, Vec<usize>> = HashMap::new();
    for (at, shape) in shapes.iter().enumerate() {
        let first = shape.compact.chars().take(1).collect();
        let last = shape.words.iter().max_by_key(|word| word.len()).cloned().unwrap_or_default();
        for key in [first, last, shape.words.join(" ")] {
            let same = like.entry(key).or_default();
            if same.last() != Some(&at) {
                same.push(at);
            }
        }
    }
    let pairs = like.into_values().flat_map(|same: Vec<usize>| {
        (0..same.len()).flat_map(move |nth| {
            let one = same[nth];
            let others = same[nth + 1..].to_vec();
            others.into_iter().map(move |other| (one, other))
        })
    });
    pairs.take(COMPARED)
}

/// What a name is compared by.
struct Shape {
    /// Letters and digits alone.
    compact: String,
    /// Its words, in the order of the alphabet.
    words: Vec<String>,
    /// Its numbers: a Pure Aero 98 is no Pure Aero 100.
    numbers: Vec<String>,
}

impl Shape {
    fn of(key: &str) -> Self {
        let is_apart = |c: char| !c.is_alphanumeric();
        let mut words: Vec<String> =
            key.split(is_apart).filter(|word| !word.is_empty()).map(str::to_owned).collect();
        let compact = words.concat();
        words.sort_unstable();
        let digits = key.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty());
        Self { compact, words, numbers: digits.map(str::to_owned).collect() }
    }

    fn is_like(&self, other: &Self, kind: NameKind) -> bool {
        if self.numbers != other.numbers {
            return false;
        }
        if self.words == other.words || self.compact == other.compact {
            return true;
        }
        // `Pure Drive` is some maker's Pure Drive; a Müller is not every Anna Müller.
        if kind != NameKind::Player && (self.is_within(other) || other.is_within(self)) {
            return true;
        }
        let lengths = [&self.compact, &other.compact].map(|compact| compact.chars().count());
        let (shorter, longer) = (lengths[0].min(lengths[1]), lengths[0].max(lengths[1]));
        // Each letter that one has more is a difference already; and no name is a page.
        (SHORTEST..=longer).contains(&shorter)
            && longer <= LONGEST
            && (longer - shorter) * 8 <= longer
            && strsim::normalized_damerau_levenshtein(&self.compact, &other.compact) >= ALIKE
    }

    /// Another name with a word more.
    fn is_within(&self, other: &Self) -> bool {
        !self.words.is_empty()
            && self.words.len() + 1 == other.words.len()
            && self.words.iter().all(|word| other.words.contains(word))
            && other.compact.ends_with(&self.compact)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_like(kind: NameKind, one: &str, other: &str) -> bool {
        let shape = |text: &str| Shape::of(&search_key([text]));
        shape(one).is_like(&shape(other), kind)
    }

    #[test]
    fn what_hands_type_for_the_same_is_asked_about() {
        use NameKind::{Player, Racket, String};
        for (kind, one, other) in [
            (Player, "Sara\tFrei", "Frei\tSara"),
            (Player, "Christoph\tBaumann", "Cristoph\tBaumann"),
            (Racket, "Babolat Pure Drive", "Pure Drive"),
            (Racket, "Babolat Pure-Drive", "Babolat PureDrive"),
            (Racket, "Wilson Blade 98 v8", "Wilson Balde 98 v8"),
            (String, "Luxilon ALU Power 1.25", "Luxilon Alu-Power 1.25"),
        ] {
            assert!(is_like(kind, one, other), "{one} and {other}");
        }
    }

    #[test]
    fn what_is_another_is_not_asked_about() {
        use NameKind::{Player, Racket, String};
        for (kind, one, other) in [
            (Player, "Lea\tFrei", "Rea\tFrei"),
            (Player, "Anna\tMüller", "Müller\t"),
            (Racket, "Babolat Pure Aero 98", "Babolat Pure Aero 100"),
            (Racket, "Wilson Blade 98 v7", "Wilson Blade 98 v8"),
            (String, "Babolat RPM Blast 1.25", "Babolat RPM Blast 1.30"),
        ] {
            assert!(!is_like(kind, one, other), "{one} and {other}");
        }
    }
}
