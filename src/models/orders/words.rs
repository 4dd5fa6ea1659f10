//! What an order's client, racket and strings are called. It is kept in the order's own row,
//! so that a list is a range of one table: with joins, a page of fifty read six rows for each,
//! and asked the second wall about each person (`benches/pages`).
//!
//! Written with the order, and renewed in the transaction that renames a client or a racket.
//! The tests compare it with what the joins say. It names persons: whatever erases a name
//! erases it here.

use sea_orm::entity::prelude::*;
use sea_orm::sea_query::Expr;
use sea_orm_tenancy::Connection;

use super::{Column, Entity};

/// Whose racket it is.
#[derive(Debug, Clone)]
pub(super) struct Whose {
    pub(super) id: Uuid,
    /// The stringer's own, whom the page names.
    pub(super) is_self: bool,
    pub(super) name: Option<String>,
    /// What lists are searched and ordered by.
    pub(super) key: String,
}

/// Which racket it is.
#[derive(Debug)]
pub(super) struct Framed {
    pub(super) id: Uuid,
    pub(super) name: String,
    pub(super) nickname: Option<String>,
}

/// A string as an order has it: the catalogue's entry or free text, and its name either way.
#[derive(Debug, Clone, Default)]
pub(super) struct Strung {
    pub(super) entry: Option<Uuid>,
    pub(super) text: Option<String>,
    pub(super) name: Option<String>,
}

impl Entity {
    /// A client's orders, under another name.
    pub(in crate::models) async fn rename_client(
        db: &impl Connection,
        client: Uuid,
        name: Option<String>,
        key: String,
    ) -> Result<(), DbErr> {
        Self::update_many()
            .col_expr(Column::ClientName, Expr::value(name))
            .col_expr(Column::ClientKey, Expr::value(key))
            .filter(Column::ClientProfileId.eq(client))
            .exec(db)
            .await
            .map(drop)
    }

    /// A racket's orders, under another nickname.
    pub(in crate::models) async fn rename_racket(
        db: &impl Connection,
        racket: Uuid,
        nickname: Option<String>,
    ) -> Result<(), DbErr> {
        Self::update_many()
            .col_expr(Column::RacketNickname, Expr::value(nickname))
            .filter(Column::ClientRacketId.eq(racket))
            .exec(db)
            .await
            .map(drop)
    }
}
