//! A client's racket: its page, which the code on its label opens, and the label itself.

use axum::Form;
use axum::extract::{Path, Query};
use loco_rs::prelude::*;
use sea_orm::{TransactionSession, TransactionTrait};
use serde::Deserialize;

use super::{Answer, Part, pdf_file};
use crate::forms::{Errors, RacketForm, Versioned as _};
use crate::labels::{self, Size};
use crate::models::orders::wear::Wear;
use crate::models::{client_profiles, client_rackets, hold, orders, rackets, stringers};
use crate::settings::Settings;
use crate::values::Vocabulary as _;
use crate::views::client_rackets::{Edit, RacketFile, Show, label};
use crate::web::{AppError, CurrentStringer, Kept, see_other};

#[derive(Deserialize, Default)]
#[serde(default)]
struct FlashQuery {
    saved: Option<String>,
}

/// From the label to the racket.
async fn scan(current: CurrentStringer, Path(code): Path<String>) -> Answer {
    let id = client_rackets::Entity::find_by_label(&current.db, &code)
        .await?
        .ok_or(AppError::NotFound)?;
    Ok(see_other(&format!("/client-rackets/{id}")))
}

async fn show(
    current: CurrentStringer,
    Path(id): Path<Uuid>,
    Query(flash): Query<FlashQuery>,
    Query(part): Query<Part>,
) -> Answer {
    let db = current.db.reading().await?;
    let frame = client_rackets::Model::find(&db, id).await?;
    let model = rackets::Model::find(&db, frame.racket_id).await?;
    let client = client_profiles::Client::find(&db, frame.client_profile_id).await?;
    let (rows, more) = orders::Entity::of_racket(&db, id, part.page).await?;
    let total = orders::Entity::count_of_racket(&db, id).await?;
    let copies = orders::Entity::find_last(&db, frame.client_profile_id, Some(id)).await?.is_some();
    let beds = orders::Entity::beds_of_racket(&db, id).await?;
    let in_it = match beds.last() {
        Some(bed) => Some(orders::Row::find(&db, bed.id).await?),
        None => None,
    };
    let rule = stringers::Model::find(&db, current.me.id).await?.restring();
    let wear = Wear::of(&beds, rule, current.me.today());
    let file = RacketFile {
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
    current.render("client_rackets/show.html", Show::new(&current.me, &file, flash.saved.is_some()))
}

async fn edit(current: CurrentStringer, Path(id): Path<Uuid>, kept: Kept<RacketForm>) -> Answer {
    let frame = client_rackets::Model::find(&current.db, id).await?;
    let model = rackets::Model::find(&current.db, frame.racket_id).await?;
    let (form, returned) = kept.or_else(|| RacketForm::of(&frame));
    let view = Edit::new(id, &model, form, Errors::default()).returned(returned);
    current.render("client_rackets/edit.html", view)
}

async fn update(
    current: CurrentStringer,
    Path(id): Path<Uuid>,
    Form(mut form): Form<RacketForm>,
) -> Answer {
    let txn = current.db.begin().await?;
    hold::<client_rackets::Entity>(&txn, id).await?;
    let frame = client_rackets::Model::find(&txn, id).await?;
    match form.check_version(RacketForm::of(&frame)).and_then(|()| form.check()) {
        Ok(traits) => {
            client_rackets::Entity::describe(&txn, id, traits).await?;
            txn.commit().await?;
            Ok(see_other(&format!("/client-rackets/{id}?saved=1")))
        }
        Err(errors) => {
            drop(txn);
            let model = rackets::Model::find(&current.db, frame.racket_id).await?;
            current.refuse("client_rackets/edit.html", Edit::new(id, &model, form, errors))
        }
    }
}

/// A label for the setup of an order, whatever has been strung since.
async fn print(current: CurrentStringer, Path((id, file)): Path<(Uuid, String)>) -> Answer {
    let size = size_of(&file)?;
    let row = orders::Row::find(&current.db, id).await?;
    sheet(&current, &[row], size).await
}

/// `wide.pdf`.
pub(super) fn size_of(file: &str) -> Result<Size, AppError> {
    file.strip_suffix(".pdf").and_then(Size::from_code).ok_or(AppError::NotFound)
}

/// The labels of some orders, a page each.
pub(super) async fn sheet(current: &CurrentStringer, rows: &[orders::Row], size: Size) -> Answer {
    let rackets: Vec<_> = rows.iter().map(|row| row.client_racket_id).collect();
    let frames = client_rackets::Entity::frames(&current.db, rackets).await?;
    let public_url = Settings::from_context(&current.ctx)?.public_url;
    let of_row = |row: &orders::Row| {
        let frame = frames.iter().find(|frame| frame.id == row.client_racket_id)?;
        Some(label(&current.me, row, frame, size, &public_url))
    };
    let labels: Vec<_> = rows.iter().filter_map(of_row).collect();
    let Some(first) = labels.first() else { return Err(AppError::NotFound) };
    let name = format!("{}-{}.pdf", first.label, size.code());
    let pdf = labels::pdf(&labels).await.map_err(AppError::internal)?;
    Ok(pdf_file(&name, pdf))
}

/// `/client-rackets`, `/r/{code}`, and an order's labels.
pub fn routes() -> Routes {
    Routes::new()
        .add("/r/{code}", get(scan))
        .add("/client-rackets/{id}", get(show).post(update))
        .add("/client-rackets/{id}/edit", get(edit))
        .add("/orders/{id}/labels/{file}", get(print))
}
