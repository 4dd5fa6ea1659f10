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
use crate::models::stringers::{self, Names};
use crate::views::catalogue::Queue;
use crate::web::{AppError, CurrentAdmin, see_other};

/// What an admin decides about: the entry as the page showed it, and why it is not taken.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Decided {
    version: String,
    reason: String,
}

/// What everybody has already, that an offer is joined with.
#[derive(Deserialize)]
pub(super) struct Joined {
    version: String,
    into: Uuid,
}

/// What was to be decided about is not there any more as the admin saw it.
const CHANGED: &str = "changed";

/// No page shows more.
const MOST: usize = 50;

/// What is offered, whether there is more, and what those are called who offer it.
type Waiting = (Vec<Offer>, bool, Names);

async fn waiting(admin: &CurrentAdmin) -> Result<Waiting, AppError> {
    let waiting = admin.bypass(&LIST_SUBMISSIONS, "the queue of the catalogue", |db| {
        Box::pin(async move {
            let (offers, more) = catalogue_submissions::Entity::queue(db).await?;
            let whose = offers.iter().map(|offer| offer.submission.stringer_id).collect();
            Ok((offers, more, stringers::Entity::called(db, whose).await?))
        })
    });
    waiting.await
}

pub(super) async fn index(admin: CurrentAdmin, Query(flash): Query<FlashQuery>) -> Answer {
    let (offers, more, names) = waiting(&admin).await?;
    let page = Queue::new(&admin.0.me, &offers, more, &names);
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

pub(super) async fn merge(
    admin: CurrentAdmin,
    Path(id): Path<Uuid>,
    Form(joined): Form<Joined>,
) -> Answer {
    let Joined { version, into } = joined;
    let reason = format!("merged {id} into {into}");
    decide(&admin, id, version, Decision::Merge(into), &reason, "merged").await
}

/// Takes all that were chosen, each by a decision of its own: `offer` is one, with the version
/// that the page showed.
pub(super) async fn accept_all(
    admin: CurrentAdmin,
    Form(fields): Form<Vec<(String, String)>>,
) -> Answer {
    let chosen = fields.iter().filter(|(name, _)| name == "offer");
    let chosen = chosen.filter_map(|(_, offer)| {
        let (id, version) = offer.split_once(':')?;
        Some((id.parse::<Uuid>().ok()?, version.to_owned()))
    });
    let (mut accepted, mut all) = (0, 0);
    for (id, version) in chosen.take(MOST) {
        let reason = format!("accepted {id}");
        all += 1;
        accepted += i32::from(settle(&admin, id, version, Decision::Accept, &reason).await?);
    }
    let done = match accepted {
        _ if all == 0 => "none-chosen",
        _ if accepted == all => "all-accepted",
        _ => "some-accepted",
    };
    Ok(see_other(&format!("/admin/catalogue?done={done}")))
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
            let (offers, more, names) = waiting(&admin).await?;
            if !offers.iter().any(|offer| offer.submission.id == id) {
                return Ok(see_other(&format!("/admin/catalogue?done={CHANGED}")));
            }
            let page = Queue::new(&admin.0.me, &offers, more, &names);
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
    let done = if settle(admin, id, seen, decision, reason).await? { done } else { CHANGED };
    Ok(see_other(&format!("/admin/catalogue?done={done}")))
}

/// Decides about an offer; `false` where it was changed, decided about or taken back meanwhile,
/// or cannot be joined with what was named.
async fn settle(
    admin: &CurrentAdmin,
    id: Uuid,
    seen: String,
    decision: Decision,
    reason: &str,
) -> Result<bool, AppError> {
    let me = admin.0.me.id;
    let decided = admin.bypass(&MODERATE_CATALOGUE, reason, |db| {
        Box::pin(async move {
            let is_the_same = move |entry: &_| EntryForm::of(entry).version == seen;
            Ok(catalogue_submissions::Entity::decide(db, me, id, decision, is_the_same).await?)
        })
    });
    match decided.await {
        Ok(()) => Ok(true),
        Err(AppError::Stale | AppError::NotFound | AppError::Unusable(_)) => Ok(false),
        Err(error) => Err(error),
    }
}
