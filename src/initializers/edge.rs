//! The layers around all routes: the gate, and the pages for what goes wrong.

use std::sync::Arc;

use async_trait::async_trait;
use axum::extract::{MatchedPath, Request};
use axum::middleware::Next;
use axum::response::Response;
use axum::{Router, middleware};
use loco_rs::app::{AppContext, Initializer};
use loco_rs::{Error, Result};
use tracing::Instrument as _;

use crate::auth::cookies::Baker;
use crate::auth::csrf::Stamp;
use crate::auth::embedded::Provider;
use crate::auth::gate::{self, Gate};
use crate::auth::setup::SetupToken;
use crate::errors;
use crate::settings::Settings;
use crate::tenancy::{Db, Scope};
use crate::views::Views;

/// Wires identity and pages.
pub struct Edge;

#[async_trait]
impl Initializer for Edge {
    fn name(&self) -> String {
        "edge".to_owned()
    }

    async fn before_run(&self, ctx: &AppContext) -> Result<()> {
        let settings = Settings::from_context(ctx)?;
        let unbound = || {
            let db = ctx.shared_store.get_ref::<Db>();
            db.map(|db| db.bind(Scope::Unbound)).ok_or_else(|| Error::string("no database"))
        };
        let gate = Gate {
            db: Arc::new(unbound()?),
            provider: Arc::new(Provider::new(unbound()?, &settings)?),
            stamp: Stamp::new(&settings)?,
            baker: Baker { secure: settings.is_https() },
        };
        let token = SetupToken::generate();
        if gate.provider.is_untouched().await? {
            tracing::info!(
                setup_token = token.reveal(),
                "nobody has set this place up yet; open {}/first-run",
                settings.public_url
            );
        }
        ctx.shared_store.insert(gate);
        ctx.shared_store.insert(token);
        Ok(())
    }

    /// Around the whole router and not on its routes, since the gate may change the
    /// method that the routes are matched by.
    async fn after_routes(&self, router: Router, ctx: &AppContext) -> Result<Router> {
        let gate = ctx.shared_store.get::<Gate>();
        let gate = gate.ok_or_else(|| Error::string("the edge is not wired"))?;
        let views = Views::load()?;
        Ok(Router::new()
            .fallback_service(router.route_layer(middleware::from_fn(in_its_span)))
            .layer(middleware::from_fn_with_state(gate, gate::layer))
            .layer(middleware::from_fn_with_state(views, errors::layer)))
    }
}

/// Whatever is logged while a request is answered names the handler.
async fn in_its_span(route: MatchedPath, request: Request, next: Next) -> Response {
    let span = tracing::info_span!(
        "handler",
        method = %request.method(),
        route = route.as_str(),
    );
    next.run(request).instrument(span).await
}
