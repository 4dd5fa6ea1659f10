//! What moves through many books at once happens wholly or not at all: at each statement that
//! writes, the database breaks off, and nothing has happened; then it is done.

use std::collections::BTreeMap;

use chrono::{Duration, Utc};
use rbo::demo;
use rbo::models::client_profiles::Client;
use rbo::models::persons;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, DatabaseConnection, DbBackend, EntityTrait};
use sea_orm::{QueryFilter, Statement};
use uuid::Uuid;

use super::super::proofs::{at_home, known_as};
use super::every_act::offer;
use crate::support::{Browser, World};

/// All that these acts write to.
const TABLES: [&str; 16] = [
    "catalogue_submissions",
    "client_profiles",
    "client_rackets",
    "drafts",
    "dsar_log",
    "exports",
    "notifications",
    "order_shares",
    "orders",
    "person_merges",
    "person_stringer_shares",
    "persons",
    "rackets",
    "receipt_emissions",
    "share_audit",
    "v1_imports",
];

/// From now on each row that is written to a table breaks its transaction off.
async fn breaks_at(raw: &DatabaseConnection, table: &str) {
    let broken = if raw.get_database_backend() == DbBackend::Sqlite {
        ["INSERT", "UPDATE"]
            .map(|verb| {
                format!(
                    "CREATE TRIGGER breaks_{verb} BEFORE {verb} ON {table} \
                     BEGIN SELECT RAISE(ABORT, 'breaks off'); END;"
                )
            })
            .join("\n")
    } else {
        format!(
            "CREATE OR REPLACE FUNCTION breaks() RETURNS trigger LANGUAGE plpgsql
               AS $$ BEGIN RAISE 'breaks off'; END $$;
             CREATE TRIGGER breaks BEFORE INSERT OR UPDATE ON {table}
               FOR EACH ROW EXECUTE FUNCTION breaks();"
        )
    };
    raw.execute_unprepared(&broken).await.expect(table);
}

async fn mended(raw: &DatabaseConnection, table: &str) {
    let mended = if raw.get_database_backend() == DbBackend::Sqlite {
        "DROP TRIGGER breaks_INSERT; DROP TRIGGER breaks_UPDATE;".to_owned()
    } else {
        format!("DROP TRIGGER breaks ON {table};")
    };
    raw.execute_unprepared(&mended).await.expect(table);
}

type State = BTreeMap<&'static str, Vec<String>>;

/// All rows of these tables as text, in an order of their own.
async fn state(raw: &DatabaseConnection) -> State {
    let backend = raw.get_database_backend();
    let mut all = BTreeMap::new();
    for table in TABLES {
        // Workers make files of receipts meanwhile.
        let row = if table == "receipt_emissions" {
            "snapshot".to_owned()
        } else if backend == DbBackend::Postgres {
            format!("{table}::text")
        } else {
            let columns = format!("SELECT name FROM pragma_table_info('{table}')");
            let columns = raw.query_all_raw(Statement::from_string(backend, columns)).await;
            let quoted = columns.expect(table).into_iter().map(|column| {
                format!("quote({})", column.try_get::<String>("", "name").expect("a name"))
            });
            quoted.collect::<Vec<_>>().join(" || ',' || ")
        };
        let sql = format!("SELECT {row} AS said FROM {table} ORDER BY 1");
        let rows = raw.query_all_raw(Statement::from_string(backend, sql)).await.expect(table);
        let said = rows.iter().map(|row| row.try_get::<String>("", "said").expect("a row"));
        all.insert(table, said.collect());
    }
    all
}

/// The tables that say otherwise now.
fn changed(before: &State, after: &State) -> Vec<String> {
    let changed = TABLES.into_iter().filter(|table| before[table] != after[table]);
    changed.map(str::to_owned).collect()
}

/// Does an act that writes to these tables and to no others, after it broke off at each.
async fn wholly(
    world: &World,
    admin: &mut Browser,
    (path, fields): (&str, &[(&str, String)]),
    written: &[&'static str],
) {
    let raw = world.beneath().await;
    let fields: Vec<(&str, &str)> =
        fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let before = state(&raw).await;
    for table in written {
        breaks_at(&raw, table).await;
        let answer = admin.post(path, &fields).await;
        mended(&raw, table).await;
        assert_eq!(answer.status, 500, "{path} does not write to {table}");
        let happened = changed(&before, &state(&raw).await);
        assert_eq!(happened, Vec::<String>::new(), "{path} broke off at {table}");
    }
    admin.post(path, &fields).await.sees(303);
    assert_eq!(changed(&before, &state(&raw).await), written, "{path}");
}

fn key(client: &Client) -> Uuid {
    client.person_id.expect("a person")
}

#[tokio::test]
async fn a_merge_of_persons_happens_wholly_or_not_at_all() {
    let world = World::demo().await;
    let one = known_as(&world, demo::STEFAN, 0, "one@example.ch").await;
    let other = known_as(&world, demo::MARCO, 0, "other@example.ch").await;
    let (marco, _) = world.at_work(demo::MARCO).await;
    let mut phone = at_home(&world, "one@example.ch", key(&one)).await;
    phone.post("/mine/sharing", &[("to", &*marco.id.to_string())]).await.sees(303);
    let mut stefan = world.stefan().await;
    let path = format!("/admin/persons/{}/beside/{}", key(&one), key(&other));
    let fields = [
        ("stays", key(&other).to_string()),
        ("name", other.name().unwrap()),
        ("reason", "she said so".to_owned()),
    ];
    let written = [
        "client_profiles",
        "notifications",
        "orders",
        "person_merges",
        "person_stringer_shares",
        "persons",
        "share_audit",
    ];
    wholly(&world, &mut stefan, (&path, &fields), &written).await;
    assert_eq!(world.rows("person_merges").await, 1);
}

#[tokio::test]
async fn an_erasure_and_its_end_happen_wholly_or_not_at_all() {
    let world = World::demo().await;
    let one = known_as(&world, demo::STEFAN, 0, "one@example.ch").await;
    let (marco, _) = world.at_work(demo::MARCO).await;
    let mut phone = at_home(&world, "one@example.ch", key(&one)).await;
    phone.post("/mine/sharing", &[("to", &*marco.id.to_string())]).await.sees(303);
    let mut stefan = world.stefan().await;
    let path = format!("/admin/persons/{}/erasure", key(&one));
    let why = ("reason", "she asked".to_owned());
    let written = ["dsar_log", "notifications", "person_stringer_shares", "persons", "share_audit"];
    wholly(&world, &mut stefan, (&path, std::slice::from_ref(&why)), &written).await;
    assert_eq!(world.rows("persons WHERE deleted_at IS NOT NULL").await, 1);
    persons::Entity::update_many()
        .col_expr(persons::Column::DeletedAt, Expr::value(Utc::now() - Duration::days(40)))
        .filter(persons::Column::Id.eq(key(&one)))
        .exec(&world.beneath().await)
        .await
        .unwrap();
    let fields = [("person", key(&one).to_string()), ("word", "LÖSCHEN".to_owned()), why];
    let written =
        ["client_profiles", "client_rackets", "dsar_log", "orders", "persons", "receipt_emissions"];
    wholly(&world, &mut stefan, ("/admin/finalisation", &fields), &written).await;
    assert_eq!(world.rows("persons WHERE scrubbed_at IS NOT NULL").await, 1);
}

#[tokio::test]
async fn what_is_promoted_or_joined_is_so_wholly_or_not_at_all() {
    let world = World::demo().await;
    let (_, stefans) = world.at_work(demo::STEFAN).await;
    let frame = rbo::models::client_rackets::Entity::find().one(&stefans).await.unwrap().unwrap();
    let mut stefan = world.stefan().await;
    let (id, version) = offer(&world, "Offered One").await;
    let path = format!("/admin/catalogue/{id}/acceptance");
    let written = ["catalogue_submissions", "notifications", "rackets"];
    wholly(&world, &mut stefan, (&path, &[("version", version)]), &written).await;
    let (id, version) = offer(&world, "Offered Two").await;
    let path = format!("/admin/catalogue/{id}/merging");
    let fields = [("version", version), ("into", frame.racket_id.to_string())];
    wholly(&world, &mut stefan, (&path, &fields), &written).await;
    assert_eq!(world.rows("rackets WHERE merged_into IS NOT NULL").await, 1);
}
