//! What stringers offer to everybody: taken, or left to them with a reason.

use axum::Form;
use axum::extract::{Path, Query};
use loco_rs::prelude::*;
use serde::Deserialize;

use super::FlashQuery;
use crate::controllers::Answer;
use crate::forms::{EntryForm, ReasonForm};
use crate::models::catalogue_submissions::{self, Decision, Offer};
use crate::models::purposes::{LIST_SUBMISSIONS, MODERATE_CATALOGUE};
use crate::models::stringers::{self, Listed};
use crate::views::catalogue::Queue;
use crate::web::{AppError, CurrentAdmin, see_other};

/// What an admin decides about: the entry as the page showed it, and why it is not taken.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Decided {
    version: String,
    reason: String,
}

/// What was to be decided about is not there any more as the admin saw it.
const CHANGED: &str = "changed";

/// What is offered, whether there is more, and who strings here.
type Waiting = (Vec<Offer>, bool, Vec<Listed>);

async fn waiting(admin: &CurrentAdmin) -> Result<Waiting, AppError> {
    let waiting = admin.bypass(&LIST_SUBMISSIONS, "the queue of the catalogue", |db| {
        Box::pin(async move {
            let (offers, more) = catalogue_submissions::Entity::queue(db).await?;
            Ok((offers, more, stringers::Entity::listed(db).await?))
        })
    });
    waiting.await
}

pub(super) async fn index(admin: CurrentAdmin, Query(flash): Query<FlashQuery>) -> Answer {
    let (offers, more, stringers) = waiting(&admin).await?;
    let page = Queue::new(&admin.0.me, &offers, more, &stringers);
    admin.0.render("admin/catalogue.html", page.done(flash.done.as_deref()))
}

pub(super) async fn accept(
    admin: CurrentAdmin,
    Path(id): Path<Uuid>,
    Form(decided): Form<Decided>,
) -> Answer {
    let reason = format!("accepted {id}");
    decide(&admin, id, decided.version, Decision::Accept, &reason, "accepted").await
}

pub(super) async fn reject(
    admin: CurrentAdmin,
    Path(id): Path<Uuid>,
    Form(decided): Form<Decided>,
) -> Answer {
    let Decided { version, reason } = decided;
    let form = ReasonForm { reason };
    match form.check() {
        Ok(reason) => {
            let why = format!("rejected {id}: {reason}");
            decide(&admin, id, version, Decision::Reject(reason), &why, "rejected").await
        }
        Err(errors) => {
            let (offers, more, stringers) = waiting(&admin).await?;
            if !offers.iter().any(|offer| offer.submission.id == id) {
                return Ok(see_other(&format!("/admin/catalogue?done={CHANGED}")));
            }
            let page = Queue::new(&admin.0.me, &offers, more, &stringers);
            admin.0.refuse("admin/catalogue.html", page.with(id, form, errors))
        }
    }
}

async fn decide(
    admin: &CurrentAdmin,
    id: Uuid,
    seen: String,
    decision: Decision,
    reason: &str,
    done: &str,
) -> Answer {
    let me = admin.0.me.id;
    let decided = admin.bypass(&MODERATE_CATALOGUE, reason, |db| {
        Box::pin(async move {
            let is_the_same = move |entry: &_| EntryForm::of(entry).version == seen;
            Ok(catalogue_submissions::Entity::decide(db, me, id, decision, is_the_same).await?)
        })
    });
    let done = match decided.await {
        Ok(()) => done,
        // Changed, decided about, or taken back.
        Err(AppError::Stale | AppError::NotFound) => CHANGED,
        Err(error) => return Err(error),
    };
    Ok(see_other(&format!("/admin/catalogue?done={done}")))
}
