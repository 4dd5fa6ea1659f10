//! Two entries that are one: what stringers have of the one is of the other from now on. For the
//! bypass, since it reaches into every book.

use chrono::Utc;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::Expr;
use sea_orm_tenancy::Txn;

use super::{Entry, Kind, Table, find};
use crate::models::{ModelError, ModelResult, catalogue_strings, client_rackets, hold};
use crate::models::{orders, rackets, reels};

/// Has an entry that everybody sees stand for another one as well: rackets, orders and the names
/// by which lists know them are those of the one that stays, in every book. Receipts that were
/// issued stay as they are. It looks through the orders of all books some times, which is for
/// the rare act that it is.
///
/// # Errors
/// [`ModelError::Stale`] where it was changed since it was looked at, and
/// [`ModelError::Reference`] where it is the same one, of another kind or sport, nobody else's to
/// use, or stands for another already: there is no circle.
pub(in crate::models) async fn merge(txn: &Txn, looked_at: &Entry, into: Uuid) -> ModelResult<()> {
    let (kind, from) = (looked_at.kind(), looked_at.id());
    // Of two at once, that would each stand for the other, one waits here.
    for id in [from.min(into), from.max(into)] {
        match kind {
            Kind::Rackets => hold::<rackets::Entity>(txn, id).await?,
            Kind::Strings => hold::<catalogue_strings::Entity>(txn, id).await?,
        }
    }
    let (from, into) = (find(txn, kind, from).await?, find(txn, kind, into).await?);
    if from.updated_at() != looked_at.updated_at() {
        return Err(ModelError::Stale);
    }
    let fits = from.id() != into.id()
        && from.sport() == into.sport()
        && into.is_shared()
        && from.merged_into().or(into.merged_into()).is_none();
    if !fits {
        return Err(ModelError::Reference);
    }
    match (&from, &into) {
        (Entry::Racket(from), Entry::Racket(into)) => {
            orders::Entity::rename_model(txn, from.id, &into.name()).await?;
            client_rackets::Entity::change_model(txn, from.id, into.id).await?;
            stand_for::<rackets::Entity>(txn, from.id, into.id).await
        }
        (Entry::String(from), Entry::String(into)) => {
            orders::Entity::rename_string(txn, from.id, &into.name()).await?;
            orders::Entity::change_string(txn, from.id, into.id).await?;
            reels::Entity::change_string(txn, from.id, into.id).await?;
            stand_for::<catalogue_strings::Entity>(txn, from.id, into.id).await
        }
        _ => Err(ModelError::Reference),
    }
}

/// And for whatever the other stood for.
async fn stand_for<E: Table>(txn: &Txn, from: Uuid, into: Uuid) -> ModelResult<()> {
    for which in [E::ID.eq(from), E::MERGED_INTO.eq(from)] {
        E::update_many()
            .col_expr(E::MERGED_INTO, Expr::value(into))
            .col_expr(E::UPDATED_AT, Expr::value(Utc::now()))
            .filter(which)
            .exec(txn)
            .await?;
    }
    Ok(())
}
