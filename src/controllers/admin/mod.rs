//! Pages of admins. Each looks across stringers by the bypass, with its reason.

mod invitations;
mod stringers;

use loco_rs::prelude::*;

/// `/admin`.
pub fn routes() -> Routes {
    Routes::new()
        .prefix("admin")
        .add("/invitations", get(invitations::index).post(invitations::create))
        .add("/invitations/{id}", delete(invitations::destroy))
        .add("/invitations/{id}/mail", post(invitations::mail))
        .add("/stringers", get(stringers::index))
        .add("/stringers/{id}/link", post(stringers::hand_over))
        .add("/stringers/{id}/closing", post(stringers::close).delete(stringers::open))
}
