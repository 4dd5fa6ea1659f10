//! Persons: joined, asked about, erased, and erased for good.

use std::path::Path;

use chrono::{Duration, Utc};
use rbo::demo;
use rbo::models::client_profiles::{self, Client};
use rbo::models::receipt_emissions::{self, PdfState};
use rbo::models::receipt_mails::{self, Answer};
use rbo::models::{client_rackets, dsar_log, orders, persons};
use rbo::workers::render_receipt::{self, RenderReceiptArgs};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, DatabaseConnection, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use super::super::proofs::{at_home, known_as};
use crate::support::{Browser, World};

fn person(client: &Client) -> Uuid {
    client.person_id.expect("a person")
}

async fn two(world: &World) -> (Client, Client) {
    let one = known_as(world, demo::STEFAN, 0, "one@example.ch").await;
    let other = known_as(world, demo::MARCO, 0, "other@example.ch").await;
    (one, other)
}

async fn join(
    admin: &mut Browser,
    (one, other): (Uuid, Uuid),
    stays: Uuid,
    name: &str,
) -> crate::support::Answer {
    let fields = [("stays", &*stays.to_string()), ("name", name), ("reason", "she said so")];
    admin.post(&format!("/admin/persons/{one}/beside/{other}"), &fields).await
}

#[tokio::test]
async fn two_are_joined_by_a_typed_name_and_every_book_says_so() {
    let world = World::demo().await;
    let (one, other) = two(&world).await;
    let (one_id, other_id) = (person(&one), person(&other));
    let mut stefan = world.stefan().await;
    let found = stefan.get("/admin/persons?q=one@EXAMPLE.ch").await.sees(200);
    assert!(found.contains(&one_id.to_string()) && !found.contains(&other_id.to_string()));
    let looked = stefan.get(&format!("/admin/persons/{one_id}?q=other@example.ch")).await.sees(200);
    let beside = format!("/admin/persons/{one_id}/beside/{other_id}");
    assert!(looked.contains(&beside));
    stefan.get(&beside).await.sees(200);
    let name = one.name().unwrap();
    let wrong = join(&mut stefan, (one_id, other_id), one_id, "somebody").await.sees(422);
    assert!(wrong.marked("name").is_some());
    join(&mut stefan, (one_id, other_id), Uuid::now_v7(), &name).await.sees(422);
    // With itself, or as somebody who is no admin.
    join(&mut stefan, (one_id, one_id), one_id, &name).await.sees(422);
    let mut marco = world.marco().await;
    join(&mut marco, (one_id, other_id), one_id, &name).await.sees(404);
    assert_eq!(world.rows("person_merges").await, 0);

    join(&mut stefan, (one_id, other_id), one_id, &name.to_uppercase()).await.sees(303);
    let page = marco.get(&format!("/clients/{}", other.id)).await.sees(200);
    assert!(page.contains(&name));
    let (_, db) = world.at_work(demo::MARCO).await;
    let theirs = orders::Entity::find().filter(orders::Column::ClientProfileId.eq(other.id));
    for order in theirs.all(&db).await.unwrap() {
        assert_eq!(order.client_name.as_deref(), Some(&*name));
    }
    // In a circle, twice, and with one that is gone.
    for (a, b, stays, typed) in [
        (one_id, other_id, other_id, other.name().unwrap()),
        (other_id, one_id, one_id, name.clone()),
    ] {
        let answer = join(&mut stefan, (a, b), stays, &typed).await.sees(303);
        assert!(answer.location().ends_with("?done=changed"), "{}", answer.location());
    }
    assert_eq!(world.rows("person_merges").await, 1);
    let page = stefan.get(&format!("/admin/persons/{other_id}")).await.sees(200);
    assert!(page.contains("she said so") && page.contains(&one_id.to_string()));
}

#[tokio::test]
async fn where_one_book_has_both_they_stay_two() {
    let world = World::demo().await;
    let one = known_as(&world, demo::STEFAN, 0, "one@example.ch").await;
    let other = known_as(&world, demo::STEFAN, 1, "other@example.ch").await;
    let mut stefan = world.stefan().await;
    let pair = (person(&one), person(&other));
    let page = join(&mut stefan, pair, pair.0, &one.name().unwrap()).await.sees(422);
    assert!(page.element("#e-stays").is_some_and(|text| !text.is_empty()));
    assert_eq!(world.rows("person_merges").await, 0);
}

#[tokio::test]
async fn an_address_that_one_of_two_has_proven_is_not_lost() {
    let world = World::demo().await;
    let (one, other) = two(&world).await;
    at_home(&world, "other@example.ch", person(&other)).await;
    let mut stefan = world.stefan().await;
    let pair = (person(&one), person(&other));
    join(&mut stefan, pair, pair.0, &one.name().unwrap()).await.sees(303);
    world.age("outbox", "created_at").await;
    let mut phone = at_home(&world, "other@example.ch", pair.0).await;
    let home = phone.get("/mine").await.sees(200);
    assert!(home.contains("Stefans Besaitungen") && home.contains("Marco Tennis Service"));
}

#[tokio::test]
async fn what_is_known_is_one_document_and_each_act_stands_in_the_log() {
    let world = World::demo().await;
    let (one, _) = two(&world).await;
    let id = person(&one);
    let mut phone = at_home(&world, "one@example.ch", id).await;
    phone.post("/mine/requests", &[("kind", "access")]).await.sees(303);
    let mut stefan = world.stefan().await;
    let client = one.id.to_string();
    let fields =
        [("client", &*client), ("frame", "new"), ("racket", "Head Boom MP"), ("labor", "25")];
    let saved = stefan.post("/orders", &fields).await.sees(303).location();
    let order = saved.split('?').next().unwrap();
    stefan.post(&format!("{order}/strung"), &[]).await.sees(303);
    stefan.post(&format!("{order}/paid"), &[("payment", "cash")]).await.sees(303);
    let list = stefan.get("/admin/privacy").await.sees(200);
    assert!(list.contains(&one.name().unwrap()));
    let document = list.attribute("form[action$='/document']", "action").expect("a button");
    let made = stefan.post(&document, &[]).await.sees(200);
    let said: serde_json::Value = serde_json::from_slice(&made.bytes).expect("JSON");
    assert_eq!(said["person"]["email"], "one@example.ch");
    assert_eq!(said["workshops"][0]["name"], "Stefans Besaitungen");
    assert!(said["workshops"][0]["orders"].as_array().is_some_and(|all| !all.is_empty()));
    let paid = said["workshops"][0]["payments"].as_array().expect("payments");
    assert!(
        paid.iter().any(|paid| paid["amount"] == "25.00" && paid["kind"] == "cash"),
        "{paid:?}"
    );
    let mails = said["workshops"][0]["mails"].as_array().expect("mails");
    let of_it = |mail: &serde_json::Value| mail["order_id"].as_str() == order.rsplit('/').next();
    assert!(mails.iter().any(of_it), "{mails:?}");
    let text = made.text();
    assert!(!text.contains("comment_private") && !text.contains("internal_notes"));
    // What is asked for is not lost by joining.
    let (me, other) = (person(&one), known_as(&world, demo::MARCO, 1, "third@example.ch").await);
    let name = other.name().unwrap();
    let page = join(&mut stefan, (me, person(&other)), person(&other), &name).await;
    assert!(page.sees(422).contains("e-stays"));
    let answer = document.replace("/document", "/answer");
    stefan.post(&answer, &[("reason", " ")]).await.sees(422);
    stefan.post(&answer, &[("reason", "by letter")]).await.sees(303);
    assert_eq!(
        stefan.post(&answer, &[("reason", "again")]).await.location(),
        "/admin/privacy?done=changed"
    );
    assert!(!stefan.get("/admin/privacy").await.contains(&one.name().unwrap()));
    let (asked, done) = ("dsar_log WHERE event = 'asked'", "dsar_log WHERE event = 'answered'");
    assert_eq!((world.rows(asked).await, world.rows(done).await), (1, 1));
    // The person sees that it was answered, and may ask again.
    let page = phone.get("/mine/settings").await.sees(200);
    assert!(page.element("button[value=access]").is_some());
}

/// Everything of hers that a book can have.
async fn told_everywhere(world: &World, client: &Client) -> [String; 6] {
    let words = ["Xqmarianne", "Xqfrei", "xqmari@example.ch", "Xqelbow", "Xqserial", "Xqpublic"];
    let mut stefan = world.stefan().await;
    let fields = [
        ("first_name", words[0]),
        ("last_name", words[1]),
        ("email", words[2]),
        ("nickname", "Xqnick"),
        ("notes", words[3]),
        ("contact", "Xqphone"),
    ];
    stefan.post(&format!("/clients/{}", client.id), &fields).await.sees(303);
    let raw = world.beneath().await;
    orders::Entity::update_many()
        .col_expr(orders::Column::CommentPublic, Expr::value(words[5]))
        .col_expr(orders::Column::CommentPrivate, Expr::value("Xqprivate"))
        .filter(orders::Column::ClientProfileId.eq(client.id))
        .exec(&raw)
        .await
        .unwrap();
    client_rackets::Entity::update_many()
        .col_expr(client_rackets::Column::Serial, Expr::value(words[4]))
        .filter(client_rackets::Column::ClientProfileId.eq(client.id))
        .exec(&raw)
        .await
        .unwrap();
    // Receipts that say so, rendered.
    let (_, db) = world.at_work(demo::STEFAN).await;
    let theirs = orders::Entity::find()
        .filter(orders::Column::ClientProfileId.eq(client.id))
        .filter(orders::Column::ReceiptNumber.is_not_null());
    for order in theirs.all(&db).await.unwrap() {
        stefan.post(&format!("/orders/{}/receipt/emissions", order.id), &[]).await.sees(303);
        // And a mail that did not arrive.
        assert!(receipt_mails::Entity::ask(&db, order.id).await.unwrap());
        let mail = receipt_mails::Entity::find()
            .filter(receipt_mails::Column::OrderId.eq(order.id))
            .order_by_desc(receipt_mails::Column::Id);
        let mail = mail.one(&db).await.unwrap().expect("a mail");
        assert!(mail.take(&db, words[2], Duration::minutes(3)).await.unwrap());
        let said = Answer::NoSuchAddress(format!("550 <{}> is not here", words[2]));
        mail.answered(&db, said).await.unwrap();
    }
    assert!(rendered(world, client).await > 0, "no receipt of hers");
    words.map(str::to_owned)
}

/// Makes the files that are owed of a client's receipts; how many.
async fn rendered(world: &World, client: &Client) -> usize {
    let (me, db) = world.at_work(demo::STEFAN).await;
    let theirs = orders::Entity::find().filter(orders::Column::ClientProfileId.eq(client.id));
    let mut made = 0;
    for order in theirs.all(&db).await.unwrap() {
        let owed = receipt_emissions::Entity::find()
            .filter(receipt_emissions::Column::OrderId.eq(order.id))
            .filter(receipt_emissions::Column::PdfState.eq(PdfState::Pending));
        for emission in owed.all(&db).await.unwrap() {
            let args = RenderReceiptArgs { stringer_id: me.id, emission_id: emission.id };
            render_receipt::render(&world.ctx, args).await.expect("rendered");
            made += 1;
        }
    }
    made
}

/// Where in the files of a database a word stands; and in all its rows.
async fn found_in(world: &World, word: &str) -> Vec<String> {
    let mut found = Vec::new();
    if let Some(folder) = world.folder() {
        // What is in memory only counts as well: the log is written back first.
        for file in std::fs::read_dir(folder).expect("a folder").flatten() {
            let path = file.path();
            if is_book(&path) {
                let bytes = std::fs::read(&path).expect("a file");
                let is_in = bytes.windows(word.len()).any(|part| part == word.as_bytes());
                if is_in {
                    found.push(path.display().to_string());
                }
            }
        }
    } else {
        found.extend(rows_with(&world.beneath().await, word).await);
    }
    found
}

fn is_book(path: &Path) -> bool {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    !name.starts_with("queue")
}

/// As a dump would tell it: each table's rows as text.
async fn rows_with(raw: &DatabaseConnection, word: &str) -> Vec<String> {
    use sea_orm::{ConnectionTrait as _, DbBackend, Statement};
    let tables = "SELECT tablename::text AS name FROM pg_tables WHERE schemaname = 'public'";
    let tables = Statement::from_string(DbBackend::Postgres, tables);
    let mut found = Vec::new();
    for row in raw.query_all_raw(tables).await.expect("tables") {
        let table: String = row.try_get("", "name").expect("a name");
        let sql = format!("SELECT count(*) AS n FROM {table} AS t WHERE t::text ILIKE '%{word}%'");
        let counted = raw.query_one_raw(Statement::from_string(DbBackend::Postgres, sql)).await;
        let n: i64 = counted.expect("rows").expect("a count").try_get("", "n").expect("a number");
        if n > 0 {
            found.push(table);
        }
    }
    found
}

async fn erased(world: &World, stefan: &mut Browser, id: Uuid) {
    let erase = format!("/admin/persons/{id}/erasure");
    stefan.post(&erase, &[("reason", "")]).await.sees(422);
    let answer = stefan.post(&erase, &[("reason", "she asked")]).await.sees(303);
    assert!(answer.location().ends_with("?done=erased"));
    let long_ago = Utc::now() - Duration::days(31);
    persons::Entity::update_many()
        .col_expr(persons::Column::DeletedAt, Expr::value(long_ago))
        .filter(persons::Column::Id.eq(id))
        .exec(&world.beneath().await)
        .await
        .unwrap();
}

#[tokio::test]
async fn after_an_erasure_nothing_in_the_whole_database_names_the_person() {
    let world = World::demo().await;
    let client = known_as(&world, demo::STEFAN, 0, "xqmari@example.ch").await;
    let id = person(&client);
    let words = told_everywhere(&world, &client).await;
    at_home(&world, "xqmari@example.ch", id).await;
    for word in &words {
        assert!(!found_in(&world, word).await.is_empty(), "{word} is nowhere to begin with");
    }
    let mut stefan = world.stefan().await;
    erased(&world, &mut stefan, id).await;
    let page = stefan.get("/admin/finalisation").await.sees(200);
    assert!(page.contains(&words[0]) && page.contains("Stefans Besaitungen"));
    let orders_before = world.rows("orders").await;
    // Mails that were sent are kept for days, and are gone long before an erasure is final.
    world.age("outbox", "created_at").await;
    world.age("person_proofs", "expires_at").await;
    let mut form = stefan.get(&format!("/clients/{}/edit", client.id)).await.form("main form");
    let fields = [("person", &*id.to_string()), ("word", "no"), ("reason", "31 days")];
    stefan.post("/admin/finalisation", &fields).await.sees(422);
    let fields = [("person", &*id.to_string()), ("word", "Löschen"), ("reason", "31 days")];
    let answer = stefan.post("/admin/finalisation", &fields).await.sees(303);
    assert_eq!(answer.location(), "/admin/finalisation?done=final");
    let again = stefan.post("/admin/finalisation", &fields).await.sees(303);
    assert_eq!(again.location(), "/admin/finalisation?done=changed");

    for word in words.iter().map(String::as_str).chain(["Xqnick", "Xqphone", "Xqprivate"]) {
        assert_eq!(found_in(&world, word).await, Vec::<String>::new(), "{word}");
    }
    // The book stands: orders, numbers, amounts, and a receipt without the name.
    assert_eq!(world.rows("orders").await, orders_before);
    let page = stefan.get(&format!("/clients/{}", client.id)).await.sees(200);
    assert!(page.contains("#"));
    // A page that was open before brings nothing back.
    form.retain(|(name, _)| name != "version");
    stefan.post_fields(&format!("/clients/{}", client.id), &form).await.sees(422);
    assert_eq!(world.rows("persons WHERE display_first_name = 'Xqmarianne'").await, 0);
    assert!(rendered(&world, &client).await > 0, "her receipts are made again");
}

#[tokio::test]
async fn an_erasure_closes_the_pages_ends_leave_and_can_be_undone() {
    let world = World::demo().await;
    let client = known_as(&world, demo::STEFAN, 0, "sara@example.ch").await;
    let id = person(&client);
    let mut phone = at_home(&world, "sara@example.ch", id).await;
    let (marco, _) = world.at_work(demo::MARCO).await;
    phone.post("/mine/sharing", &[("to", &*marco.id.to_string())]).await.sees(303);
    phone.post("/mine/requests", &[("kind", "erasure")]).await.sees(303);
    let mut stefan = world.stefan().await;
    let erase = format!("/admin/persons/{id}/erasure");
    stefan.post(&erase, &[("reason", "she asked")]).await.sees(303);
    assert_eq!(phone.get("/mine").await.sees(303).location(), "/mine/start");
    assert_eq!(world.rows("person_stringer_shares WHERE revoked_at IS NULL").await, 0);
    let list = stefan.get("/admin/privacy").await.sees(200);
    assert!(list.contains(&client.name().unwrap()), "it waits for becoming final");
    // Nobody settles it beside that, nor hands a document out for it.
    let request = dsar_log::Entity::find().one(&world.beneath().await).await.unwrap();
    let request = format!("/admin/privacy/{}", request.expect("asked").concerns);
    stefan.post(&format!("{request}/document"), &[]).await.sees(404);
    let answer = stefan.post(&format!("{request}/refusal"), &[("reason", "no")]).await.sees(303);
    assert_eq!(answer.location(), "/admin/privacy?done=changed");
    // Not final before its time, and not by a guessed key.
    let word = ("word", "LÖSCHEN");
    for key in [id, Uuid::now_v7()] {
        let fields = [("person", &*key.to_string()), word, ("reason", "now")];
        let answer = stefan.post("/admin/finalisation", &fields).await.sees(303);
        assert_eq!(answer.location(), "/admin/finalisation?done=changed");
    }
    stefan.post(&erase, &[("_method", "DELETE"), ("reason", "a slip")]).await.sees(303);
    world.age("outbox", "created_at").await;
    at_home(&world, "sara@example.ch", id).await;
    let row = client_profiles::Entity::find_by_id(client.id);
    let (_, db) = world.at_work(demo::STEFAN).await;
    assert!(row.one(&db).await.unwrap().is_some());
}
