//! Persons as an admin sees them, by the bypass: found, and beside each other before two of them
//! are joined.

use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Asterisk, Expr, ExprTrait as _, Func, Query};
use sea_orm::{Condition, FromQueryResult, QueryOrder as _, QuerySelect as _, Select};
use sea_orm_tenancy::Connection;

use super::{Column, Entity, full_name};
use crate::models::{
    ModelResult, client_profiles, contains_words, or_not_found, orders, readable, stringers,
    words_of,
};
use crate::values::normalise_email;

/// Persons on a page.
pub const PAGE: u64 = 50;

/// A person.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
#[expect(missing_docs, reason = "named as its columns are")]
pub struct Known {
    pub id: Uuid,
    pub display_first_name: String,
    pub display_last_name: String,
    pub email: Option<String>,
    pub email_verified_at: Option<DateTimeUtc>,
    pub merged_into: Option<Uuid>,
    pub deleted_at: Option<DateTimeUtc>,
    pub scrubbed_at: Option<DateTimeUtc>,
    pub created_at: DateTimeUtc,
    /// Workshops that have a file on it.
    pub files: i64,
}

impl Known {
    /// `Sara Frei`.
    #[must_use]
    pub fn name(&self) -> String {
        full_name(&self.display_first_name, &self.display_last_name)
    }

    /// Whether it is there, and stands for itself.
    #[must_use]
    pub fn is_alive(&self) -> bool {
        self.merged_into.is_none() && self.deleted_at.is_none()
    }
}

/// A workshop's file on a person.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct File {
    /// The file.
    pub id: Uuid,
    /// Whose it is.
    pub stringer_id: Uuid,
    /// What that workshop is called.
    pub stringer: String,
    /// Stringjobs in it.
    pub jobs: i64,
}

fn known() -> Select<Entity> {
    let files = Query::select()
        .expr(Func::count(Expr::col(Asterisk)))
        .from(client_profiles::Entity)
        .and_where(
            Expr::col((client_profiles::Entity, client_profiles::Column::PersonId))
                .equals((Entity, Column::Id)),
        )
        .take();
    Entity::find()
        .select_only()
        .columns([
            Column::Id,
            Column::DisplayFirstName,
            Column::DisplayLastName,
            Column::Email,
            Column::EmailVerifiedAt,
            Column::MergedInto,
            Column::DeletedAt,
            Column::ScrubbedAt,
            Column::CreatedAt,
        ])
        .expr_as(Expr::SubQuery(None, Box::new(files.into())), "files")
}

impl Entity {
    /// Persons of an address, or in whose files' names all words of a query are; nobody for less
    /// than two letters. And whether there are more.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn search(
        db: &impl Connection,
        query: &str,
        page: u64,
    ) -> Result<(Vec<Known>, bool), DbErr> {
        let words = words_of(query);
        if words.iter().map(String::len).sum::<usize>() < 2 {
            return Ok((Vec::new(), false));
        }
        let named = Query::select()
            .column(client_profiles::Column::PersonId)
            .from(client_profiles::Entity)
            .cond_where(contains_words(client_profiles::Column::SearchKey, query))
            .and_where(client_profiles::Column::PersonId.is_not_null())
            .take();
        let found = Condition::any()
            .add(Column::EmailNormalised.eq(normalise_email(query)))
            .add(Column::Id.in_subquery(named));
        let found = known()
            .filter(found)
            .order_by_asc(Column::DisplayLastName)
            .order_by_asc(Column::DisplayFirstName)
            .order_by_asc(Column::Id);
        readable::page(found, page, PAGE, db).await
    }

    /// One person.
    ///
    /// # Errors
    /// When there is none.
    pub async fn known(db: &impl Connection, id: Uuid) -> ModelResult<Known> {
        or_not_found(readable::one(known().filter(Column::Id.eq(id)), db).await?)
    }

    /// Some persons.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn these(db: &impl Connection, ids: Vec<Uuid>) -> Result<Vec<Known>, DbErr> {
        readable::all(known().filter(Column::Id.is_in(ids)), db).await
    }

    /// The files on a person.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn files(db: &impl Connection, person: Uuid) -> Result<Vec<File>, DbErr> {
        use client_profiles::Column;
        let jobs = Query::select()
            .expr(Func::count(Expr::col(Asterisk)))
            .from(orders::Entity)
            .and_where(
                Expr::col((orders::Entity, orders::Column::StringerId))
                    .equals((client_profiles::Entity, Column::StringerId)),
            )
            .and_where(
                Expr::col((orders::Entity, orders::Column::ClientProfileId))
                    .equals((client_profiles::Entity, Column::Id)),
            )
            .take();
        let files = client_profiles::Entity::find()
            .select_only()
            .columns([Column::Id, Column::StringerId])
            .inner_join(stringers::Entity)
            .column_as(stringers::Column::DisplayName, "stringer")
            .expr_as(Expr::SubQuery(None, Box::new(jobs.into())), "jobs")
            .filter(Column::PersonId.eq(person))
            .order_by_asc(Column::Id);
        readable::all(files, db).await
    }
}
