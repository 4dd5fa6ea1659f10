//! Acts of an admin's that move through many books at once, and what they write.

use std::collections::BTreeMap;

use chrono::{Duration, Utc};
use rbo::demo;
use rbo::models::client_profiles::Client;
use rbo::models::{client_rackets, persons};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, DatabaseConnection, DbBackend, EntityTrait};
use sea_orm::{QueryFilter, Statement};
use uuid::Uuid;

use super::super::proofs::{at_home, known_as};
use super::every_act::offer;
use crate::support::{Answer, Browser, World};

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

/// One of them.
pub struct Act {
    path: String,
    fields: Vec<(&'static str, String)>,
    /// The tables that it writes to, and no others.
    pub written: Vec<&'static str>,
}

impl Act {
    fn new(
        path: String,
        fields: Vec<(&'static str, String)>,
        written: impl Into<Vec<&'static str>>,
    ) -> Self {
        Self { path, fields, written: written.into() }
    }

    /// By an admin.
    pub async fn by(&self, admin: &mut Browser) -> Answer {
        let fields = self.fields.iter().map(|(name, value)| (*name, value.as_str()));
        admin.post(&self.path, &fields.collect::<Vec<_>>()).await
    }

    /// Two records of one person become one.
    pub async fn merge_of_persons(world: &World) -> Self {
        let one = known_as(world, demo::STEFAN, 0, "one@example.ch").await;
        let other = known_as(world, demo::MARCO, 0, "other@example.ch").await;
        shared_with_marco(world, &one, "one@example.ch").await;
        let fields = vec![
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
        Self::new(format!("/admin/persons/{}/beside/{}", key(&one), key(&other)), fields, written)
    }

    /// The first step of an erasure, and of whom.
    pub async fn erasure(world: &World) -> (Self, Uuid) {
        let one = known_as(world, demo::STEFAN, 0, "one@example.ch").await;
        shared_with_marco(world, &one, "one@example.ch").await;
        let path = format!("/admin/persons/{}/erasure", key(&one));
        let written =
            ["dsar_log", "notifications", "person_stringer_shares", "persons", "share_audit"];
        (Self::new(path, vec![("reason", "she asked".to_owned())], written), key(&one))
    }

    /// The second step, once the time of grace is over.
    pub async fn finalisation(world: &World, person: Uuid) -> Self {
        persons::Entity::update_many()
            .col_expr(persons::Column::DeletedAt, Expr::value(Utc::now() - Duration::days(40)))
            .filter(persons::Column::Id.eq(person))
            .exec(&world.beneath().await)
            .await
            .unwrap();
        let fields = vec![
            ("person", person.to_string()),
            ("word", "LÖSCHEN".to_owned()),
            ("reason", "she asked".to_owned()),
        ];
        let written = [
            "client_profiles",
            "client_rackets",
            "dsar_log",
            "orders",
            "persons",
            "receipt_emissions",
        ];
        Self::new("/admin/finalisation".to_owned(), fields, written)
    }

    /// An entry becomes everybody's.
    pub async fn promotion(world: &World) -> Self {
        let (id, version) = offer(world, "Offered One").await;
        let path = format!("/admin/catalogue/{id}/acceptance");
        Self::new(path, vec![("version", version)], OF_THE_CATALOGUE)
    }

    /// An entry becomes another one, in every book.
    pub async fn merge_of_entries(world: &World) -> Self {
        let (_, stefans) = world.at_work(demo::STEFAN).await;
        let frame = client_rackets::Entity::find().one(&stefans).await.unwrap().unwrap();
        let (id, version) = offer(world, "Offered Two").await;
        let fields = vec![("version", version), ("into", frame.racket_id.to_string())];
        Self::new(format!("/admin/catalogue/{id}/merging"), fields, OF_THE_CATALOGUE)
    }
}

const OF_THE_CATALOGUE: [&str; 3] = ["catalogue_submissions", "notifications", "rackets"];

fn key(client: &Client) -> Uuid {
    client.person_id.expect("a person")
}

async fn shared_with_marco(world: &World, client: &Client, address: &str) {
    let (marco, _) = world.at_work(demo::MARCO).await;
    let mut phone = at_home(world, address, key(client)).await;
    phone.post("/mine/sharing", &[("to", &*marco.id.to_string())]).await.sees(303);
}

/// What befalls whoever writes to a table: a trigger of either database.
pub struct Trap {
    /// What SQLite does before each row.
    pub sqlite: &'static str,
    /// What PostgreSQL does before each `ROW` or `STATEMENT`.
    pub postgres: &'static str,
    pub each: &'static str,
}

impl Trap {
    /// From now on.
    pub async fn set(&self, raw: &DatabaseConnection, table: &str) {
        let Self { sqlite, postgres, each } = self;
        let trap = if raw.get_database_backend() == DbBackend::Sqlite {
            let trigger = |verb: &str| {
                format!("CREATE TRIGGER trap_{verb} BEFORE {verb} ON {table} BEGIN {sqlite} END;")
            };
            ["INSERT", "UPDATE"].map(trigger).concat()
        } else {
            format!(
                "CREATE OR REPLACE FUNCTION trap() RETURNS trigger LANGUAGE plpgsql
                   AS $$ BEGIN {postgres} END $$;
                 CREATE TRIGGER trap BEFORE INSERT OR UPDATE ON {table}
                   FOR EACH {each} EXECUTE FUNCTION trap();"
            )
        };
        raw.execute_unprepared(&trap).await.expect(table);
    }

    /// Whatever it was; on PostgreSQL once nobody is in it any more.
    pub async fn lift(raw: &DatabaseConnection, table: &str) {
        let lifted = if raw.get_database_backend() == DbBackend::Sqlite {
            "DROP TRIGGER trap_INSERT; DROP TRIGGER trap_UPDATE;".to_owned()
        } else {
            format!("DROP TRIGGER trap ON {table};")
        };
        raw.execute_unprepared(&lifted).await.expect(table);
    }
}

pub type State = BTreeMap<&'static str, Vec<String>>;

/// All rows of these tables as text, in an order of their own.
pub async fn state(raw: &DatabaseConnection) -> State {
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
pub fn changed(before: &State, after: &State) -> Vec<String> {
    let changed = TABLES.into_iter().filter(|table| before[table] != after[table]);
    changed.map(str::to_owned).collect()
}
