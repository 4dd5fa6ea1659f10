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
pub mod emissions;
pub mod exports;
pub mod first_run;
pub mod health;
pub mod home;
pub mod imports;
pub mod links;
pub mod orders;
pub mod pickers;
pub mod reports;
pub mod sessions;
pub mod settings;
pub mod steps;
#[cfg(debug_assertions)]
pub mod styleguide;
pub mod welcome;

use axum::response::Response;
use serde::Deserialize;

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
