//! One file for each resource: parse, call a model, render.

pub mod access;
pub mod admin;
pub mod assets;
pub mod auth_v1;
pub mod bench;
pub mod catalogue;
pub mod checks;
pub mod client_rackets;
pub mod clients;
pub mod days;
pub mod dev_mail;
pub mod emissions;
pub mod exports;
pub mod first_run;
pub mod health;
pub mod home;
pub mod imports;
pub mod links;
pub mod logo;
pub mod mine;
pub mod news;
pub mod orders;
pub mod pickers;
pub mod ready;
pub mod reels;
pub mod reports;
pub mod sessions;
pub mod settings;
pub mod shares;
pub mod steps;
#[cfg(debug_assertions)]
pub mod styleguide;
pub mod taxes;
pub mod welcome;

use axum::http::header;
use axum::response::{IntoResponse as _, Response};
use serde::Deserialize;

use crate::i18n::Locale;
use crate::models::exports::ExportKind;
use crate::models::stringers::Member;
use crate::tables::Table;
use crate::views::Pages;
use crate::web::AppError;

/// Which page of a list, counted from nought.
#[derive(Deserialize, Default)]
#[serde(default)]
struct Part {
    page: u64,
}

impl Part {
    /// It, and whether there is a further one.
    const fn of(&self, more: bool) -> Pages {
        Pages { page: self.page, more }
    }
}

/// What a handler returns.
pub type Answer = Result<Response, AppError>;

/// A PDF to be looked at, or printed, under a name in which nothing is that somebody typed.
fn pdf_file(name: &str, pdf: Vec<u8>) -> Response {
    let headers = [
        (header::CONTENT_TYPE, "application/pdf".to_owned()),
        (header::CONTENT_DISPOSITION, format!("inline; filename=\"{name}\"")),
    ];
    (headers, pdf).into_response()
}

/// A table as a file to be saved: `stem` with the ending that says its kind, CSV or a workbook.
fn table_file(me: &Member, table: &Table, stem: &str, kind: &str) -> Answer {
    // What Excel expects where this language is spoken.
    let separator = if me.locale() == Locale::De { b';' } else { b',' };
    let (media, bytes) = match kind {
        "csv" => ("text/csv; charset=utf-8", table.csv(separator).map_err(AppError::internal)?),
        "xlsx" => (ExportKind::Workbook.media_type(), table.xlsx().map_err(AppError::internal)?),
        _ => return Err(AppError::NotFound),
    };
    let name = format!("attachment; filename=\"{stem}.{kind}\"");
    let headers = [(header::CONTENT_TYPE, media.to_owned()), (header::CONTENT_DISPOSITION, name)];
    Ok((headers, bytes).into_response())
}
