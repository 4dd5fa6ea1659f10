//! Persons: looked for, looked at, joined where two are one, erased and brought back.

use axum::Form;
use axum::extract::{Path, Query};
use loco_rs::prelude::*;
use serde::Deserialize;

use super::{FlashQuery, decision};
use crate::auth::authenticator::Authenticator;
use crate::controllers::Answer;
use crate::forms::{Errors, Joining, JoiningForm, ReasonForm};
use crate::models::dsar_log::{self, Request, RequestKind};
use crate::models::persons::known::{File, Known};
use crate::models::persons::{Entity, joining};
use crate::models::purposes::{ANSWER_REQUEST, ERASE_PERSON, LIST_PERSONS, MERGE_PERSONS};
use crate::models::{ModelError, ModelResult, person_merges};
use crate::values::typed;
use crate::views::persons::{Beside, Index, Show};
use crate::web::{AppError, CurrentAdmin, see_other};

/// Who is looked for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Search {
    q: String,
    page: u64,
}

pub(super) async fn index(admin: CurrentAdmin, Query(search): Query<Search>) -> Answer {
    let (q, page) = (typed::sought(&search.q), search.page);
    let query = q.clone();
    // Not for whom: names and addresses do not belong in a log that nobody scrubs.
    let found = admin.bypass(&LIST_PERSONS, "a search for persons", |db| {
        Box::pin(async move { Ok(Entity::search(db, &query, page).await?) })
    });
    let (persons, more) = found.await?;
    admin.0.render("admin/persons.html", Index::new(&admin.0.me, &persons, q, page, more))
}

/// All that the page of a person shows.
struct Found {
    person: Known,
    files: Vec<File>,
    merges: Vec<person_merges::Model>,
    requests: Vec<Request>,
    alike: Vec<Known>,
}

async fn found(admin: &CurrentAdmin, id: Uuid, q: &str) -> Result<Found, AppError> {
    let (reason, q) = (format!("person {id}"), q.to_owned());
    let found = admin.bypass(&LIST_PERSONS, &reason, |db| {
        Box::pin(async move {
            let (mut alike, _) = Entity::search(db, &q, 0).await?;
            alike.retain(|one| one.id != id && one.is_alive());
            Ok(Found {
                person: Entity::known(db, id).await?,
                files: Entity::files(db, id).await?,
                merges: person_merges::Entity::of_person(db, id).await?,
                requests: dsar_log::Entity::of_person(db, id).await?,
                alike,
            })
        })
    });
    found.await
}

fn page(admin: &CurrentAdmin, found: &Found, q: String) -> Show {
    let me = &admin.0.me;
    Show::new(me, &found.person, &found.files, &found.merges).requests(me, &found.requests).alike(
        me,
        q,
        &found.alike,
    )
}

pub(super) async fn show(
    admin: CurrentAdmin,
    Path(id): Path<Uuid>,
    Query(search): Query<Search>,
    Query(flash): Query<FlashQuery>,
) -> Answer {
    let q = typed::sought(&search.q);
    let found = found(&admin, id, &q).await?;
    admin.0.render("admin/person.html", page(&admin, &found, q).done(flash.done.as_deref()))
}

/// The page again, with a reason that cannot be taken.
async fn refuse(
    admin: &CurrentAdmin,
    id: Uuid,
    act: &'static str,
    form: ReasonForm,
    errors: Errors,
) -> Answer {
    let found = found(admin, id, "").await?;
    let page = page(admin, &found, String::new()).with(act, form, errors);
    admin.0.refuse("admin/person.html", page)
}

type Two = (Known, Vec<File>);

async fn beside_each_other(
    admin: &CurrentAdmin,
    one: Uuid,
    other: Uuid,
) -> Result<[Two; 2], AppError> {
    let reason = format!("persons {one} and {other} beside each other");
    let both = admin.bypass(&LIST_PERSONS, &reason, |db| {
        Box::pin(async move {
            let person = |id| async move {
                let known: ModelResult<Known> = Entity::known(db, id).await;
                Ok::<_, AppError>((known?, Entity::files(db, id).await?))
            };
            Ok([person(one).await?, person(other).await?])
        })
    });
    both.await
}

pub(super) async fn beside(admin: CurrentAdmin, Path((one, other)): Path<(Uuid, Uuid)>) -> Answer {
    let two = beside_each_other(&admin, one, other).await?;
    admin.0.render("admin/beside.html", Beside::new(&admin.0.me, &two))
}

pub(super) async fn merge(
    admin: CurrentAdmin,
    Path((one, other)): Path<(Uuid, Uuid)>,
    Form(form): Form<JoiningForm>,
) -> Answer {
    let two = beside_each_other(&admin, one, other).await?;
    let again = |errors| {
        let page = Beside::new(&admin.0.me, &two).with(form.clone(), errors);
        admin.0.refuse("admin/beside.html", page)
    };
    let Joining { goes, stays, reason } = match form.check(&two[0].0, &two[1].0) {
        Ok(joining) => joining,
        Err(errors) => return again(errors),
    };
    let decision = decision(&admin, reason.clone());
    let said = format!("person {goes} is {stays}: {reason}");
    let joined = admin.bypass(&MERGE_PERSONS, &said, |db| {
        Box::pin(async move {
            match joining::decide(db, goes, stays, &decision).await {
                Err(ModelError::Reference) => Ok(Some("error-two-in-one-book")),
                Err(ModelError::Stale) => Ok(Some("error-asked-for-something")),
                joined => Ok(joined.map(|()| None)?),
            }
        })
    });
    match joined.await {
        Ok(None) => Ok(see_other(&format!("/admin/persons/{stays}?done=joined"))),
        Ok(Some(refused)) => again(Errors::at("stays", refused)),
        Err(AppError::NotFound) => Ok(see_other(&format!("/admin/persons/{one}?done=changed"))),
        Err(error) => Err(error),
    }
}

/// What a person has asked for by a letter, or at the counter.
#[derive(Deserialize)]
pub(super) struct Asked {
    kind: RequestKind,
    #[serde(default)]
    reason: String,
}

pub(super) async fn write_down(
    admin: CurrentAdmin,
    Path(id): Path<Uuid>,
    Form(asked): Form<Asked>,
) -> Answer {
    let form = ReasonForm { reason: asked.reason };
    let reason = match form.check() {
        Ok(reason) => reason,
        Err(errors) => return refuse(&admin, id, "request", form, errors).await,
    };
    let decision = decision(&admin, reason.clone());
    let said = format!("person {id} has asked: {reason}");
    let written = admin.bypass(&ANSWER_REQUEST, &said, |db| {
        Box::pin(async move {
            Entity::known(db, id).await?;
            Ok(dsar_log::Entity::write_down(db, id, asked.kind, &decision).await?)
        })
    });
    written.await?;
    Ok(see_other(&format!("/admin/persons/{id}?done=written")))
}

pub(super) async fn erase(
    auth: Authenticator,
    admin: CurrentAdmin,
    Path(id): Path<Uuid>,
    Form(form): Form<ReasonForm>,
) -> Answer {
    let reason = match form.check() {
        Ok(reason) => reason,
        Err(errors) => return refuse(&admin, id, "erasure", form, errors).await,
    };
    let decision = decision(&admin, reason.clone());
    let said = format!("erased person {id}: {reason}");
    let erased = admin.bypass(&ERASE_PERSON, &said, |db| {
        Box::pin(async move { Ok(Entity::erase(db, id, &decision).await?) })
    });
    match erased.await {
        Ok(()) => {
            // Its browsers are known no more in any case: it is not there for them.
            auth.forget_client(id).await?;
            Ok(see_other(&format!("/admin/persons/{id}?done=erased")))
        }
        Err(AppError::NotFound) => Ok(see_other(&format!("/admin/persons/{id}?done=changed"))),
        Err(error) => Err(error),
    }
}

pub(super) async fn restore(
    admin: CurrentAdmin,
    Path(id): Path<Uuid>,
    Form(form): Form<ReasonForm>,
) -> Answer {
    let reason = match form.check() {
        Ok(reason) => reason,
        Err(errors) => return refuse(&admin, id, "erasure", form, errors).await,
    };
    let decision = decision(&admin, reason.clone());
    let said = format!("brought person {id} back: {reason}");
    let restored = admin.bypass(&ERASE_PERSON, &said, |db| {
        Box::pin(async move { Ok(Entity::restore(db, id, &decision).await?) })
    });
    Ok(see_other(&match restored.await {
        Ok(()) => format!("/admin/persons/{id}?done=restored"),
        Err(AppError::NotFound | AppError::Stale) => format!("/admin/persons/{id}?done=changed"),
        Err(error) => return Err(error),
    }))
}
