//! What is asked for under the law of data protection, and erasures that become final.

use axum::Form;
use axum::extract::{Path, Query};
use axum::http::header;
use axum::response::IntoResponse as _;
use loco_rs::prelude::*;
use sea_orm_tenancy::Purpose;
use serde::Deserialize;

use super::{FlashQuery, decision};
use crate::auth::authenticator::Authenticator;
use crate::controllers::Answer;
use crate::forms::{Errors, FinalForm, ReasonForm};
use crate::models::dsar_log::{self, Request, RequestEvent, RequestKind};
use crate::models::persons::Entity;
use crate::models::persons::erasing::Due;
use crate::models::persons::known::Known;
use crate::models::persons::portrait::Portrait;
use crate::models::purposes::{ANSWER_REQUEST, FINALISE_ERASURE, LIST_ERASURES, LIST_REQUESTS};
use crate::views::persons::{Finalisation, Privacy};
use crate::web::{AppError, CurrentAdmin, see_other};
use crate::workers::sweep;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Paged {
    page: u64,
}

type Open = (Vec<Request>, bool, Vec<Known>);

async fn open(admin: &CurrentAdmin, page: u64) -> Result<Open, AppError> {
    let open = admin.bypass(&LIST_REQUESTS, "what was asked under data protection", |db| {
        Box::pin(async move {
            let (requests, more) = dsar_log::Entity::open(db, page).await?;
            let who = requests.iter().map(|request| request.person_id).collect();
            Ok((requests, more, Entity::these(db, who).await?))
        })
    });
    open.await
}

pub(super) async fn index(
    admin: CurrentAdmin,
    Query(paged): Query<Paged>,
    Query(flash): Query<FlashQuery>,
) -> Answer {
    let (requests, more, persons) = open(&admin, paged.page).await?;
    let page = Privacy::new(&admin.0.me, &requests, &persons, paged.page, more);
    admin.0.render("admin/privacy.html", page.done(flash.done.as_deref()))
}

/// The document of a request, which says afterwards that it was made.
pub(super) async fn document(admin: CurrentAdmin, Path(id): Path<Uuid>) -> Answer {
    let decision = decision(&admin, "the document".to_owned());
    let said = format!("made the document of request {id}");
    let portrait = admin.bypass(&ANSWER_REQUEST, &said, |db| {
        Box::pin(async move {
            let request = dsar_log::Entity::one(db, id).await?;
            if request.kind != RequestKind::Access {
                return Err(AppError::NotFound);
            }
            let portrait = Portrait::of(db, request.person_id).await?;
            dsar_log::Entity::note(db, id, RequestEvent::HandedOut, &decision).await?;
            Ok(portrait)
        })
    });
    let portrait = portrait.await?;
    let json = serde_json::to_vec_pretty(&portrait).map_err(AppError::internal)?;
    let name = format!("attachment; filename=\"person-{}.json\"", portrait.person.id);
    let headers = [(header::CONTENT_TYPE, "application/json".to_owned())];
    Ok((headers, [(header::CONTENT_DISPOSITION, name)], json).into_response())
}

pub(super) async fn answer(
    admin: CurrentAdmin,
    Path(id): Path<Uuid>,
    Form(form): Form<ReasonForm>,
) -> Answer {
    settle(&admin, id, form, RequestEvent::Answered).await
}

pub(super) async fn refuse(
    admin: CurrentAdmin,
    Path(id): Path<Uuid>,
    Form(form): Form<ReasonForm>,
) -> Answer {
    settle(&admin, id, form, RequestEvent::Refused).await
}

async fn settle(admin: &CurrentAdmin, id: Uuid, form: ReasonForm, event: RequestEvent) -> Answer {
    let reason = match form.check() {
        Ok(reason) => reason,
        Err(errors) => {
            let (requests, more, persons) = open(admin, 0).await?;
            let page = Privacy::new(&admin.0.me, &requests, &persons, 0, more);
            return admin.0.refuse("admin/privacy.html", page.with(id, event, form, errors));
        }
    };
    let decision = decision(admin, reason.clone());
    let said = format!("request {id}: {reason}");
    let settled = admin.bypass(&ANSWER_REQUEST, &said, |db| {
        Box::pin(async move {
            let request = dsar_log::Entity::one(db, id).await?;
            // What is erased becomes final, or comes back; nobody settles it beside that.
            if request.is_erased() {
                return Err(AppError::Stale);
            }
            Ok(dsar_log::Entity::note(db, id, event, &decision).await?)
        })
    });
    Ok(see_other(match settled.await {
        Ok(_) if event == RequestEvent::Answered => "/admin/privacy?done=answered",
        Ok(_) => "/admin/privacy?done=refused",
        Err(AppError::Stale) => "/admin/privacy?done=changed",
        Err(error) => return Err(error),
    }))
}

async fn due(
    admin: &CurrentAdmin,
    act: &'static Purpose,
    reason: &str,
) -> Result<Vec<Due>, AppError> {
    let due = admin.bypass(act, reason, |db| Box::pin(async move { Ok(Entity::due(db).await?) }));
    due.await
}

pub(super) async fn finalisation(admin: CurrentAdmin, Query(flash): Query<FlashQuery>) -> Answer {
    let due = due(&admin, &LIST_ERASURES, "erasures that are due").await?;
    let page = Finalisation::new(&admin.0.me, &due).done(flash.done.as_deref());
    admin.0.render("admin/finalisation.html", page)
}

pub(super) async fn finalise(
    auth: Authenticator,
    admin: CurrentAdmin,
    Form(fields): Form<Vec<(String, String)>>,
) -> Answer {
    let form = FinalForm::of(fields);
    let reason = match form.check(&admin.0.me.locale().t("finalise-word")) {
        Ok(reason) => reason,
        Err(errors) => return again(&admin, form, errors).await,
    };
    let persons = form.persons.clone();
    let decision = decision(&admin, reason.clone());
    let said = format!("erased {} persons for good: {reason}", persons.len());
    let finalised = admin.bypass(&FINALISE_ERASURE, &said, |db| {
        Box::pin(async move { Ok(Entity::finalise(db, &persons, &decision).await?) })
    });
    match finalised.await {
        Ok(()) => {
            for person in form.persons {
                auth.forget_client(person).await?;
            }
            // Copies that were marked go, and the file is wiped of them; or at the next hour.
            if let Err(error) = sweep::forget(&admin.0.ctx).await {
                tracing::warn!(%error, "not all was forgotten after an erasure; again later");
            }
            Ok(see_other("/admin/finalisation?done=final"))
        }
        Err(AppError::Stale | AppError::NotFound) => {
            Ok(see_other("/admin/finalisation?done=changed"))
        }
        Err(error) => Err(error),
    }
}

async fn again(admin: &CurrentAdmin, form: FinalForm, errors: Errors) -> Answer {
    let due = due(admin, &LIST_ERASURES, "erasures that are due").await?;
    let page = Finalisation::new(&admin.0.me, &due).with(form, errors);
    admin.0.refuse("admin/finalisation.html", page)
}
