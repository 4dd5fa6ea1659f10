//! What a stringer has said about a report.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde::{Deserialize, Serialize};

use super::report::{Group, Spelling};
use crate::models::search_key;
use crate::models::v1_import_names::NameKind;

/// What a stringer has said about a report.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Choices {
    /// Folded spellings, and the one that each stands for.
    pub same: BTreeMap<NameKind, BTreeMap<String, String>>,
    /// Orders of which the file's word is taken.
    pub taken: BTreeSet<String>,
}

impl Choices {
    pub(super) fn takes(&self, external_ref: &str) -> bool {
        self.taken.contains(external_ref)
    }

    pub(super) fn joined(&self) -> HashMap<(NameKind, String), String> {
        let all = self.same.iter();
        let all = all.flat_map(|(kind, same)| {
            same.iter().map(|(key, text)| ((*kind, key.clone()), text.clone()))
        });
        all.collect()
    }

    /// The one of a group that the others stand for.
    pub(super) fn meant_of(&self, kind: NameKind, spellings: &[Spelling]) -> Option<usize> {
        let same = self.same.get(&kind)?;
        let meant = spellings.iter().find_map(|spelling| same.get(&spelling.key))?;
        let key = search_key([meant.as_str()]);
        spellings.iter().position(|spelling| spelling.key == key)
    }

    /// All spellings of a group stand for one of them; without one, each for itself.
    pub fn join(&mut self, group: &Group, meant: Option<usize>) {
        let same = self.same.entry(group.kind).or_default();
        group.spellings.iter().for_each(|spelling| {
            same.remove(&spelling.key);
        });
        if let Some(meant) = meant.and_then(|at| group.spellings.get(at)) {
            for spelling in group.spellings.iter().filter(|one| one.key != meant.key) {
                same.insert(spelling.key.clone(), meant.text.clone());
            }
        }
        self.same.retain(|_, same| !same.is_empty());
    }
}
