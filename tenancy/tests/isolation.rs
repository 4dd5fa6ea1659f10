//! Two tenants, their notes, and a log for the bypass: on SQLite, and on PostgreSQL with
//! `TENANCY_TEST_POSTGRES_URL`.
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_types,
    clippy::disallowed_methods,
    reason = "a test may fail loudly, and looks beneath the handle"
)]

use std::sync::Mutex;

use async_trait::async_trait;
use futures_util::TryStreamExt as _;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ConnectOptions, Database, DatabaseConnection, DbBackend, PaginatorTrait, Set, StreamTrait as _,
    TransactionSession as _, TransactionTrait as _,
};
use sea_orm_tenancy::{
    BypassLog, BypassReason, BypassSession, Db, Entry, Grant, Outcome, Policy, Purpose, Registry,
    RowLevelSecurity, Scope, SessionSettings, TenantId, Verb,
};

mod note {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "notes")]
    pub(super) struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub tenant_id: i64,
        pub text: String,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub(super) enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Remembers what was written down, in order, and lets nobody but the first tenant look.
#[derive(Debug)]
struct Log(&'static Mutex<Vec<String>>);

#[async_trait]
impl BypassLog for Log {
    async fn open(&self, _unbound: &Db, session: &BypassSession) -> Result<Entry, DbErr> {
        if session.reason().admin != TenantId::from(1) {
            return Err(DbErr::RecordNotFound("an admin".to_owned()));
        }
        self.0.lock().unwrap().push(format!("{}: {}", session.act().name, session.reason().text));
        Ok(Entry::nil())
    }

    async fn close(
        &self,
        _unbound: &Db,
        _session: &BypassSession,
        _entry: Entry,
        outcome: Outcome,
    ) -> Result<(), DbErr> {
        self.0.lock().unwrap().push(format!("{outcome:?}"));
        Ok(())
    }
}

static LOOK: Purpose = Purpose { name: "look", grants: &[] };
static COUNT: Purpose = Purpose {
    name: "count",
    grants: &[Grant { table: "notes", verbs: &[Verb::Read], columns: &["id"] }],
};

const SETTINGS: SessionSettings =
    SessionSettings { tenant: "app.tenant_id", person: "app.person_id", purpose: "app.purpose" };

/// A database of this test's own, and the log of its bypass.
struct Book {
    db: Db,
    raw: DatabaseConnection,
    log: &'static Mutex<Vec<String>>,
}

impl Book {
    async fn open(name: &str) -> Self {
        let server = std::env::var("TENANCY_TEST_POSTGRES_URL").ok().filter(|url| !url.is_empty());
        let url = match &server {
            None => "sqlite::memory:".to_owned(),
            Some(server) => database_on(server, name).await,
        };
        let mut options = ConnectOptions::new(url);
        options.max_connections(1).sqlx_logging(false);
        let raw = Database::connect(options).await.unwrap();
        for sql in [
            "CREATE TABLE notes (id BIGINT PRIMARY KEY, tenant_id BIGINT NOT NULL, text TEXT)",
            "INSERT INTO notes VALUES (1, 1, 'mine'), (2, 2, 'theirs'), (3, 1, 'mine, too')",
        ] {
            raw.execute_unprepared(sql).await.unwrap();
        }
        let log: &'static Mutex<Vec<String>> = Box::leak(Box::default());
        let registry = Registry::new([
            Policy::owned_by::<note::Entity>("tenant_id").delete("this.tenant_id = :me")
        ])
        .bypass_log(Log(log));
        // `SET ROLE none`: this test makes no role of its own for the bypass.
        let rls = RowLevelSecurity { settings: SETTINGS, step_down: None, bypass: "none" };
        Self { db: Db::unbound(raw.clone(), registry, rls), raw, log }
    }

    fn tenant(&self, id: i64) -> Db {
        self.db.bind(Scope::Tenant(TenantId::from(id)))
    }

    /// All rows there really are.
    async fn rows(&self) -> Vec<note::Model> {
        note::Entity::find().all(&self.raw).await.unwrap()
    }
}

async fn database_on(server: &str, name: &str) -> String {
    let name = format!("tenancy_test_{name}_{}", std::process::id());
    let db = Database::connect(server).await.unwrap();
    db.execute_unprepared(&format!("DROP DATABASE IF EXISTS {name}")).await.unwrap();
    db.execute_unprepared(&format!("CREATE DATABASE {name}")).await.unwrap();
    db.close().await.unwrap();
    let (server, _database) = server.rsplit_once('/').unwrap();
    format!("{server}/{name}")
}

fn texts(notes: &[note::Model]) -> Vec<&str> {
    notes.iter().map(|note| note.text.as_str()).collect()
}

#[tokio::test]
async fn a_tenant_reads_its_own_rows_whichever_way_it_asks() {
    let book = Book::open("reads").await;
    let (mine, theirs) = (book.tenant(1), book.tenant(2));
    assert_eq!(texts(&note::Entity::find().all(&mine).await.unwrap()), ["mine", "mine, too"]);
    assert_eq!(note::Entity::find().count(&theirs).await.unwrap(), 1);
    assert_eq!(note::Entity::find_by_id(2).one(&mine).await.unwrap(), None);
    let txn = mine.begin().await.unwrap();
    assert_eq!(note::Entity::find().paginate(&txn, 10).num_items().await.unwrap(), 2);
    txn.commit().await.unwrap();
    let all = sea_orm::Statement::from_string(backend(&mine), "SELECT text FROM notes");
    let streamed: Vec<_> = mine.stream_raw(all).await.unwrap().try_collect().await.unwrap();
    assert_eq!(streamed.len(), 2);
}

fn backend(db: &Db) -> DbBackend {
    ConnectionTrait::get_database_backend(db)
}

#[tokio::test]
async fn a_tenant_writes_into_its_own_rows_alone() {
    let book = Book::open("writes").await;
    let mine = book.tenant(1);
    let changed = note::Entity::update_many()
        .col_expr(note::Column::Text, Expr::value("changed"))
        .exec(&mine)
        .await;
    assert_eq!(changed.unwrap().rows_affected, 2);
    assert_eq!(note::Entity::delete_by_id(2).exec(&mine).await.unwrap().rows_affected, 0);
    let added =
        |tenant| note::ActiveModel { id: Set(9), tenant_id: tenant, text: Set("new".into()) };
    assert!(note::Entity::insert(added(Set(2))).exec(&mine).await.is_err());
    note::Entity::insert(added(sea_orm::NotSet)).exec_without_returning(&mine).await.unwrap();
    let mut rows = book.rows().await;
    rows.sort_by_key(|note| note.id);
    let owners: Vec<_> = rows.iter().map(|note| (note.id, note.tenant_id)).collect();
    assert_eq!(owners, [(1, 1), (2, 2), (3, 1), (9, 1)]);
    assert_eq!(rows[1].text, "theirs");
}

#[tokio::test]
async fn who_is_bound_to_nobody_gets_nothing() {
    let book = Book::open("unbound").await;
    assert!(note::Entity::find().all(&book.db).await.is_err());
    assert!(book.db.begin().await.is_err());
    assert!(book.db.execute_unprepared("SELECT 1").await.is_err());
}

#[tokio::test]
async fn what_is_not_understood_is_refused() {
    let book = Book::open("refused").await;
    let mine = book.tenant(1);
    for sql in [
        "DROP TABLE notes",
        "SELECT 1; DELETE FROM notes",
        "SELECT * FROM others",
        "UPDATE notes SET tenant_id = 2",
        "WITH notes AS (SELECT 1) SELECT * FROM notes",
        "SELECT set_config('app.tenant_id', '2', true)",
    ] {
        let refused = mine.execute_unprepared(sql).await.unwrap_err().to_string();
        assert!(refused.contains("tenancy: "), "{sql}: {refused}");
    }
    assert_eq!(book.rows().await.len(), 3);
}

#[tokio::test]
async fn the_system_reads_the_columns_of_its_purpose() {
    let book = Book::open("purpose").await;
    let counter = book.db.bind(Scope::System(&COUNT));
    assert!(note::Entity::find().all(&counter).await.is_err());
    let ids = sea_orm::Statement::from_string(backend(&counter), "SELECT id FROM notes");
    assert_eq!(counter.query_all_raw(ids).await.unwrap().len(), 3);
    assert!(counter.execute_unprepared("UPDATE notes SET id = 7").await.is_err());
}

#[tokio::test]
async fn the_bypass_stands_in_the_log_before_it_reads_and_writes_nothing() {
    let book = Book::open("bypass").await;
    let reason = |admin: i64, text: &str| BypassReason {
        admin: TenantId::from(admin),
        text: text.to_owned(),
        request_id: None,
    };
    let log = book.log;
    let seen = book
        .db
        .bypass(reason(1, "a call for help"), &LOOK, |db| {
            Box::pin(async move {
                assert_eq!(*log.lock().unwrap(), ["look: a call for help"]);
                assert!(db.execute_unprepared("UPDATE notes SET text = 'x'").await.is_err());
                note::Entity::find().count(db).await
            })
        })
        .await;
    assert_eq!(seen.unwrap(), 3);
    assert_eq!(*log.lock().unwrap(), ["look: a call for help", "Done"]);
    for (admin, text) in [(2, "a look around"), (1, " ")] {
        let refused = book.db.bypass(reason(admin, text), &LOOK, |db| {
            Box::pin(async move { note::Entity::find().count(db).await })
        });
        assert!(refused.await.is_err(), "{admin} {text}");
    }
}
