//! The book that is measured: so many stringers with so many orders each, on either database,
//! each row like one of the demonstration's.

use std::path::Path;
use std::process::Stdio;
use std::str::FromStr;

use scraper::{Html, Selector};
use sea_orm::{ConnectionTrait, Database, DatabaseConnection, DbBackend, Statement};
use tokio::process::Command;
use url::Url;

use super::load::{Ask, Page};

/// Orders of a client.
const EACH: u32 = 10;

/// Nobody signs in more often than a browser would; the load is divided among these.
const VISITORS: u32 = 20;

/// Stringers, and orders of each.
#[derive(Clone, Copy)]
pub struct Shape {
    stringers: u32,
    orders: u32,
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
    const fn clients(self) -> u32 {
        if self.orders < EACH { 1 } else { self.orders / EACH }
    }
}

/// A column of a row that is other than the demonstration's, as SQL.
type Other = (&'static str, String);

/// A table, the row that its rows are like, what they are counted by, and what is other.
type Filled = (&'static str, String, String, Vec<Other>);

pub struct Book {
    shape: Shape,
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

/// Somebody who is signed in.
pub struct Visitor {
    cookie: String,
    token: String,
    /// Which of the stringers.
    number: u32,
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
        book.fill(&raw).await;
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

    async fn fill(&self, raw: &DatabaseConnection) {
        let dialect = Dialect(raw.get_database_backend());
        for (table, like, from, others) in self.rows(dialect) {
            let columns = dialect.columns(raw, table).await;
            let value = |column: &String| {
                let other = others.iter().find(|(name, _)| name == column);
                other.map_or_else(|| format!("t.{column}"), |(_, value)| value.clone())
            };
            let values = columns.iter().map(value).collect::<Vec<_>>().join(", ");
            let ctes = self.numbers();
            let sql = format!(
                "INSERT INTO {table} ({}) {ctes} SELECT {values} FROM ({like}) t CROSS JOIN {from}",
                columns.join(", ")
            );
            dialect.past_the_walls(raw, table, &sql).await;
        }
        let settled = if dialect.is_postgres() { "VACUUM ANALYZE" } else { "ANALYZE" };
        raw.execute_unprepared(settled).await.expect("settled");
    }

    /// `s`, `c` and `i` count stringers, their clients and their orders.
    fn numbers(&self) -> String {
        let Shape { stringers, orders } = self.shape;
        let counted = |name: &str, most: u32| {
            format!(
                "{name}({name}) AS (SELECT 1 UNION ALL SELECT {name} + 1 FROM {name} WHERE {name} < {most})"
            )
        };
        let named = |table: &str, names: &str| {
            let rows = names.split(' ').enumerate().map(|(at, name)| format!("({at}, '{name}')"));
            format!("{table}(n, name) AS (VALUES {})", rows.collect::<Vec<_>>().join(", "))
        };
        format!(
            "WITH RECURSIVE {}, {}, {}, {}, {}, m AS (SELECT id, manufacturer || ' ' || model AS name, row_number() OVER (ORDER BY id) - 1 AS n \
             FROM strings WHERE sport = 'tennis' AND visibility = 'catalogue_shared' LIMIT {STRINGS})",
            counted("s", stringers),
            counted("c", self.shape.clients()),
            counted("i", orders),
            named("first", FIRST),
            named("last", LAST),
        )
    }

    /// What each table is filled with: like which row, from what, and what is other.
    fn rows(&self, d: Dialect) -> Vec<Filled> {
        let of = |table: &str, which: &str| format!("SELECT * FROM {table} WHERE {which} LIMIT 1");
        let me = "(SELECT id FROM stringers WHERE email = 'stefan@example.ch')";
        let clients = self.shape.clients();
        let client = format!("(i % {clients} + 1)");
        let person =
            "s CROSS JOIN c JOIN first ON first.n = c % 25 JOIN last ON last.n = (c / 25) % 20";
        let mail = "'stringer' || s || '@example.ch'".to_owned();
        vec![
            (
                "users",
                of("users", "email = 'stefan@example.ch'"),
                "s".into(),
                vec![("id", d.id(1, "s", "0")), ("email", mail.clone())],
            ),
            (
                "passwords",
                "SELECT * FROM passwords LIMIT 1".into(),
                "s".into(),
                vec![("id", d.id(2, "s", "0")), ("user_id", d.id(1, "s", "0"))],
            ),
            (
                "stringers",
                of("stringers", "email = 'stefan@example.ch'"),
                "s".into(),
                vec![
                    ("id", d.id(3, "s", "0")),
                    ("subject", d.text_id(1, "s", "0")),
                    ("email", mail),
                    ("role", "'stringer'".into()),
                    ("is_founder", "NULL".into()),
                ],
            ),
            (
                "persons",
                of("persons", &format!("created_by = {me}")),
                person.into(),
                vec![
                    ("id", d.id(4, "s", "c")),
                    ("created_by", d.id(3, "s", "0")),
                    ("email", "NULL".into()),
                    ("email_normalised", "NULL".into()),
                    ("display_first_name", "first.name".into()),
                    ("display_last_name", "last.name".into()),
                ],
            ),
            (
                "client_profiles",
                of("client_profiles", &format!("stringer_id = {me} AND person_id IS NOT NULL")),
                person.into(),
                vec![
                    ("id", d.id(5, "s", "c")),
                    ("stringer_id", d.id(3, "s", "0")),
                    ("person_id", d.id(4, "s", "c")),
                    ("search_key", "lower(first.name || ' ' || last.name)".into()),
                ],
            ),
            (
                "client_rackets",
                of("client_rackets", &format!("stringer_id = {me} AND nickname IS NULL")),
                "s CROSS JOIN c".into(),
                vec![
                    ("id", d.id(6, "s", "c")),
                    ("stringer_id", d.id(3, "s", "0")),
                    ("client_profile_id", d.id(5, "s", "c")),
                    ("label_code", "'L' || c".into()),
                    ("racket_id", SHARED.into()),
                ],
            ),
            (
                "orders",
                of(
                    "orders",
                    &format!("stringer_id = {me} AND NOT is_self AND paid_at IS NOT NULL"),
                ),
                format!(
                    "s CROSS JOIN i JOIN m ON m.n = i % {STRINGS} JOIN m x ON x.n = CASE WHEN i % 5 < 3 THEN i % {STRINGS} ELSE (i / 7) % {STRINGS} END JOIN first ON first.n = {client} % 25 JOIN last ON last.n = ({client} / 25) % 20"
                ),
                self.order(d, &client),
            ),
        ]
    }

    fn order(&self, d: Dialect, client: &str) -> Vec<Other> {
        let Shape { orders, .. } = self.shape;
        // The last ones are to be strung, a day's work.
        let waiting = (orders * 3 / 100).clamp(1, 60);
        let done = orders - waiting;
        let past = |later: u32| {
            let day = d.day(&format!("({orders} - i) * 690 / {orders} + 8 - {later}"));
            if later == 0 { day } else { format!("CASE WHEN i <= {done} THEN {day} END") }
        };
        let today = format!("CASE WHEN i > {done} THEN {} END", d.day("0"));
        vec![
            ("id", d.id(7, "s", "i")),
            ("stringer_id", d.id(3, "s", "0")),
            ("client_profile_id", d.id(5, "s", client)),
            ("client_racket_id", d.id(6, "s", client)),
            ("mains_string_id", "m.id".into()),
            ("crosses_string_id", "x.id".into()),
            ("mains_name", "m.name".into()),
            ("crosses_name", "x.name".into()),
            ("client_name", "first.name || ' ' || last.name".into()),
            ("client_key", "lower(first.name || ' ' || last.name)".into()),
            ("mains_string_text", "NULL".into()),
            ("crosses_string_text", "NULL".into()),
            ("mains_tension", "2000 + 50 * (i % 16)".into()),
            ("crosses_tension", "1950 + 50 * (i % 15)".into()),
            ("ordered_at", past(0)),
            ("strung_at", past(2)),
            ("returned_at", past(3)),
            ("paid_at", format!("CASE WHEN i <= {done} AND i % 40 > 0 THEN {} END", past(3))),
            ("due_at", today),
            ("due_time", "NULL".into()),
            ("cancelled_at", "NULL".into()),
            ("receipt_number", format!("CASE WHEN i <= {done} THEN 'L-' || i END")),
            ("copied_from", "NULL".into()),
            ("external_ref", "NULL".into()),
        ]
    }
}

/// What nobody may see is in no list.
const SHARED: &str = "(SELECT id FROM rackets WHERE sport = 'tennis' \
    AND visibility = 'catalogue_shared' ORDER BY id LIMIT 1 OFFSET 2)";
/// Of so many of the catalogue's strings.
const STRINGS: u32 = 20;
const FIRST: &str = "Ada Ben Carla Dario Elena Fabio Greta Hugo Irene Jonas Kira Luca Marta Nico \
    Olga Paolo Rita Sven Tina Ugo Vera Walter Xenia Yuri Zoe";
const LAST: &str = "Rossi Bianchi Weber Novak Martin Silva Kovac Horvat Muller Conti Ferrari Greco \
    Schmidt Dubois Moreau Costa Lopez Garcia Keller Fischer";

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

/// How a database says it.
#[derive(Clone, Copy)]
struct Dialect(DbBackend);

impl Dialect {
    fn is_postgres(self) -> bool {
        self.0 == DbBackend::Postgres
    }

    fn text_id(self, kind: u32, stringer: &str, number: &str) -> String {
        if self.is_postgres() {
            let hex = |value: &str, long: u8| format!("lpad(to_hex({value}), {long}, '0')");
            let (stringer, number) = (hex(stringer, 4), hex(number, 8));
            format!("'{kind:08x}-0000-7000-8000-' || {stringer} || {number}")
        } else {
            format!("printf('{kind:08x}-0000-7000-8000-%04x%08x', {stringer}, {number})")
        }
    }

    fn id(self, kind: u32, stringer: &str, number: &str) -> String {
        let text = self.text_id(kind, stringer, number);
        if self.is_postgres() {
            format!("({text})::uuid")
        } else {
            format!("unhex(replace({text}, '-', ''))")
        }
    }

    /// So many days ago.
    fn day(self, before: &str) -> String {
        if self.is_postgres() {
            format!("(CURRENT_DATE - ({before})::int)")
        } else {
            format!("date('now', '-' || ({before}) || ' days')")
        }
    }

    async fn columns(self, raw: &DatabaseConnection, table: &str) -> Vec<String> {
        let sql = if self.is_postgres() {
            format!(
                "SELECT column_name AS name FROM information_schema.columns WHERE table_schema = 'public' AND table_name = '{table}'"
            )
        } else {
            format!("SELECT name FROM pragma_table_info('{table}')")
        };
        let rows = raw.query_all_raw(Statement::from_string(self.0, sql)).await.expect("columns");
        rows.iter().map(|row| row.try_get("", "name").expect("a name")).collect()
    }

    async fn past_the_walls(self, raw: &DatabaseConnection, table: &str, sql: &str) {
        let walls = |how: &str| format!("ALTER TABLE {table} {how}FORCE ROW LEVEL SECURITY");
        for sql in [walls("NO "), sql.to_owned(), walls("")] {
            if self.is_postgres() || !sql.starts_with("ALTER") {
                let done = raw.execute_unprepared(&sql).await;
                done.unwrap_or_else(|error| panic!("{table}: {error}"));
            }
        }
    }
}

impl Book {
    /// As people do, by their passwords.
    pub async fn sign_in(&self, base: &str) -> Vec<Visitor> {
        let mut visitors = Vec::new();
        for number in 1..=self.shape.stringers.min(VISITORS) {
            visitors.push(Visitor::sign_in(base, number).await);
        }
        visitors
    }

    /// What is measured, for these visitors in turn.
    pub async fn pages(&self, base: &str, visitors: &[Visitor]) -> Vec<Page> {
        let (orders, clients) = (self.shape.orders, self.shape.clients());
        let id = |kind: u32, of: u32, number: u32| {
            format!("{kind:08x}-0000-7000-8000-{of:04x}{number:08x}")
        };
        // Another one each time, in no order that a cache would like.
        let any = |at: usize, most: u32| u32::try_from(at * 7919 % most as usize).unwrap_or(0) + 1;
        let order = move |of: u32, at: usize| format!("/orders/{}", id(7, of, any(at, orders)));
        let client = move |of: u32, at: usize| id(5, of, any(at, clients));
        let get = |name, path: fn(usize) -> String| {
            page(visitors, name, move |_, at| ("GET", path(at), String::new()))
        };
        let at = |name, path: Box<dyn Fn(u32, usize) -> String + Send + Sync>| {
            page(visitors, name, move |of, at| ("GET", path(of, at), String::new()))
        };
        let words = |at: usize| ["ro", "ma", "a", "novak", "li", "we", "ada"][at % 7];
        let waiting = (orders * 3 / 100).clamp(1, 60);
        let mut pages = vec![
            get("healthz", |_| "/healthz".into()),
            get("home", |_| "/".into()),
            get("orders", |_| "/orders".into()),
            get("unpaid", |_| "/orders?state=unpaid&sort=client".into()),
            page(visitors, "clients", move |_, at| {
                ("GET", format!("/clients?q={}", words(at)), String::new())
            }),
            at("client", Box::new(move |of, at| format!("/clients/{}", client(of, at)))),
            at("order", Box::new(order)),
            at("form", Box::new(move |of, at| format!("/orders/new?client={}", client(of, at)))),
            page(visitors, "copy", move |of, at| {
                let racket = id(6, of, any(at, clients));
                ("POST", "/orders".into(), saved(&client(of, at), &racket))
            }),
            page(visitors, "strung", move |of, at| {
                // There and back: as many are to be strung afterwards as before.
                let (number, back) = (at / 2 % waiting as usize, at % 2 == 1);
                let number = orders - u32::try_from(number).unwrap_or(0);
                let body = if back { "_method=DELETE" } else { "" };
                ("POST", format!("/orders/{}/strung", id(7, of, number)), body.to_owned())
            }),
            get("reports", |_| "/reports".into()),
        ];
        if let Some(visitor) = visitors.first() {
            let pdf = visitor.receipt(base, &id(7, visitor.number, 1)).await;
            pages
                .push(page(&visitors[..1], "pdf", move |_, _| ("GET", pdf.clone(), String::new())));
        }
        pages
    }
}

/// A page of visitors who come one after the other.
fn page(
    visitors: &[Visitor],
    name: &'static str,
    asks: impl Fn(u32, usize) -> (&'static str, String, String) + Send + Sync + 'static,
) -> Page {
    let known: Vec<_> = visitors
        .iter()
        .map(|visitor| (visitor.number, visitor.cookie.clone(), visitor.token.clone()))
        .collect();
    Page::new(name, move |at| {
        let (number, cookie, token) = known[at % known.len()].clone();
        let (method, path, body) = asks(number, at / known.len());
        Ask { method, path, cookie, token, body }
    })
}

/// A copied job, as its form sends it, with a key of its own.
fn saved(client: &str, racket: &str) -> String {
    form_urlencoded::Serializer::new(String::new())
        .append_pair("_key", &uuid::Uuid::now_v7().to_string())
        .append_pair("client", client)
        .append_pair("frame", racket)
        .extend_pairs([
            ("sport", "tennis"),
            ("unit", "kg"),
            ("mains_string", "Luxilon ALU Power 1.25"),
            ("mains_tension", "23.5"),
            ("same_string", "1"),
            ("crosses_tension", "22.5"),
            ("mains_price", "12.50"),
            ("crosses_price", "10"),
            ("labor", "25"),
        ])
        .finish()
}

impl Visitor {
    async fn sign_in(base: &str, number: u32) -> Self {
        let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none());
        let client = client.build().expect("a client");
        let page = client.get(format!("{base}/session/new")).send().await.expect("a page");
        let visit = cookies(&page);
        let token = token(&page.text().await.expect("a page"));
        let form = form_urlencoded::Serializer::new(String::new())
            .append_pair("_csrf", &token)
            .append_pair("email", &format!("stringer{number}@example.ch"))
            .append_pair("password", rbo::demo::PASSWORD)
            .finish();
        let form = client
            .post(format!("{base}/session"))
            .header("cookie", &visit)
            .header("content-type", "application/x-www-form-urlencoded")
            .body(form);
        let answer = form.send().await.expect("an answer");
        assert_eq!(answer.status(), 303, "stringer {number} is not let in");
        let cookie = cookies(&answer);
        let page = client.get(format!("{base}/clients/new")).header("cookie", &cookie);
        let page = page.send().await.expect("a page").text().await.expect("a page");
        Self { cookie, token: self::token(&page), number }
    }

    /// The address of a receipt that was rendered.
    async fn receipt(&self, base: &str, order: &str) -> String {
        let client = reqwest::Client::new();
        let address = format!("{base}/orders/{order}/receipt/emissions");
        let issue = client.post(&address).header("cookie", &self.cookie);
        let issued = issue.header("x-csrf-token", &self.token).send().await.expect("an answer");
        assert!(issued.status().is_success(), "no receipt is issued: {}", issued.status());
        let link = Selector::parse("a[href$='.pdf'][href*='emissions']").expect("a selector");
        let mut seen = String::new();
        for _ in 0..100 {
            let page = client.get(&address).header("cookie", &self.cookie).send().await;
            let page = page.expect("a page").text().await.expect("a page");
            let page = Html::parse_document(&page);
            if let Some(href) = page.select(&link).find_map(|link| link.attr("href")) {
                return href.to_owned();
            }
            seen = page.root_element().text().collect();
            tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        }
        panic!("no receipt was rendered: {seen}");
    }
}

fn token(page: &str) -> String {
    let field = Selector::parse("input[name=_csrf]").expect("a selector");
    let page = Html::parse_document(page);
    let field = page.select(&field).next().expect("a form");
    field.attr("value").expect("a token").to_owned()
}

fn cookies(answer: &reqwest::Response) -> String {
    let set = answer.headers().get_all("set-cookie").iter();
    let set = set.filter_map(|cookie| cookie.to_str().ok()?.split(';').next());
    set.collect::<Vec<_>>().join("; ")
}
