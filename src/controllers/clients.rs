//! Clients.

use axum::Form;
use axum::extract::{Path, Query};
use loco_rs::prelude::*;
use sea_orm::{TransactionSession, TransactionTrait};
use serde::Deserialize;

use super::{Answer, Part};
use crate::auth::authenticator::Authenticator;
use crate::auth::clients;
use crate::forms::{ClientForm, Errors, Versioned as _};
use crate::models::submissions::{Opened, Submission};
use crate::models::{ModelError, client_profiles, client_rackets, hold, orders};
use crate::settings::Settings;
use crate::views::clients::{Edit, Index, Line, New, OwnLink, Setup, Show};
use crate::views::job::Job;
use crate::views::{Pages, Return};
use crate::web::{AppError, CurrentStringer, Kept, Submitted, see_other};

/// What a list is asked for; it stays in the URL.
#[derive(Deserialize, Default)]
#[serde(default)]
struct Search {
    q: String,
    page: u64,
}

/// So many jobs were just saved.
#[derive(Deserialize, Default)]
#[serde(default)]
struct FlashQuery {
    saved: u8,
    /// What is known of the client was changed.
    edited: u8,
    /// Its open receipts were issued again.
    issued: u8,
    /// Where that has ended.
    after: Option<Uuid>,
}

async fn index(current: CurrentStringer, Query(search): Query<Search>) -> Answer {
    let (clients, more) =
        client_profiles::Entity::search(&current.db, &search.q, search.page).await?;
    let clients = lines(&current, &clients).await?;
    let view = Index { clients, q: search.q, pages: Pages { page: search.page, more } };
    let template = if current.wants_fragment { "clients/_list.html" } else { "clients/index.html" };
    current.render(template, view)
}

/// Those among clients who share their name with another of them.
fn namesakes(clients: &[client_profiles::Client]) -> Vec<Uuid> {
    let many = |name: Option<String>| clients.iter().filter(|one| one.name() == name).count();
    clients.iter().filter(|one| many(one.name()) > 1).map(|one| one.id).collect()
}

/// Clients as lists show them; those who share a name with their rackets.
pub(super) async fn lines(
    current: &CurrentStringer,
    clients: &[client_profiles::Client],
) -> Result<Vec<Line>, AppError> {
    let namesakes = namesakes(clients);
    let rackets = client_rackets::Entity::latest_of(&current.db, namesakes).await?;
    Ok(Line::list(&current.me, clients, &rackets))
}

async fn new(
    current: CurrentStringer,
    kept: Kept<ClientForm>,
    Query(form): Query<ClientForm>,
) -> Answer {
    let (form, returned) = kept.or_else(|| form);
    current.render("clients/new.html", New { form, errors: Errors::default(), returned })
}

async fn create(
    auth: Authenticator,
    current: CurrentStringer,
    Submitted { form, ticket }: Submitted<ClientForm>,
) -> Answer {
    let client = match form.check() {
        Ok(client) => client,
        Err(errors) => {
            let view = New { form, errors, returned: Return::default() };
            return current.refuse("clients/new.html", view);
        }
    };
    match Submission::open(&current.db, &ticket).await? {
        Opened::New(submission) => {
            let id = client_profiles::Entity::add(submission.txn(), &client).await?;
            let answer = format!("/clients/{id}");
            submission.done(&answer).await?;
            introduce(&auth, &current, client.person.email);
            Ok(see_other(&answer))
        }
        Opened::Taken(answer) => Ok(see_other(&answer)),
        Opened::TakenOtherwise(answer) => {
            let returned = Return::saved_before(answer);
            current.refuse("clients/new.html", New { form, errors: Errors::default(), returned })
        }
    }
}

/// Whoever has proven an address is told that it was entered, and the stringer is not told whether
/// somebody has.
fn introduce(auth: &Authenticator, current: &CurrentStringer, email: Option<String>) {
    if let Some(email) = email {
        auth.introduce(email, current.me.locale());
    }
}

async fn show(
    current: CurrentStringer,
    Path(id): Path<Uuid>,
    Query(flash): Query<FlashQuery>,
    Query(part): Query<Part>,
) -> Answer {
    let db = current.db.reading().await?;
    let client = client_profiles::Client::find(&db, id).await?;
    let rackets = client_rackets::Entity::of_client(&db, id).await?;
    let (jobs, more) = orders::Entity::of_client(&db, id, part.page).await?;
    let beds = orders::Entity::beds(&db, id).await?;
    // The first page has the latest; a later one would tell of what is long cut out.
    let latest = if part.page == 0 { jobs.as_slice() } else { &[] };
    let current_setups = Setup::current(&current.me, latest);
    let jobs = Job::grouped(&current.me, &jobs);
    current.render(
        "clients/show.html",
        Show::new(&current.me, &client, &rackets, jobs, &beds, part.of(more))
            .strung_as(current_setups)
            .saved(flash.saved)
            .changed(flash.edited > 0 || flash.after.is_some(), flash.issued > 0, flash.after),
    )
}

async fn edit(current: CurrentStringer, Path(id): Path<Uuid>, kept: Kept<ClientForm>) -> Answer {
    let client = client_profiles::Client::find(&current.db, id).await?;
    if client.is_self_for_stringer {
        return Ok(see_other(&format!("/clients/{id}")));
    }
    let (form, returned) = kept.or_else(|| ClientForm::of(&client));
    let view = Edit { id, form, errors: Errors::default(), returned };
    current.render("clients/edit.html", view)
}

async fn update(
    auth: Authenticator,
    current: CurrentStringer,
    Path(id): Path<Uuid>,
    Form(mut form): Form<ClientForm>,
) -> Answer {
    let txn = current.db.begin().await?;
    hold::<client_profiles::Entity>(&txn, id).await?;
    let known = client_profiles::Client::find(&txn, id).await?;
    let checked = form.check_version(ClientForm::of(&known)).and_then(|()| form.check());
    let errors = match checked {
        Ok(client) if client_profiles::Entity::edit(&txn, id, &client).await? => {
            txn.commit().await?;
            let email = client.person.email.filter(|email| known.email.as_ref() != Some(email));
            introduce(&auth, &current, email);
            return Ok(see_other(&format!("/clients/{id}?edited=1")));
        }
        Ok(_) => Errors::at("first_name", "error-not-yours-to-say"),
        Err(errors) => errors,
    };
    drop(txn);
    let view = Edit { id, form, errors, returned: Return::default() };
    current.refuse("clients/edit.html", view)
}

/// Makes a link for the client's own pages, which the stringer hands over.
async fn hand_over(auth: Authenticator, current: CurrentStringer, Path(id): Path<Uuid>) -> Answer {
    let client = client_profiles::Client::find(&current.db, id).await?;
    let person = client.person_id.ok_or(AppError::NotFound)?;
    let secret = match auth.hand_over_to_client(current.me.id, person).await {
        // Whether others know the same person is not for this stringer to learn.
        Err(ModelError::Reference) => return Err(AppError::Unusable("problem-opens-itself")),
        secret => secret?,
    };
    let link = clients::link(&Settings::from_context(&current.ctx)?.public_url, &secret);
    current.render("clients/link.html", OwnLink::new(&client, link))
}

/// `/clients`.
pub fn routes() -> Routes {
    Routes::new()
        .prefix("clients")
        .add("/", get(index).post(create))
        .add("/new", get(new))
        .add("/{id}", get(show).post(update))
        .add("/{id}/edit", get(edit))
        .add("/{id}/link", post(hand_over))
}
