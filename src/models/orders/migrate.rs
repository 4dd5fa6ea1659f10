//! Orders that were strung before this book: many at once, with the dates that they came with.

use std::collections::{BTreeSet, HashSet};

use chrono::{Datelike as _, NaiveDate, Utc};
use sea_orm::ActiveValue::Set;
use sea_orm::QuerySelect as _;
use sea_orm::entity::prelude::*;
use sea_orm_tenancy::Txn;

use super::setup::Setup;
use super::words::{Framed, OnSides, Whose};
use super::{ActiveModel, Column, Dates, Entity, Model, Step, receipt};
use crate::models::reels::uses;
use crate::models::stringers::Member;
use crate::models::{ModelResult, order_state_audit, receipt_counters, receipt_emissions};
use crate::values::Vocabulary as _;

/// An order of an older book, with all that it names already in this one.
#[derive(Debug)]
pub(in crate::models) struct Migrated {
    /// What the older book knows it by.
    pub(in crate::models) external_ref: String,
    pub(in crate::models) client: Whose,
    pub(in crate::models) frame: Framed,
    pub(in crate::models) strings: OnSides,
    pub(in crate::models) setup: Setup,
    /// As they are, in their causal order or not (RULES 2).
    pub(in crate::models) dates: Dates,
    pub(in crate::models) receipt_number: Option<String>,
    /// What the strings of both sides cost, also where the client brought them.
    pub(in crate::models) string_prices: [Option<i64>; 2],
}

impl Migrated {
    fn row(self, me: &Member) -> ActiveModel {
        let Self { client, dates, setup, strings, string_prices: [mains, crosses], .. } = self;
        let (id, now, is_self) = (Uuid::now_v7(), Utc::now(), client.is_self);
        let has_one_string = strings.mains.name == strings.crosses.name;
        let price = |minor: Option<i64>| Set(minor.filter(|_| !is_self));
        ActiveModel {
            id: Set(id),
            client_profile_id: Set(client.id),
            is_self: Set(is_self),
            client_name: Set(client.name),
            client_key: Set(client.key),
            currency: Set(me.currency()),
            ordered_at: Set(dates.ordered),
            strung_at: Set(dates.strung),
            returned_at: Set(dates.returned),
            paid_at: Set(dates.paid),
            receipt_number: Set(self.receipt_number),
            external_ref: Set(Some(self.external_ref)),
            mains_price: price(mains),
            crosses_price: price(crosses),
            // Two sides with a price each are strung with one string all the same.
            pieces: Set(if has_one_string { setup.pieces } else { Some(2) }),
            lock_version: Set(0),
            created_at: Set(now.into()),
            updated_at: Set(now.into()),
            ..setup.columns(self.frame, is_self, strings)
        }
    }

    /// What of an order stays as it is, whatever the older book says of the rest.
    fn kept_of(&self, order: &Model) -> Vec<Column> {
        let mut kept = KEPT.to_vec();
        if !order.is_self {
            kept.extend(OF_OWN_JOBS);
        }
        if self.frame.name == order.racket_name {
            kept.extend([Column::ClientRacketId, Column::RacketName, Column::RacketNickname]);
        }
        if self.setup.comment_private == order.comments() {
            kept.push(Column::CommentPrivate);
        }
        if self.setup.dt_before == order.stiffness() {
            kept.push(Column::DtBefore);
        }
        kept
    }
}

/// What no older book has a word for stays as it is.
const KEPT: [Column; 15] = [
    Column::Id,
    Column::IsSelf,
    Column::Currency,
    Column::ExternalRef,
    Column::CreatedAt,
    Column::CommentPublic,
    Column::PaymentKind,
    Column::PaidInAdvance,
    Column::DueAt,
    Column::DueTime,
    Column::Knots,
    Column::MainsPrestretch,
    Column::CrossesPrestretch,
    Column::PrestretchKind,
    Column::DtDevice,
];

/// The old workbook says these of own jobs alone.
const OF_OWN_JOBS: [Column; 5] =
    [Column::MainsColour, Column::CrossesColour, Column::Method, Column::DtAfter, Column::Sport];

impl Model {
    /// Both comments, as the old workbook has one column for them.
    pub(in crate::models) fn comments(&self) -> Option<String> {
        let both = [&self.comment_public, &self.comment_private];
        let both: Vec<&str> = both.into_iter().flatten().map(String::as_str).collect();
        Some(both.join("\n")).filter(|text| !text.is_empty())
    }

    /// What was measured, as the old workbook has one column for it on clients' orders.
    pub(in crate::models) fn stiffness(&self) -> Option<i64> {
        if self.is_self { self.dt_before } else { self.dt_before.or(self.dt_after) }
    }
}

/// Each date that orders came with.
pub(in crate::models) fn steps(orders: &[(Uuid, Dates)]) -> Vec<(Uuid, Step, NaiveDate)> {
    let each = |(id, dates): &(Uuid, Dates)| {
        Step::ALL.iter().filter_map(|step| Some((*id, *step, dates.of(*step)?))).collect::<Vec<_>>()
    };
    orders.iter().flat_map(each).collect()
}

impl Entity {
    /// Those of these orders of an older book that were called off in this one.
    pub(in crate::models) async fn called_off(
        txn: &Txn,
        numbers: &BTreeSet<String>,
    ) -> Result<Vec<String>, DbErr> {
        let called_off = Self::find()
            .select_only()
            .column(Column::ExternalRef)
            .filter(Column::ExternalRef.is_in(numbers))
            .filter(Column::CancelledAt.is_not_null());
        called_off.into_tuple().all(txn).await
    }

    /// The keys of all orders.
    pub(in crate::models) async fn keys(txn: &Txn) -> Result<HashSet<Uuid>, DbErr> {
        let keys = Self::find().select_only().column(Column::Id).into_tuple();
        Ok(keys.all(txn).await?.into_iter().collect())
    }

    /// An older book says something else of an order that came from it, and its word is taken.
    /// It keeps its number, and its receipt is issued again where it had one that says
    /// otherwise.
    pub(in crate::models) async fn overwrite(
        txn: &Txn,
        me: &Member,
        order: &Model,
        said: Migrated,
    ) -> ModelResult<()> {
        let (before, dates) = (order.dates(), said.dates);
        let kept = said.kept_of(order);
        let said_total = said.setup.prices.total();
        let mut changes = said.row(me);
        kept.into_iter().for_each(|column| changes.not_set(column));
        changes.receipt_number = Set(order.receipt_number.clone());
        if let (Some(strung), None, false) = (dates.strung, &order.receipt_number, order.is_self) {
            let number = receipt_counters::Entity::take(txn, strung.year()).await?;
            changes.receipt_number = Set(Some(number));
        }
        changes.lock_version = Set(order.lock_version + 1);
        let paid = order.told_paid(txn, dates.paid, said_total).await?;
        if let Some(settled) = paid {
            changes.received = Set(settled.received);
            changes.paid_at = Set(settled.paid_at);
            changes.payment_kind = Set(settled.kind);
        }
        let dates = Dates { paid: paid.map_or(dates.paid, |settled| settled.paid_at), ..dates };
        order.save_if_unchanged(txn, changes).await?;
        if before.strung.is_some() || dates.strung.is_some() {
            uses::Entity::settle(txn, order, &Model::find(txn, order.id).await?).await?;
        }
        for step in [Step::Ordered, Step::Strung, Step::Returned, Step::Paid] {
            let (from, to) = (before.of(step), dates.of(step));
            if from != to {
                order_state_audit::Entity::note(txn, order.id, step, from, to).await?;
            }
        }
        if receipt_emissions::Entity::last_snapshot(txn, order.id).await?.is_some() {
            receipt::issue_if_changed(txn, order.id).await?;
        }
        Ok(())
    }

    /// Adds orders of an older book; their keys, in the same order, with the dates that they came
    /// with and that are to be noted.
    pub(in crate::models) async fn migrate(
        txn: &Txn,
        me: &Member,
        orders: Vec<Migrated>,
    ) -> Result<Vec<(Uuid, Dates)>, DbErr> {
        if orders.is_empty() {
            return Ok(Vec::new());
        }
        let dates: Vec<Dates> = orders.iter().map(|order| order.dates).collect();
        let rows: Vec<ActiveModel> = orders.into_iter().map(|order| order.row(me)).collect();
        let ids: Vec<Uuid> = rows.iter().filter_map(|row| row.id.try_as_ref().copied()).collect();
        let ids: Vec<(Uuid, Dates)> = ids.into_iter().zip(dates).collect();
        Self::insert_many(rows).exec_without_returning(txn).await?;
        Ok(ids)
    }
}
