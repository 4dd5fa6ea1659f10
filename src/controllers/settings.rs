//! What belongs to a stringer's own account.

use axum::Form;
use axum::extract::{Path, Query};
use axum::http::HeaderMap;
use loco_rs::prelude::*;
use sea_orm::{TransactionSession, TransactionTrait};
use sea_orm_tenancy::Scope;
use serde::Deserialize;

use super::Answer;
use crate::auth::authenticator::Authenticator;
use crate::auth::cookies;
use crate::auth::provider::{AuthError, Reach};
use crate::auth::throttle::Origin;
use crate::database;
use crate::forms::{
    Errors, LeavingForm, NoticesForm, PasswordForm, PayingForm, Versioned as _, WorkshopForm,
};
use crate::models::purposes::LEAVE;
use crate::models::{hold, stringers};
use crate::views::account::{Account, Leaving, Notices, Password, Paying, Workshop};
use crate::web::{AppError, CurrentStringer, Kept, RemoteClient, see_other};

#[derive(Deserialize, Default)]
#[serde(default)]
struct FlashQuery {
    done: Option<String>,
    /// Where issuing open receipts again has ended.
    after: Option<Uuid>,
}

async fn show(
    auth: Authenticator,
    current: CurrentStringer,
    Query(flash): Query<FlashQuery>,
) -> Answer {
    let sessions = auth.provider.sessions(&current.identity).await?;
    let view = Account::new(&current.me, &current.identity, sessions, flash.done.as_deref());
    current.render("settings/show.html", view.going_on(flash.after))
}

async fn edit_workshop(current: CurrentStringer, kept: Kept<WorkshopForm>) -> Answer {
    let stringer = stringers::Model::find(&current.db, current.me.id).await?;
    let (form, returned) = kept.or_else(|| WorkshopForm::of(&current.me, &stringer));
    let view = Workshop::new(form, Errors::default()).returned(returned);
    current.render("settings/workshop.html", view)
}

async fn update_workshop(current: CurrentStringer, Form(mut form): Form<WorkshopForm>) -> Answer {
    let txn = current.db.begin().await?;
    hold::<stringers::Entity>(&txn, current.me.id).await?;
    let stringer = stringers::Model::find(&txn, current.me.id).await?;
    let now = WorkshopForm::of(&current.me, &stringer);
    match form.check_version(now).and_then(|()| form.check()) {
        Ok(workshop) => {
            stringers::Entity::describe(&txn, current.me.id, workshop).await?;
            txn.commit().await?;
            Ok(see_other("/settings?done=workshop"))
        }
        Err(errors) => current.refuse("settings/workshop.html", Workshop::new(form, errors)),
    }
}

async fn edit_notices(
    auth: Authenticator,
    current: CurrentStringer,
    kept: Kept<NoticesForm>,
) -> Answer {
    let stringer = stringers::Model::find(&current.db, current.me.id).await?;
    let (form, returned) = kept.or_else(|| NoticesForm::of(&stringer));
    let view = Notices::new(form, Errors::default(), auth.mails.can_mail());
    current.render("settings/notices.html", view.returned(returned))
}

async fn update_notices(
    auth: Authenticator,
    current: CurrentStringer,
    Form(mut form): Form<NoticesForm>,
) -> Answer {
    let txn = current.db.begin().await?;
    hold::<stringers::Entity>(&txn, current.me.id).await?;
    let now = NoticesForm::of(&stringers::Model::find(&txn, current.me.id).await?);
    match form.check_version(now).and_then(|()| form.check()) {
        Ok(notices) => {
            stringers::Entity::notify(&txn, current.me.id, notices).await?;
            txn.commit().await?;
            Ok(see_other("/settings?done=notices"))
        }
        Err(errors) => {
            drop(txn);
            let view = Notices::new(form, errors, auth.mails.can_mail());
            current.refuse("settings/notices.html", view)
        }
    }
}

async fn edit_paying(current: CurrentStringer, kept: Kept<PayingForm>) -> Answer {
    let stringer = stringers::Model::find(&current.db, current.me.id).await?;
    let (form, returned) = kept.or_else(|| PayingForm::of(&stringer));
    let view = Paying::new(&current.me, form, Errors::default()).returned(returned);
    current.render("settings/paying.html", view)
}

async fn update_paying(current: CurrentStringer, Form(mut form): Form<PayingForm>) -> Answer {
    let txn = current.db.begin().await?;
    hold::<stringers::Entity>(&txn, current.me.id).await?;
    let now = PayingForm::of(&stringers::Model::find(&txn, current.me.id).await?);
    match form.check_version(now).and_then(|()| form.check(current.me.currency())) {
        Ok(paying) => {
            stringers::Entity::be_paid(&txn, current.me.id, paying).await?;
            txn.commit().await?;
            Ok(see_other("/settings?done=paying"))
        }
        Err(errors) => {
            drop(txn);
            current.refuse("settings/paying.html", Paying::new(&current.me, form, errors))
        }
    }
}

async fn edit_password(auth: Authenticator, current: CurrentStringer) -> Answer {
    let can_mail = auth.provider.can_mail();
    let view = Password::new(&current.identity, Errors::default(), can_mail);
    current.render("settings/password.html", view)
}

/// The old one is asked for, except of somebody who has just come by a mailed link. The
/// new one ends every other session.
async fn update_password(
    auth: Authenticator,
    current: CurrentStringer,
    remote: RemoteClient,
    headers: HeaderMap,
    Form(form): Form<PasswordForm>,
) -> Answer {
    let changed = match form.check(&current.me) {
        Ok(password)
            if knows_the_old_one(&auth, &current, &remote, &headers, form.current).await? =>
        {
            let access = current.access.reveal();
            auth.provider.change_password(access, &current.identity, password).await
        }
        Ok(_) => return refuse(&auth, &current, Errors::at("current", "error-password-wrong")),
        Err(errors) => return refuse(&auth, &current, errors),
    };
    let key = match changed {
        Ok(()) => return Ok(see_other("/settings?done=password")),
        Err(AuthError::SamePassword) => "error-password-same",
        Err(AuthError::WeakPassword) => "error-password-weak",
        Err(error) => return Err(error.into()),
    };
    refuse(&auth, &current, Errors::at("password", key))
}

async fn knows_the_old_one(
    auth: &Authenticator,
    current: &CurrentStringer,
    remote: &RemoteClient,
    headers: &HeaderMap,
    typed: String,
) -> Result<bool, AppError> {
    if current.identity.came_by_link {
        return Ok(true);
    }
    let email = &current.identity.email;
    let jar = cookies::jar(headers);
    let mark = auth.session_cookies.mark(&jar, email);
    let attempt = auth.throttle.attempt(email, Origin { address: remote.address, mark }).await?;
    let knows = auth.provider.confirm(&current.identity, typed).await?;
    if knows {
        attempt.succeeded();
    } else {
        attempt.failed();
    }
    Ok(knows)
}

fn refuse(auth: &Authenticator, current: &CurrentStringer, errors: Errors) -> Answer {
    let view = Password::new(&current.identity, errors, auth.provider.can_mail());
    current.refuse("settings/password.html", view)
}

async fn ask_leaving(current: CurrentStringer) -> Answer {
    current.render(
        "settings/leaving.html",
        Leaving::new(&current.me, String::new(), Errors::default()),
    )
}

/// Ends the stringer's work here; it may come back for a while.
async fn leave(
    auth: Authenticator,
    current: CurrentStringer,
    Form(form): Form<LeavingForm>,
) -> Answer {
    let word = current.me.locale().t("leaving-word");
    if let Err(errors) = form.check(&word) {
        let view = Leaving::new(&current.me, form.word, errors);
        return current.refuse("settings/leaving.html", view);
    }
    let db = database::scoped_db(&current.ctx, Scope::System(&LEAVE))?;
    stringers::Entity::leave(&db, &current.me).await?;
    auth.provider.end_all_sessions(&current.me.subject).await?;
    let mut response = see_other("/session/new");
    cookies::set(response.headers_mut(), auth.session_cookies.signed_out());
    Ok(response)
}

async fn end_session(
    auth: Authenticator,
    current: CurrentStringer,
    Path(id): Path<Uuid>,
) -> Answer {
    auth.provider.end_session(&current.identity, id).await?;
    Ok(see_other("/settings?done=session"))
}

async fn end_others(auth: Authenticator, current: CurrentStringer) -> Answer {
    auth.provider.sign_out(current.access.reveal(), &current.identity, Reach::Others).await?;
    Ok(see_other("/settings?done=session"))
}

/// `/settings`.
pub fn routes() -> Routes {
    Routes::new()
        .prefix("settings")
        .add("/", get(show))
        .add("/workshop", get(edit_workshop).post(update_workshop))
        .add("/leaving", get(ask_leaving).post(leave))
        .add("/notices", get(edit_notices).post(update_notices))
        .add("/paying", get(edit_paying).post(update_paying))
        .add("/password", get(edit_password).post(update_password))
        .add("/sessions", delete(end_others))
        .add("/sessions/{id}", delete(end_session))
}
