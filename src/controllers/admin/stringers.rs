//! Who strings here, and who is deactivated.

use axum::Form;
use axum::extract::{Path, Query};
use loco_rs::prelude::*;
use sea_orm_tenancy::Purpose;
use serde::Deserialize;

use crate::auth::authenticator::Authenticator;
use crate::controllers::Answer;
use crate::forms::ReasonForm;
use crate::models::purposes::{DEACTIVATE_STRINGER, HAND_OVER_LINK, LIST_STRINGERS};
use crate::models::stringers::{self, Listed};
use crate::settings::Settings;
use crate::values::typed;
use crate::views::Pages;
use crate::views::admin::Stringers;
use crate::web::{AppError, CurrentAdmin, see_other};

/// Who is looked for, and what was just done.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Search {
    q: String,
    page: u64,
    done: Option<String>,
}

pub(super) async fn index(
    auth: Authenticator,
    admin: CurrentAdmin,
    Query(search): Query<Search>,
) -> Answer {
    let Search { q, page, done } = search;
    let text = typed::sought(&q);
    let asked = text.clone();
    // Not for whom: names and addresses do not belong in a log that nobody scrubs.
    let some = admin.bypass(&LIST_STRINGERS, "the list of stringers", |db| {
        Box::pin(async move { Ok(stringers::Entity::listed(db, &asked, page).await?) })
    });
    let (some, more) = some.await?;
    let view = Stringers::new(&admin.0.me, &some, auth.provider.can_mail());
    let view = view.of(text, Pages { page, more }).done(done.as_deref());
    admin.0.render("admin/stringers.html", view)
}

pub(super) async fn close(
    auth: Authenticator,
    admin: CurrentAdmin,
    Path(id): Path<Uuid>,
    Form(form): Form<ReasonForm>,
) -> Answer {
    // Whoever deactivates the own account finds nobody to undo it.
    if id == admin.0.me.id {
        return Err(AppError::Unusable("problem-own-account"));
    }
    let reason = match form.check() {
        Ok(reason) => reason,
        Err(errors) => {
            let one = one(&admin, &LIST_STRINGERS, &format!("stringer {id}"), id).await?;
            let view = alone(&auth, &admin, one).with(id, form, errors);
            return admin.0.refuse("admin/stringers.html", view);
        }
    };
    let one = deactivate(&admin, id, reason, true).await?;
    auth.provider.end_all_sessions(&one.subject).await?;
    Ok(after("closed", &one))
}

pub(super) async fn open(
    admin: CurrentAdmin,
    Path(id): Path<Uuid>,
    Form(form): Form<ReasonForm>,
) -> Answer {
    let reason = form.check().unwrap_or_else(|_| "opened again".to_owned());
    let one = deactivate(&admin, id, reason, false).await?;
    Ok(after("opened", &one))
}

/// For who forgot the password, where no mail can be sent.
pub(super) async fn hand_over(
    auth: Authenticator,
    admin: CurrentAdmin,
    Path(id): Path<Uuid>,
) -> Answer {
    let reason = format!("a link for stringer {id}");
    let one = one(&admin, &HAND_OVER_LINK, &reason, id).await?;
    if one.deactivated_at.is_some() {
        return Err(AppError::NotFound);
    }
    let link = auth.provider.hand_over(&one.subject).await?.ok_or(AppError::Stale)?;
    let url = link.url(&Settings::from_context(&admin.0.ctx)?.public_url);
    admin.0.render("admin/stringers.html", alone(&auth, &admin, one).by_hand(url))
}

async fn one(
    admin: &CurrentAdmin,
    act: &'static Purpose,
    reason: &str,
    id: Uuid,
) -> Result<Listed, AppError> {
    let one = admin.bypass(act, reason, |db| {
        Box::pin(async move { Ok(stringers::Entity::listed_one(db, id).await?) })
    });
    one.await
}

/// The list with one stringer in it, as if its address was looked for.
fn alone(auth: &Authenticator, admin: &CurrentAdmin, one: Listed) -> Stringers {
    let view = Stringers::new(&admin.0.me, std::slice::from_ref(&one), auth.provider.can_mail());
    view.of(one.email, Pages { page: 0, more: false })
}

/// The list with the stringer that something was done about, wherever in it that stands.
fn after(done: &str, one: &Listed) -> Response {
    let whose = form_urlencoded::Serializer::new(String::new())
        .append_pair("done", done)
        .append_pair("q", &one.email)
        .finish();
    see_other(&format!("/admin/stringers?{whose}"))
}

/// Returns the stringer as it is then.
async fn deactivate(
    admin: &CurrentAdmin,
    id: Uuid,
    reason: String,
    is_closed: bool,
) -> Result<Listed, AppError> {
    let changed = admin.bypass(&DEACTIVATE_STRINGER, &reason, |db| {
        Box::pin(async move {
            match is_closed {
                true => stringers::Entity::deactivate(db, id).await?,
                false => stringers::Entity::reactivate(db, id).await?,
            }
            Ok(stringers::Entity::listed_one(db, id).await?)
        })
    });
    changed.await
}
