//! Who may come in.

use axum::Form;
use axum::extract::{Path, Query};
use loco_rs::prelude::*;
use serde::Deserialize;

use crate::auth::AdminDesk;
use crate::auth::gate::Gate;
use crate::auth::guards::see;
use crate::auth::provider::Invited;
use crate::controllers::Answer;
use crate::errors::AppError;
use crate::forms::{Errors, InvitationForm};
use crate::models::purposes::{INVITE, INVITE_STRINGER};
use crate::models::{invitations, stringers};
use crate::settings::Settings;
use crate::views::admin::Invitations;
use sea_orm_tenancy::{Db, Scope};

#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Arrival {
    done: Option<String>,
}

pub(super) async fn index(gate: Gate, admin: AdminDesk, Query(arrival): Query<Arrival>) -> Answer {
    let form = InvitationForm { locale: admin.0.me.locale().code().into(), ..Default::default() };
    let page = page(&gate, &admin, form).await?;
    admin.0.render("admin/invitations.html", page.done(arrival.done.as_deref()))
}

pub(super) async fn create(
    gate: Gate,
    admin: AdminDesk,
    Form(form): Form<InvitationForm>,
) -> Answer {
    let (email, locale) = match form.check() {
        Ok(checked) => checked,
        Err(errors) => return refuse(&gate, &admin, form, errors).await,
    };
    let reason = format!("invite {email}");
    let address = email.clone();
    let strings_here = admin.bypass(&INVITE_STRINGER, &reason, |db| {
        Box::pin(async move { Ok(stringers::Entity::strings_here(db, &address).await?) })
    });
    if strings_here.await? {
        let mut errors = Errors::default();
        errors.mark("email", "error-address-taken");
        return refuse(&gate, &admin, form, errors).await;
    }
    let by = Some(admin.0.me.id);
    let invitation = invitations::Entity::invite(&door(&gate), &email, locale, by).await?;
    send(&gate, &admin, invitation.id).await
}

/// Sends an invitation's link, for the first time or again.
pub(super) async fn mail(gate: Gate, admin: AdminDesk, Path(id): Path<Uuid>) -> Answer {
    let invitation = invitations::Entity::one(&door(&gate), id).await?;
    if !invitation.is_open() {
        return Err(AppError::Stale);
    }
    note(&admin, &format!("invite {}", invitation.email)).await?;
    let by = Some(admin.0.me.id);
    let (email, locale) = (&invitation.email, invitation.locale());
    let sent = invitations::Entity::invite(&door(&gate), email, locale, by).await?;
    send(&gate, &admin, sent.id).await
}

pub(super) async fn destroy(gate: Gate, admin: AdminDesk, Path(id): Path<Uuid>) -> Answer {
    let invitation = invitations::Entity::one(&door(&gate), id).await?;
    note(&admin, &format!("withdraw the invitation of {}", invitation.email)).await?;
    invitation.withdraw(&door(&gate)).await?;
    Ok(see("/admin/invitations?done=withdrawn"))
}

/// The table is closed to the bypass as well: the act alone is written down.
async fn note(admin: &AdminDesk, reason: &str) -> Result<(), AppError> {
    admin.bypass(&INVITE_STRINGER, reason, |_| Box::pin(async { Ok(()) })).await
}

async fn send(gate: &Gate, admin: &AdminDesk, id: Uuid) -> Answer {
    match gate.provider.invite(id).await? {
        Invited::Mailed => Ok(see("/admin/invitations?done=mailed")),
        Invited::ByHand(link) => {
            let url = link.url(&Settings::from_context(&admin.0.ctx)?.public_url);
            let page = page(gate, admin, InvitationForm::default()).await?;
            admin.0.render("admin/invitations.html", page.by_hand(url))
        }
    }
}

async fn refuse(gate: &Gate, admin: &AdminDesk, form: InvitationForm, errors: Errors) -> Answer {
    let page = page(gate, admin, form).await?;
    admin.0.refuse("admin/invitations.html", page.with(errors))
}

async fn page(
    gate: &Gate,
    admin: &AdminDesk,
    form: InvitationForm,
) -> Result<Invitations, AppError> {
    let known = invitations::Entity::recent(&door(gate)).await?;
    Ok(Invitations::new(&admin.0.me, form, &known, gate.provider.can_mail()))
}

fn door(gate: &Gate) -> Db {
    gate.db.bind(Scope::System(&INVITE))
}
