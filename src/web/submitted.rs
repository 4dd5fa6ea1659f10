//! Forms: as they are sent, and as they were kept when the sign-in had ended.

use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, Query, Request};
use axum::http::request::Parts;
use loco_rs::app::AppContext;
use sea_orm::prelude::Uuid;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};

use super::{AppError, CurrentStringer};
use crate::auth::csrf;
use crate::models::drafts;
use crate::models::submissions::Ticket;
use crate::views::Return;

/// The hidden field with a form's key.
const KEY: &str = "_key";

/// A form, and the ticket that its page gave it. What has no body is an empty form.
pub struct Submitted<T> {
    /// What was typed.
    pub form: T,
    /// Used once.
    pub ticket: Ticket,
}

impl<T: DeserializeOwned> FromRequest<AppContext> for Submitted<T> {
    type Rejection = AppError;

    async fn from_request(request: Request, ctx: &AppContext) -> Result<Self, AppError> {
        let body = Bytes::from_request(request, ctx).await.map_err(|_| AppError::TooLarge)?;
        let form = serde_urlencoded::from_bytes(&body)
            .map_err(|_| AppError::Unusable("problem-bad-request"))?;
        Ok(Self { form, ticket: ticket(&body) })
    }
}

fn ticket(body: &[u8]) -> Ticket {
    let mut digest = Sha256::new();
    let mut key = None;
    for (name, value) in form_urlencoded::parse(body) {
        match name.as_ref() {
            KEY => key = value.parse().ok(),
            csrf::FIELD => {}
            _ => {
                // Each with its length, so that no field can end as another begins.
                for part in [name, value] {
                    digest.update(part.len().to_be_bytes());
                    digest.update(part.as_bytes());
                }
            }
        }
    }
    Ticket { key, digest: hex::encode(digest.finalize()) }
}

/// What was typed into the form of this page when the sign-in had ended: its address names it.
/// It comes with its own key.
pub struct Kept<T>(pub Option<(T, Return)>);

impl<T> Kept<T> {
    /// It, or else the form as the page makes it; and how it came to its page.
    pub fn or_else(self, fresh: impl FnOnce() -> T) -> (T, Return) {
        self.0.unwrap_or_else(|| (fresh(), Return::default()))
    }
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct DraftQuery {
    draft: Option<Uuid>,
}

impl<T: DeserializeOwned> FromRequestParts<AppContext> for Kept<T> {
    type Rejection = AppError;

    async fn from_request_parts(parts: &mut Parts, ctx: &AppContext) -> Result<Self, AppError> {
        let query = Query::<DraftQuery>::try_from_uri(&parts.uri);
        let Some(draft) = query.ok().and_then(|query| query.draft) else { return Ok(Self(None)) };
        let current = CurrentStringer::from_request_parts(parts, ctx).await?;
        let body = drafts::Entity::body(&current.db, draft).await?;
        // It was emptied with an erasure, and the form is made of the row again.
        if body.is_empty() {
            return Ok(Self(None));
        }
        let form = serde_urlencoded::from_str(&body);
        let form = form.map_err(|_| AppError::Unusable("problem-bad-request"))?;
        let returned = Return::kept(ticket(body.as_bytes()).key);
        Ok(Self(Some((form, returned))))
    }
}

/// The page of the form that is sent to this address, if it has one by itself.
pub(super) fn page_of_form(path: &str) -> Option<String> {
    let parts: Vec<&str> = path.trim_start_matches('/').split('/').collect();
    match parts.as_slice() {
        ["orders" | "clients" | "reels"] | ["catalogue", _] => Some(format!("{path}/new")),
        ["orders" | "clients" | "client-rackets" | "reels", id] | ["catalogue", _, id]
            if id.parse::<Uuid>().is_ok() =>
        {
            Some(format!("{path}/edit"))
        }
        ["settings", "workshop" | "notices" | "paying" | "ready" | "taxes"] => {
            Some(path.to_owned())
        }
        ["orders", id, "string"] if id.parse::<Uuid>().is_ok() => Some(path.to_owned()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ticket_tells_what_was_typed_and_not_by_whose_token() {
        let key = Uuid::now_v7();
        let one = ticket(format!("_key={key}&_csrf=a&labor=25").as_bytes());
        assert_eq!(one.key, Some(key));
        assert_eq!(one.digest, ticket(b"_csrf=b&labor=25").digest);
        for other in ["labor=26", "labo=r25", "labor=25&x=", ""] {
            assert_ne!(one.digest, ticket(other.as_bytes()).digest, "{other}");
        }
        assert_eq!(ticket(b"_key=mine").key, None);
    }

    #[test]
    fn a_form_that_was_kept_leads_to_its_page() {
        let id = Uuid::now_v7();
        assert_eq!(page_of_form("/orders").as_deref(), Some("/orders/new"));
        assert_eq!(page_of_form(&format!("/clients/{id}")), Some(format!("/clients/{id}/edit")));
        for own in [format!("/reels/{id}"), format!("/catalogue/strings/{id}")] {
            assert_eq!(page_of_form(&own), Some(format!("{own}/edit")));
        }
        for new in ["/reels", "/catalogue/rackets"] {
            assert_eq!(page_of_form(new), Some(format!("{new}/new")));
        }
        let drawn = format!("/orders/{id}/string");
        assert_eq!(page_of_form(&drawn).as_ref(), Some(&drawn));
        assert_eq!(page_of_form("/settings/workshop").as_deref(), Some("/settings/workshop"));
        for path in [format!("/orders/{id}/strung"), "/session".into(), "/orders/x".into()] {
            assert_eq!(page_of_form(&path), None, "{path}");
        }
    }
}
