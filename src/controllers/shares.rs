//! Orders that other stringers may read: given, received, read, taken back.

use std::collections::HashSet;

use axum::Form;
use axum::extract::{Path, Query};
use loco_rs::prelude::*;
use serde::Deserialize;

use super::{Answer, Part, pdf_file};
use crate::models::sharing::AT_ONCE;
use crate::models::{ModelError, client_profiles, orders, share_audit, sharing};
use crate::receipts;
use crate::views::Pages;
use crate::views::job::Job;
use crate::views::shares::{Given, Log, New, Received, Show};
use crate::web::{AppError, CurrentStringer, see_other};

/// What was just done, said once.
#[derive(Deserialize, Default)]
#[serde(default)]
struct FlashQuery {
    done: Option<String>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Search {
    from: Option<Uuid>,
    client: String,
    page: u64,
}

async fn index(
    current: CurrentStringer,
    Query(search): Query<Search>,
    Query(flash): Query<FlashQuery>,
) -> Answer {
    let client = Some(search.client).filter(|client| !client.is_empty());
    let wanted = sharing::Wanted { from: search.from, client, page: search.page };
    let db = current.db.reading().await?;
    let (rows, more) = sharing::received(&db, &wanted).await?;
    let sources = sharing::sources(&db).await?;
    let clients = match wanted.from {
        Some(from) => sharing::clients(&db, from).await?,
        None => Vec::new(),
    };
    let view = Received::new(&current.me, &rows, sources, wanted, more).of_clients(clients);
    current.render("shares/index.html", view.done(flash.done.as_deref()))
}

async fn given(
    current: CurrentStringer,
    Query(part): Query<Part>,
    Query(flash): Query<FlashQuery>,
) -> Answer {
    let db = current.db.reading().await?;
    let (given, more) = sharing::given(&db, current.me.id, part.page).await?;
    let cards = sharing::cards(&db, given.iter().map(|one| one.grantee_id).collect()).await?;
    let rows = given.iter().map(|one| one.order_id).collect();
    let rows = orders::Entity::rows_of(&db, rows).await?;
    let view = Given::new(&current.me, &given, &cards, &rows, part.of(more));
    current.render("shares/given.html", view.done(flash.done.as_deref()))
}

/// Whose orders, with whom; and what was looked for.
#[derive(Deserialize, Default)]
#[serde(default)]
struct NewQuery {
    client: Option<Uuid>,
    to: Option<Uuid>,
    q: String,
    /// Nothing was chosen, and is asked for.
    none: u8,
    page: u64,
}

async fn new(current: CurrentStringer, Query(query): Query<NewQuery>) -> Answer {
    let db = current.db.reading().await?;
    let client = query.client.ok_or(AppError::NotFound)?;
    let client = client_profiles::Client::find(&db, client).await?;
    let (jobs, more) = orders::Entity::strung_for(&db, client.id, query.page).await?;
    let to = match query.to {
        Some(to) => Some(sharing::card(&db, current.me.id, to).await?),
        None => None,
    };
    let found = match to {
        Some(_) => Vec::new(),
        None => sharing::find_stringers(&db, current.me.id, &query.q).await?,
    };
    let pages = Pages { page: query.page, more };
    let jobs = Job::list(&current.me, &jobs);
    let view = New::of(&client, jobs, query.q, &found, to.as_ref()).page(pages);
    current.render("shares/new.html", view.none_chosen(query.none > 0))
}

/// `order` is one that is shared; there may be several.
async fn create(current: CurrentStringer, Form(fields): Form<Vec<(String, String)>>) -> Answer {
    let of = |name: &str| {
        let named = fields.iter().filter(move |(field, _)| field == name);
        named.filter_map(|(_, value)| value.parse::<Uuid>().ok()).collect::<Vec<_>>()
    };
    let (to, client) = (of("to"), of("client"));
    let (Some(to), Some(client)) = (to.first(), client.first()) else {
        return Err(AppError::NotFound);
    };
    let mut orders = of("order");
    orders.sort_unstable();
    orders.dedup();
    if orders.is_empty() {
        return Ok(see_other(&format!("/shares/new?client={client}&to={to}&none=1")));
    }
    orders.truncate(AT_ONCE);
    sharing::card(&current.db, current.me.id, *to).await?;
    let granted = match sharing::grant(&current.db, *to, &orders).await {
        // Another tab has shared some of them in the same instant; the rest is still to be done.
        Err(ModelError::Stale) => sharing::grant(&current.db, *to, &orders).await,
        done => done,
    };
    match granted {
        Ok(_) => Ok(see_other("/shares/given?done=granted")),
        // Whoever does not string here any more is nobody to share with.
        Err(ModelError::Reference) => Err(AppError::NotFound),
        Err(error) => Err(error.into()),
    }
}

async fn show(current: CurrentStringer, Path((share, order)): Path<(Uuid, Uuid)>) -> Answer {
    let seen = sharing::read(&current.db, share, order).await?;
    current.render("shares/show.html", Show::new(&current.me, &seen))
}

/// The same on paper.
async fn sheet(current: CurrentStringer, Path((share, order)): Path<(Uuid, Uuid)>) -> Answer {
    let seen = sharing::read(&current.db, share, order).await?;
    let says = seen.sheet(current.me.region()).to_json();
    let pdf = receipts::render(says, None).await.map_err(AppError::internal)?;
    Ok(pdf_file("sheet.pdf", pdf))
}

/// What was done with leave to read one's own orders.
async fn log(current: CurrentStringer, Query(part): Query<Part>) -> Answer {
    let db = current.db.reading().await?;
    let (acts, more) = share_audit::Entity::latest(&db, part.page).await?;
    let whom = acts.iter().flat_map(|act| [Some(act.grantee_id), act.actor_id]).flatten();
    let cards = sharing::cards(&db, whom.collect()).await?;
    let rows = acts.iter().map(|act| act.order_id).collect::<HashSet<_>>();
    let rows = orders::Entity::rows_of(&db, rows.into_iter().collect()).await?;
    let view = Log::new(&current.me, &acts, &cards, &rows, part.of(more));
    current.render("shares/log.html", view)
}

/// As who gave it, or as who got it.
async fn destroy(
    current: CurrentStringer,
    Path(id): Path<Uuid>,
    Query(whose): Query<FlashQuery>,
) -> Answer {
    sharing::revoke(&current.db, current.me.id, id).await?;
    let list = if whose.done.as_deref() == Some("received") { "/shares" } else { "/shares/given" };
    Ok(see_other(&format!("{list}?done=revoked")))
}

/// `/shares`.
pub fn routes() -> Routes {
    Routes::new()
        .prefix("shares")
        .add("/", get(index).post(create))
        .add("/given", get(given))
        .add("/log", get(log))
        .add("/new", get(new))
        .add("/{id}", delete(destroy))
        .add("/{share}/{order}", get(show))
        .add("/{share}/{order}/sheet.pdf", get(sheet))
}
