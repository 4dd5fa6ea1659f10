//! A client's racket: its page, which the code on its label opens, and the label itself.

use axum::Form;
use axum::extract::{Path, Query};
use axum::http::header;
use axum::response::IntoResponse;
use loco_rs::prelude::*;
use serde::Deserialize;

use super::{Answer, Part};
use crate::auth::Desk;
use crate::auth::guards::see;
use crate::errors::AppError;
use crate::forms::{Errors, RacketForm};
use crate::labels::Size;
use crate::models::orders::wear::Wear;
use crate::models::{client_profiles, client_rackets, orders, rackets, stringers};
use crate::settings::Settings;
use crate::views::client_rackets::{Edit, Known, Show, label};

#[derive(Deserialize, Default)]
#[serde(default)]
struct Arrival {
    saved: Option<String>,
}

/// From the label to the racket.
async fn scan(desk: Desk, Path(code): Path<String>) -> Answer {
    let id = client_rackets::Entity::labelled(&desk.db, &code).await?;
    Ok(see(&format!("/client-rackets/{id}")))
}

async fn show(
    desk: Desk,
    Path(id): Path<Uuid>,
    Query(arrival): Query<Arrival>,
    Query(part): Query<Part>,
) -> Answer {
    let db = desk.db.reading().await?;
    let frame = client_rackets::Entity::one(&db, id).await?;
    let model = rackets::Entity::one(&db, frame.racket_id).await?;
    let client = client_profiles::Entity::client(&db, frame.client_profile_id).await?;
    let (rows, more) = orders::Entity::of_racket(&db, id, part.page).await?;
    let total = orders::Entity::count_of_racket(&db, id).await?;
    let copies = orders::Entity::last(&db, frame.client_profile_id, Some(id)).await?.is_some();
    let beds = orders::Entity::beds_of_racket(&db, id).await?;
    let in_it = match beds.last() {
        Some(bed) => Some(orders::Entity::row(&db, bed.id).await?),
        None => None,
    };
    let rule = stringers::Entity::me(&db, desk.me.id).await?.restring();
    let wear = Wear::of(&beds, rule, desk.me.today());
    let known = Known {
        frame: &frame,
        model: &model,
        client: &client,
        rows: &rows,
        pages: part.of(more),
        total,
        copies,
        in_it: in_it.as_ref(),
        beds: &beds,
        wear: &wear,
    };
    desk.render("client_rackets/show.html", Show::new(&desk.me, &known, arrival.saved.is_some()))
}

async fn edit(desk: Desk, Path(id): Path<Uuid>) -> Answer {
    let frame = client_rackets::Entity::one(&desk.db, id).await?;
    let model = rackets::Entity::one(&desk.db, frame.racket_id).await?;
    let view = Edit::new(id, &model, RacketForm::of(&frame), Errors::default());
    desk.render("client_rackets/edit.html", view)
}

async fn update(desk: Desk, Path(id): Path<Uuid>, Form(form): Form<RacketForm>) -> Answer {
    let frame = client_rackets::Entity::one(&desk.db, id).await?;
    match form.check() {
        Ok(traits) => {
            client_rackets::Entity::describe(&desk.db, id, traits).await?;
            Ok(see(&format!("/client-rackets/{id}?saved=1")))
        }
        Err(errors) => {
            let model = rackets::Entity::one(&desk.db, frame.racket_id).await?;
            desk.refuse("client_rackets/edit.html", Edit::new(id, &model, form, errors))
        }
    }
}

/// A label for the setup of an order, whatever has been strung since.
async fn print(desk: Desk, Path((id, file)): Path<(Uuid, String)>) -> Answer {
    let size = file.strip_suffix(".pdf").and_then(Size::from_code).ok_or(AppError::NotFound)?;
    let row = orders::Entity::row(&desk.db, id).await?;
    let frame = client_rackets::Entity::one(&desk.db, row.client_racket_id).await?;
    let label = label(&desk.me, &row, &frame.label_code, size);
    let public_url = Settings::from_context(&desk.ctx)?.public_url;
    let url = format!("{}/r/{}", public_url.trim_end_matches('/'), frame.label_code);
    let pdf = label.pdf(&url).await.map_err(loco_rs::Error::Message)?;
    let name = format!("{}-{}.pdf", frame.label_code, size.code());
    let headers = [
        (header::CONTENT_TYPE, "application/pdf".to_owned()),
        (header::CONTENT_DISPOSITION, format!("inline; filename=\"{name}\"")),
    ];
    Ok((headers, pdf).into_response())
}

/// `/client-rackets`, `/r/{code}`, and an order's labels.
pub fn routes() -> Routes {
    Routes::new()
        .add("/r/{code}", get(scan))
        .add("/client-rackets/{id}", get(show).post(update))
        .add("/client-rackets/{id}/edit", get(edit))
        .add("/orders/{id}/labels/{file}", get(print))
}
