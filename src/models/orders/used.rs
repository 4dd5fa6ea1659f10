//! How often what the catalogue has is in one's own orders. Counted no further than [`MANY`], so
//! that a look at an entry costs the same in every book.

use chrono::NaiveDate;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Asterisk, Expr, Func, Query};
use sea_orm::{Condition, ExprTrait as _, QueryOrder as _, QuerySelect as _, QueryTrait as _};
use sea_orm_tenancy::Connection;

use super::list::MANY;
use super::{Column, Entity};
use crate::models::catalogue::Entry;
use crate::models::client_rackets;

/// The use of an entry.
#[derive(Debug, Clone, Copy, Default)]
pub struct Used {
    /// Orders with it, none that were called off.
    pub jobs: u64,
    /// They are more than were counted.
    pub is_more: bool,
    /// When one of them was last strung.
    pub last: Option<NaiveDate>,
}

impl Used {
    fn and(self, other: Self) -> Self {
        let last = [self.last, other.last].into_iter().flatten().max();
        let jobs = self.jobs + other.jobs;
        let is_more = self.is_more || other.is_more || jobs > MANY;
        Self { jobs: Ord::min(jobs, MANY), is_more, last }
    }
}

/// With a string on the crosses and not on the mains, which have an index of their own. Its
/// words are those of `ix_orders_crosses`, by which SQLite knows it.
pub(super) fn on_crosses_alone(string: Uuid) -> Condition {
    let mains = Expr::col((Entity, Column::MainsStringId));
    let is_other = Condition::any()
        .add(Column::MainsStringId.is_null())
        .add(mains.ne(Expr::col((Entity, Column::CrossesStringId))));
    Condition::all().add(Column::CrossesStringId.eq(string)).add(is_other)
}

impl Entity {
    /// How often an entry is in one's own orders: a racket strung, or a string on either side.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn used(db: &impl Connection, entry: &Entry) -> Result<Used, DbErr> {
        match entry {
            Entry::Racket(model) => {
                let mut frames = frames_of(db, model.id).await?;
                let is_more = frames.len() > FRAMES;
                frames.truncate(FRAMES);
                let of_frames = Condition::all().add(Column::ClientRacketId.is_in(frames));
                let used = Self::used_where(db, of_frames).await?;
                Ok(Used { is_more: used.is_more || is_more, ..used })
            }
            Entry::String(string) => {
                let on_mains = Condition::all().add(Column::MainsStringId.eq(string.id));
                let on_mains = Self::used_where(db, on_mains).await?;
                Ok(on_mains.and(Self::used_where(db, on_crosses_alone(string.id)).await?))
            }
        }
    }

    async fn used_where(db: &impl Connection, with_it: Condition) -> Result<Used, DbErr> {
        let such = || Self::find().select_only().filter(with_it.clone());
        let some = such().column(Column::Id).filter(Column::CancelledAt.is_null());
        // In the order of the index, which is read from its end then, and the book is not.
        let some = some.order_by_asc(Column::StrungAt).limit(MANY + 1).into_query();
        let count = Query::select()
            .expr(Func::count(Expr::col(Asterisk)))
            .from_subquery(some, "some")
            .take();
        // What was strung is not called off any more.
        let last = such().expr(Column::StrungAt.max()).into_query();
        let used = Query::select()
            .expr_as(Expr::SubQuery(None, Box::new(count.into())), "jobs")
            .expr_as(Expr::SubQuery(None, Box::new(last.into())), "last")
            .take();
        let row = db.query_one(&used).await?.ok_or(DbErr::RecordNotFound("a count".into()))?;
        let jobs: i64 = row.try_get("", "jobs")?;
        let (jobs, last) = (jobs.unsigned_abs(), row.try_get("", "last")?);
        Ok(Used { jobs: Ord::min(jobs, MANY), is_more: jobs > MANY, last })
    }
}

/// Of so many rackets of a model, the latest ones, the jobs are counted.
const FRAMES: usize = 50;

/// The latest rackets of a model, and one more than are looked at.
async fn frames_of(db: &impl Connection, model: Uuid) -> Result<Vec<Uuid>, DbErr> {
    client_rackets::Entity::find()
        .select_only()
        .column(client_rackets::Column::Id)
        .filter(client_rackets::Column::RacketId.eq(model))
        .order_by_desc(client_rackets::Column::Id)
        .limit(FRAMES as u64 + 1)
        .into_tuple()
        .all(db)
        .await
}
