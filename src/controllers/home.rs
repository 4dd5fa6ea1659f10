//! The first thing that a stringer sees.

use axum::extract::Query;
use loco_rs::prelude::*;
use sea_orm_tenancy::Scope;
use serde::Deserialize;

use super::Answer;
use crate::database;
use crate::models::looking_after::LookingAfter;
use crate::models::orders::{self, Payment, Step};
use crate::models::purposes::LOOK_AFTER;
use crate::values::Vocabulary as _;
use crate::views::home::{Done, Refused, Show, Toast, Total};
use crate::views::job::Job;
use crate::web::{AppError, CurrentStringer};

/// What waits is a glance; the list has the rest.
const GLANCE: u64 = 5;
/// More than a day's work; the list has the rest.
const QUEUE: u64 = 30;

#[derive(Deserialize, Default)]
#[serde(default)]
struct FlashQuery {
    done: Option<String>,
    order: Option<Uuid>,
}

async fn show(current: CurrentStringer, Query(flash): Query<FlashQuery>) -> Answer {
    let step = flash.done.as_deref().and_then(Step::from_code);
    let done = step.zip(flash.order).map(|(step, order)| Done { order, step, former: None });
    current.render("home/show.html", page(&current, done, None).await?)
}

/// What is to be done today, and what has just happened.
pub(super) async fn page(
    current: &CurrentStringer,
    done: Option<Done>,
    refused: Option<Refused>,
) -> Result<Show, AppError> {
    let looking_after = if current.me.is_admin() { count(&current.ctx).await? } else { None };
    let db = current.db.reading().await?;
    let queue = orders::Entity::queue(&db, QUEUE).await?;
    let ready = orders::Entity::ready(&db, GLANCE).await?;
    let tally = orders::Entity::tally(&db, current.me.overdue()).await?;
    let is_new = queue.is_empty() && ready.is_empty() && orders::Entity::is_empty(&db).await?;
    // An address that was kept may tell of a step that was taken back since.
    let done = match done {
        Some(done) => {
            let order = orders::Model::find_by_id(&db, done.order).await?;
            order.and_then(|order| order.dates().of(done.step)).map(|_| Toast::from(done))
        }
        None => None,
    };
    let are_all = tally.open <= QUEUE;
    let (queue, ready) = (Job::queue(&current.me, &queue, are_all), Job::list(&current.me, &ready));
    let payments = Payment::codes();
    let show = Show {
        open: Total::of(tally.open, queue.len()),
        queue,
        waiting: Total::of(tally.ready, ready.len()),
        ready,
        payments,
        is_new,
        done,
        refused,
        shared: tally.shared.min(orders::list::MANY),
        overdue: tally.overdue.into(),
        low: tally.low,
        unsent: tally.unsent.min(orders::list::MANY),
        looking_after,
    };
    Ok(show)
}

/// Who looks after the platform is told that its mail server takes nothing, and what waits.
async fn count(ctx: &AppContext) -> Result<Option<LookingAfter>, AppError> {
    let db = database::scoped_db(ctx, Scope::System(&LOOK_AFTER))?;
    Ok(Some(LookingAfter::count(&db).await?))
}

/// `/`.
pub fn routes() -> Routes {
    Routes::new().add("/", get(show))
}
