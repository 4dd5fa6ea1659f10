//! What a handler asks for: the [`CurrentStringer`], the [`CurrentAdmin`], the [`CurrentPerson`],
//! or any [`Visitor`].

use std::net::{IpAddr, Ipv6Addr, SocketAddr};

use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::Response;
use loco_rs::app::AppContext;
use loco_rs::controller::middleware::remote_ip::RemoteIP;
use sea_orm_tenancy::{BypassReason, BypassWork, Db, Purpose, Scope, TenantId};
use serde::Serialize;

use super::{AppError, Layout, RequestId, Views};
use crate::auth::authenticator::{Access, AuthContext, Authenticator, Standing};
use crate::auth::provider::Device;
use crate::database;
use crate::i18n::Locale;
use crate::models::person_claims::KnownPerson;
use crate::models::stringers::Member;
use crate::values::Identity;

/// The stringer who is signed in, with a handle of its own on the database, and its pages.
/// Whoever has one is who it says.
pub struct CurrentStringer {
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
    layout: Layout,
    views: Views,
}

/// Anybody, signed in or not.
pub struct Visitor {
    /// Who it is, as far as known.
    pub auth: AuthContext,
    layout: Layout,
    views: Views,
}

impl FromRequestParts<AppContext> for CurrentStringer {
    type Rejection = AppError;

    async fn from_request_parts(parts: &mut Parts, ctx: &AppContext) -> Result<Self, AppError> {
        let auth = auth_context(parts)?;
        let layout = Layout::new(&auth, parts.uri.path());
        let refusal = refusal(&auth, parts);
        let (Standing::Member(me), Some(identity), Some(access)) =
            (auth.standing, auth.identity, auth.access)
        else {
            return Err(refusal);
        };
        Ok(Self {
            db: database::scoped_db(ctx, Scope::Tenant(TenantId::from(me.id)))?,
            me: *me,
            identity,
            access,
            request_id: parts.extensions.get::<RequestId>().map(ToString::to_string),
            ctx: ctx.clone(),
            wants_fragment: wants_fragment(&parts.headers),
            layout,
            views: Views::load()?,
        })
    }
}

impl FromRequestParts<AppContext> for Visitor {
    type Rejection = AppError;

    async fn from_request_parts(parts: &mut Parts, _ctx: &AppContext) -> Result<Self, AppError> {
        let auth = auth_context(parts)?;
        let layout = Layout::new(&auth, parts.uri.path());
        Ok(Self { auth, layout, views: Views::load()? })
    }
}

/// Where somebody goes who is no stringer at work.
fn refusal(auth: &AuthContext, parts: &Parts) -> AppError {
    match &auth.standing {
        Standing::Invited(_) => AppError::Elsewhere("/welcome"),
        Standing::Stranger | Standing::Deactivated => AppError::Elsewhere("/access"),
        Standing::SignedOut | Standing::Member(_) if auth.is_provider_away => {
            AppError::SignInUnavailable
        }
        Standing::SignedOut | Standing::Member(_) => {
            // A part of a page is no place to come back to: the page around it is.
            let is_page = parts.method.is_safe() && !wants_fragment(&parts.headers);
            let back = is_page.then(|| parts.uri.to_string());
            let back = back.or_else(|| page_around(&parts.headers));
            AppError::SignInFirst { lapsed: auth.has_lapsed, back }
        }
    }
}

/// The page that htmx asks from, or a form was sent from, without its host: browsers name
/// it to ourselves alone.
pub(super) fn page_around(headers: &HeaderMap) -> Option<String> {
    let page = headers.get("hx-current-url").or_else(|| headers.get(header::REFERER))?;
    let page: axum::http::Uri = page.to_str().ok()?.parse().ok()?;
    page.path_and_query().map(ToString::to_string)
}

/// A [`CurrentStringer`] who is an admin. Whoever is none learns nothing of the page.
pub struct CurrentAdmin(pub CurrentStringer);

impl FromRequestParts<AppContext> for CurrentAdmin {
    type Rejection = AppError;

    async fn from_request_parts(parts: &mut Parts, ctx: &AppContext) -> Result<Self, AppError> {
        let current = CurrentStringer::from_request_parts(parts, ctx).await?;
        if current.me.is_admin() { Ok(Self(current)) } else { Err(AppError::NotFound) }
    }
}

impl CurrentAdmin {
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
pub struct RemoteClient {
    /// The address: the socket's, or what the one trusted proxy says.
    pub address: IpAddr,
    /// The browser.
    pub device: Device,
}

impl FromRequestParts<AppContext> for RemoteClient {
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
impl FromRequestParts<AppContext> for Authenticator {
    type Rejection = AppError;

    async fn from_request_parts(_: &mut Parts, ctx: &AppContext) -> Result<Self, AppError> {
        ctx.shared_store.get::<Self>().ok_or_else(|| AppError::internal("the edge is not wired"))
    }
}

/// The client whose own pages are asked for, with a handle of its own on the database.
pub struct CurrentPerson {
    /// Speaks for this person and nobody else.
    pub db: Db,
    /// Who it is.
    pub me: KnownPerson,
    /// The language of its pages.
    pub locale: Locale,
    layout: Layout,
    views: Views,
}

impl FromRequestParts<AppContext> for CurrentPerson {
    type Rejection = AppError;

    async fn from_request_parts(parts: &mut Parts, ctx: &AppContext) -> Result<Self, AppError> {
        let auth = auth_context(parts)?;
        let layout = Layout::new(&auth, parts.uri.path());
        let me = auth.person.ok_or(AppError::Elsewhere("/mine/start"))?;
        Ok(Self {
            db: database::scoped_db(ctx, Scope::Person(TenantId::from(me.id)))?,
            me,
            locale: auth.locale,
            layout,
            views: Views::load()?,
        })
    }
}

impl CurrentPerson {
    /// A page in the client's language.
    ///
    /// # Errors
    /// When the template fails.
    pub fn render(&self, template: &str, view: impl Serialize) -> Result<Response, AppError> {
        self.views.respond(StatusCode::OK, template, &self.layout, view)
    }

    /// The same with status 422.
    ///
    /// # Errors
    /// When the template fails.
    pub fn refuse(&self, template: &str, view: impl Serialize) -> Result<Response, AppError> {
        self.views.respond(StatusCode::UNPROCESSABLE_ENTITY, template, &self.layout, view)
    }
}

fn auth_context(parts: &Parts) -> Result<AuthContext, AppError> {
    let auth = parts.extensions.get::<AuthContext>().cloned();
    auth.ok_or_else(|| AppError::internal("a request came past the authentication layer"))
}

/// htmx asks for a part of a page, not for a whole one.
pub(crate) fn wants_fragment(headers: &HeaderMap) -> bool {
    let is = |name: &str, wanted: &str| headers.get(name).is_some_and(|value| value == wanted);
    is("hx-request", "true") && !is("hx-request-type", "full")
}

impl CurrentStringer {
    /// A page, or a fragment, in the stringer's language.
    ///
    /// # Errors
    /// When the template fails.
    pub fn render(&self, template: &str, view: impl Serialize) -> Result<Response, AppError> {
        self.views.respond(StatusCode::OK, template, &self.layout, view)
    }

    /// The same with status 422: what was sent cannot be taken as it is.
    ///
    /// # Errors
    /// When the template fails.
    pub fn refuse(&self, template: &str, view: impl Serialize) -> Result<Response, AppError> {
        self.views.respond(StatusCode::UNPROCESSABLE_ENTITY, template, &self.layout, view)
    }
}

impl Visitor {
    /// A page in the visitor's language.
    ///
    /// # Errors
    /// When the template fails.
    pub fn render(&self, template: &str, view: impl Serialize) -> Result<Response, AppError> {
        self.views.respond(StatusCode::OK, template, &self.layout, view)
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
        self.views.respond(status, template, &self.layout, view)
    }
}
