//! What becomes of everybody's book when entries of the catalogue and persons are joined, in plain
//! code: whatever named the one names the other, and what was seen before is not remembered.

use sea_orm::Value;
use sea_orm::prelude::Uuid;

use super::world::{Row, World};

/// Where an entry or a person is named.
const NAMED: [(&str, &str); 11] = [
    ("rackets", "client_rackets.racket_id"),
    ("strings", "orders.mains_string_id"),
    ("strings", "orders.crosses_string_id"),
    ("strings", "reels.string_id"),
    ("persons", "client_profiles.person_id"),
    ("persons", "order_shares.granted_by_person_id"),
    ("persons", "person_stringer_shares.person_id"),
    ("persons", "share_audit.actor_person_id"),
    ("persons", "notifications.actor_person_id"),
    ("persons", "person_claims.person_id"),
    ("rackets", "catalogue_imports.racket_id"),
];

impl World {
    /// The same after an admin has joined entries that stringers have alone with ones that
    /// everybody has, and persons whom two stringers know.
    pub fn after_merges(&self) -> Self {
        let mut after = Self {
            tables: self.tables.clone(),
            rows: self.rows.clone(),
            stringers: self.stringers.clone(),
            is_clients: self.is_clients,
        };
        for table in ["rackets", "strings"] {
            let shared = self.entries(table, "catalogue_shared");
            let own = self.entries(table, "catalogue_private");
            for (from, into) in own.iter().step_by(2).zip(&shared) {
                after.join(table, *from, *into);
            }
        }
        for (from, into) in self.pairs() {
            after.join("persons", from, into);
        }
        after
    }

    fn entries(&self, table: &str, visibility: &str) -> Vec<Uuid> {
        let is_so = |row: &&Row| row.cells["visibility"] == Value::from(visibility);
        let sport = |row: &&Row| row.cells["sport"] == Value::from("tennis");
        self.of(table).filter(is_so).filter(sport).filter_map(|row| row.key("id")).collect()
    }

    /// Persons of different stringers, each with a file.
    fn pairs(&self) -> Vec<(Uuid, Uuid)> {
        let of = |stringer: Uuid| {
            let files = self.of("client_profiles");
            let mut persons: Vec<Uuid> = files
                .filter(|file| file.key("stringer_id") == Some(stringer))
                .filter_map(|file| file.key("person_id"))
                .collect();
            persons.dedup();
            persons
        };
        let (ours, theirs) = (of(self.stringers[0]), of(self.stringers[2]));
        let (more, others) = (of(self.stringers[1]), of(self.stringers[3]));
        let pairs = [(ours.first(), theirs.last()), (more.first(), others.last())];
        let pairs = pairs.into_iter().filter_map(|(one, other)| Some((*one?, *other?)));
        pairs.filter(|(one, other)| one != other).collect()
    }

    fn join(&mut self, table: &str, from: Uuid, into: Uuid) {
        for row in &mut self.rows {
            if row.table == table && row.key("id") == Some(from) {
                row.cells.insert("merged_into".to_owned(), into.into());
            }
            for (_, place) in NAMED.iter().filter(|(what, _)| *what == table) {
                let (of, column) = place.split_once('.').expect("a column");
                if row.table == of && row.key(column) == Some(from) {
                    row.cells.insert(column.to_owned(), into.into());
                    // Leave in the name of one who is joined ends: nobody has it twice.
                    if of == "person_stringer_shares" {
                        let ended = row.cells["granted_at"].clone();
                        row.cells.insert("revoked_at".to_owned(), ended);
                    }
                }
            }
        }
    }
}
