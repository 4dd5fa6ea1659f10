//! The layers around all routes: the request's name, its time, who is asking, and the pages
//! for what goes wrong.

use std::sync::Arc;
use std::time::{Duration, Instant};

use async_trait::async_trait;
use axum::Router;
use axum::extract::{MatchedPath, Request};
use axum::http::StatusCode;
use axum::middleware::{self, Next};
use axum::response::Response;
use loco_rs::app::{AppContext, Initializer};
use loco_rs::{Error, Result};
use sea_orm_tenancy::Scope;
use tower_http::timeout::TimeoutLayer;
use tracing::Instrument as _;

use crate::auth::authenticator::Authenticator;
use crate::auth::cookies::SessionCookies;
use crate::auth::csrf::CsrfTokens;
use crate::auth::embedded::Embedded;
use crate::auth::gotrue::Gotrue;
use crate::auth::mail_desk::MailDesk;
use crate::auth::provider::Provider;
use crate::auth::setup::SetupToken;
use crate::database;
use crate::settings::Settings;
use crate::web::{ErrorPages, RequestId, Views, authentication, error_pages};

/// No answer takes so long; whoever waits longer is sent away. The identity provider's
/// own time limit is shorter.
const LONGEST: Duration = Duration::from_secs(20);

/// Wires identity and pages.
pub struct Edge;

#[async_trait]
impl Initializer for Edge {
    fn name(&self) -> String {
        "edge".to_owned()
    }

    async fn before_run(&self, ctx: &AppContext) -> Result<()> {
        let settings = Settings::from_context(ctx)?;
        let unbound = || database::scoped_db(ctx, Scope::Unbound);
        let mails = MailDesk::new(unbound()?, &settings, ctx.mailer.is_some());
        let mails = Arc::new(mails);
        let (provider, embedded): (Arc<dyn Provider>, _) = if settings.gotrue.is_there() {
            let gotrue = Gotrue::new(unbound()?, &settings.gotrue, &settings.public_url);
            let gotrue = Arc::new(gotrue.map_err(Error::wrap)?);
            tokio::spawn(warn_of_open_sign_up(Arc::clone(&gotrue)));
            (gotrue, None)
        } else {
            let embedded = Embedded::new(unbound()?, &settings, Arc::clone(&mails));
            let embedded = Arc::new(embedded.map_err(Error::wrap)?);
            (embedded.clone(), Some(embedded))
        };
        if let Some(embedded) = &embedded {
            let token = SetupToken::generate();
            if embedded.is_untouched().await.map_err(Error::wrap)? {
                tracing::info!(
                    setup_token = token.reveal(),
                    "nobody has set this place up yet; open {}/first-run",
                    settings.public_url
                );
            }
            ctx.shared_store.insert(token);
        }
        ctx.shared_store.insert(Authenticator {
            db: Arc::new(unbound()?),
            provider,
            embedded,
            mails,
            csrf_tokens: CsrfTokens::new(&settings).map_err(Error::wrap)?,
            session_cookies: SessionCookies::new(&settings).map_err(Error::wrap)?,
            throttle: Arc::default(),
        });
        Ok(())
    }

    /// Around the whole router and not on its routes, since the authentication layer may change the
    /// method that the routes are matched by.
    async fn after_routes(&self, router: Router, ctx: &AppContext) -> Result<Router> {
        let authenticator = ctx.shared_store.get::<Authenticator>();
        let authenticator = authenticator.ok_or_else(|| Error::string("the edge is not wired"))?;
        let is_https = Settings::from_context(ctx)?.is_https();
        let pages = ErrorPages { views: Views::load()?, is_https };
        // loco's own layer for it lies inside; the authentication layer asks for the address as well.
        let remote = ctx.config.server.middlewares.remote_ip.clone().filter(|ip| ip.enable);
        let router = Router::new()
            .fallback_service(router.route_layer(middleware::from_fn(in_its_span)))
            .layer(middleware::from_fn_with_state(authenticator, authentication::layer))
            .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, LONGEST))
            .layer(middleware::from_fn_with_state(pages, error_pages::layer))
            .layer(middleware::from_fn(named));
        Ok(match remote {
            Some(remote) => router.layer(remote.source.into_extension()),
            None => router,
        })
    }
}

/// Gives the request its name, and writes a line about how it ended. The path and
/// nothing behind it: a query may carry a link's secret.
async fn named(mut request: Request, next: Next) -> Response {
    let id = RequestId::fresh();
    let span = tracing::info_span!(
        "request",
        request_id = id.as_str(),
        method = %request.method(),
        path = request.uri().path(),
        stringer = tracing::field::Empty,
    );
    request.extensions_mut().insert(id);
    async {
        let start = Instant::now();
        let response = next.run(request).await;
        let (status, took) = (response.status().as_u16(), start.elapsed());
        tracing::info!(status, milliseconds = took.as_secs_f64() * 1e3, "answered");
        response
    }
    .instrument(span)
    .await
}

/// Whatever is logged while a request is answered names the handler.
async fn in_its_span(route: MatchedPath, request: Request, next: Next) -> Response {
    let span = tracing::info_span!("handler", route = route.as_str());
    next.run(request).instrument(span).await
}

/// Says at the start what the platform's gotrue should not do. Nobody waits for it: while
/// gotrue is away, those who are signed in go on.
async fn warn_of_open_sign_up(gotrue: Arc<Gotrue>) {
    match gotrue.lets_anybody_register().await {
        Ok(true) => tracing::warn!(
            "gotrue lets anybody register; set GOTRUE_DISABLE_SIGNUP=true, or an address may \
             have a stranger's password before it is invited"
        ),
        Ok(false) => {}
        Err(error) => tracing::warn!(%error, "gotrue did not tell its settings"),
    }
}
