//! Pages of admins. Each looks across stringers by the bypass, with its reason.

mod audit;
mod catalogue;
mod feeds;
mod invitations;
mod stringers;

use loco_rs::prelude::*;
use serde::Deserialize;

/// What was just done, said once on the page that follows.
#[derive(Deserialize, Default)]
#[serde(default)]
struct FlashQuery {
    done: Option<String>,
}

/// `/admin`.
pub fn routes() -> Routes {
    Routes::new()
        .prefix("admin")
        .add("/audit", get(audit::index))
        .add("/audit/{file}", get(audit::file))
        .add("/catalogue", get(catalogue::index))
        .add("/catalogue/acceptances", post(catalogue::accept_all))
        .add("/catalogue/{id}/merging", post(catalogue::merge))
        .add("/catalogue/{id}/acceptance", post(catalogue::accept))
        .add("/catalogue/{id}/rejection", post(catalogue::reject))
        .add("/feeds", get(feeds::index))
        .add("/feeds/taking", post(feeds::take))
        .add("/feeds/rejection", post(feeds::reject))
        .add("/feeds/{id}", get(feeds::show))
        .add("/feeds/{id}/matching", post(feeds::match_with))
        .add("/invitations", get(invitations::index).post(invitations::create))
        .add("/invitations/{id}", delete(invitations::destroy))
        .add("/invitations/{id}/mail", post(invitations::mail))
        .add("/stringers", get(stringers::index))
        .add("/stringers/{id}/link", post(stringers::hand_over))
        .add("/stringers/{id}/closing", post(stringers::close).delete(stringers::open))
}
