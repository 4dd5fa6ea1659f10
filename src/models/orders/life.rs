//! What a receipt says of a string's life: how long the one before held, and when this one should
//! be strung again.

use chrono::NaiveDate;
use sea_orm::prelude::Uuid;

use super::wear::{Bed, Wear};
use crate::i18n::Region;
use crate::models::stringers::Restring;
use crate::receipts::Line;

/// The life of a racket's strings, when it was just strung.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Life {
    /// Days that the string before was in.
    before: Option<i64>,
    /// What that one lost of its stiffness, in percent.
    lost: Option<i64>,
    /// When it should be strung again.
    due: Option<NaiveDate>,
}

impl Life {
    /// Of what an order made of a racket, from its beds (the oldest first); nothing of the beds
    /// after it.
    pub(super) fn of(beds: &[Bed], order: Uuid, rule: Restring) -> Self {
        let Some(at) = beds.iter().position(|bed| bed.id == order) else { return Self::default() };
        let bed = &beds[at];
        let wear = Wear::of(&beds[..=at], rule, bed.strung_at);
        let last = at.checked_sub(1).map(|before| &beds[before]);
        let days = last.map(|last| (bed.strung_at - last.strung_at).num_days());
        let lost = last.and_then(|last| last.loss_until(bed)).map(|loss| loss.percent);
        Self {
            before: days.filter(|days| *days > 0),
            lost: lost.filter(|percent| *percent > 0),
            due: wear.due,
        }
    }

    /// In the receipt's language.
    pub(super) fn lines(self, region: Region) -> impl Iterator<Item = Line> {
        let locale = region.locale();
        let before = self.before.map(|days| match self.lost {
            Some(lost) => locale.with("receipt-held-and-lost", [("days", days), ("percent", lost)]),
            None => locale.with("receipt-held", [("days", days)]),
        });
        let due =
            self.due.map(|day| locale.with("receipt-about", [("day", region.long_date(day))]));
        [("receipt-string-before", before), ("receipt-string-again", due)].into_iter().filter_map(
            move |(label, value)| Some(Line { label: region.locale().t(label), value: value? }),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Locale;
    use crate::models::orders::Tensions;
    use crate::units::{Currency, TensionUnit};

    fn bed(id: u128, strung: &str, dt_before: Option<i64>, dt_after: Option<i64>) -> Bed {
        Bed {
            id: Uuid::from_u128(id),
            client_racket_id: Uuid::nil(),
            strung_at: strung.parse().expect("a day"),
            tensions: Tensions::new(TensionUnit::Kg, None, None),
            dt_before,
            dt_after,
            dt_device: None,
        }
    }

    #[test]
    fn it_tells_what_was_known_on_its_day() {
        let beds = [
            bed(1, "2026-01-01", None, Some(40)),
            bed(2, "2026-03-02", Some(34), Some(40)),
            bed(3, "2026-09-02", None, None),
        ];
        let says = |id, rule| {
            let life = Life::of(&beds, Uuid::from_u128(id), rule);
            let region = Region::new(Locale::De, Currency::Chf);
            life.lines(region).map(|line| (line.label, line.value)).collect::<Vec<_>>()
        };
        let line = |label: &str, value: &str| (label.to_owned(), value.to_owned());
        assert_eq!(says(1, Restring::Usual), []);
        assert_eq!(
            says(1, Restring::Days(90)),
            [line("Wieder bespannen", "etwa am 1. April 2026")]
        );
        assert_eq!(
            says(2, Restring::Usual),
            [
                line("Saite davor", "hielt 60 Tage, 15 % weniger DT"),
                line("Wieder bespannen", "etwa am 1. Mai 2026"),
            ]
        );
        assert_eq!(says(4, Restring::Usual), []);
    }
}
