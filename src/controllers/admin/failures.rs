//! What workers have given up, and statements that the chokepoint has turned away.

use axum::extract::{Path, Query};
use loco_rs::prelude::*;

use super::FlashQuery;
use crate::controllers::Answer;
use crate::models::failures::{self, Work};
use crate::models::purposes::{LIST_FAILURES, LIST_REFUSALS, RUN_AGAIN};
use crate::values::Vocabulary as _;
use crate::views::failures::{Failures, Refusals};
use crate::web::{AppError, CurrentAdmin, see_other};

pub(super) async fn index(admin: CurrentAdmin, Query(flash): Query<FlashQuery>) -> Answer {
    let failed = admin.bypass(&LIST_FAILURES, "what was given up", |db| {
        Box::pin(async move { Ok(failures::all(db).await?) })
    });
    let page = Failures::new(&admin.0.me, &failed.await?).done(flash.done.as_deref());
    admin.0.render("admin/jobs.html", page)
}

pub(super) async fn run_again(
    admin: CurrentAdmin,
    Path((work, id)): Path<(String, Uuid)>,
) -> Answer {
    let work = Work::from_code(&work).ok_or(AppError::NotFound)?;
    let reason = format!("{} {id}", work.code());
    let owed = admin.bypass(&RUN_AGAIN, &reason, |db| {
        Box::pin(async move { Ok(failures::run_again(db, work, id).await?) })
    });
    Ok(see_other(match owed.await {
        Ok(()) => "/admin/jobs?done=owed",
        Err(AppError::NotFound) => "/admin/jobs?done=changed",
        Err(error) => return Err(error),
    }))
}

/// They are kept by the process alone, and told of nobody; the look stands in the log all the same.
pub(super) async fn refusals(admin: CurrentAdmin) -> Answer {
    let refusals = admin.bypass(&LIST_REFUSALS, "statements that were refused", |_| {
        Box::pin(async move { Ok(failures::recent_refusals()) })
    });
    admin.0.render("admin/refusals.html", Refusals::new(&admin.0.me, &refusals.await?))
}
