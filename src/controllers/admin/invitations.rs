//! Who may come in.

use axum::Form;
use axum::extract::{Path, Query};
use loco_rs::prelude::*;
use sea_orm_tenancy::{Db, Purpose, Scope};

use super::FlashQuery;
use crate::auth::authenticator::Authenticator;
use crate::auth::provider::Invited;
use crate::controllers::Answer;
use crate::forms::{Errors, InvitationForm};
use crate::models::purposes::{INVITE, INVITE_STRINGER, LIST_INVITATIONS};
use crate::models::{invitations, stringers};
use crate::settings::Settings;
use crate::values::Vocabulary as _;
use crate::views::admin::Invitations;
use crate::web::{AppError, CurrentAdmin, see_other};

pub(super) async fn index(
    auth: Authenticator,
    admin: CurrentAdmin,
    Query(flash): Query<FlashQuery>,
) -> Answer {
    let form = InvitationForm { locale: admin.0.me.locale().code().into(), ..Default::default() };
    let page = page(&auth, &admin, form).await?;
    admin.0.render("admin/invitations.html", page.done(flash.done.as_deref()))
}

pub(super) async fn create(
    auth: Authenticator,
    admin: CurrentAdmin,
    Form(form): Form<InvitationForm>,
) -> Answer {
    let (email, locale) = match form.check() {
        Ok(checked) => checked,
        Err(errors) => return refuse(&auth, &admin, form, errors).await,
    };
    let reason = format!("invite {email}");
    let address = email.clone();
    let strings_here = admin.bypass(&INVITE_STRINGER, &reason, |db| {
        Box::pin(async move { Ok(stringers::Entity::strings_here(db, &address).await?) })
    });
    if strings_here.await? {
        let taken = Errors::at("email", "error-address-taken");
        return refuse(&auth, &admin, form, taken).await;
    }
    let by = Some(admin.0.me.id);
    let invitation = invitations::Entity::invite(&scoped_db(&auth), &email, locale, by).await?;
    send(&auth, &admin, invitation.id).await
}

/// Sends an invitation's link, for the first time or again.
pub(super) async fn mail(auth: Authenticator, admin: CurrentAdmin, Path(id): Path<Uuid>) -> Answer {
    let invitation = invitations::Model::find(&scoped_db(&auth), id).await?;
    if !invitation.is_open() {
        return Err(AppError::Stale);
    }
    note(&admin, &INVITE_STRINGER, &format!("invite {}", invitation.email)).await?;
    let by = Some(admin.0.me.id);
    let (email, locale) = (&invitation.email, invitation.locale);
    let sent = invitations::Entity::invite(&scoped_db(&auth), email, locale, by).await?;
    send(&auth, &admin, sent.id).await
}

pub(super) async fn destroy(
    auth: Authenticator,
    admin: CurrentAdmin,
    Path(id): Path<Uuid>,
) -> Answer {
    let invitation = invitations::Model::find(&scoped_db(&auth), id).await?;
    note(&admin, &INVITE_STRINGER, &format!("withdraw the invitation of {}", invitation.email))
        .await?;
    invitation.withdraw(&scoped_db(&auth)).await?;
    Ok(see_other("/admin/invitations?done=withdrawn"))
}

/// The table is closed to the bypass as well: the act alone is written down.
async fn note(admin: &CurrentAdmin, act: &'static Purpose, reason: &str) -> Result<(), AppError> {
    admin.bypass(act, reason, |_| Box::pin(async { Ok(()) })).await
}

async fn send(auth: &Authenticator, admin: &CurrentAdmin, id: Uuid) -> Answer {
    match auth.provider.invite(id).await? {
        Invited::Mailed => Ok(see_other("/admin/invitations?done=mailed")),
        Invited::JustMailed => Ok(see_other("/admin/invitations?done=just-mailed")),
        Invited::ByHand(link) => {
            let url = link.url(&Settings::from_context(&admin.0.ctx)?.public_url);
            let page = page(auth, admin, InvitationForm::default()).await?;
            admin.0.render("admin/invitations.html", page.by_hand(url))
        }
    }
}

async fn refuse(
    auth: &Authenticator,
    admin: &CurrentAdmin,
    form: InvitationForm,
    errors: Errors,
) -> Answer {
    let page = page(auth, admin, form).await?;
    admin.0.refuse("admin/invitations.html", page.with(errors))
}

async fn page(
    auth: &Authenticator,
    admin: &CurrentAdmin,
    form: InvitationForm,
) -> Result<Invitations, AppError> {
    note(admin, &LIST_INVITATIONS, "the list of invitations").await?;
    let known = invitations::Entity::recent(&scoped_db(auth)).await?;
    Ok(Invitations::new(&admin.0.me, form, &known, auth.provider.can_mail()))
}

fn scoped_db(auth: &Authenticator) -> Db {
    auth.db.bind(Scope::System(&INVITE))
}
