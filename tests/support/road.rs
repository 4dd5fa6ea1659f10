//! A stringer's day in short: every page and every step once, without looking closely.

use super::World;

/// A new client with a new racket, as the form sends it.
pub const NEW_JOB: [(&str, &str); 10] = [
    ("client", "new"),
    ("first_name", "Sara"),
    ("last_name", "Neu"),
    ("frame", "new"),
    ("racket", "Wilson Blade 98 16×19 v9 2024"),
    ("mains_string", "Luxilon ALU Power 1.25"),
    ("mains_tension", "23,5"),
    ("same_string", "1"),
    ("crosses_tension", "22.5"),
    ("labor", "25"),
];

pub async fn walk(world: &World) {
    let mut stefan = world.stefan().await;
    let saved = stefan.post("/orders", &NEW_JOB).await.sees(303).location();
    let order = saved.split('?').next().expect("a path").to_owned();
    for page in [
        "/shares",
        "/shares/given",
        "/",
        "/clients",
        "/clients?q=lu",
        "/orders",
        "/orders?q=lu&state=ready",
        "/orders/new",
    ] {
        stefan.get(page).await.sees(200);
    }
    stefan.fragment("/orders/new?q=lu").await.sees(200);
    for picker in ["/rackets?q=wil", "/strings?q=lux"] {
        stefan.fragment(picker).await.sees(200);
    }
    let page = stefan.get(&order).await.sees(200);
    let client = page.attribute("a[href^='/clients/']", "href").expect("a client");
    stefan.get(&client).await.sees(200);
    let id = order.rsplit('/').next().expect("an id").to_owned();
    stefan.get(&format!("/orders/new?from={id}")).await.sees(200);
    stefan.get(&format!("{order}/edit")).await.sees(200);
    for step in ["strung", "returned", "paid"] {
        stefan.post(&format!("{order}/{step}"), &[]).await.sees(303);
    }
    for step in ["paid", "returned"] {
        stefan.delete(&format!("{order}/{step}")).await.sees(303);
    }
    stefan.post(&format!("{order}/receipt/emissions"), &[]).await.sees(303);
    stefan.get(&order).await.sees(200);
}
