//! Persons as admins see them, and the own pages by mail, for who looks at all pages.

use chrono::{Duration, Utc};
use fantoccini::Client;
use rbo::database;
use rbo::demo;
use rbo::models::dsar_log::{self, RequestEvent, RequestKind};
use rbo::models::purposes::SEND_MAIL;
use rbo::models::receipt_emissions::{self, PdfState};
use rbo::models::{client_profiles, person_proofs, persons};
use sea_orm::ActiveValue::Set;
use sea_orm::prelude::Uuid;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use sea_orm_tenancy::Scope;

use super::{find, tap};
use crate::support::World;

const FAMILY: &str = "frei@example.ch";

/// Clients of a stringer's, the first one first.
async fn clients_of(world: &World, stringer: &str) -> Vec<Uuid> {
    let (_, db) = world.at_work(stringer).await;
    let files = client_profiles::Entity::find()
        .filter(client_profiles::Column::IsSelfForStringer.eq(false))
        .order_by_asc(client_profiles::Column::Id);
    let files = files.all(&db).await.unwrap();
    files.into_iter().filter_map(|file| file.person_id).collect()
}

async fn change(world: &World, person: Uuid, said: persons::ActiveModel) {
    let changed = persons::Entity::update_many().set(said);
    let changed = changed.filter(persons::Column::Id.eq(person));
    changed.exec(&world.beneath().await).await.unwrap();
}

async fn called(world: &World, person: Uuid, email: &str) {
    let said = persons::ActiveModel {
        email: Set(Some(email.to_owned())),
        email_normalised: Set(Some(email.to_owned())),
        ..Default::default()
    };
    change(world, person, said).await;
}

async fn asked(world: &World, person: Uuid, kind: RequestKind, events: &[RequestEvent]) {
    let raw = world.beneath().await;
    let (me, _) = world.at_work(demo::STEFAN).await;
    let first = Uuid::now_v7();
    for (nth, event) in events.iter().enumerate() {
        let row = dsar_log::ActiveModel {
            id: Set(if nth == 0 { first } else { Uuid::now_v7() }),
            concerns: Set(first),
            person_id: Set(person),
            kind: Set(kind),
            event: Set(*event),
            admin_id: Set((nth > 0).then_some(me.id)),
            reason: Set((nth > 0).then(|| "She wrote a letter".to_owned())),
            at: Set(Utc::now().into()),
            ..Default::default()
        };
        dsar_log::Entity::insert(row).exec_without_returning(&raw).await.unwrap();
    }
}

/// Makes what these pages show, and tells where they are.
pub(super) async fn pages(world: &World) -> Vec<(&'static str, String)> {
    let stefans = clients_of(world, demo::STEFAN).await;
    let marcos = clients_of(world, demo::MARCO).await;
    // The latest clients: the pages of the first ones are looked at as they are.
    let [.., other, one, gone] = stefans.as_slice() else { panic!("too few clients") };
    for person in [one, other] {
        called(world, *person, FAMILY).await;
    }
    called(world, *gone, "gone@example.ch").await;
    let long_ago = Utc::now() - Duration::days(40);
    let erased =
        persons::ActiveModel { deleted_at: Set(Some(long_ago.into())), ..Default::default() };
    change(world, *gone, erased).await;
    asked(world, *one, RequestKind::Access, &[RequestEvent::Asked]).await;
    let both = [RequestEvent::Asked, RequestEvent::Deleted];
    asked(world, *gone, RequestKind::Erasure, &both).await;
    let raw = world.beneath().await;
    let emission = receipt_emissions::Entity::find().one(&raw).await.unwrap().expect("one");
    receipt_emissions::Entity::update_many()
        .col_expr(receipt_emissions::Column::PdfState, Expr::value(PdfState::Failed))
        .col_expr(receipt_emissions::Column::Pdf, Expr::value(Option::<Vec<u8>>::None))
        .col_expr(receipt_emissions::Column::Attempts, Expr::value(8))
        .col_expr(receipt_emissions::Column::LastError, Expr::value("no font for a character"))
        .filter(receipt_emissions::Column::Id.eq(emission.id))
        .exec(&raw)
        .await
        .unwrap();
    let theirs = marcos.last().expect("a client of Marco's");
    [
        ("admin-persons", format!("/admin/persons?q={FAMILY}")),
        ("admin-persons-none", "/admin/persons?q=zzzz".to_owned()),
        ("admin-person", format!("/admin/persons/{one}?q={FAMILY}")),
        ("admin-person-erased", format!("/admin/persons/{gone}?done=erased")),
        ("admin-beside", format!("/admin/persons/{one}/beside/{theirs}")),
        ("admin-privacy", "/admin/privacy".to_owned()),
        ("admin-finalisation", "/admin/finalisation".to_owned()),
        ("admin-failures", "/admin/jobs?done=owed".to_owned()),
        ("mine-proof", proof(world).await),
    ]
    .into()
}

/// The path of a link that was mailed to a family's address.
async fn proof(world: &World) -> String {
    let db = database::scoped_db(&world.ctx, Scope::System(&SEND_MAIL)).expect("a handle");
    let secret = person_proofs::Entity::issue(&db, FAMILY, Duration::days(1)).await.unwrap();
    format!("/mine/proof?token_hash={}", secret.reveal())
}

/// Lets the browser in as one of the family, whose address another workshop knows as well.
pub(super) async fn prove(
    world: &World,
    browser: &Client,
    base: &str,
) -> Vec<(&'static str, String)> {
    let marcos = clients_of(world, demo::MARCO).await;
    called(world, *marcos.last().expect("a client"), FAMILY).await;
    browser.goto(&format!("{base}{}", proof(world).await)).await.expect("a page");
    tap(browser, "label:has([name=person])").await;
    tap(browser, ".button--main").await;
    find(browser, "form[action^='/mine/others/']").await;
    [("mine-others", "/mine".to_owned()), ("mine-asked", "/mine/settings?done=asked".to_owned())]
        .into()
}
