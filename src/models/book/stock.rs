//! String in stock, as a document says it and a book has it.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::entity::prelude::*;
use sea_orm::{ActiveValue::Set, QueryOrder as _};
use sea_orm_tenancy::Connection;
use serde::{Deserialize, Serialize};

use super::Book;
use super::columns::{Read, ensure, gauge, is_day, is_moment, money};
use super::planning::line;
use crate::models::reels::{self, BedSide, ReelKind, uses};
use crate::models::{catalogue_strings, readable};
use crate::units::{Currency, Gauge, Money, Sport};

/// A reel, or some sets of one kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "docs/EXPORT.md explains each field")]
pub struct Reel {
    pub id: Uuid,
    pub sport: Sport,
    pub manufacturer: String,
    pub model: String,
    pub gauge_mm: Option<String>,
    pub kind: ReelKind,
    pub length_cm: i64,
    pub count: i64,
    pub price: Option<String>,
    pub currency: Currency,
    pub warn_below_cm: i64,
    pub lost_cm: i64,
    pub bought_at: Option<NaiveDate>,
    pub finished_at: Option<NaiveDate>,
    pub created_at: DateTime<Utc>,
}

/// What a side of a job drew of a reel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "docs/EXPORT.md explains each field")]
pub struct Drawn {
    pub order: Uuid,
    pub reel: Uuid,
    pub side: BedSide,
    pub length_cm: i64,
    pub cost: Option<String>,
    pub at: DateTime<Utc>,
}

/// The longest that a reel of a document, or what was drawn of one, may be: a thousand
/// kilometres, which is more than a form takes.
const LONGEST: i64 = 100_000_000;

impl Book {
    /// Sees each reel, the first one first.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn each_reel(
        &self,
        db: &impl Connection,
        mut see: impl FnMut(&Reel) + Send,
    ) -> Result<(), DbErr> {
        let reels = reels::Entity::find().order_by_asc(reels::Column::Id);
        readable::each(reels, db, |reel: &reels::Model| {
            if let Some(said) = self.reel(reel) {
                see(&said);
            }
        })
        .await
    }

    /// Sees what each job drew, with the currencies of its reels.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn each_drawn(
        db: &impl Connection,
        mut see: impl FnMut(&Drawn) + Send,
    ) -> Result<(), DbErr> {
        let drawn = uses::Entity::find().order_by_asc(uses::Column::Id);
        readable::each(drawn, db, |one: &uses::Model| {
            see(&Drawn {
                order: one.order_id,
                reel: one.reel_id,
                side: one.side,
                length_cm: one.length,
                // All currencies have two places.
                cost: one.cost.map(|minor| Money::from_minor(minor, Currency::Chf).plain()),
                at: one.created_at.to_utc(),
            });
        })
        .await
    }

    fn reel(&self, reel: &reels::Model) -> Option<Reel> {
        let string = self.strings.get(&reel.string_id)?;
        Some(Reel {
            id: reel.id,
            sport: string.sport,
            manufacturer: string.manufacturer.clone(),
            model: string.model.clone(),
            gauge_mm: string.gauge().map(Gauge::plain),
            kind: reel.kind,
            length_cm: reel.length,
            count: reel.count,
            price: reel.price.map(|minor| Money::from_minor(minor, reel.currency).plain()),
            currency: reel.currency,
            warn_below_cm: reel.warn_below,
            lost_cm: reel.lost,
            bought_at: reel.bought_at,
            finished_at: reel.finished_at,
            created_at: reel.created_at.to_utc(),
        })
    }
}

impl Reel {
    /// # Errors
    /// With the field that says what no book of ours has.
    pub(super) fn check(&self) -> Read<()> {
        ensure(line(&self.model).is_some(), "model")?;
        self.said()?;
        let lengths = [self.length_cm, self.count, self.length_cm.saturating_mul(self.count)];
        ensure(lengths.iter().all(|it| (1..=LONGEST).contains(it)), "length_cm")?;
        ensure((0..=LONGEST).contains(&self.warn_below_cm), "warn_below_cm")?;
        ensure((-LONGEST..=LONGEST).contains(&self.lost_cm), "lost_cm")?;
        let days = [self.bought_at, self.finished_at];
        ensure(days.into_iter().flatten().all(is_day), "bought_at")?;
        ensure(is_moment(self.created_at), "created_at")?;
        money(&self.price, self.currency, "price").map(drop)
    }

    /// Which string it is of.
    pub(super) fn said(&self) -> Read<catalogue_strings::Said> {
        let gauge = gauge(&self.gauge_mm).ok_or("gauge_mm")?;
        let text = |text: &str| line(text).unwrap_or_default();
        Ok(catalogue_strings::Said::of_parts(&text(&self.manufacturer), &text(&self.model), gauge))
    }

    /// As its row has it, but for its key, its string and what jobs have drawn.
    pub(super) fn columns(&self) -> Read<reels::ActiveModel> {
        Ok(reels::ActiveModel {
            kind: Set(self.kind),
            length: Set(self.length_cm),
            count: Set(self.count),
            price: Set(money(&self.price, self.currency, "price")?),
            currency: Set(self.currency),
            warn_below: Set(self.warn_below_cm),
            lost: Set(self.lost_cm),
            bought_at: Set(self.bought_at),
            finished_at: Set(self.finished_at),
            created_at: Set(self.created_at.into()),
            updated_at: Set(Utc::now().into()),
            ..Default::default()
        })
    }
}

impl Drawn {
    /// # Errors
    /// With the field that says what no book of ours has.
    pub(super) fn check(&self) -> Read<()> {
        ensure((1..=LONGEST).contains(&self.length_cm), "length_cm")?;
        ensure(is_moment(self.at), "at")?;
        self.cost().map(drop)
    }

    /// In the smallest unit of whatever currency.
    pub(super) fn cost(&self) -> Read<Option<i64>> {
        money(&self.cost, Currency::Chf, "cost")
    }
}
