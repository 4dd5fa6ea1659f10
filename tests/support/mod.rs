//! A world for each test, and a browser to walk it.

mod browser;
pub mod database;
mod letter;
pub mod road;
pub mod statement_log;

pub use browser::{Answer, Browser};
pub use database::Kind;
pub use letter::Letter;

use chrono::NaiveDate;
use loco_rs::app::{AppContext, Hooks};
use loco_rs::boot::StartMode;
use loco_rs::environment::Environment;
use rbo::app::App;
use rbo::demo;
use rbo::initializers::database::door;
use rbo::models::purposes::FIND_STRINGER;
use rbo::models::stringers::Member;
use rbo::tenancy::{Db, Scope, TenantId};
use sea_orm::ConnectionTrait as _;

/// A booted application on its own database.
pub struct World {
    pub ctx: AppContext,
    router: axum::Router,
    database: database::Copy,
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
        Self::with(kind, |_| {}).await
    }

    /// With another configuration than the tests' own.
    pub async fn with(kind: Kind, change: impl FnOnce(&mut loco_rs::config::Config)) -> Self {
        statement_log::keep();
        let database = database::copy(kind).await;
        let mut config = App::load_config(&Environment::Test).await.expect("config");
        config.database.uri = database.owner_url.clone();
        let settings = config.settings.as_mut().expect("settings");
        settings["database_url"] = database.app_url.clone().into();
        change(&mut config);
        let boot =
            App::boot(StartMode::ServerOnly, &Environment::Test, config).await.expect("boot");
        Self { ctx: boot.app_context, router: boot.router.expect("a router"), database }
    }

    /// Serves on a port of its own and returns the address.
    pub async fn serve(&self) -> String {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let app = self.router.clone().into_make_service_with_connect_info::<std::net::SocketAddr>();
        tokio::spawn(async move { axum::serve(listener, app).await });
        format!("http://{address}")
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

    async fn signed_in(&self, email: &str) -> Browser {
        let mut browser = self.visitor();
        browser.sign_in(email, demo::PASSWORD).await.sees(303);
        browser
    }

    /// A stringer and their own door.
    pub async fn at_work(&self, email: &str) -> (Member, Db) {
        let finder = door(&self.ctx, Scope::System(&FIND_STRINGER)).expect("a door");
        let member = database::member(&finder, email).await;
        let db = door(&self.ctx, Scope::Stringer(TenantId::from(member.id))).expect("a door");
        (member, db)
    }

    /// The next letter to an address, once it has come: `nth` counts those to the address.
    pub async fn letter(&self, to: &str, nth: usize) -> Letter {
        for _ in 0..500 {
            if let Some(letter) = self.letters(to).into_iter().nth(nth) {
                return letter;
            }
            tokio::time::sleep(std::time::Duration::from_millis(10)).await;
        }
        panic!("no letter to {to}");
    }

    /// All letters that came to an address.
    pub fn letters(&self, to: &str) -> Vec<Letter> {
        let mailer = self.ctx.mailer.as_ref().expect("a test mailbox");
        let all = mailer.deliveries().messages;
        let all = all.iter().map(|message| Letter::read(message));
        all.filter(|letter| letter.to == to).collect()
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

    /// Past the chokepoint, to see what is really there.
    pub async fn raw(&self) -> sea_orm::DatabaseConnection {
        sea_orm::Database::connect(&self.database.owner_url).await.expect("the owner's connection")
    }

    /// The same, past the second wall as well: all rows there are, to read and to write.
    pub async fn beneath(&self) -> sea_orm::DatabaseConnection {
        let raw = self.raw().await;
        if raw.get_database_backend() == sea_orm::DbBackend::Postgres {
            raw.execute_unprepared(OWNER_PAST_THE_WALLS).await.expect("past the walls");
        }
        raw
    }
}

/// Lets a table's owner see and write past its policies; for the application's role they
/// stay as they are.
pub const OWNER_PAST_THE_WALLS: &str = "
DO $$ DECLARE t record; BEGIN
  FOR t IN SELECT relname FROM pg_class WHERE relkind = 'r' AND relforcerowsecurity LOOP
    EXECUTE format('ALTER TABLE %I NO FORCE ROW LEVEL SECURITY', t.relname);
  END LOOP;
END $$;";

pub fn day(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}
