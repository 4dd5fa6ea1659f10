//! Everybody's book, and the book of one stringer with nothing in it but what it sees.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use futures_util::TryStreamExt as _;
use migration::{Migrator, MigratorTrait};
use sea_orm::prelude::Uuid;
use sea_orm::sea_query::{Alias, Expr, ExprTrait as _, Query};
use sea_orm::sqlx::{Decode, Row as _, Sqlite, TypeInfo, ValueRef};
use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbBackend, QueryResult,
    Statement, StreamTrait, TransactionTrait, Value,
};
use sea_orm_tenancy::{Registry, Scope, TenantId, before_query};

use super::schema::{MIRRORED, VIEWS};
use super::world::{Row, World};
use crate::support::OWNER_PAST_ROW_LEVEL_SECURITY;
use crate::support::database::{Scratch, lone_wall};

/// A statement as it comes to the chokepoint, and as its stringer means it.
#[derive(Clone, Debug)]
pub struct Attempt {
    pub given: (String, Vec<Value>),
    pub meant: (String, Vec<Value>),
    pub effect: Effect,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// The same rows come back.
    Reads,
    /// The same is done to one's own rows.
    Writes,
    /// Nothing is done to others' rows; what is done to one's own may differ.
    Spares,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    Same,
    /// The database refused it in both books.
    Failed,
    Refused,
    /// The database answers the two forms differently by itself, whatever rows there are.
    Engine,
}

/// Nothing is rewritten, and PostgreSQL's policies answer for it all.
pub const SECOND_WALL_ALONE: bool = cfg!(feature = "second-wall-alone");

pub struct Books {
    pub me: Uuid,
    pub backend: DbBackend,
    registry: Registry,
    all: Book,
    mine: Book,
    /// Those that were there at first, by table.
    known: BTreeMap<String, Known>,
    _scratch: [Scratch; 2],
}

#[derive(Default)]
struct Known {
    /// The whole row, and whether it may be changed.
    rows: BTreeMap<String, bool>,
    ids: BTreeSet<Uuid>,
}

struct Book {
    db: DatabaseConnection,
    /// Statements run as the application's role, for row-level security to hold.
    is_walled: bool,
    /// All rows of each table as one text.
    digest: BTreeMap<String, Option<String>>,
}

impl Books {
    pub async fn open(world: &World, me: Uuid) -> Self {
        let scratch = [Scratch::make().await, Scratch::make().await];
        let (all, mine) =
            (migrated(&scratch[0], world, me).await, migrated(&scratch[1], world, me).await);
        lone_wall(&all).await;
        fill(&all, world, &world.rows).await;
        let backend = all.get_database_backend();
        let seen = world.seen_by(me);
        alone(&mine, backend).await;
        fill(&mine, world, &seen).await;
        if backend == DbBackend::Sqlite {
            run(&mine, "PRAGMA foreign_keys = ON").await;
        }
        let (mut all, mine) = (Book::new(all, world).await, Book::new(mine, world).await);
        all.is_walled = SECOND_WALL_ALONE && backend == DbBackend::Postgres;
        let mut books = Self {
            me,
            backend,
            registry: rbo::models::registry(),
            all,
            mine,
            known: BTreeMap::new(),
            _scratch: scratch,
        };
        books.known = books.rows_now(world).await;
        books
    }

    /// What has been done to the world meanwhile is done to both books.
    pub async fn become_as(&mut self, world: &World, after: &World) {
        for (was, is) in
            world.rows.iter().zip(&after.rows).filter(|(was, is)| was.cells != is.cells)
        {
            let mut update = Query::update();
            update.table(Alias::new(&is.table));
            for (column, value) in
                is.cells.iter().filter(|(column, value)| was.cells[*column] != **value)
            {
                update.value(Alias::new(column), value.clone());
            }
            let key = Expr::col(Alias::new("id")).eq(is.key("id"));
            self.all.db.execute(update.and_where(key)).await.expect("updated");
        }
        let tables = world.tables.iter().map(|table| table.name.as_str());
        if self.backend == DbBackend::Postgres {
            let tables = tables.collect::<Vec<_>>().join(", ");
            run(&self.mine.db, &format!("TRUNCATE {tables} CASCADE")).await;
        } else {
            run(&self.mine.db, "PRAGMA foreign_keys = OFF").await;
            for table in tables {
                run(&self.mine.db, &format!("DELETE FROM {table}")).await;
            }
        }
        fill(&self.mine.db, after, &after.seen_by(self.me)).await;
        if self.backend == DbBackend::Sqlite {
            run(&self.mine.db, "PRAGMA foreign_keys = ON").await;
        }
        for book in [&mut self.all, &mut self.mine] {
            book.digest = digest(&book.db, &digest_sql(self.backend, after)).await;
        }
        self.known = self.rows_now(after).await;
    }

    async fn rows_now(&self, world: &World) -> BTreeMap<String, Known> {
        let may: BTreeSet<(String, Uuid)> = world
            .rows
            .iter()
            .filter(|row| row.table != "receipt_counters" && world.may_change(self.me, row))
            .map(|row| (row.table.clone(), row.key("id").expect("an id")))
            .collect();
        let mut known = BTreeMap::new();
        for table in world.tables.iter().filter(|t| !VIEWS.contains(&t.name.as_str())) {
            let mut here = Known::default();
            for row in self.all.rows(&table.name, world).await {
                let may_change = match row.id {
                    Some(id) => may.contains(&(table.name.clone(), id)),
                    None => row.owner == Some(self.me),
                };
                here.ids.extend(row.id);
                here.rows.insert(row.text, may_change);
            }
            known.insert(table.name.clone(), here);
        }
        known
    }

    pub async fn check(&self, world: &World, attempt: &Attempt) -> Result<Verdict, String> {
        let statement = |(sql, values): &(String, Vec<Value>)| {
            Statement::from_sql_and_values(self.backend, sql, values.clone())
        };
        let me = TenantId::from(self.me);
        let scope = if world.is_clients { Scope::Person(me) } else { Scope::Tenant(me) };
        let rewritten = before_query(&self.registry, &scope, statement(&attempt.given));
        let rewritten = match rewritten {
            Ok(rewritten) => rewritten,
            Err(refused) => {
                if std::env::var_os("RBO_TEST_ORACLE_REFUSALS").is_some() {
                    println!("{refused}");
                }
                return Ok(Verdict::Refused);
            }
        };
        let meant = statement(&attempt.meant);
        let text = rewritten.sql.clone();
        let result = match attempt.effect {
            Effect::Reads => {
                let given = self.all.ask(rewritten.clone()).await;
                if self.all.is_walled && given.as_ref().is_err_and(is_denied) {
                    return Ok(Verdict::Refused);
                }
                let wanted = self.mine.ask(meant).await;
                if is_planners_limit(&given) || is_planners_limit(&wanted) {
                    return Ok(Verdict::Engine);
                }
                match same(&given, &wanted) {
                    Err(_) if self.is_known_of_sqlite(&text) => {
                        same(&given, &self.mine.ask(rewritten).await).map(|_| Verdict::Engine)
                    }
                    result => result,
                }
            }
            Effect::Writes | Effect::Spares => {
                self.write(world, rewritten, meant, attempt.effect).await
            }
        };
        result.map_err(|difference| format!("{difference}\n    as {text}"))
    }

    /// SQLite 3.51.3 gives wrong rows for RIGHT and FULL JOIN beside a condition with OR,
    /// and too many for an OFFSET behind an EXISTS; with plain tables and with subqueries
    /// at different times. What remains to be seen there is that a statement does not
    /// depend on others' rows.
    fn is_known_of_sqlite(&self, sql: &str) -> bool {
        self.backend == DbBackend::Sqlite
            && (sql.contains(" RIGHT ")
                || sql.contains(" FULL ")
                || (sql.contains("EXISTS") && sql.contains("OFFSET")))
    }

    async fn write(
        &self,
        world: &World,
        given: Statement,
        meant: Statement,
        effect: Effect,
    ) -> Result<Verdict, String> {
        let (all, was_given) = self.all.write(given).await;
        let (mine, was_meant) = self.mine.write(meant).await;
        let changed: Vec<String> = all.changed(&self.all.digest).await;
        let mut result = self.spared(world, &all, &changed).await;
        // What the application's role may not do at all, its stringer might have meant.
        let is_beyond_it = self.all.is_walled && was_given.as_ref().is_err_and(is_denied);
        if result.is_ok() && effect == Effect::Writes && !is_beyond_it {
            result = same(&was_given, &was_meant).map(drop);
            for table in MIRRORED {
                let (a, m) = (
                    all.own_rows(table, self.me, world).await,
                    mine.own_rows(table, self.me, world).await,
                );
                if result.is_ok() && a != m {
                    result = Err(format!("own rows of {table} differ"));
                }
            }
        }
        let failed = all.failed;
        all.end().await;
        mine.end().await;
        result.map(|()| if failed { Verdict::Failed } else { Verdict::Same })
    }

    /// Every row that is not mine to change is as it was, and none came that is not mine.
    async fn spared(&self, world: &World, all: &Trial, changed: &[String]) -> Result<(), String> {
        for table in changed {
            let known = &self.known[table];
            let now = all.rows(table, world).await;
            let texts: BTreeSet<&str> = now.iter().map(|row| row.text.as_str()).collect();
            let lost =
                known.rows.iter().find(|(text, may)| !**may && !texts.contains(text.as_str()));
            if let Some((row, _)) = lost {
                return Err(format!("a foreign row of {table} was changed: {row}"));
            }
            let is_new = |row: &Line| {
                row.id.map_or_else(
                    || !known.rows.contains_key(&row.text),
                    |id| !known.ids.contains(&id),
                )
            };
            let is_foreign =
                |row: &&Line| is_new(row) && row.owner != Some(self.me) && !row.is_told(self.me);
            if let Some(row) = now.iter().find(is_foreign) {
                return Err(format!("a foreign row of {table} was made: {}", row.text));
            }
        }
        Ok(())
    }
}

/// A statement within a transaction that is never committed.
struct Trial {
    txn: sea_orm::DatabaseTransaction,
    digest_sql: String,
    failed: bool,
}

/// A row as text, and whose it is.
struct Line {
    id: Option<Uuid>,
    owner: Option<Uuid>,
    actor: Option<Uuid>,
    text: String,
}

impl Line {
    /// Rows for others that I may add where a grant links us; `tests/tenancy/shares.rs`
    /// says which.
    fn is_told(&self, me: Uuid) -> bool {
        self.actor == Some(me)
    }
}

impl Book {
    async fn new(db: DatabaseConnection, world: &World) -> Self {
        let mut book = Self { db, is_walled: false, digest: BTreeMap::new() };
        let sql = digest_sql(book.db.get_database_backend(), world);
        book.digest = digest(&book.db, &sql).await;
        book
    }

    async fn ask(&self, statement: Statement) -> Answered {
        if self.is_walled {
            run(&self.db, "SET ROLE rbo_app").await;
        }
        let answered = answer(&self.db, statement).await;
        if self.is_walled {
            run(&self.db, "RESET ROLE").await;
        }
        answered
    }

    async fn write(&self, statement: Statement) -> (Trial, Answered) {
        let txn = self.db.begin().await.expect("begun");
        let backend = self.db.get_database_backend();
        if backend == DbBackend::Postgres {
            run(&txn, "SAVEPOINT before_it").await;
        }
        if self.is_walled {
            run(&txn, "SET ROLE rbo_app").await;
        }
        let answer = answer(&txn, statement).await;
        if answer.is_err() && backend == DbBackend::Postgres {
            run(&txn, "ROLLBACK TO SAVEPOINT before_it").await;
        }
        if self.is_walled {
            run(&txn, "RESET ROLE").await;
        }
        let digest_sql = DIGEST.get().expect("made").clone();
        (Trial { txn, digest_sql, failed: answer.is_err() }, answer)
    }

    async fn rows(&self, table: &str, world: &World) -> Vec<Line> {
        lines(&self.db, table, None, world).await
    }
}

impl Trial {
    async fn changed(&self, before: &BTreeMap<String, Option<String>>) -> Vec<String> {
        let now = digest(&self.txn, &self.digest_sql).await;
        let differs = now.into_iter().filter(|(table, text)| before[table] != *text);
        differs.map(|(table, _)| table).collect()
    }

    async fn rows(&self, table: &str, world: &World) -> Vec<Line> {
        lines(&self.txn, table, None, world).await
    }

    async fn own_rows(&self, table: &str, me: Uuid, world: &World) -> Vec<String> {
        let rows = lines(&self.txn, table, Some(me), world).await;
        rows.into_iter().map(|row| row.text).collect()
    }

    async fn end(self) {
        self.txn.rollback().await.expect("rolled back");
    }
}

static DIGEST: std::sync::OnceLock<String> = std::sync::OnceLock::new();

fn digest_sql(backend: DbBackend, world: &World) -> String {
    let of_table = |table: &super::schema::Table| {
        let name = &table.name;
        match backend {
            DbBackend::Postgres => format!(
                "SELECT '{name}' AS name, string_agg(t::text, E'\\n' ORDER BY t::text) AS text FROM {name} AS t"
            ),
            _ => {
                let cells = row_text(backend, table);
                format!(
                    "SELECT '{name}' AS name, group_concat({cells}, char(10)) AS text \
                     FROM (SELECT * FROM {name} ORDER BY rowid)"
                )
            }
        }
    };
    let tables = world.tables.iter().filter(|table| !VIEWS.contains(&table.name.as_str()));
    let sql = tables.map(of_table).collect::<Vec<_>>().join(" UNION ALL ");
    DIGEST.get_or_init(|| sql).clone()
}

fn row_text(backend: DbBackend, table: &super::schema::Table) -> String {
    match backend {
        DbBackend::Postgres => format!("{}::text", table.name),
        _ => {
            let cells = table.fields.iter().map(|field| format!("quote(\"{}\")", field.name));
            cells.collect::<Vec<_>>().join("||'|'||")
        }
    }
}

async fn digest(db: &impl ConnectionTrait, sql: &str) -> BTreeMap<String, Option<String>> {
    let rows = db.query_all_raw(Statement::from_string(db.get_database_backend(), sql)).await;
    let rows = rows.expect("a digest");
    let pair = |row: &QueryResult| {
        (row.try_get("", "name").expect("a name"), row.try_get("", "text").expect("a text"))
    };
    rows.iter().map(pair).collect()
}

async fn lines(
    db: &impl ConnectionTrait,
    table: &str,
    of: Option<Uuid>,
    world: &World,
) -> Vec<Line> {
    let backend = db.get_database_backend();
    let described = world.table(table);
    let has = |name: &str| described.fields.iter().any(|field| field.name == name);
    let owner = match table {
        "order_shares" if world.is_clients => "granted_by_person_id",
        "person_stringer_shares" if world.is_clients => "person_id",
        "stringers" => "id",
        "persons" => "created_by",
        "rackets" | "strings" => "created_by_stringer_id",
        "person_stringer_shares" => "target_stringer_id",
        _ if has("stringer_id") => "stringer_id",
        _ => "NULL",
    };
    let or_null = |name: &'static str| if has(name) { name } else { "NULL" };
    let actor = match table {
        "share_audit" | "notifications" if world.is_clients => "actor_person_id",
        "share_audit" | "notifications" => "actor_id",
        _ => "NULL",
    };
    let null_key = |column: &str| match (backend, column) {
        (DbBackend::Postgres, "NULL") => "CAST(NULL AS UUID)".to_owned(),
        _ => column.to_owned(),
    };
    let text = row_text(backend, described);
    let mut sql = format!(
        "SELECT {} AS id_, {} AS owner_, {} AS actor_, {text} AS text_ FROM {table}",
        null_key(or_null("id")),
        null_key(owner),
        null_key(actor),
    );
    let mut values = Vec::new();
    if let Some(of) = of {
        let mark = if backend == DbBackend::Postgres { "$1" } else { "?" };
        sql = format!("{sql} WHERE {owner} = {mark} ORDER BY text_");
        values.push(of.into());
    }
    let rows = db.query_all_raw(Statement::from_sql_and_values(backend, sql, values)).await;
    let line = |row: &QueryResult| Line {
        id: row.try_get("", "id_").expect("an id"),
        owner: row.try_get("", "owner_").expect("an owner"),
        actor: row.try_get("", "actor_").expect("an actor"),
        text: row.try_get("", "text_").expect("a text"),
    };
    rows.expect(table).iter().map(line).collect()
}

/// Column names and sorted rows.
/// What came back, in no order. Of a product of many tables, which would fill the memory,
/// the number of rows and the sum of their digests are kept, and the rows are not.
#[derive(PartialEq, Default)]
struct Answer {
    names: Vec<String>,
    rows: Vec<Vec<Cell>>,
    count: usize,
    sum: u64,
}
type Answered = Result<Answer, sea_orm::DbErr>;

/// Rows that are kept to be shown where they differ.
const KEPT: usize = 100_000;

#[derive(Clone, Debug, PartialEq, PartialOrd)]
pub enum Cell {
    Null,
    Whole(i64),
    Real(f64),
    Text(String),
    Bytes(Vec<u8>),
}

async fn answer(db: &impl StreamTrait, statement: Statement) -> Answered {
    let mut stream = std::pin::pin!(db.stream_raw(statement).await?);
    let mut answer = Answer::default();
    while let Some(row) = stream.try_next().await? {
        if answer.count == 0 {
            answer.names = row.column_names();
        }
        let cells = row_cells(&row);
        let mut digest = DefaultHasher::new();
        format!("{cells:?}").hash(&mut digest);
        answer.sum = answer.sum.wrapping_add(digest.finish());
        answer.count += 1;
        if answer.count <= KEPT {
            answer.rows.push(cells);
        }
    }
    if answer.count > KEPT {
        answer.rows = Vec::new();
    }
    answer.rows.sort_by(|a, b| a.partial_cmp(b).expect("no NaN"));
    Ok(answer)
}

fn row_cells(row: &QueryResult) -> Vec<Cell> {
    if let Some(row) = row.try_as_sqlite_row() {
        let cell = |index| {
            let value = row.try_get_raw(index).expect("a value");
            if value.is_null() {
                return Cell::Null;
            }
            let kind = value.type_info().name().to_owned();
            match kind.as_str() {
                "TEXT" => Cell::Text(<String as Decode<Sqlite>>::decode(value).expect("text")),
                "REAL" => Cell::Real(<f64 as Decode<Sqlite>>::decode(value).expect("a real")),
                "BLOB" => Cell::Bytes(<Vec<u8> as Decode<Sqlite>>::decode(value).expect("bytes")),
                _ => Cell::Whole(<i64 as Decode<Sqlite>>::decode(value).expect("a whole number")),
            }
        };
        (0..row.len()).map(cell).collect()
    } else {
        let row = row.try_as_pg_row().expect("a row of one of two databases");
        let cell = |index| {
            let value = row.try_get_raw(index).expect("a value");
            if value.is_null() {
                Cell::Null
            } else {
                Cell::Bytes(value.as_bytes().expect("bytes").to_vec())
            }
        };
        (0..row.len()).map(cell).collect()
    }
}

fn is_denied(error: &sea_orm::DbErr) -> bool {
    let error = error.to_string();
    ["permission denied", "row-level security"].iter().any(|words| error.contains(words))
}

/// PostgreSQL finds no plan for a FULL JOIN on a condition that joins nothing, unless it
/// could simplify it away before; whether it can depends on the form of the statement.
fn is_planners_limit(answered: &Answered) -> bool {
    let limit = "FULL JOIN is only supported";
    answered.as_ref().is_err_and(|error| error.to_string().contains(limit))
}

fn same(given: &Answered, meant: &Answered) -> Result<Verdict, String> {
    match (given, meant) {
        (Err(_), Err(_)) => Ok(Verdict::Failed),
        (Ok(given), Ok(meant)) if given == meant => Ok(Verdict::Same),
        (Ok(given), Ok(meant)) => {
            let extra = given.rows.iter().find(|row| !meant.rows.contains(row));
            let lost = meant.rows.iter().find(|row| !given.rows.contains(row));
            let (came, wanted) = (given.count, meant.count);
            Err(format!(
                "{came} rows came and {wanted} should have; too much: {extra:?}, too little: {lost:?}"
            ))
        }
        (Err(error), Ok(_)) => Err(format!("only the rewritten one fails: {error}")),
        (Ok(_), Err(error)) => Err(format!("only the plain one fails: {error}")),
    }
}

async fn migrated(scratch: &Scratch, world: &World, me: Uuid) -> DatabaseConnection {
    let mut options = ConnectOptions::new(&scratch.url);
    options.max_connections(1).min_connections(1).sqlx_logging(false);
    let db = Database::connect(options).await.expect("a connection");
    Migrator::up(&db, None).await.expect("migrated");
    if db.get_database_backend() == DbBackend::Postgres {
        run(&db, OWNER_PAST_ROW_LEVEL_SECURITY).await;
        // The views mind who looks; the tables' owner has no policies to pass.
        let whose = if world.is_clients { "person_id" } else { "stringer_id" };
        run(&db, &format!("SELECT set_config('rbo.{whose}', '{me}', false)")).await;
        run(&db, "GRANT SELECT ON ALL TABLES IN SCHEMA public TO CURRENT_USER").await;
    } else {
        run(&db, "PRAGMA synchronous = OFF").await;
    }
    db
}

/// Makes room for rows whose neighbours are not there: what a stringer sees refers to
/// what it does not see.
async fn alone(db: &DatabaseConnection, backend: DbBackend) {
    for view in VIEWS {
        run(db, &format!("CREATE TABLE as_seen AS SELECT * FROM {view} WHERE 1 = 0")).await;
        run(db, &format!("DROP VIEW {view}")).await;
        run(db, &format!("ALTER TABLE as_seen RENAME TO {view}")).await;
    }
    if backend == DbBackend::Sqlite {
        run(db, "PRAGMA foreign_keys = OFF").await;
        return;
    }
    let mirrored = MIRRORED.map(|table| format!("'{table}'")).join(", ");
    let drop = format!(
        "DO $$ DECLARE c record; BEGIN
           FOR c IN SELECT conname, conrelid::regclass::text AS t FROM pg_constraint
             WHERE contype = 'f' AND connamespace = 'public'::regnamespace
             AND conrelid::regclass::text NOT IN ({mirrored}) LOOP
             EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', c.t, c.conname);
           END LOOP;
         END $$"
    );
    run(db, &drop).await;
}

async fn fill(db: &DatabaseConnection, world: &World, rows: &[Row]) {
    for row in rows {
        let mut insert = Query::insert();
        insert.into_table(Alias::new(&row.table));
        insert.columns(row.cells.keys().map(Alias::new));
        insert.values_panic(row.cells.values().cloned().map(Expr::value));
        db.execute(&insert)
            .await
            .unwrap_or_else(|error| panic!("{}: {error}: {row:?}", world.tables.len()));
    }
}

async fn run(db: &impl ConnectionTrait, sql: &str) {
    db.execute_unprepared(sql).await.unwrap_or_else(|error| panic!("{sql}: {error}"));
}
