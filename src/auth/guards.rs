//! What a handler asks for: a signed-in stringer's [`Desk`], or any [`Guest`].

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use loco_rs::app::AppContext;
use serde::Serialize;
use uuid::Uuid;

use super::gate::Visitor;
use crate::errors::AppError;
use crate::initializers::database;
use crate::models::stringers::Member;
use crate::tenancy::{Db, Scope, TenantId};
use crate::views::{Frame, Views};

/// A signed-in stringer at work: its own door to the database, and its pages. Who
/// has one is who it says.
pub struct Desk {
    /// Speaks for this stringer and nobody else.
    pub db: Db,
    /// Who is at work.
    pub me: Member,
    /// Its session, to sign out of.
    pub session: Uuid,
    /// For workers that are nudged.
    pub ctx: AppContext,
    /// The request is htmx's, and wants a fragment.
    pub wants_fragment: bool,
    frame: Frame,
    views: Views,
}

/// Anybody, signed in or not.
pub struct Guest {
    /// Who it is, as far as known.
    pub visitor: Visitor,
    frame: Frame,
    views: Views,
}

impl FromRequestParts<AppContext> for Desk {
    type Rejection = AppError;

    async fn from_request_parts(parts: &mut Parts, ctx: &AppContext) -> Result<Self, AppError> {
        let visitor = visitor(parts)?;
        let frame = Frame::new(&visitor, parts.uri.path());
        let (Some(me), Some(session)) = (visitor.member, visitor.session) else {
            return Err(if visitor.is_stranger {
                AppError::Stranger
            } else {
                let back = parts.method.is_safe().then(|| parts.uri.to_string());
                AppError::SignInFirst { lapsed: visitor.has_lapsed, back }
            });
        };
        Ok(Self {
            db: database::door(ctx, Scope::Stringer(TenantId::from(me.id)))?,
            me,
            session,
            ctx: ctx.clone(),
            wants_fragment: wants_fragment(&parts.headers),
            frame,
            views: Views::load()?,
        })
    }
}

impl FromRequestParts<AppContext> for Guest {
    type Rejection = AppError;

    async fn from_request_parts(parts: &mut Parts, _ctx: &AppContext) -> Result<Self, AppError> {
        let visitor = visitor(parts)?;
        let frame = Frame::new(&visitor, parts.uri.path());
        Ok(Self { visitor, frame, views: Views::load()? })
    }
}

fn visitor(parts: &Parts) -> Result<Visitor, AppError> {
    let visitor = parts.extensions.get::<Visitor>().cloned();
    visitor.ok_or_else(|| AppError::internal("a request came past the gate"))
}

/// htmx asks for a part of a page, not for a whole one.
fn wants_fragment(headers: &HeaderMap) -> bool {
    let is = |name: &str, wanted: &str| headers.get(name).is_some_and(|value| value == wanted);
    is("hx-request", "true") && !is("hx-request-type", "full")
}

impl Desk {
    /// A page, or a fragment, in the stringer's language.
    ///
    /// # Errors
    /// When the template fails.
    pub fn render(&self, template: &str, view: impl Serialize) -> Result<Response, AppError> {
        self.views.respond(StatusCode::OK, template, &self.frame, view)
    }

    /// The same with status 422: what was sent cannot be taken as it is.
    ///
    /// # Errors
    /// When the template fails.
    pub fn refuse(&self, template: &str, view: impl Serialize) -> Result<Response, AppError> {
        self.views.respond(StatusCode::UNPROCESSABLE_ENTITY, template, &self.frame, view)
    }
}

impl Guest {
    /// A page in the visitor's language.
    ///
    /// # Errors
    /// When the template fails.
    pub fn render(&self, template: &str, view: impl Serialize) -> Result<Response, AppError> {
        self.views.respond(StatusCode::OK, template, &self.frame, view)
    }

    /// The same with status 422.
    ///
    /// # Errors
    /// When the template fails.
    pub fn refuse(&self, template: &str, view: impl Serialize) -> Result<Response, AppError> {
        self.views.respond(StatusCode::UNPROCESSABLE_ENTITY, template, &self.frame, view)
    }
}

/// To another page of ours after a write.
#[must_use]
pub fn see(path: &str) -> Response {
    Redirect::to(path).into_response()
}
