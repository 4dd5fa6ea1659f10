//! Stringers as an admin sees them, by the bypass alone.

use std::collections::{HashMap, HashSet};

use sea_orm::entity::prelude::*;
use sea_orm::sea_query::Expr;
use sea_orm::{Condition, FromQueryResult, QueryOrder as _, QuerySelect as _, Select};
use sea_orm_tenancy::Connection;

use super::{Column, Entity, Role};
use crate::models::{ModelResult, contains, contains_folded, or_not_found, readable, says};
use crate::values::normalise_email;

/// Stringers on a page.
const PAGE: u64 = 50;

/// What stringers are called.
pub type Names = HashMap<Uuid, String>;

/// A stringer in the admin's list.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Listed {
    /// The tenant's key.
    pub id: Uuid,
    /// How it is called.
    pub display_name: String,
    /// Its address.
    pub email: String,
    /// What it may do.
    pub role: Role,
    /// Its identity, whose sessions end with it.
    pub subject: String,
    /// Since when.
    pub created_at: DateTimeWithTimeZone,
    /// When it was deactivated.
    pub deactivated_at: Option<DateTimeWithTimeZone>,
    /// When it left by itself.
    pub left_at: Option<DateTimeWithTimeZone>,
}

fn listed() -> Select<Entity> {
    Entity::find().select_only().columns([
        Column::Id,
        Column::DisplayName,
        Column::Email,
        Column::Role,
        Column::Subject,
        Column::CreatedAt,
        Column::DeactivatedAt,
        Column::LeftAt,
    ])
}

/// Part of a name, or of an address.
fn said(text: &str) -> Option<Condition> {
    let text = text.trim();
    let found = contains_folded(Column::DisplayName, text)
        .add(contains(Expr::col(Column::Email), &normalise_email(text)));
    (!text.is_empty()).then_some(found)
}

impl Entity {
    /// A page of stringers by their names: all, or those whose name or address has this in it.
    /// And whether there are more.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn listed(
        db: &impl Connection,
        text: &str,
        page: u64,
    ) -> Result<(Vec<Listed>, bool), DbErr> {
        let some = listed()
            .filter(Condition::all().add_option(said(text)))
            .order_by_asc(Column::DisplayName)
            .order_by_asc(Column::Id);
        readable::page(some, page, PAGE, db).await
    }

    /// One of them.
    ///
    /// # Errors
    /// When there is none.
    pub async fn listed_one(db: &impl Connection, id: Uuid) -> ModelResult<Listed> {
        or_not_found(readable::one(listed().filter(Column::Id.eq(id)), db).await?)
    }

    /// What some stringers are called.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn called(db: &impl Connection, ids: HashSet<Uuid>) -> Result<Names, DbErr> {
        if ids.is_empty() {
            return Ok(Names::new());
        }
        named(Self::find().filter(Column::Id.is_in(ids)), db).await.map(|all| all.collect())
    }

    /// Who is an admin, by name.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn admins(db: &impl Connection) -> Result<Vec<(Uuid, String)>, DbErr> {
        let admins = Self::find().filter(says(Column::Role, &[Role::Admin]));
        named(admins.order_by_asc(Column::DisplayName), db).await.map(|all| all.collect())
    }
}

async fn named(
    some: Select<Entity>,
    db: &impl Connection,
) -> Result<impl Iterator<Item = (Uuid, String)>, DbErr> {
    let some = some.select_only().columns([Column::Id, Column::DisplayName]);
    Ok(some.into_tuple::<(Uuid, String)>().all(db).await?.into_iter())
}
