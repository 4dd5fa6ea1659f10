//! What would have gone out, while developing: the mails that were kept.

use axum::extract::{Path, State};
use axum::http::header;
use axum::response::IntoResponse;
use loco_rs::prelude::*;

use super::Answer;
use crate::mailers::post;
use crate::views::dev_mail::{self, Index, Mail};
use crate::web::{AppError, Visitor};

/// The latest first. Whoever cannot sign in yet finds the link there, so it asks for nobody.
async fn index(State(ctx): State<AppContext>, visitor: Visitor) -> Answer {
    let latest = kept(&ctx)?;
    let mails = latest.iter().filter_map(|(nth, message)| Mail::read(*nth, message)).collect();
    visitor.render("dev/mail.html", Index { mails })
}

/// A file of a mail, always to be saved: the pages here run under rules that no mail has.
async fn file(State(ctx): State<AppContext>, Path((nth, name)): Path<(usize, String)>) -> Answer {
    let latest = kept(&ctx)?;
    let (_, message) = latest.iter().find(|(one, _)| *one == nth).ok_or(AppError::NotFound)?;
    let bytes = dev_mail::file(message, &name).ok_or(AppError::NotFound)?;
    let as_file = (header::CONTENT_DISPOSITION, "attachment");
    let kind = (header::CONTENT_TYPE, "application/octet-stream");
    Ok(([kind, as_file], bytes).into_response())
}

fn kept(ctx: &AppContext) -> Result<Vec<(usize, Vec<u8>)>, AppError> {
    Ok(post::kept(ctx).ok_or(AppError::NotFound)?.latest())
}

/// `/dev/mail`, where mails are kept.
pub fn routes() -> Routes {
    Routes::new().add("/dev/mail", get(index)).add("/dev/mail/{nth}/{file}", get(file))
}
