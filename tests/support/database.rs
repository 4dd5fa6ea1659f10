//! Copies of migrated templates: a file, or `CREATE DATABASE ... TEMPLATE`.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::sync::{LazyLock, OnceLock};
use std::time::Duration;

use migration::{Migrator, MigratorTrait};
use rbo::database::open;
use rbo::models::purposes::SEED;
use rbo::models::stringers::{Column, Entity, Member};
use rbo::{demo, starter};
use sea_orm::{
    ColumnTrait, ConnectionTrait, Database, DbErr, EntityTrait, QueryFilter, QuerySelect,
};
use sea_orm_tenancy::{Db, Scope};
use tempfile::TempDir;
use tokio::sync::Mutex;

/// Tables that are made by others: loco's queue and the migrations' own book.
pub const NOT_OURS: [&str; 2] = ["pg_loco_queue", "seaql_migrations"];

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Empty,
    Demo,
}

/// One test's own database.
pub struct Copy {
    pub owner_url: String,
    pub app_url: String,
    place: Place,
}

impl Copy {
    /// Where the database's file is, on SQLite.
    pub fn folder(&self) -> Option<&Path> {
        self.place.folder()
    }
}

/// Where a test's database is; it goes with the test. Hundreds of databases that stay fill
/// a disk (12 MB each on PostgreSQL).
enum Place {
    Folder(TempDir),
    Server(OnServer),
}

impl Place {
    fn folder(&self) -> Option<&Path> {
        match self {
            Self::Folder(folder) => Some(folder.path()),
            Self::Server(_) => None,
        }
    }
}

struct OnServer(String);

impl Drop for OnServer {
    fn drop(&mut self) {
        // Without its thread the process ends, and leaves what it has not come to.
        let _ended = SWEEPER.send(std::mem::take(&mut self.0));
    }
}

/// Drops databases, one after the other, while the tests go on. One in which the server itself is
/// at work (autovacuum belongs to a superuser, whom no owner sends away) is dropped later, and
/// keeps no other.
static SWEEPER: LazyLock<Sender<String>> = LazyLock::new(|| {
    let (left, waiting) = channel::<String>();
    let sweep = move || {
        let runtime = tokio::runtime::Runtime::new().expect("a runtime");
        let server = owner().expect("a server");
        // With the connections of pools that end with their test's runtime.
        let drop = |name: &str| format!("DROP DATABASE {name} WITH (FORCE)");
        let mut still_there: Vec<String> = Vec::new();
        loop {
            match waiting.recv_timeout(Duration::from_secs(1)) {
                Ok(name) => still_there.push(name),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return,
            }
            still_there.retain(|name| runtime.block_on(try_run(&server, &drop(name))).is_err());
        }
    };
    std::thread::spawn(sweep);
    left
});

/// An empty database, for schemas of a test's own.
pub struct Scratch {
    pub url: String,
    place: Place,
}

impl Scratch {
    /// Where a queue may lie beside it, on SQLite.
    pub fn queue(&self) -> Option<String> {
        let folder = self.place.folder()?;
        Some(format!("sqlite://{}?mode=rwc", folder.join("queue.sqlite").display()))
    }

    pub async fn make() -> Self {
        match owner() {
            None => {
                let folder = tempfile::tempdir().expect("a folder");
                let file = folder.path().join("scratch.sqlite");
                Self {
                    url: format!("sqlite://{}?mode=rwc", file.display()),
                    place: Place::Folder(folder),
                }
            }
            Some(server) => {
                let _turn = ONE_AT_A_TIME.lock().await;
                let name = format!("rbo_test_{}", uuid::Uuid::now_v7().simple());
                run(&server, &format!("CREATE DATABASE {name}")).await;
                Self { url: on(&server, &name, None), place: Place::Server(OnServer(name)) }
            }
        }
    }
}

/// The owner's URL of the PostgreSQL server, if the tests run there.
pub fn owner() -> Option<String> {
    std::env::var("RBO_TEST_POSTGRES_URL").ok().filter(|url| !url.is_empty())
}

/// The application's own pool is as large as this.
pub const CONNECTIONS: u32 = 4;

/// Where the application logs in: at the pooler, if the tests run through one.
fn login_at(server: &str) -> String {
    let pooler = std::env::var("RBO_TEST_PGBOUNCER_URL").ok().filter(|url| !url.is_empty());
    pooler.unwrap_or_else(|| server.to_owned())
}

/// The day on which the demo world stands still.
pub const TODAY: &str = "2026-11-24";

struct Templates {
    empty: String,
    demo: String,
    folder: PathBuf,
}

static TEMPLATES: OnceLock<Templates> = OnceLock::new();
static ONE_AT_A_TIME: Mutex<()> = Mutex::const_new(());

pub async fn copy(kind: Kind) -> Copy {
    let templates =
        tokio::task::spawn_blocking(|| TEMPLATES.get_or_init(build)).await.expect("templates");
    let template = if kind == Kind::Empty { &templates.empty } else { &templates.demo };
    match owner() {
        None => {
            let folder = tempfile::tempdir_in(&templates.folder).expect("a folder");
            let file = folder.path().join("test.sqlite");
            std::fs::copy(template, &file).expect("a copy");
            let url = format!("sqlite://{}?mode=rwc", file.display());
            Copy { owner_url: url.clone(), app_url: url, place: Place::Folder(folder) }
        }
        Some(server) => {
            let _turn = ONE_AT_A_TIME.lock().await;
            let name = format!("rbo_test_{}", uuid::Uuid::now_v7().simple());
            run(&server, &format!("CREATE DATABASE {name} TEMPLATE {template}")).await;
            Copy {
                owner_url: on(&server, &name, None),
                app_url: on(&login_at(&server), &name, Some("rbo_app")),
                place: Place::Server(OnServer(name)),
            }
        }
    }
}

/// In a thread with a runtime of its own: each test's runtime ends with the test.
fn build() -> Templates {
    let work = || {
        let runtime = tokio::runtime::Runtime::new().expect("a runtime");
        runtime.block_on(async {
            match owner() {
                None => files().await,
                Some(server) => databases(&server).await,
            }
        })
    };
    std::thread::spawn(work).join().expect("templates")
}

async fn files() -> Templates {
    let folder = tempfile::tempdir().expect("a folder").keep();
    let make = async |name: &str, kind: Kind| {
        let url = format!("sqlite://{}?mode=rwc", folder.join(format!("{name}-in-use")).display());
        fill(&url, &url, kind).await;
        // A clean file without a log beside it.
        let clean = folder.join(name).display().to_string();
        run(&url, &format!("VACUUM INTO '{clean}'")).await;
        clean
    };
    let (empty, demo) = (make("empty", Kind::Empty).await, make("demo", Kind::Demo).await);
    Templates { empty, demo, folder }
}

async fn databases(server: &str) -> Templates {
    let make = async |kind: Kind, name: String| {
        run(server, &format!("CREATE DATABASE {name}")).await;
        let url = on(server, &name, None);
        fill(&url, &on(&login_at(server), &name, Some("rbo_app")), kind).await;
        // Clients alone: an autovacuum worker belongs to the superuser, and CREATE DATABASE
        // sends it away by itself.
        let end = format!(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
             WHERE datname = '{name}' AND backend_type = 'client backend'"
        );
        run(server, &end).await;
        name
    };
    let id = uuid::Uuid::now_v7().simple();
    let empty = make(Kind::Empty, format!("rbo_test_empty_{id}")).await;
    let demo = make(Kind::Demo, format!("rbo_test_demo_{id}")).await;
    Templates { empty, demo, folder: std::env::temp_dir() }
}

async fn fill(owner_url: &str, app_url: &str, kind: Kind) {
    let db = Database::connect(owner_url).await.expect("the owner's connection");
    Migrator::up(&db, None).await.expect("migrated");
    if owner().is_some() {
        db.execute_unprepared("ALTER ROLE rbo_app LOGIN PASSWORD 'rbo_app'")
            .await
            .expect("a login");
    }
    lone_wall(&db).await;
    db.close().await.expect("closed");
    let unbound = open(app_url, CONNECTIONS).await.expect("the application's pool");
    starter::fill(&unbound.bind(Scope::System(&SEED))).await.expect("a catalogue");
    if kind == Kind::Demo {
        assert!(demo::fill(&unbound, super::day(TODAY)).await.expect("a world"));
    }
}

/// Leaves one of PostgreSQL's two walls: without row-level security
/// (`RBO_TEST_WITHOUT_RLS`), or, where nothing is rewritten, with the owner of a new row
/// as the database's own default.
pub async fn lone_wall(db: &sea_orm::DatabaseConnection) {
    let for_each = |which: &str, what: &str| {
        format!(
            "DO $$ DECLARE r record; BEGIN FOR r IN {which} LOOP EXECUTE format('{what}', r.t, r.c); \
             END LOOP; END $$"
        )
    };
    if owner().is_some() && std::env::var_os("RBO_TEST_WITHOUT_RLS").is_some() {
        let walled = "SELECT relname AS t, '' AS c FROM pg_class WHERE relrowsecurity";
        let down = for_each(walled, "ALTER TABLE %I DISABLE ROW LEVEL SECURITY");
        db.execute_unprepared(&down).await.expect("no row-level security");
    }
    if owner().is_some() && cfg!(feature = "second-wall-alone") {
        let owners = "SELECT table_name AS t, column_name AS c FROM information_schema.columns c \
            JOIN information_schema.tables USING (table_schema, table_name) \
            WHERE table_schema = 'public' AND table_type = 'BASE TABLE' \
            AND column_name IN ";
        for (columns, default) in [
            ("('stringer_id', 'created_by', 'created_by_stringer_id', 'actor_id')", "rbo_me()"),
            ("('person_id', 'granted_by_person_id', 'actor_person_id')", "rbo_person()"),
        ] {
            let fill = format!("ALTER TABLE %I ALTER COLUMN %I SET DEFAULT {default}");
            let filled = for_each(&format!("{owners}{columns}"), &fill);
            db.execute_unprepared(&filled).await.expect("owners by default");
        }
    }
}

async fn run(url: &str, sql: &str) {
    try_run(url, sql).await.expect(sql);
}

async fn try_run(url: &str, sql: &str) -> Result<(), DbErr> {
    let db = Database::connect(url).await?;
    let done = db.execute_unprepared(sql).await;
    db.close().await?;
    done.map(drop)
}

/// The server's URL with another database, and another user whose password is its name.
fn on(server: &str, database: &str, user: Option<&str>) -> String {
    let mut url = url::Url::parse(server).expect("a URL");
    url.set_path(database);
    if let Some(user) = user {
        url.set_username(user).expect("a user");
        url.set_password(Some(user)).expect("a password");
    }
    url.to_string()
}

pub async fn member(finder: &Db, email: &str) -> Member {
    let subject: Option<String> = Entity::find()
        .select_only()
        .column(Column::Subject)
        .filter(Column::Email.eq(email))
        .into_tuple()
        .one(finder)
        .await
        .expect("the stringer");
    let subject = subject.expect("the stringer");
    Member::find_by_subject(finder, &subject).await.expect("the stringer").expect("active")
}

/// The identities of a world's stringers, with their addresses.
pub async fn people(copy: &Copy) -> Vec<(uuid::Uuid, String)> {
    let raw = Database::connect(&copy.owner_url).await.expect("the owner's connection");
    if raw.get_database_backend() == sea_orm::DbBackend::Postgres {
        raw.execute_unprepared(super::OWNER_PAST_ROW_LEVEL_SECURITY)
            .await
            .expect("past row-level security");
    }
    let people = Entity::find().all(&raw).await.expect("stringers");
    raw.close().await.expect("closed");
    let person =
        |one: rbo::models::stringers::Model| (one.subject.parse().expect("a key"), one.email);
    people.into_iter().map(person).collect()
}
