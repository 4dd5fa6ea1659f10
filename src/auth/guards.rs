//! What a handler asks for: a signed-in stringer's [`Desk`], or any [`Guest`].

use std::net::{IpAddr, Ipv6Addr, SocketAddr};

use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use loco_rs::app::AppContext;
use loco_rs::controller::middleware::remote_ip::RemoteIP;
use serde::Serialize;

use super::gate::{Access, Gate, Standing, Visitor};
use super::provider::Device;
use super::token::Identity;
use crate::errors::AppError;
use crate::initializers::database;
use crate::models::stringers::Member;
use crate::request_id::RequestId;
use crate::views::{Frame, Views};
use sea_orm_tenancy::{BypassReason, BypassWork, Db, Purpose, Scope, TenantId};

/// A signed-in stringer at work: its own door to the database, and its pages. Who
/// has one is who it says.
pub struct Desk {
    /// Speaks for this stringer and nobody else.
    pub db: Db,
    /// Who is at work.
    pub me: Member,
    /// Who that is at the provider.
    pub identity: Identity,
    /// What the provider is asked with on its behalf.
    pub access: Access,
    /// The request's name, for audits.
    pub request_id: Option<String>,
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
        let refusal = refusal(&visitor, parts);
        let (Standing::Member(me), Some(identity), Some(access)) =
            (visitor.standing, visitor.identity, visitor.access)
        else {
            return Err(refusal);
        };
        Ok(Self {
            db: database::door(ctx, Scope::Tenant(TenantId::from(me.id)))?,
            me: *me,
            identity,
            access,
            request_id: parts.extensions.get::<RequestId>().map(ToString::to_string),
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

/// Where somebody goes who is no stringer at work.
fn refusal(visitor: &Visitor, parts: &Parts) -> AppError {
    match &visitor.standing {
        Standing::Invited(_) => AppError::Elsewhere("/welcome"),
        Standing::Stranger | Standing::Deactivated => AppError::Elsewhere("/access"),
        Standing::Guest | Standing::Member(_) if visitor.is_in_the_dark => {
            AppError::SignInUnavailable
        }
        Standing::Guest | Standing::Member(_) => {
            // A part of a page is no place to come back to: the page around it is.
            let back = if wants_fragment(&parts.headers) {
                page_around(&parts.headers)
            } else {
                parts.method.is_safe().then(|| parts.uri.to_string())
            };
            AppError::SignInFirst { lapsed: visitor.has_lapsed, back }
        }
    }
}

/// The page that htmx asks from, without its host.
fn page_around(headers: &HeaderMap) -> Option<String> {
    let page: axum::http::Uri = headers.get("hx-current-url")?.to_str().ok()?.parse().ok()?;
    page.path_and_query().map(ToString::to_string)
}

/// A [`Desk`] of an admin. Whoever is none learns nothing of the page.
pub struct AdminDesk(pub Desk);

impl FromRequestParts<AppContext> for AdminDesk {
    type Rejection = AppError;

    async fn from_request_parts(parts: &mut Parts, ctx: &AppContext) -> Result<Self, AppError> {
        let desk = Desk::from_request_parts(parts, ctx).await?;
        if desk.me.is_admin() { Ok(Self(desk)) } else { Err(AppError::NotFound) }
    }
}

impl AdminDesk {
    /// Looks across all stringers, for a reason that the log will show.
    ///
    /// # Errors
    /// The work's own, and when the entry cannot be written.
    pub async fn bypass<T: Send>(
        &self,
        act: &'static Purpose,
        reason: &str,
        work: impl for<'d> FnOnce(&'d Db) -> BypassWork<'d, T, AppError> + Send,
    ) -> Result<T, AppError> {
        let reason = BypassReason {
            admin: TenantId::from(self.0.me.id),
            text: reason.to_owned(),
            request_id: self.0.request_id.clone(),
        };
        self.0.db.bypass(reason, act, work).await
    }
}

/// Where a request comes from, for what counts attempts and shows sessions.
pub struct Caller {
    /// The address: the socket's, or what the one trusted proxy says.
    pub address: IpAddr,
    /// The browser.
    pub device: Device,
}

impl FromRequestParts<AppContext> for Caller {
    type Rejection = AppError;

    async fn from_request_parts(parts: &mut Parts, _ctx: &AppContext) -> Result<Self, AppError> {
        let address = address(parts).await;
        let agent = parts.headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok());
        Ok(Self { address, device: Device::new(agent) })
    }
}

/// Where a request comes from. Only one that came over no socket has no address.
pub(super) async fn address(parts: &mut Parts) -> IpAddr {
    let forwarded = RemoteIP::from_request_parts(parts, &()).await;
    let socket = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
    let address = match forwarded {
        Ok(RemoteIP::Forwarded(address) | RemoteIP::Socket(address)) => Some(address),
        Ok(RemoteIP::None) | Err(_) => socket,
    };
    address.unwrap_or(IpAddr::V6(Ipv6Addr::UNSPECIFIED))
}

/// What the edge initializer has wired.
impl FromRequestParts<AppContext> for Gate {
    type Rejection = AppError;

    async fn from_request_parts(_: &mut Parts, ctx: &AppContext) -> Result<Self, AppError> {
        ctx.shared_store.get::<Self>().ok_or_else(|| AppError::internal("the edge is not wired"))
    }
}

fn visitor(parts: &Parts) -> Result<Visitor, AppError> {
    let visitor = parts.extensions.get::<Visitor>().cloned();
    visitor.ok_or_else(|| AppError::internal("a request came past the gate"))
}

/// htmx asks for a part of a page, not for a whole one.
pub(crate) fn wants_fragment(headers: &HeaderMap) -> bool {
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
        self.respond(StatusCode::UNPROCESSABLE_ENTITY, template, view)
    }

    /// The same with another status.
    ///
    /// # Errors
    /// When the template fails.
    pub fn respond(
        &self,
        status: StatusCode,
        template: &str,
        view: impl Serialize,
    ) -> Result<Response, AppError> {
        self.views.respond(status, template, &self.frame, view)
    }
}

/// To another page of ours after a write.
#[must_use]
pub fn see(path: &str) -> Response {
    Redirect::to(path).into_response()
}
