//! The book that is measured: so many stringers with so many orders each, on either database,
//! each row like one of the demonstration's.

use std::path::Path;
use std::process::Stdio;
use std::str::FromStr;

use sea_orm::{ConnectionTrait, Database, DbBackend, Statement};
use tokio::process::Command;
use url::Url;

use super::dialect::Dialect;
use super::seed::Seed;

/// Orders of a client.
const EACH: u32 = 10;

/// Stringers, and orders of each.
#[derive(Clone, Copy)]
pub struct Shape {
    pub stringers: u32,
    pub orders: u32,
}

impl FromStr for Shape {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (stringers, orders) = text.split_once('x').ok_or("as 50x2000")?;
        let number = |text: &str| text.parse().map_err(|_| format!("{text} is no number"));
        Ok(Self { stringers: number(stringers)?, orders: number(orders)? })
    }
}

impl Shape {
    pub const fn clients(self) -> u32 {
        if self.orders < EACH { 1 } else { self.orders / EACH }
    }

    /// Orders of each that are still to be strung: a day's work.
    pub const fn waiting(self) -> u32 {
        match self.orders * 3 / 100 {
            0 => 1,
            few @ 1..60 => few,
            _ => 60,
        }
    }
}

pub struct Book {
    pub shape: Shape,
    /// The owner's.
    pub url: String,
    server: Option<Server>,
}

/// Where the book is a database of its own.
struct Server {
    url: String,
    database: String,
    /// Its main process, where it runs on this machine.
    process: Option<u32>,
}

impl Book {
    pub async fn make(exe: &Path, folder: &Path, shape: Shape, server: Option<&str>) -> Self {
        let server = match server {
            Some(url) => Some(Server::with_database(url).await),
            None => None,
        };
        let file = folder.join("rbo_development.sqlite");
        let url = server
            .as_ref()
            .map_or_else(|| format!("sqlite://{}?mode=rwc", file.display()), Server::of_database);
        demonstrate(exe, folder, &url).await;
        let book = Self { shape, url, server };
        let raw = Database::connect(&book.url).await.expect("a connection");
        Seed { shape, dialect: Dialect(raw.get_database_backend()) }.fill(&raw).await;
        raw.close().await.expect("closed");
        book
    }

    /// By way of a pooler, if there is one.
    pub fn url_through(&self, pooler: Option<&str>) -> String {
        let Some(pooler) = pooler else { return self.url.clone() };
        let mut url = Url::parse(pooler).expect("a URL");
        url.set_path(self.server.as_ref().map_or("", |server| &server.database));
        url.into()
    }

    /// PostgreSQL's main process.
    pub fn server_process(&self) -> Option<u32> {
        self.server.as_ref()?.process
    }

    pub async fn drop_database(&self) {
        let Some(server) = &self.server else { return };
        let raw = Database::connect(&server.url).await.expect("a server");
        let sql = format!("DROP DATABASE {} WITH (FORCE)", server.database);
        raw.execute_unprepared(&sql).await.expect("dropped");
    }
}

async fn demonstrate(exe: &Path, folder: &Path, url: &str) {
    super::program::configure(folder);
    let done = Command::new(exe)
        .args(["task", "demo"])
        .current_dir(folder)
        .env("DATABASE_URL", url)
        .env("LOCO_ENV", "development")
        .env("LOG_LEVEL", "warn")
        .stdout(Stdio::null())
        .status();
    assert!(done.await.expect("a program").success(), "no demonstration");
}

impl Server {
    async fn with_database(url: &str) -> Self {
        let raw = Database::connect(url).await.expect("a server");
        let database = format!("rbo_pages_{}", std::process::id());
        raw.execute_unprepared(&format!("CREATE DATABASE {database}")).await.expect("a database");
        let sql = "SELECT pg_backend_pid() AS id, inet_client_addr() IS NULL OR inet_client_addr() << '127.0.0.0/8' AS is_here";
        let row = raw.query_one_raw(Statement::from_string(DbBackend::Postgres, sql)).await;
        let row = row.expect("an answer").expect("a row");
        let backend: i32 = row.try_get("", "id").expect("a process");
        let is_here: bool = row.try_get("", "is_here").expect("a place");
        let process = u32::try_from(backend).ok().filter(|_| is_here);
        let process = process.and_then(super::program::parent);
        Self { url: url.to_owned(), database, process }
    }

    fn of_database(&self) -> String {
        let mut url = Url::parse(&self.url).expect("a URL");
        url.set_path(&self.database);
        url.into()
    }
}
