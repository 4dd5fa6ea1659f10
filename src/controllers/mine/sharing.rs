//! Leave that a client gives to stringers who have not strung for it, and who has read what.

use axum::Form;
use axum::extract::{Path, Query};
use loco_rs::prelude::*;
use serde::Deserialize;

use super::{Asked, NOT_ME};
use crate::controllers::{Answer, Part};
use crate::models::{ModelError, ModelResult, sharing};
use crate::views::mine::Sharing;
use crate::web::{AppError, CurrentPerson, see_other};

/// Who is let read.
#[derive(Deserialize)]
pub(super) struct Whom {
    to: Uuid,
}

pub(super) async fn index(
    current: CurrentPerson,
    Query(part): Query<Part>,
    Query(asked): Query<Asked>,
) -> Answer {
    let db = current.db.reading().await?;
    let granted = sharing::own::granted(&db).await?;
    let of_all = granted.all.iter().map(|share| share.target_stringer_id);
    let readers = of_all.chain(granted.orders.iter().map(|share| share.grantee_id)).collect();
    let cards = sharing::cards(&db, readers).await?;
    let found = sharing::find_stringers(&db, NOT_ME, &asked.q).await?;
    let (reads, more) = sharing::own::reads(&db, part.page).await?;
    let view = Sharing::new(current.locale, &granted, &cards)
        .found(asked.q, &found)
        .reads(&reads, part.of(more))
        .done(asked.done.as_deref());
    current.render("mine/sharing.html", view)
}

/// Whoever does not string here any more is nobody to share with; and whoever strung it needs
/// no leave.
fn said(done: ModelResult<()>) -> Result<(), AppError> {
    match done {
        Err(ModelError::Reference) => Err(AppError::NotFound),
        done => Ok(done?),
    }
}

pub(super) async fn grant_all(current: CurrentPerson, Form(whom): Form<Whom>) -> Answer {
    said(sharing::own::grant_all(&current.db, whom.to).await)?;
    Ok(see_other("/mine/sharing?done=granted"))
}

pub(super) async fn grant_order(
    current: CurrentPerson,
    Path(order): Path<Uuid>,
    Form(whom): Form<Whom>,
) -> Answer {
    said(sharing::own::grant_order(&current.db, order, whom.to).await)?;
    Ok(see_other(&format!("/mine/orders/{order}?done=granted")))
}

pub(super) async fn revoke_order(current: CurrentPerson, Path(share): Path<Uuid>) -> Answer {
    sharing::own::revoke_order(&current.db, share).await?;
    Ok(see_other("/mine/sharing?done=revoked"))
}

pub(super) async fn revoke_all(current: CurrentPerson, Path(share): Path<Uuid>) -> Answer {
    sharing::own::revoke_all(&current.db, share).await?;
    Ok(see_other("/mine/sharing?done=revoked"))
}
