//! What a string goes through: how long it has been in, what the stringbed has lost, and
//! when it should be strung again.

use std::collections::HashMap;

use chrono::{Days, NaiveDate};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::Expr;
use sea_orm::{ExprTrait, FromQueryResult, QueryOrder, QuerySelect};
use sea_orm_tenancy::Connection;

use super::{Column, Entity, Tensions};
use crate::models::readable;
use crate::models::stringers::Restring;

/// A stringbed on the day on which it was strung.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Bed {
    /// The order that made it.
    pub id: Uuid,
    /// The racket that it is in.
    pub client_racket_id: Uuid,
    /// When it was strung.
    pub strung_at: NaiveDate,
    /// How hard it was pulled.
    #[sea_orm(nested)]
    pub tensions: Tensions,
    /// Stiffness of the bed before this one, just before it was cut out.
    pub dt_before: Option<i64>,
    /// Stiffness of this bed, just strung.
    pub dt_after: Option<i64>,
    /// What measured both.
    pub dt_device: Option<String>,
}

/// What a stringbed lost of its stiffness.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Loss {
    /// Of what it had when it was strung.
    pub percent: i64,
    /// In so many days.
    pub days: i64,
}

/// From one stringing of a racket to its next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gap {
    /// When it was strung again.
    pub strung_at: NaiveDate,
    /// Days since it was strung before.
    pub days: i64,
    /// What the bed lost meanwhile, where both ends were measured.
    pub loss: Option<Loss>,
}

/// Of each racket among the beds (the oldest first), by the day on which it was strung again.
#[must_use]
pub fn gaps(beds: &[Bed]) -> Vec<Gap> {
    let mut before: HashMap<Uuid, &Bed> = HashMap::new();
    let gaps = beds.iter().filter_map(|bed| {
        let last = before.insert(bed.client_racket_id, bed)?;
        let days = (bed.strung_at - last.strung_at).num_days();
        Some(Gap { strung_at: bed.strung_at, days, loss: last.loss_until(bed) })
    });
    gaps.collect()
}

/// A racket's state on a day.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Wear {
    /// Days since it was strung.
    pub age: Option<i64>,
    /// Days from one stringing to the next, the middle one of all.
    pub usual: Option<i64>,
    /// What the bed before this one lost, where both were measured.
    pub lost: Option<Loss>,
    /// When it should be strung again, if that can be told.
    pub due: Option<NaiveDate>,
}

impl Bed {
    /// What this bed had lost when the next one of the same racket took its place. Two
    /// devices have two scales, which cannot be compared; where one is not named, it is taken
    /// to be the same.
    #[must_use]
    pub fn loss_until(&self, next: &Self) -> Option<Loss> {
        let devices = self.dt_device.as_ref().zip(next.dt_device.as_ref());
        if devices.is_some_and(|(one, other)| one != other) {
            return None;
        }
        let (had, left) = (self.dt_after.filter(|dt| *dt > 0)?, next.dt_before?);
        let days = (next.strung_at - self.strung_at).num_days();
        Some(Loss { percent: (had - left) * 100 / had, days })
    }
}

impl Wear {
    /// Of a racket, from its beds (the oldest first), by a stringer's rule.
    #[must_use]
    pub fn of(beds: &[Bed], rule: Restring, today: NaiveDate) -> Self {
        let Some(last) = beds.last() else { return Self::default() };
        let gaps = gaps(beds);
        let lost = gaps.iter().rev().find_map(|gap| gap.loss).filter(|loss| loss.percent > 0);
        // Twice on one day: a string broke at once.
        let usual = middle(gaps.iter().map(|gap| gap.days).filter(|days| *days > 0));
        let lasts = match rule {
            Restring::Days(days) => Some(days),
            Restring::Usual => usual,
            // As fast as the last bed did; before the first measurement nobody knows.
            Restring::Loss(percent) => {
                lost.map(|loss| Ord::max(percent * loss.days / loss.percent, 1))
            }
        };
        let lasts = lasts.and_then(|days| u64::try_from(days).ok());
        Self {
            age: Some((today - last.strung_at).num_days()),
            usual,
            lost,
            due: lasts.and_then(|days| last.strung_at.checked_add_days(Days::new(days))),
        }
    }
}

/// The middle one: a summer's break or a broken string on the second day counts for little.
fn middle(numbers: impl Iterator<Item = i64>) -> Option<i64> {
    let mut numbers: Vec<_> = numbers.collect();
    numbers.sort_unstable();
    let upper = numbers.get(numbers.len() / 2)?;
    // Of an even count the two in the middle count alike.
    let lower = numbers.get((numbers.len() - 1) / 2)?;
    Some(i64::midpoint(*lower, *upper))
}

impl Entity {
    /// A client's latest stringbeds, the oldest first.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn beds(db: &impl Connection, client: Uuid) -> Result<Vec<Bed>, DbErr> {
        latest(db, Column::ClientProfileId.eq(client)).await
    }

    /// A racket's latest stringbeds, the oldest first.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn beds_of_racket(db: &impl Connection, racket: Uuid) -> Result<Vec<Bed>, DbErr> {
        latest(db, Column::ClientRacketId.eq(racket)).await
    }
}

impl Entity {
    /// A racket's stringbeds up to a day, the oldest first.
    pub(super) async fn beds_up_to(
        db: &impl Connection,
        racket: Uuid,
        day: NaiveDate,
    ) -> Result<Vec<Bed>, DbErr> {
        let up_to = Column::StrungAt.lte(day);
        latest(db, ExprTrait::and(Column::ClientRacketId.eq(racket), up_to)).await
    }
}

/// More than any rule or chart looks back on.
const LATEST: u64 = 500;

async fn latest(db: &impl Connection, whose: Expr) -> Result<Vec<Bed>, DbErr> {
    let mut beds: Vec<Bed> = readable::all(beds().filter(whose).limit(LATEST), db).await?;
    beds.reverse();
    Ok(beds)
}

fn beds() -> sea_orm::Select<Entity> {
    Entity::find()
        .select_only()
        .columns([
            Column::Id,
            Column::ClientRacketId,
            Column::StrungAt,
            Column::DtBefore,
            Column::DtAfter,
            Column::DtDevice,
        ])
        .columns(Tensions::COLUMNS)
        .filter(Column::StrungAt.is_not_null())
        .filter(Column::CancelledAt.is_null())
        .order_by_desc(Column::StrungAt)
        .order_by_desc(Column::Id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::{Tension, TensionUnit};

    fn kilograms(mains: i32, crosses: i32) -> Tensions {
        let tension = |kg| Some(Tension::from_hundredths(kg * 100, TensionUnit::Kg));
        Tensions::new(TensionUnit::Kg, tension(mains), tension(crosses))
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn bed(strung: &str, dt_before: Option<i64>, dt_after: Option<i64>) -> Bed {
        Bed {
            id: Uuid::nil(),
            client_racket_id: Uuid::nil(),
            strung_at: day(strung),
            tensions: kilograms(24, 23),
            dt_before,
            dt_after,
            dt_device: None,
        }
    }

    #[test]
    fn a_racket_that_was_never_strung_has_no_age() {
        assert_eq!(Wear::of(&[], Restring::Days(30), day("2026-11-24")), Wear::default());
    }

    #[test]
    fn by_days_it_is_due_so_many_after_it_was_strung() {
        let wear =
            Wear::of(&[bed("2026-10-14", None, None)], Restring::Days(60), day("2026-11-24"));
        assert_eq!((wear.age, wear.due), (Some(41), Some(day("2026-12-13"))));
        assert_eq!((wear.usual, wear.lost), (None, None));
    }

    #[test]
    fn as_usual_a_long_break_counts_for_little() {
        let beds = ["2025-01-01", "2025-01-31", "2025-03-02", "2026-01-01"];
        let beds: Vec<_> = beds.map(|strung| bed(strung, None, None)).into();
        let wear = Wear::of(&beds, Restring::Usual, day("2026-01-02"));
        assert_eq!((wear.usual, wear.due), (Some(30), Some(day("2026-01-31"))));
        let two = Wear::of(&beds[1..], Restring::Usual, day("2026-01-02"));
        assert_eq!(two.usual, Some((30 + 305) / 2));
    }

    #[test]
    fn each_racket_has_its_own_gaps() {
        let (one, two) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let of = |client_racket_id, bed| Bed { client_racket_id, ..bed };
        let beds = [
            of(one, bed("2026-01-01", None, Some(40))),
            of(two, bed("2026-01-05", Some(30), None)),
            of(one, bed("2026-01-31", Some(38), Some(40))),
            of(two, bed("2026-02-05", Some(30), None)),
        ];
        let days: Vec<_> = gaps(&beds).iter().map(|gap| (gap.days, gap.loss)).collect();
        assert_eq!(days, [(30, Some(Loss { percent: 5, days: 30 })), (31, None)]);
    }

    #[test]
    fn by_loss_it_is_due_when_the_last_bed_would_have_lost_as_much() {
        let beds = [bed("2026-09-01", None, Some(40)), bed("2026-10-11", Some(36), Some(40))];
        let wear = Wear::of(&beds, Restring::Loss(20), day("2026-10-12"));
        assert_eq!(wear.lost, Some(Loss { percent: 10, days: 40 }));
        assert_eq!(wear.due, Some(day("2026-12-30")));
        let by = |bed: &Bed, device: &str| Bed { dt_device: Some(device.into()), ..bed.clone() };
        let (one, next) = (by(&beds[0], "ERT 300"), by(&beds[1], "RacquetTune"));
        assert_eq!(one.loss_until(&next), None);
        assert_eq!(one.loss_until(&beds[1]), beds[0].loss_until(&beds[1]));
        // A bed that grew stiffer, or was never measured, tells nothing.
        for beds in [
            [bed("2026-09-01", None, Some(36)), bed("2026-10-11", Some(37), Some(40))],
            [bed("2026-09-01", None, None), bed("2026-10-11", Some(37), Some(40))],
        ] {
            assert_eq!(Wear::of(&beds, Restring::Loss(20), day("2026-10-12")).due, None);
        }
    }
}
