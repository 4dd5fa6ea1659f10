//! A world for each test, and a browser to walk it.

mod browser;
pub mod database;
pub mod gotrue;
pub mod harness;
pub mod log;
mod passed;
mod received_mail;
pub mod road;
pub mod sample;
pub mod smtp;
pub mod statement_log;

pub use browser::{Answer, Browser};
pub use database::Kind;
pub use passed::Passed;
pub use received_mail::ReceivedMail;

use chrono::NaiveDate;
use jsonwebtoken::Algorithm;
use loco_rs::app::{AppContext, Hooks};
use loco_rs::boot::StartMode;
use loco_rs::environment::Environment;
use rbo::app::App;
use rbo::database::scoped_db;
use rbo::demo;
use rbo::models::orders;
use rbo::models::purposes::FIND_STRINGER;
use rbo::models::stringers::Member;
use sea_orm::ActiveValue::Set;
use sea_orm::{ConnectionTrait as _, EntityTrait as _};
use sea_orm_tenancy::{Db, Scope, TenantId};

use self::gotrue::Gotrue;

/// A booted application on its own database.
pub struct World {
    pub ctx: AppContext,
    router: axum::Router,
    database: database::Copy,
    /// Where the identities are somewhere else.
    pub gotrue: Option<Gotrue>,
}

/// Names the algorithm that a gotrue signs with.
pub const TOKENS: &str = "RBO_TEST_TOKENS";

/// Whose tokens the suite runs with: the embedded provider's, unless the environment
/// names an algorithm that a gotrue signs with.
fn tokens() -> Option<Algorithm> {
    let named = std::env::var(TOKENS).ok().filter(|name| !name.is_empty())?;
    Some(named.parse().expect("HS256, RS256 or ES256"))
}

impl World {
    /// Two stringers, a dozen clients, two years of orders.
    pub async fn demo() -> Self {
        Self::of(Kind::Demo).await
    }

    /// A database that nobody has set up.
    pub async fn empty() -> Self {
        Self::of(Kind::Empty).await
    }

    async fn of(kind: Kind) -> Self {
        match tokens() {
            Some(algorithm) => Self::with_gotrue(kind, algorithm).await,
            None => Self::embedded(kind).await,
        }
    }

    /// With the embedded provider, whatever the rest of the suite runs with.
    pub async fn embedded(kind: Kind) -> Self {
        Self::with(kind, |_| {}).await
    }

    /// With a gotrue that signs by this algorithm and knows the world's people.
    pub async fn with_gotrue(kind: Kind, algorithm: Algorithm) -> Self {
        let database = database::copy(kind).await;
        let people = database::people(&database).await;
        let gotrue = Gotrue::start(algorithm, people, demo::PASSWORD).await;
        let settings = gotrue.settings();
        let mut world = Self::on(database, |config| {
            config.settings.as_mut().expect("settings")["gotrue"] = settings;
        })
        .await;
        world.gotrue = Some(gotrue);
        world
    }

    /// With another configuration than the tests' own.
    pub async fn with(kind: Kind, change: impl FnOnce(&mut loco_rs::config::Config)) -> Self {
        Self::on(database::copy(kind).await, change).await
    }

    async fn on(
        database: database::Copy,
        change: impl FnOnce(&mut loco_rs::config::Config),
    ) -> Self {
        statement_log::keep();
        let mut config = App::load_config(&Environment::Test).await.expect("config");
        config.database.uri = database.owner_url.clone();
        let settings = config.settings.as_mut().expect("settings");
        settings["database_url"] = database.app_url.clone().into();
        settings["reader_program"] = env!("CARGO_BIN_EXE_rbo").into();
        change(&mut config);
        let boot =
            App::boot(StartMode::ServerOnly, &Environment::Test, config).await.expect("boot");
        Self {
            ctx: boot.app_context,
            router: boot.router.expect("a router"),
            database,
            gotrue: None,
        }
    }

    /// Serves on a port of its own and returns the address.
    pub async fn serve(&self) -> String {
        self.serve_as(self.router()).await
    }

    /// The same through other layers.
    pub async fn serve_as(&self, router: axum::Router) -> String {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = format!("http://{}", listener.local_addr().expect("an address"));
        listen(listener, router);
        address
    }

    pub fn router(&self) -> axum::Router {
        self.router.clone()
    }

    /// Serves at an address that was free a moment ago.
    pub async fn serve_at(&self, base: &str) {
        let address = base.trim_start_matches("http://");
        let listener = tokio::net::TcpListener::bind(address).await.expect("the port");
        listen(listener, self.router());
    }

    /// A browser that nobody has signed in with.
    pub fn visitor(&self) -> Browser {
        Browser::new(self.router.clone())
    }

    pub async fn stefan(&self) -> Browser {
        self.signed_in(demo::STEFAN).await
    }

    pub async fn marco(&self) -> Browser {
        self.signed_in(demo::MARCO).await
    }

    /// A browser that carries this token.
    pub fn bearing(&self, access: String) -> Browser {
        let mut browser = self.visitor();
        browser.cookies.insert("rbo_access".into(), access);
        browser
    }

    async fn signed_in(&self, email: &str) -> Browser {
        let mut browser = self.visitor();
        browser.sign_in(email, demo::PASSWORD).await.sees(303);
        browser
    }

    /// A stringer and their own handle.
    pub async fn at_work(&self, email: &str) -> (Member, Db) {
        let finder = scoped_db(&self.ctx, Scope::System(&FIND_STRINGER)).expect("a database");
        let member = database::member(&finder, email).await;
        let db =
            scoped_db(&self.ctx, Scope::Tenant(TenantId::from(member.id))).expect("a database");
        (member, db)
    }

    /// The next mail to an address, once it has come: `nth` counts those to the address.
    pub async fn mail(&self, to: &str, nth: usize) -> ReceivedMail {
        for _ in 0..500 {
            if let Some(mail) = self.mails_to(to).into_iter().nth(nth) {
                return mail;
            }
            tokio::time::sleep(std::time::Duration::from_millis(10)).await;
        }
        panic!("no mail to {to}");
    }

    /// All mails that came to an address.
    pub fn mails_to(&self, to: &str) -> Vec<ReceivedMail> {
        let mailer = self.ctx.mailer.as_ref().expect("a test mailbox");
        let all = mailer.deliveries().messages;
        let all = all.iter().map(|message| ReceivedMail::read(message));
        all.filter(|mail| mail.to == to).collect()
    }

    /// Where its files are, if it has any.
    pub fn folder(&self) -> Option<&std::path::Path> {
        self.database.folder()
    }

    /// What the program itself must be told to work on this database.
    pub fn addresses(&self) -> Vec<(&'static str, String)> {
        let mut addresses = vec![
            ("DATABASE_URL", self.database.app_url.clone()),
            ("MIGRATION_DATABASE_URL", self.database.owner_url.clone()),
        ];
        if let Some(folder) = self.database.folder() {
            let queue = folder.join("queue.sqlite");
            addresses.push(("QUEUE_URL", format!("sqlite://{}?mode=rwc", queue.display())));
        }
        addresses
    }

    /// The path of the link in the last mail to somebody, whoever sends the mails.
    pub async fn link_to(&self, email: &str) -> String {
        match &self.gotrue {
            Some(_) => self.link_after(email, 0).await,
            None => {
                let many = self.mails_to(email).len();
                self.mail(email, many.saturating_sub(1)).await.path()
            }
        }
    }

    /// Mails that went to somebody so far.
    pub fn count_mails_to(&self, email: &str) -> usize {
        self.gotrue.as_ref().map_or_else(|| self.mails_to(email).len(), |g| g.mails_to(email))
    }

    /// The path of the link in the first mail after so many.
    pub async fn link_after(&self, email: &str, so_many: usize) -> String {
        let Some(gotrue) = &self.gotrue else { return self.mail(email, so_many).await.path() };
        for _ in 0..500 {
            if gotrue.mails_to(email) > so_many {
                let link = gotrue.link_to(email).expect("a mail");
                let link = url::Url::parse(&link).expect("an address");
                return format!("{}?{}", link.path(), link.query().expect("a query"));
            }
            tokio::time::sleep(std::time::Duration::from_millis(10)).await;
        }
        panic!("no mail to {email}");
    }

    /// An account that is no stringer's.
    pub async fn account(&self, email: &str) {
        if let Some(gotrue) = &self.gotrue {
            gotrue.add(email, demo::PASSWORD);
            return;
        }
        let raw = self.beneath().await;
        let user = rbo::models::users::ActiveModel {
            id: Set(uuid::Uuid::now_v7()),
            email: Set(email.to_owned()),
            created_at: Set(chrono::Utc::now().into()),
            updated_at: Set(chrono::Utc::now().into()),
            ..Default::default()
        };
        rbo::models::users::Entity::insert(user).exec(&raw).await.expect("an account");
    }

    /// How many rows there really are of `table [WHERE ..]`.
    pub async fn rows(&self, of: &str) -> i64 {
        let raw = self.beneath().await;
        let sql = format!("SELECT count(*) AS n FROM {of}");
        let row = sea_orm::Statement::from_string(raw.get_database_backend(), sql);
        let row = raw.query_one_raw(row).await.expect("rows").expect("a count");
        row.try_get("", "n").expect("a number")
    }

    /// Puts all moments of a column half a year back, where there are any.
    pub async fn age(&self, table: &str, column: &str) {
        let long_ago = chrono::Utc::now() - chrono::Duration::days(182);
        self.set_moments(table, column, long_ago).await;
    }

    /// Sets all moments of a column, where there are any.
    pub async fn set_moments(&self, table: &str, column: &str, to: chrono::DateTime<chrono::Utc>) {
        let raw = self.beneath().await;
        let backend = raw.get_database_backend();
        let mark = if backend == sea_orm::DbBackend::Postgres { "$1" } else { "?" };
        let sql = format!("UPDATE {table} SET {column} = {mark} WHERE {column} IS NOT NULL");
        let update = sea_orm::Statement::from_sql_and_values(backend, sql, [to.into()]);
        raw.execute_raw(update).await.expect("aged");
    }

    /// Past the chokepoint, to see what is really there.
    pub async fn raw(&self) -> sea_orm::DatabaseConnection {
        sea_orm::Database::connect(&self.database.owner_url).await.expect("the owner's connection")
    }

    /// The same, past the second wall as well: all rows there are, to read and to write. One
    /// connection, so that what is said of it holds for all that is sent.
    pub async fn beneath(&self) -> sea_orm::DatabaseConnection {
        let mut one = sea_orm::ConnectOptions::new(&self.database.owner_url);
        one.max_connections(1);
        let raw = sea_orm::Database::connect(one).await.expect("the owner's connection");
        if raw.get_database_backend() == sea_orm::DbBackend::Postgres {
            raw.execute_unprepared(OWNER_PAST_ROW_LEVEL_SECURITY)
                .await
                .expect("past row-level security");
        }
        raw
    }
}

fn listen(listener: tokio::net::TcpListener, router: axum::Router) {
    let app = router.into_make_service_with_connect_info::<std::net::SocketAddr>();
    tokio::spawn(async move { axum::serve(listener, app).await });
}

/// Lets a table's owner see and write past its policies; for the application's role they
/// stay as they are. Each table by itself: whoever holds one lock at a time waits for an
/// application that is at work, and cannot end in a deadlock with it.
pub const OWNER_PAST_ROW_LEVEL_SECURITY: &str = "
DO $$ DECLARE t record; BEGIN
  FOR t IN SELECT relname FROM pg_class WHERE relkind = 'r' AND relforcerowsecurity LOOP
    EXECUTE format('ALTER TABLE %I NO FORCE ROW LEVEL SECURITY', t.relname);
    COMMIT;
  END LOOP;
END $$;";

/// The orders of clients that wait for their strings; one's own rackets have no receipt.
pub async fn waiting(db: &sea_orm_tenancy::Db) -> Vec<uuid::Uuid> {
    let mut all = Vec::new();
    for row in orders::Entity::queue(db, 20).await.unwrap() {
        if !orders::Model::find(db, row.id).await.unwrap().is_self {
            all.push(row.id);
        }
    }
    all
}

pub fn day(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

/// The fields of an address.
pub fn query(path: &str) -> Vec<(String, String)> {
    let (_, query) = path.split_once('?').expect("a query");
    form_urlencoded::parse(query.as_bytes()).into_owned().collect()
}

/// What in a log looks like a token: a JWT, a secret of 64 digits, a bearer.
pub fn leaks(log: &str) -> Vec<String> {
    let is_jwt = |word: &str| word.starts_with("eyJ") && word.matches('.').count() >= 2;
    let is_secret = |word: &str| word.len() == 64 && word.bytes().all(|b| b.is_ascii_hexdigit());
    let is_bearer = |line: &str| {
        let behind = line.split("Bearer ").nth(1);
        behind.is_some_and(|behind| behind.starts_with(|c: char| c.is_ascii_alphanumeric()))
    };
    let apart = |c: char| !(c.is_ascii_alphanumeric() || "._-".contains(c));
    let is_leak = |line: &&str| {
        is_bearer(line) || line.split(apart).any(|word| is_jwt(word) || is_secret(word))
    };
    log.lines().filter(is_leak).map(str::to_owned).collect()
}

/// A reel of 200 m, of whatever string.
pub const REEL: rbo::models::reels::Said = rbo::models::reels::Said {
    kind: rbo::models::reels::ReelKind::Reel,
    length: 20_000,
    count: 1,
    price: Some(12_000),
    warn_below: 2_400,
    bought_at: None,
};
