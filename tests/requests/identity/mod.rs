//! Who is calling: links, invitations, accounts, the provider's own endpoints, a gotrue
//! that misbehaves, and the attacks.

mod accounts;
mod api;
mod attacks;
mod gotrue;
mod invitations;
mod leaving;
mod links;
mod logs;

use rbo::demo;

use crate::support::{Answer, Browser, World};

/// Follows a link as a person does: looks at the page, then presses its button.
async fn follow(browser: &mut Browser, path: &str) -> Answer {
    let page = browser.get(path).await.sees(200);
    let fields = page.form("form[action='/link']");
    let fields: Vec<_> = fields.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    browser.post_as_is("/link", &fields).await
}

/// Invites an address as the admin, and gives the link's path.
async fn invite(world: &World, email: &str) -> String {
    let mut admin = world.stefan().await;
    let fields = [("email", email), ("locale", "en")];
    let to = admin.post("/admin/invitations", &fields).await.sees(303).location();
    assert_eq!(to, "/admin/invitations?done=mailed");
    world.link_to(email).await
}

const WORKSHOP: [(&str, &str); 4] = [
    ("display_name", "Veras Saiten"),
    ("locale", "de"),
    ("time_zone", "Europe/Zurich"),
    ("currency", "CHF"),
];

const ADMIN: &str = demo::STEFAN;
