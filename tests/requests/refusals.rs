//! A statement that the chokepoint turns away: a page for the user, a line in the log, a
//! figure for whoever watches.

use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::http::{Request, StatusCode};
use axum::routing::get;
use loco_rs::app::{AppContext, Initializer};
use metrics_exporter_prometheus::PrometheusBuilder;
use rbo::database::scoped_db;
use rbo::initializers::edge::Edge;
use rbo::models::purposes::FIND_STRINGER;
use rbo::web::AppError;
use sea_orm::ConnectionTrait;
use sea_orm_tenancy::{REFUSED, Scope};
use tower::ServiceExt;
use tracing::instrument::WithSubscriber;

use crate::support::World;
use crate::support::log::Log;

/// A handler with a fault.
async fn faulty(State(ctx): State<AppContext>) -> Result<&'static str, AppError> {
    let db = scoped_db(&ctx, Scope::System(&FIND_STRINGER))?;
    db.execute_unprepared("SELECT internal_notes FROM client_profiles").await?;
    Ok("all of it")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_statement_is_a_plain_page_a_line_in_the_log_and_a_count() {
    let world = World::demo().await;
    let routes = Router::new().route("/faulty/{id}", get(faulty)).with_state(world.ctx.clone());
    let router = Edge.after_routes(routes, &world.ctx).await.unwrap();

    let recorder = PrometheusBuilder::new().build_recorder();
    let figures = recorder.handle();
    let log = Log::at(tracing::Level::INFO);
    let request = Request::get("/faulty/7").header("accept-language", "en");
    let answer = metrics::with_local_recorder(&recorder, || {
        // On this thread from beginning to end: the recorder is the thread's.
        let runtime = tokio::runtime::Handle::current();
        tokio::task::block_in_place(|| {
            runtime.block_on(
                router
                    .oneshot(request.body(Body::empty()).unwrap())
                    .with_subscriber(log.subscriber.clone()),
            )
        })
    });
    let answer = answer.unwrap();

    assert_eq!(answer.status(), StatusCode::INTERNAL_SERVER_ERROR);
    let page = axum::body::to_bytes(answer.into_body(), usize::MAX).await.unwrap();
    let page = String::from_utf8(page.to_vec()).unwrap();
    assert!(page.contains("<h1>"), "{page}");
    for inside in ["client_profiles", "internal_notes", "SELECT", "tenancy", "find_stringer"] {
        assert!(!page.contains(inside), "{inside}: {page}");
    }

    let log = log.text();
    let refused = log.lines().find(|line| line.contains("statement refused")).expect("a line");
    let refused: serde_json::Value = serde_json::from_str(refused).unwrap();
    let reason = refused["fields"]["reason"].as_str().unwrap();
    assert!(reason.contains("may not Read `client_profiles`"), "{reason}");
    assert_eq!(refused["span"]["route"], "/faulty/{id}");
    assert!(figures.render().contains(&format!("{REFUSED}{{kind=\"refused\"}} 1")));
}
