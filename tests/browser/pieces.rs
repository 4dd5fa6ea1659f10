//! A page that comes in pieces, as it does over a weak network: what is seen of it stays where it
//! is.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::header;
use axum::middleware::{Next, from_fn};
use axum::response::Response;
use futures_util::{StreamExt as _, stream};
use rbo::demo;

use super::driver::Driver;
use super::pages::jumps;
use super::{GERMAN, sign_in};
use crate::support::harness::{Case, cases};
use crate::support::{Kind, World};

/// The tests of this file.
pub fn tests() -> Vec<Case> {
    cases![a_page_that_comes_in_two_pieces_does_not_jump]
}

/// A page is cut after so many twentieths.
const PIECES: usize = 20;

async fn a_page_that_comes_in_two_pieces_does_not_jump() {
    let world = World::embedded(Kind::Demo).await;
    let cut = Arc::new(AtomicUsize::new(0));
    let at = Arc::clone(&cut);
    let router = world.router().layer(from_fn(move |request, next| {
        let at = at.load(Ordering::Relaxed);
        async move { in_two(request, next, at).await }
    }));
    let base = world.serve_as(router).await;
    let driver = Driver::start();
    let browser = driver.browser(GERMAN.accept).await;
    sign_in(&browser, &base, &GERMAN).await;
    let (_, db) = world.at_work(demo::STEFAN).await;
    let order = rbo::models::orders::Entity::queue(&db, 1).await.unwrap()[0].id;
    let mut found = Vec::new();
    for path in ["/".to_owned(), format!("/orders/{order}"), "/orders".to_owned()] {
        for piece in 4..PIECES {
            cut.store(piece, Ordering::Relaxed);
            browser.goto(&format!("{base}{path}")).await.expect("a page");
            // Nothing at all: what has come is not shown before the rest.
            let jumps = jumps(&browser, 0.0).await;
            found.extend(jumps.map(|jumps| format!("{path} cut at {piece}: {jumps}")));
        }
    }
    browser.close().await.expect("closed");
    assert_eq!(found, Vec::<String>::new());
}

/// The first part of a page, and the rest a moment later.
async fn in_two(mut request: Request, next: Next, at: usize) -> Response {
    // What is packed comes in no pieces that could be seen.
    request.headers_mut().remove(header::ACCEPT_ENCODING);
    let response = next.run(request).await;
    let is_page = response
        .headers()
        .get(header::CONTENT_TYPE)
        .is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    if at == 0 || !is_page {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    parts.headers.remove(header::CONTENT_LENGTH);
    let page = to_bytes(body, usize::MAX).await.expect("a page");
    let first = page.slice(..page.len() * at / PIECES);
    let rest = page.slice(first.len()..);
    let rest = async move {
        tokio::time::sleep(Duration::from_millis(200)).await;
        rest
    };
    let pieces = stream::once(std::future::ready(first)).chain(stream::once(rest));
    Response::from_parts(parts, Body::from_stream(pieces.map(Ok::<_, std::io::Error>)))
}
