//! Issuing open receipts again: a name, an address or a tax has changed since.

use sea_orm::entity::prelude::*;
use sea_orm::{
    Condition, ExprTrait as _, QueryOrder as _, QuerySelect as _, TransactionSession as _,
};
use sea_orm_tenancy::Connection;

use super::{Column, Entity, Filter, Model, receipt};
use crate::models::{ModelResult, hold, receipt_emissions};

/// So many receipts are looked at in one go.
const AT_ONCE: usize = 200;

/// What was issued again.
#[derive(Debug, Default)]
pub struct Reissued {
    /// The receipts that are owed now, for the nudge after the commit.
    pub owed: Vec<Uuid>,
    /// The last order that was looked at, where older ones wait for another go.
    pub last: Option<Uuid>,
}

impl Entity {
    /// Issues the receipts again that are open and would say something else now, of a client or
    /// of all, the latest first; what was issued stays, and what is paid is left alone. `after`
    /// is where an earlier go has ended.
    ///
    /// # Errors
    /// When the database does not answer, or `after` is nothing of the caller's.
    pub async fn issue_open(
        db: &impl Connection,
        client: Option<Uuid>,
        after: Option<Uuid>,
    ) -> ModelResult<Reissued> {
        let older = match after {
            None => None,
            Some(after) => {
                let last = Model::find(db, after).await?;
                let day = Column::StrungAt.eq(last.strung_at).and(Column::Id.lt(last.id));
                Some(Condition::any().add(Column::StrungAt.lt(last.strung_at)).add(day))
            }
        };
        let open = Self::find()
            .select_only()
            .column(Column::Id)
            .filter(Filter::Unpaid.condition())
            .filter(Column::ReceiptNumber.is_not_null())
            .filter(
                Condition::all()
                    .add_option(client.map(|client| Column::ClientProfileId.eq(client)))
                    .add_option(older),
            )
            .order_by_desc(Column::StrungAt)
            .order_by_desc(Column::Id)
            .limit(AT_ONCE as u64 + 1);
        let mut open: Vec<Uuid> = open.into_tuple().all(db).await?;
        let is_more = open.len() > AT_ONCE;
        open.truncate(AT_ONCE);
        let last = open.last().copied().filter(|_| is_more);
        let mut owed = Vec::new();
        for id in open {
            owed.extend(again(db, id).await?);
        }
        Ok(Reissued { owed, last })
    }
}

/// Who pays at this instant waits for this, or this for them: no receipt asks for what was paid.
async fn again(db: &impl Connection, id: Uuid) -> ModelResult<Option<Uuid>> {
    let txn = db.begin().await?;
    hold::<Entity>(&txn, id).await?;
    let order = Model::find(&txn, id).await?;
    // One that came with a number from an older book has no receipt to be issued again.
    let has_one = receipt_emissions::Entity::latest(&txn, id).await?.is_some();
    if !order.dates().is_unpaid() || order.cancelled_at.is_some() || !has_one {
        return Ok(None);
    }
    let owed = receipt::issue_if_changed(&txn, id).await?;
    txn.commit().await?;
    Ok(owed)
}
