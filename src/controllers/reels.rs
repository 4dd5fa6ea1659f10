//! String in stock, and what a job drew of it.

use axum::Form;
use axum::extract::{Path, Query};
use loco_rs::prelude::*;
use sea_orm::{TransactionSession, TransactionTrait};
use sea_orm_tenancy::Connection;
use serde::Deserialize;

use super::{Answer, Part};
use crate::forms::{DrawForm, Errors, ReelForm, Versioned as _};
use crate::models::reels::uses;
use crate::models::reels::{self, Stock};
use crate::models::submissions::{Opened, Submission};
use crate::models::{ModelResult, catalogue_strings, hold, orders};
use crate::views::Return;
use crate::views::reels::{Draws, Edit, Fields, Index, Job, Show};
use crate::web::{CurrentStringer, Kept, Submitted, see_other};

/// What a list is asked for; it stays in the URL.
#[derive(Deserialize, Default)]
#[serde(default)]
struct Search {
    finished: String,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct FlashQuery {
    saved: u8,
}

async fn index(
    current: CurrentStringer,
    Query(search): Query<Search>,
    Query(part): Query<Part>,
) -> Answer {
    let is_finished = !search.finished.is_empty();
    let (reels, more) = Stock::page(&current.db, is_finished, part.page).await?;
    let view = Index::new(&current.me, &reels, is_finished, part.of(more));
    current.render("reels/index.html", view)
}

async fn show(
    current: CurrentStringer,
    Path(id): Path<Uuid>,
    Query(flash): Query<FlashQuery>,
    Query(part): Query<Part>,
) -> Answer {
    let db = current.db.reading().await?;
    let reel = Stock::find(&db, id).await?;
    let (drawn, more) = uses::Entity::of_reel(&db, id, part.page).await?;
    let view = Show::new(&current.me, &reel, &drawn, part.of(more), flash.saved > 0);
    current.render("reels/show.html", view)
}

async fn new(
    current: CurrentStringer,
    kept: Kept<ReelForm>,
    Query(form): Query<ReelForm>,
) -> Answer {
    let (form, returned) = kept.or_else(|| form);
    let view = Fields::new(current.me.currency(), form, Errors::default(), returned);
    current.render("reels/new.html", view)
}

async fn create(
    current: CurrentStringer,
    Submitted { form, ticket }: Submitted<ReelForm>,
) -> Answer {
    let currency = current.me.currency();
    let refuse = |form, errors, returned| {
        current.refuse("reels/new.html", Fields::new(currency, form, errors, returned))
    };
    let (sport, name, said) = match form.check_new(currency) {
        Ok(checked) => checked,
        Err(errors) => return refuse(form, errors, Return::default()),
    };
    match Submission::open(&current.db, &ticket).await? {
        Opened::New(submission) => {
            let txn = submission.txn();
            let string = catalogue_strings::Entity::find_or_add_named(txn, sport, &name).await?;
            let id = reels::Entity::add(txn, string.id, currency, said).await?;
            let answer = format!("/reels/{id}?saved=1");
            submission.done(&answer).await?;
            Ok(see_other(&answer))
        }
        Opened::Taken(answer) => Ok(see_other(&answer)),
        Opened::TakenOtherwise(answer) => {
            refuse(form, Errors::default(), Return::saved_before(answer))
        }
    }
}

async fn edit(current: CurrentStringer, Path(id): Path<Uuid>, kept: Kept<ReelForm>) -> Answer {
    let reel = Stock::find(&current.db, id).await?;
    let (form, returned) = kept.or_else(|| ReelForm::of(&reel));
    current.render("reels/edit.html", Edit::new(&reel, form, Errors::default(), returned))
}

async fn update(
    current: CurrentStringer,
    Path(id): Path<Uuid>,
    Form(mut form): Form<ReelForm>,
) -> Answer {
    let txn = current.db.begin().await?;
    hold::<reels::Entity>(&txn, id).await?;
    let reel = Stock::find(&txn, id).await?;
    match form.check_version(ReelForm::of(&reel)).and_then(|()| form.check_edit(reel.currency)) {
        Ok((said, left)) => {
            reels::Entity::change(&txn, &reel, said, left).await?;
            txn.commit().await?;
            Ok(see_other(&format!("/reels/{id}?saved=1")))
        }
        Err(errors) => {
            drop(txn);
            let view = Edit::new(&reel, form, errors, Return::default());
            current.refuse("reels/edit.html", view)
        }
    }
}

/// Nothing is drawn from it any more.
async fn finish(current: CurrentStringer, Path(id): Path<Uuid>) -> Answer {
    reels::Entity::finish(&current.db, id, Some(current.me.today())).await?;
    Ok(see_other(&format!("/reels/{id}")))
}

async fn reopen(current: CurrentStringer, Path(id): Path<Uuid>) -> Answer {
    reels::Entity::finish(&current.db, id, None).await?;
    Ok(see_other(&format!("/reels/{id}")))
}

/// What there is to know of what a job drew.
struct Known {
    order: orders::Model,
    drawn: Vec<uses::Model>,
    stock: Vec<Stock>,
    usual: [i64; 2],
}

impl Known {
    async fn find(db: &impl Connection, id: Uuid) -> ModelResult<Self> {
        let order = orders::Model::find(db, id).await?;
        let drawn = uses::Entity::of_order(db, id).await?;
        let strings = [order.mains_string_id, order.crosses_string_id];
        let strings: Vec<Uuid> = strings.into_iter().flatten().collect();
        let reels: Vec<Uuid> = drawn.iter().map(|one| one.reel_id).collect();
        let stock = Stock::for_strings(db, &strings, &reels).await?;
        let usual = uses::Entity::usual(db, &order).await?;
        Ok(Self { order, drawn, stock, usual })
    }

    fn form(&self) -> DrawForm {
        DrawForm::of(&self.drawn, self.usual)
    }

    fn job(&self) -> Job<'_> {
        Job { order: &self.order, drawn: &self.drawn, stock: &self.stock }
    }
}

async fn drawn(current: CurrentStringer, Path(id): Path<Uuid>, kept: Kept<DrawForm>) -> Answer {
    let known = Known::find(&current.db.reading().await?, id).await?;
    let (form, returned) = kept.or_else(|| known.form());
    let (job, errors) = (known.job(), Errors::default());
    let view = Draws::new(&current.me, &job, form, errors, returned.is_kept);
    current.render("orders/string.html", view)
}

async fn draw(
    current: CurrentStringer,
    Path(id): Path<Uuid>,
    Form(mut form): Form<DrawForm>,
) -> Answer {
    let txn = current.db.begin().await?;
    hold::<orders::Entity>(&txn, id).await?;
    let known = Known::find(&txn, id).await?;
    let errors = match form.check_version(known.form()).and_then(|()| form.check()) {
        Ok(draws) => match known.refused(&draws) {
            None => {
                uses::Entity::say(&txn, id, &draws).await?;
                txn.commit().await?;
                return Ok(see_other(&format!("/orders/{id}")));
            }
            Some(errors) => errors,
        },
        Err(errors) => errors,
    };
    drop(txn);
    let view = Draws::new(&current.me, &known.job(), form, errors, false);
    current.refuse("orders/string.html", view)
}

impl Known {
    /// A bed that is not strung has drawn nothing, and a side draws from what the page offers.
    fn refused(&self, draws: &[uses::Draw]) -> Option<Errors> {
        let field =
            |side| if side == reels::BedSide::Mains { "mains_reel" } else { "crosses_reel" };
        let wrong = draws.iter().find(|(_, reel, _)| {
            self.order.strung_at.is_none() || !self.stock.iter().any(|one| one.id == *reel)
        });
        wrong.map(|(side, ..)| Errors::at(field(*side), "error-choice"))
    }
}

/// `/reels`, and `/orders/{id}/string`.
pub fn routes() -> Routes {
    Routes::new()
        .add("/reels", get(index).post(create))
        .add("/reels/new", get(new))
        .add("/reels/{id}", get(show).post(update))
        .add("/reels/{id}/edit", get(edit))
        .add("/reels/{id}/finished", post(finish).delete(reopen))
        .add("/orders/{id}/string", get(drawn).post(draw))
}
