//! What a row of a table says of names, sports and strings.

use super::reading::Reader;
use super::{Cells, Holds, Unit};
use crate::units::Sport;
use crate::v1::sheet::Value;
use crate::v1::{Matter, Pull, Side, measures};

impl Reader<'_> {
    pub(super) fn names(&self, row: &Cells) -> (String, String) {
        let (first, last) = (self.line(row, Holds::FirstName), self.line(row, Holds::LastName));
        if !first.is_empty() || !last.is_empty() {
            return (first, last);
        }
        let whole = self.line(row, Holds::Client);
        match whole.split_once(' ') {
            Some((first, last)) => (first.to_owned(), last.to_owned()),
            None => (whole, String::new()),
        }
    }

    /// Its own number; else whose job it is, and the how manieth of its kind: two equal rows are
    /// two rackets.
    pub(super) fn number(&mut self, row: &Cells) -> String {
        let number = self.line(row, Holds::Number);
        if !number.is_empty() {
            return number;
        }
        // What may change while the order lives, a mark of payment above all, is no part of it.
        let own = [Holds::Client, Holds::FirstName, Holds::LastName, Holds::Ordered];
        let own = own.into_iter().chain([Holds::Strung, Holds::Racket, Holds::Mains]);
        let own = own.chain([Holds::MainsTension]).map(|holds| self.line(row, holds));
        let said = own.collect::<Vec<_>>().join("\u{1f}");
        let nth = self.seen.entry(said.clone()).or_default();
        *nth += 1;
        let digest = <sha2::Sha256 as sha2::Digest>::digest(said.as_bytes());
        format!("{}-{nth}", hex::encode(&digest[..8]))
    }

    pub(super) fn sport(&mut self, row: &Cells) -> Sport {
        self.measure(row, Holds::Sport, measures::sport).unwrap_or(self.matching.sport)
    }

    pub(super) fn sides(&mut self, row: &Cells) -> [Side; 2] {
        let [on_mains, on_crosses] =
            [Holds::MainsTension, Holds::CrossesTension].map(|holds| self.tensions(row, holds));
        let byo = self.measure(row, Holds::Byo, |value| measures::yes(value).map(Some));
        let byo = byo.unwrap_or(false);
        let mains = self.line(row, Holds::Mains);
        let crosses = Some(self.line(row, Holds::Crosses)).filter(|name| !name.is_empty());
        let side = |model: String, tension| Side { model, tension, byo, ..Side::default() };
        // `24/23` in one column; or nothing beside the mains: as the mains.
        let both = on_mains.and_then(|(_, second)| second);
        let first = on_mains.map(|(first, _)| first);
        let second = both.or(on_crosses.map(|(first, _)| first)).or(first);
        if let (Some(one), Some(other)) = (first, second)
            && one.is_in_pounds != other.is_in_pounds
        {
            self.complain(row, Holds::CrossesTension, Matter::TwoTensions);
        }
        [side(mains.clone(), first), side(crosses.unwrap_or(mains), second)]
    }

    pub(super) fn tensions(&mut self, row: &Cells, holds: Holds) -> Option<(Pull, Option<Pull>)> {
        let text = self.text(row, holds);
        if text.is_empty() {
            return None;
        }
        let read = match self.matching.unit {
            Unit::All(unit) => measures::pulls_in(&Value::Text(text.to_owned()), unit),
            Unit::PoundsAbove(most) => measures::pulls_above(&Value::Text(text.to_owned()), most),
        };
        read.unwrap_or_else(|matter| {
            self.complain(row, holds, matter);
            None
        })
    }

    pub(super) fn prestretch(&self, row: &Cells) -> Option<i64> {
        let percent = self.text(row, Holds::Prestretch).trim_end_matches('%').trim().parse();
        percent.ok().filter(|percent| (1..=50).contains(percent))
    }
}
