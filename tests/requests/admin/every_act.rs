//! No act of an admin without its row in the log: every admin route of the router, of every
//! method; and where the log cannot be written, nothing is read and nothing changes.

use std::collections::BTreeSet;

use loco_rs::app::Hooks as _;
use rbo::app::App;
use rbo::demo;
use rbo::models::client_profiles::Client;
use rbo::models::dsar_log::{self, RequestEvent, RequestKind};
use rbo::models::receipt_emissions::{self, PdfState};
use rbo::models::{catalogue, catalogue_submissions, invitations, persons, rackets};
use rbo::units::Sport;
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait as _, ConnectionTrait as _, DbBackend, EntityTrait as _, QueryFilter as _,
};
use uuid::Uuid;

use super::super::proofs::known_as;
use super::feeds::staged_row;
use crate::support::{Answer, Browser, World};

type Fields = Vec<(&'static str, String)>;

/// An act: its method and route, with keys and fields with which it does something.
struct Act {
    method: &'static str,
    route: &'static str,
    path: String,
    fields: Fields,
}

impl Act {
    async fn done_by(&self, admin: &mut Browser) -> Answer {
        let mut fields: Vec<(&str, &str)> =
            self.fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        match self.method {
            "GET" => return admin.get(&self.path).await,
            "DELETE" => fields.push(("_method", "DELETE")),
            _ => {}
        }
        admin.post(&self.path, &fields).await
    }
}

/// The key and the version of an offer of Marco's.
pub async fn offer(world: &World, name: &str) -> (String, String) {
    let (_, marcos) = world.at_work(demo::MARCO).await;
    let id = rackets::Entity::find_or_create(&marcos, Sport::Tennis, name).await.unwrap();
    let entry = catalogue::find(&marcos, catalogue::Kind::Rackets, id).await.unwrap();
    catalogue_submissions::Entity::offer(&marcos, &entry).await.unwrap();
    let latest = catalogue_submissions::Entity::latest(&marcos, &entry).await.unwrap();
    (latest.expect("an offer").id.to_string(), rbo::forms::EntryForm::of(&entry).version)
}

/// Persons and work that the acts are about.
struct People {
    one_person: String,
    name: String,
    other_person: String,
    final_person: String,
    requests: [String; 2],
    emission: String,
}

async fn people(world: &World) -> People {
    let one = known_as(world, demo::STEFAN, 0, "one@example.ch").await;
    let other = known_as(world, demo::MARCO, 0, "other@example.ch").await;
    let third = known_as(world, demo::STEFAN, 1, "third@example.ch").await;
    let (raw, key) = (world.beneath().await, |client: &Client| client.person_id.unwrap());
    let long_ago = chrono::Utc::now() - chrono::Duration::days(40);
    persons::Entity::update_many()
        .col_expr(persons::Column::DeletedAt, Expr::value(long_ago))
        .filter(persons::Column::Id.eq(key(&third)))
        .exec(&raw)
        .await
        .unwrap();
    let emission = receipt_emissions::Entity::find().one(&raw).await.unwrap().expect("a receipt");
    receipt_emissions::Entity::update_many()
        .col_expr(receipt_emissions::Column::PdfState, Expr::value(PdfState::Failed))
        .col_expr(receipt_emissions::Column::Pdf, Expr::value(Option::<Vec<u8>>::None))
        .filter(receipt_emissions::Column::Id.eq(emission.id))
        .exec(&raw)
        .await
        .unwrap();
    let requests = [Uuid::now_v7(), Uuid::now_v7()];
    for asked in requests {
        let request = dsar_log::ActiveModel {
            id: Set(asked),
            concerns: Set(asked),
            person_id: Set(key(&one)),
            kind: Set(RequestKind::Access),
            event: Set(RequestEvent::Asked),
            at: Set(chrono::Utc::now().into()),
            ..Default::default()
        };
        dsar_log::Entity::insert(request).exec_without_returning(&raw).await.unwrap();
    }
    People {
        name: one.name().unwrap(),
        one_person: key(&one).to_string(),
        other_person: key(&other).to_string(),
        final_person: key(&third).to_string(),
        requests: requests.map(|id| id.to_string()),
        emission: emission.id.to_string(),
    }
}

/// An act for each route, in an order in which each finds what it is about.
async fn acts(world: &World) -> Vec<Act> {
    let (marco, _) = world.at_work(demo::MARCO).await;
    let (_, stefans) = world.at_work(demo::STEFAN).await;
    let frame = rbo::models::client_rackets::Entity::find().one(&stefans).await.unwrap().unwrap();
    let shared = frame.racket_id.to_string();
    let row = staged_row(world).await.to_string();
    let [one, two, three, four] = [
        offer(world, "Offered One").await,
        offer(world, "Offered Two").await,
        offer(world, "Offered Three").await,
        offer(world, "Offered Four").await,
    ];
    let mut stefan = world.stefan().await;
    stefan.post("/admin/invitations", &[("email", "new@example.ch"), ("locale", "en")]).await;
    let invited = invitations::Entity::find().one(&world.beneath().await).await.unwrap();
    let invited = invited.expect("an invitation").id;
    let People { one_person, name, other_person, final_person, requests, emission } =
        people(world).await;
    let of_entry = format!("/admin/entries/rackets/{shared}");
    let beside = format!("/admin/persons/{one_person}/beside/{other_person}");
    let of_request = |nth: usize, act: &str| format!("/admin/privacy/{}/{act}", requests[nth]);
    let act = |method, route, path: String, fields: Fields| Act { method, route, path, fields };
    let get = |route: &'static str| act("GET", route, route.to_owned(), vec![]);
    let of = |offer: &(String, String), act: &str| format!("/admin/catalogue/{}/{act}", offer.0);
    let why = ("reason", "somebody asked".to_owned());
    vec![
        get("/admin/audit"),
        act("GET", "/admin/audit/{file}", "/admin/audit/log.csv".into(), vec![]),
        get("/admin/catalogue"),
        get("/admin/feeds"),
        get("/admin/invitations"),
        get("/admin/stringers"),
        act("GET", "/admin/feeds/{id}", format!("/admin/feeds/{row}"), vec![]),
        act("GET", "/admin/entries/{kind}/{id}", of_entry.clone(), vec![]),
        act(
            "POST",
            "/admin/entries/{kind}/{id}",
            of_entry,
            vec![("model", "Edited".into()), why.clone()],
        ),
        get("/admin/persons"),
        get("/admin/privacy"),
        get("/admin/finalisation"),
        get("/admin/jobs"),
        get("/admin/refusals"),
        act("GET", "/admin/persons/{id}", format!("/admin/persons/{one_person}"), vec![]),
        act("GET", "/admin/persons/{id}/beside/{other}", beside.clone(), vec![]),
        act(
            "POST",
            "/admin/persons/{id}/beside/{other}",
            beside,
            vec![("stays", one_person.clone()), ("name", name), why.clone()],
        ),
        act(
            "POST",
            "/admin/persons/{id}/requests",
            format!("/admin/persons/{one_person}/requests"),
            vec![("kind", "access".into()), why.clone()],
        ),
        act(
            "POST",
            "/admin/persons/{id}/erasure",
            format!("/admin/persons/{one_person}/erasure"),
            vec![why.clone()],
        ),
        act(
            "DELETE",
            "/admin/persons/{id}/erasure",
            format!("/admin/persons/{one_person}/erasure"),
            vec![why.clone()],
        ),
        act("POST", "/admin/privacy/{id}/document", of_request(0, "document"), vec![]),
        act("POST", "/admin/privacy/{id}/answer", of_request(0, "answer"), vec![why.clone()]),
        act("POST", "/admin/privacy/{id}/refusal", of_request(1, "refusal"), vec![why.clone()]),
        act(
            "POST",
            "/admin/finalisation",
            "/admin/finalisation".into(),
            vec![("person", final_person), ("word", "LÖSCHEN".into()), why.clone()],
        ),
        act("POST", "/admin/jobs/{work}/{id}", format!("/admin/jobs/receipt/{emission}"), vec![]),
        act(
            "POST",
            "/admin/catalogue/acceptances",
            "/admin/catalogue/acceptances".into(),
            vec![("offer", format!("{}:{}", one.0, one.1))],
        ),
        act(
            "POST",
            "/admin/catalogue/{id}/acceptance",
            of(&two, "acceptance"),
            vec![("version", two.1.clone())],
        ),
        act(
            "POST",
            "/admin/catalogue/{id}/merging",
            of(&three, "merging"),
            vec![("version", three.1.clone()), ("into", shared.clone())],
        ),
        act(
            "POST",
            "/admin/catalogue/{id}/rejection",
            of(&four, "rejection"),
            vec![("version", four.1.clone()), why.clone()],
        ),
        act(
            "POST",
            "/admin/feeds/{id}/matching",
            format!("/admin/feeds/{row}/matching"),
            vec![("entry", shared)],
        ),
        act(
            "POST",
            "/admin/feeds/rejection",
            "/admin/feeds/rejection".into(),
            vec![("row", row.clone()), why.clone()],
        ),
        act("POST", "/admin/feeds/taking", "/admin/feeds/taking".into(), vec![("all", "1".into())]),
        act(
            "POST",
            "/admin/invitations",
            "/admin/invitations".into(),
            vec![("email", "other@example.ch".into()), ("locale", "de".into())],
        ),
        act(
            "POST",
            "/admin/invitations/{id}/mail",
            format!("/admin/invitations/{invited}/mail"),
            vec![],
        ),
        act("DELETE", "/admin/invitations/{id}", format!("/admin/invitations/{invited}"), vec![]),
        act(
            "POST",
            "/admin/stringers/{id}/link",
            format!("/admin/stringers/{}/link", marco.id),
            vec![],
        ),
        act(
            "POST",
            "/admin/stringers/{id}/closing",
            format!("/admin/stringers/{}/closing", marco.id),
            vec![why.clone()],
        ),
        act(
            "DELETE",
            "/admin/stringers/{id}/closing",
            format!("/admin/stringers/{}/closing", marco.id),
            vec![why],
        ),
    ]
}

/// Those of the router that are not among these.
fn missing(world: &World, acts: &[Act]) -> Vec<String> {
    let known: BTreeSet<_> = acts.iter().map(|act| (act.method, act.route)).collect();
    let mut missing = Vec::new();
    for route in App::routes(&world.ctx).collect() {
        for action in route.actions.iter().filter(|_| route.uri.starts_with("/admin/")) {
            if !known.contains(&(action.as_str(), route.uri.as_str())) {
                missing.push(format!("{action} {}", route.uri));
            }
        }
    }
    missing
}

#[tokio::test]
async fn every_act_of_an_admin_has_its_row_and_its_end() {
    let world = World::embedded(crate::support::Kind::Demo).await;
    let acts = acts(&world).await;
    assert_eq!(missing(&world, &acts), Vec::<String>::new());
    let mut stefan = world.stefan().await;
    for act in &acts {
        let (begun, ended) =
            ("admin_audit_log WHERE ends IS NULL", "admin_audit_log WHERE outcome = 'done'");
        let (before, done) = (world.rows(begun).await, world.rows(ended).await);
        let answer = act.done_by(&mut stefan).await;
        let name = format!("{} {}: {}", act.method, act.route, answer.status);
        // A link is not handed over where mails can be sent; that is said, and noted.
        assert!(matches!(answer.status.as_u16(), 200 | 303 | 409), "{name}");
        let (after, now) = (world.rows(begun).await, world.rows(ended).await);
        assert!(after > before, "{name} left no row");
        assert_eq!(after - before, now - done, "{name} has no end");
    }
}

/// From now on nobody adds a row to the log.
async fn unwritable_log(world: &World) {
    let raw = world.beneath().await;
    let trigger = if raw.get_database_backend() == DbBackend::Sqlite {
        "CREATE TRIGGER full BEFORE INSERT ON admin_audit_log BEGIN SELECT RAISE(ABORT, 'full'); END;"
    } else {
        "CREATE FUNCTION is_full() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'full'; END $$;
         CREATE TRIGGER is_full BEFORE INSERT ON admin_audit_log
           FOR EACH ROW EXECUTE FUNCTION is_full();"
    };
    raw.execute_unprepared(trigger).await.expect("a log that is full");
}

/// What the acts would change.
async fn state(world: &World) -> Vec<i64> {
    let mut state = Vec::new();
    for rows in [
        "admin_audit_log",
        "catalogue_submissions WHERE state = 'pending'",
        "catalogue_imports WHERE state = 'pending'",
        "rackets WHERE visibility = 'catalogue_shared'",
        "rackets WHERE merged_into IS NOT NULL",
        "invitations WHERE state = 'sent'",
        "invitations",
        "stringers WHERE deactivated_at IS NULL",
        "notifications",
        "outbox",
        "link_tokens",
        "person_merges",
        "dsar_log",
        "persons WHERE deleted_at IS NOT NULL",
        "persons WHERE scrubbed_at IS NOT NULL",
        "receipt_emissions WHERE pdf_state = 'failed'",
    ] {
        state.push(world.rows(rows).await);
    }
    state
}

#[tokio::test]
async fn where_the_log_cannot_be_written_nothing_is_read_and_nothing_changes() {
    let world = World::embedded(crate::support::Kind::Demo).await;
    let acts = acts(&world).await;
    let mut stefan = world.stefan().await;
    let told = ["Offered", "Zugspitz", "new@example.ch", "Marco Tennis Service"];
    unwritable_log(&world).await;
    let before = state(&world).await;
    for act in &acts {
        let answer = act.done_by(&mut stefan).await;
        let name = format!("{} {}: {}", act.method, act.route, answer.status);
        assert_eq!(answer.status, 500, "{name}");
        assert!(told.iter().all(|word| !answer.contains(word)), "{name}");
        assert_eq!(state(&world).await, before, "{name}");
    }
}
