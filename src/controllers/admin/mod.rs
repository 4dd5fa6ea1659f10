//! Pages of admins. Each looks across stringers by the bypass, with its reason.

mod audit;
mod catalogue;
mod entries;
mod failures;
mod feeds;
mod invitations;
mod persons;
mod privacy;
mod stringers;

use loco_rs::prelude::*;
use serde::Deserialize;

use crate::models::persons::joining::Decision;
use crate::web::CurrentAdmin;

/// What was just done, said once on the page that follows.
#[derive(Deserialize, Default)]
#[serde(default)]
struct FlashQuery {
    done: Option<String>,
}

/// What an admin has decided, for the logs that keep it.
fn decision(admin: &CurrentAdmin, reason: String) -> Decision {
    Decision { admin: admin.0.me.id, reason, request_id: admin.0.request_id.clone() }
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
        .add("/entries/{kind}/{id}", get(entries::edit).post(entries::update))
        .add("/feeds", get(feeds::index))
        .add("/feeds/taking", post(feeds::take))
        .add("/feeds/rejection", post(feeds::reject))
        .add("/feeds/{id}", get(feeds::show))
        .add("/feeds/{id}/matching", post(feeds::match_with))
        .add("/invitations", get(invitations::index).post(invitations::create))
        .add("/invitations/{id}", delete(invitations::destroy))
        .add("/invitations/{id}/mail", post(invitations::mail))
        .add("/finalisation", get(privacy::finalisation).post(privacy::finalise))
        .add("/jobs", get(failures::index))
        .add("/jobs/{work}/{id}", post(failures::run_again))
        .add("/refusals", get(failures::refusals))
        .add("/persons", get(persons::index))
        .add("/persons/{id}", get(persons::show))
        .add("/persons/{id}/beside/{other}", get(persons::beside).post(persons::merge))
        .add("/persons/{id}/requests", post(persons::write_down))
        .add("/persons/{id}/erasure", post(persons::erase).delete(persons::restore))
        .add("/privacy", get(privacy::index))
        .add("/privacy/{id}/document", post(privacy::document))
        .add("/privacy/{id}/answer", post(privacy::answer))
        .add("/privacy/{id}/refusal", post(privacy::refuse))
        .add("/stringers", get(stringers::index))
        .add("/stringers/{id}/link", post(stringers::hand_over))
        .add("/stringers/{id}/closing", post(stringers::close).delete(stringers::open))
}
