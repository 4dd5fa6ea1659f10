//! Finding orders by what people call them: the client, the racket, a string, the receipt.

use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Expr, Func};
use sea_orm::{Condition, QuerySelect as _, QueryTrait as _};
use sea_orm_tenancy::Connection;

use super::{Column, Entity};
use crate::models::_entities::{client_profiles, client_rackets, rackets};
use crate::models::{contains, words_of};

/// A word that so few clients are called is looked for among their orders, by an index.
const FEW: u64 = 200;

/// Each word of the query is in the client's name, the racket's, one of the strings' or the
/// receipt's number.
pub(super) async fn named(db: &impl Connection, words: &str) -> Result<Condition, DbErr> {
    let mut all = Condition::all();
    for word in words_of(words) {
        all = all.add(has_word(db, &word).await?);
    }
    Ok(all)
}

async fn has_word(db: &impl Connection, word: &str) -> Result<Condition, DbErr> {
    let mut any = Condition::any()
        .add(Column::ClientRacketId.in_subquery(rackets_named(word).into_query()))
        .add(contains(Expr::col((Entity, Column::SearchKey)), word))
        .add(contains(Func::lower(Expr::col((Entity, Column::ReceiptNumber))), word));
    any = match client_profiles::Entity::few_named(db, word, FEW).await? {
        Some(few) => any.add(Column::ClientProfileId.is_in(few)),
        None => any.add(contains(Expr::col((Entity, Column::ClientKey)), word)),
    };
    Ok(any)
}

/// By their model's name, or by what tells them from their twins.
fn rackets_named(word: &str) -> sea_orm::Select<client_rackets::Entity> {
    use client_rackets::Column as Frame;
    let model = Expr::col((rackets::Entity, rackets::Column::SearchKey));
    let own = Expr::col((client_rackets::Entity, Frame::SearchKey));
    client_rackets::Entity::find()
        .select_only()
        .column(Frame::Id)
        .join(sea_orm::JoinType::InnerJoin, client_rackets::Relation::Rackets.def())
        .filter(Condition::any().add(contains(model, word)).add(contains(own, word)))
}
