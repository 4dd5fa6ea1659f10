//! Many stringers with clients, private and shared entries, grants and revocations; and,
//! in plain code that shares nothing with the chokepoint, what one of them may see.

use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveTime};
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use sea_orm::Value;
use sea_orm::prelude::Uuid;

use super::clients::OPEN;
use super::schema::{self, CLOSED, Kind, Table};

/// A row of a table, every column of it.
#[derive(Clone, Debug)]
pub struct Row {
    pub table: String,
    pub cells: BTreeMap<String, Value>,
}

impl Row {
    pub fn key(&self, column: &str) -> Option<Uuid> {
        match &self.cells[column] {
            Value::Uuid(id) => *id,
            other => panic!("{}.{column} is {other:?}", self.table),
        }
    }

    fn text(&self, column: &str) -> Option<&str> {
        match &self.cells[column] {
            Value::String(text) => text.as_deref(),
            other => panic!("{}.{column} is {other:?}", self.table),
        }
    }

    fn is_empty(&self, column: &str) -> bool {
        self.cells[column] == self.cells[column].as_null()
    }

    fn id(&self) -> Uuid {
        self.key("id").expect("an id")
    }
}

pub struct World {
    pub tables: Vec<Table>,
    pub rows: Vec<Row>,
    pub stringers: Vec<Uuid>,
    /// Who looks at it is a client, and no stringer.
    pub is_clients: bool,
}

/// Few words and numbers, so that conditions meet rows.
pub const WORDS: [&str; 6] = ["alpha", "Beta", "gämma", "o'hara", "", "zeta zeta"];

pub fn day(n: i64) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 1, 1).expect("a day") + chrono::Duration::days(n)
}

pub fn hour(n: i64) -> NaiveTime {
    NaiveTime::MIN + chrono::Duration::hours(n)
}

pub fn moment(n: i64) -> DateTime<FixedOffset> {
    day(n).and_time(NaiveTime::MIN).and_utc().fixed_offset()
}

/// A value of a kind, out of few.
pub fn value(kind: Kind, n: u8, keys: &[Uuid]) -> Value {
    let few = i64::from(n % 6);
    match kind {
        Kind::Key => keys[usize::from(n) % keys.len()].into(),
        Kind::Text => WORDS[usize::from(n) % WORDS.len()].into(),
        Kind::Int => few.into(),
        Kind::Flag => (n.is_multiple_of(2)).into(),
        Kind::Day => day(few).into(),
        Kind::Hour => hour(few).into(),
        Kind::Moment => moment(few).into(),
        Kind::Bytes => vec![n % 6].into(),
    }
}

fn null(kind: Kind) -> Value {
    value(kind, 0, &[Uuid::nil()]).as_null()
}

struct Builder {
    rng: StdRng,
    tables: Vec<Table>,
    rows: Vec<Row>,
}

impl Builder {
    /// A key that tells nothing, but is the same in every run.
    fn fresh(&mut self) -> Uuid {
        uuid::Builder::from_random_bytes(self.rng.random()).into_uuid()
    }

    fn one_of<T: Copy>(&mut self, choices: &[T]) -> T {
        choices[self.rng.random_range(0..choices.len())]
    }

    fn maybe(&mut self, percent: u32) -> bool {
        self.rng.random_range(0..100) < percent
    }

    /// A row with these cells, and whatever fits in the others.
    fn add(&mut self, table: &str, given: &[(&str, Value)]) -> Option<Uuid> {
        let fields = self.tables.iter().find(|t| t.name == table).expect(table).fields.clone();
        let mut cells = BTreeMap::new();
        for field in fields {
            let given = given.iter().find(|(name, _)| *name == field.name);
            let cell = match given {
                Some((_, value)) => value.clone(),
                None if field.name == "id" => self.fresh().into(),
                None if field.kind == Kind::Key => null(Kind::Key),
                None if field.may_be_null && self.maybe(30) => null(field.kind),
                None => value(field.kind, self.rng.random(), &[Uuid::nil()]),
            };
            cells.insert(field.name, cell);
        }
        let row = Row { table: table.to_owned(), cells };
        let id = row.cells.get("id").map(|_| row.id());
        self.rows.push(row);
        id
    }

    fn of(&self, table: &str) -> Vec<Row> {
        self.rows.iter().filter(|row| row.table == table).cloned().collect()
    }
}

const NO_TEXT: Value = Value::String(None);
const NO_KEY: Value = Value::Uuid(None);

impl World {
    pub fn generate(seed: u64) -> Self {
        let (rng, tables) = (StdRng::seed_from_u64(seed), schema::all());
        let mut b = Builder { rng, tables, rows: Vec::new() };
        let stringers: Vec<Uuid> = (0..5).map(|n| stringer(&mut b, n)).collect();
        identity(&mut b, stringers[0]);
        for table in ["rackets", "strings"] {
            catalogue(&mut b, table, &stringers);
        }
        persons(&mut b, &stringers);
        for (n, stringer) in stringers.iter().enumerate() {
            book(&mut b, *stringer, n);
        }
        shares(&mut b, &stringers);
        Self { tables: b.tables, rows: b.rows, stringers, is_clients: false }
    }

    /// The same, as clients look at it.
    pub fn of_clients(seed: u64) -> Self {
        Self { is_clients: true, ..Self::generate(seed) }
    }

    /// What is closed to whoever looks.
    pub fn is_closed(&self, table: &str) -> bool {
        if self.is_clients { !OPEN.contains(&table) } else { CLOSED.contains(&table) }
    }

    /// What whoever looks sees, each row as it sees it.
    pub fn seen_by(&self, me: Uuid) -> Vec<Row> {
        if self.is_clients { self.seen_by_client(me) } else { self.seen_by_stringer(me) }
    }

    /// Whether whoever looks may change a row that there is.
    pub fn may_change(&self, me: Uuid, row: &Row) -> bool {
        if self.is_clients {
            self.client_may_change(me, row)
        } else {
            self.stringer_may_change(me, row)
        }
    }

    pub fn table(&self, name: &str) -> &Table {
        self.tables.iter().find(|table| table.name == name).unwrap_or_else(|| panic!("{name}"))
    }

    pub fn of<'w>(&'w self, table: &'w str) -> impl Iterator<Item = &'w Row> + 'w {
        self.rows.iter().filter(move |row| row.table == table)
    }

    fn seen_by_stringer(&self, me: Uuid) -> Vec<Row> {
        let mut seen: Vec<Row> =
            self.rows.iter().filter(|row| self.sees(me, row)).cloned().collect();
        // A mask, which row-level security has none of.
        let masked = |row: &&mut Row| row.table == "persons" && !super::books::SECOND_WALL_ALONE;
        for person in seen.iter_mut().filter(masked) {
            person.cells.insert("subject".to_owned(), NO_TEXT);
        }
        seen.extend(self.cards());
        seen.extend(self.shared_with(me));
        seen
    }

    fn sees(&self, me: Uuid, row: &Row) -> bool {
        let me = Some(me);
        match row.table.as_str() {
            "stringers" => row.key("id") == me,
            "rackets" | "strings" => {
                row.text("visibility") == Some("catalogue_shared")
                    || row.key("created_by_stringer_id") == me
            }
            "persons" => {
                let mut files = self
                    .of("client_profiles")
                    .filter(|file| file.key("person_id") == row.key("id"))
                    .peekable();
                if files.peek().is_none() {
                    row.key("created_by") == me
                } else {
                    files.any(|file| file.key("stringer_id") == me)
                }
            }
            "order_shares" => row.key("stringer_id") == me || row.key("grantee_id") == me,
            "person_stringer_shares" => row.key("target_stringer_id") == me,
            "users" | "sessions" | "refresh_tokens" | "admin_audit_log" => false,
            _ => row.key("stringer_id") == me,
        }
    }

    fn stringer_may_change(&self, me: Uuid, row: &Row) -> bool {
        match row.table.as_str() {
            "persons" => {
                let mut files =
                    self.of("client_profiles").filter(|f| f.key("person_id") == row.key("id"));
                row.is_empty("subject")
                    && self.sees(me, row)
                    && files.all(|file| file.key("stringer_id") == Some(me))
            }
            "rackets" | "strings" => {
                row.key("created_by_stringer_id") == Some(me)
                    && row.text("visibility") != Some("catalogue_shared")
            }
            "order_state_audit" | "share_audit" => false,
            _ => self.sees(me, row),
        }
    }

    pub fn cards(&self) -> Vec<Row> {
        let active = self.of("stringers").filter(|row| row.is_empty("deactivated_at"));
        let card = |row: &Row| {
            let cells = ["id", "display_name", "town"];
            let cells = cells.map(|name| (name.to_owned(), row.cells[name].clone()));
            Row { table: "stringer_cards".to_owned(), cells: cells.into() }
        };
        active.map(card).collect()
    }

    /// The orders of others that a grant in force opens, as the grantee sees them.
    fn shared_with(&self, me: Uuid) -> Vec<Row> {
        let mut seen = Vec::new();
        for share in self.of("order_shares") {
            if share.key("grantee_id") == Some(me) && share.is_empty("revoked_at") {
                let order = self.of("orders").find(|o| o.key("id") == share.key("order_id"));
                seen.push(self.as_grantee(
                    me,
                    order.expect("an order"),
                    share,
                    &share.cells["rule"],
                ));
            }
        }
        for share in self.of("person_stringer_shares") {
            if share.key("target_stringer_id") != Some(me) || !share.is_empty("revoked_at") {
                continue;
            }
            for order in self.of("orders") {
                let file = self.find("client_profiles", order.key("client_profile_id"));
                let is_theirs = file.expect("a file").key("person_id") == share.key("person_id");
                if is_theirs && order.key("stringer_id") != Some(me) {
                    seen.push(self.as_grantee(me, order, share, &3_i64.into()));
                }
            }
        }
        seen
    }

    fn find(&self, table: &str, id: Option<Uuid>) -> Option<&Row> {
        self.rows.iter().find(|row| row.table == table && Some(row.id()) == id && id.is_some())
    }

    fn as_grantee(&self, me: Uuid, order: &Row, share: &Row, rule: &Value) -> Row {
        let of =
            |row: Option<&Row>, column: &str| row.map_or(NO_TEXT, |row| row.cells[column].clone());
        let file = self.find("client_profiles", order.key("client_profile_id"));
        let person = self.find("persons", file.and_then(|file| file.key("person_id")));
        let frame = self.find("client_rackets", order.key("client_racket_id")).expect("a frame");
        let racket = self.find("rackets", frame.key("racket_id"));
        let mains = self.find("strings", order.key("mains_string_id"));
        let crosses = self.find("strings", order.key("crosses_string_id"));
        let owner = self.find("stringers", order.key("stringer_id"));
        let fields = &self.table("shared_orders").fields;
        let gauge = |string: Option<&Row>| {
            string.map_or(Value::BigInt(None), |string| string.cells["gauge"].clone())
        };
        let cells = fields.iter().map(|field| {
            let cell = match field.name.as_str() {
                "grantee_id" => me.into(),
                "share_id" => share.id().into(),
                "rule" => rule.clone(),
                "granted_at" => share.cells["granted_at"].clone(),
                "stringer_name" => of(owner, "display_name"),
                "client_first_name" => of(person, "display_first_name"),
                "racket_id" => frame.cells["racket_id"].clone(),
                "racket_manufacturer" => of(racket, "manufacturer"),
                "racket_model" => of(racket, "model"),
                "racket_year" => of(racket, "year"),
                "racket_head_size" => of(racket, "head_size"),
                "racket_pattern" => of(racket, "string_pattern"),
                "mains_manufacturer" => of(mains, "manufacturer"),
                "mains_model" => of(mains, "model"),
                "mains_gauge" => gauge(mains),
                "crosses_manufacturer" => of(crosses, "manufacturer"),
                "crosses_model" => of(crosses, "model"),
                "crosses_gauge" => gauge(crosses),
                column => order.cells[column].clone(),
            };
            (field.name.clone(), cell)
        });
        Row { table: "shared_orders".to_owned(), cells: cells.collect() }
    }
}

fn stringer(b: &mut Builder, n: usize) -> Uuid {
    let deactivated = if n == 4 { moment(1).into() } else { null(Kind::Moment) };
    let given = [
        ("subject", format!("subject-{n}").into()),
        ("role", "stringer".into()),
        ("tension_unit", "kg".into()),
        ("restring_by", "usual".into()),
        ("restring_days", 60_i64.into()),
        ("restring_loss", 20_i64.into()),
        ("nudge_ready_days", 14_i64.into()),
        ("nudge_unpaid_days", 30_i64.into()),
        ("is_founder", Value::Bool(None)),
        ("deactivated_at", deactivated),
    ];
    b.add("stringers", &given).expect("an id")
}

fn identity(b: &mut Builder, admin: Uuid) {
    let user = b.add("users", &[("email", "secret@example.ch".into())]).expect("an id");
    let session = b.add("sessions", &[("user_id", user.into())]).expect("an id");
    b.add("refresh_tokens", &[("session_id", session.into()), ("token_hash", "secret".into())]);
    b.add("admin_audit_log", &[("admin_id", admin.into()), ("outcome", NO_TEXT)]);
}

fn catalogue(b: &mut Builder, table: &str, stringers: &[Uuid]) {
    let mut entry = |owner: Value, visibility: &str| {
        let sport = b.one_of(&["tennis", "squash"]);
        b.add(
            table,
            &[
                ("sport", sport.into()),
                ("visibility", visibility.into()),
                ("source", "manual".into()),
                ("created_by_stringer_id", owner),
            ],
        );
    };
    for _ in 0..3 {
        entry(NO_KEY, "catalogue_shared");
    }
    for owner in stringers {
        entry((*owner).into(), "catalogue_shared");
        entry((*owner).into(), "catalogue_private");
        entry((*owner).into(), "one_off");
    }
}

fn persons(b: &mut Builder, stringers: &[Uuid]) {
    for owner in stringers {
        for n in 0..4 {
            let subject = if n == 0 { format!("person-{owner}").into() } else { NO_TEXT };
            b.add(
                "persons",
                &[
                    ("created_by", (*owner).into()),
                    ("subject", subject),
                    ("email_verified_at", null(Kind::Moment)),
                ],
            );
        }
    }
}

/// One stringer's files, frames, orders and receipts.
fn book(b: &mut Builder, stringer: Uuid, n: usize) {
    let all = b.of("persons");
    let (own, others): (Vec<&Row>, Vec<&Row>) =
        all.iter().partition(|row| row.key("created_by") == Some(stringer));
    // One of those that it made has no file; one that another made has two.
    let known: Vec<Uuid> =
        own.iter().skip(1).chain(others.iter().skip(n * 3).take(1)).map(|row| row.id()).collect();
    let usable = |b: &Builder, table: &str| -> Vec<Uuid> {
        let may_use = |row: &Row| {
            row.text("visibility") == Some("catalogue_shared")
                || row.key("created_by_stringer_id") == Some(stringer)
        };
        b.of(table).iter().filter(|row| may_use(row)).map(Row::id).collect()
    };
    let (rackets, strings) = (usable(b, "rackets"), usable(b, "strings"));
    let mine = ("stringer_id", Value::from(stringer));
    for person in known {
        let file = b.add(
            "client_profiles",
            &[mine.clone(), ("person_id", person.into()), ("is_self_for_stringer", false.into())],
        );
        let file = file.expect("an id");
        let label = b.rng.random_range(0..u32::MAX).to_string();
        let racket = b.one_of(&rackets);
        let frame = b.add(
            "client_rackets",
            &[
                mine.clone(),
                ("client_profile_id", file.into()),
                ("racket_id", racket.into()),
                ("label_code", label.into()),
            ],
        );
        for _ in 0..2 {
            let mains = b.one_of(&strings);
            let crosses = if b.maybe(50) { b.one_of(&strings).into() } else { NO_KEY };
            order(b, stringer, file, frame.expect("an id"), mains, crosses);
        }
    }
    // String in stock, which each of the jobs has drawn from.
    let reel = |b: &mut Builder| {
        let string = b.one_of(&strings);
        let of_string = ("string_id", string.into());
        let some = [("length", 20_000_i64.into()), ("count", 1_i64.into())];
        let reel = [&[mine.clone(), of_string, ("kind", "reel".into())][..], &some[..]].concat();
        b.add("reels", &reel).expect("an id")
    };
    let reels = [reel(b), reel(b)];
    for order in b.of("orders").iter().filter(|row| row.key("stringer_id") == Some(stringer)) {
        let (reel, side) = (b.one_of(&reels), b.one_of(&["mains", "crosses"]));
        let of = [("reel_id", reel.into()), ("order_id", order.id().into())];
        let drawn = [("side", side.into()), ("length", 600_i64.into())];
        b.add("reel_uses", &[&[mine.clone()][..], &of[..], &drawn[..]].concat());
        let of_it = (("order_id", order.id().into()), ("amount", 1_000_i64.into()));
        b.add("payments", &[mine.clone(), of_it.0, of_it.1]);
    }
    let said = [("since", day(3).into()), ("regime", "germany".into())];
    b.add("taxes", &[&[mine.clone()][..], &said[..]].concat());
    for digest in ["a", "b"] {
        b.add("logos", &[mine.clone(), ("digest", digest.into())]);
    }
    for year in 2024..2026_i64 {
        b.add("receipt_counters", &[mine.clone(), ("year", year.into())]);
    }
}

fn order(b: &mut Builder, stringer: Uuid, file: Uuid, frame: Uuid, mains: Uuid, crosses: Value) {
    let mine = ("stringer_id", Value::from(stringer));
    let sport = b.one_of(&["tennis", "squash", "badminton"]);
    let order = b.add(
        "orders",
        &[
            mine.clone(),
            ("client_profile_id", file.into()),
            ("is_self", false.into()),
            ("client_racket_id", frame.into()),
            ("sport", sport.into()),
            ("tension_unit", "kg".into()),
            ("mains_string_id", mains.into()),
            ("crosses_string_id", crosses),
            ("receipt_number", NO_TEXT),
            ("external_ref", NO_TEXT),
        ],
    );
    let order = ("order_id", Value::from(order.expect("an id")));
    let step = b.one_of(&["ordered", "strung", "paid"]);
    b.add(
        "order_state_audit",
        &[mine.clone(), order.clone(), ("actor_id", stringer.into()), ("step", step.into())],
    );
    let (state, pdf) = match b.maybe(60) {
        true => ("rendered", vec![b.rng.random::<u8>()].into()),
        false => ("pending", null(Kind::Bytes)),
    };
    let emission = b.add(
        "receipt_emissions",
        &[
            mine.clone(),
            order.clone(),
            ("cause", "first".into()),
            ("locale", "de".into()),
            ("pdf_state", state.into()),
            ("pdf", pdf),
        ],
    );
    let emission = ("emission_id", Value::from(emission.expect("an id")));
    let state = ("state", b.one_of(&["owed", "sent", "refused", "unknown"]).into());
    b.add("receipt_mails", &[mine, order, emission, state]);
}

/// Grants of all three rules, in force and revoked.
fn shares(b: &mut Builder, stringers: &[Uuid]) {
    for order in b.of("orders") {
        let owner = order.key("stringer_id").expect("an owner");
        let grantee = b.one_of(stringers);
        if grantee == owner || b.maybe(40) {
            continue;
        }
        let file = b
            .of("client_profiles")
            .into_iter()
            .find(|f| Some(f.id()) == order.key("client_profile_id"));
        let person = file.and_then(|file| file.key("person_id"));
        let (rule, by) = match person {
            Some(person) if b.maybe(30) => (2_i64, person.into()),
            _ => (1, NO_KEY),
        };
        let revoked = if b.maybe(30) { moment(4).into() } else { null(Kind::Moment) };
        let of_order = [("stringer_id", owner.into()), ("order_id", order.id().into())];
        let grant = [
            ("grantee_id", grantee.into()),
            ("rule", rule.into()),
            ("granted_by_person_id", by),
            ("revoked_at", revoked),
        ];
        b.add("order_shares", &[&of_order[..], &grant[..]].concat());
        let event = [
            ("grantee_id", grantee.into()),
            ("actor_id", owner.into()),
            ("event", "granted".into()),
        ];
        b.add("share_audit", &[&of_order[..], &event[..]].concat());
        b.add(
            "notifications",
            &[
                ("stringer_id", grantee.into()),
                ("actor_id", owner.into()),
                ("kind", "share_granted_to_me".into()),
                ("order_stringer_id", owner.into()),
                ("order_id", order.id().into()),
            ],
        );
    }
    for person in b.of("persons") {
        if b.maybe(50) {
            let target = b.one_of(stringers);
            let revoked = if b.maybe(30) { moment(4).into() } else { null(Kind::Moment) };
            b.add(
                "person_stringer_shares",
                &[
                    ("person_id", person.id().into()),
                    ("target_stringer_id", target.into()),
                    ("revoked_at", revoked),
                ],
            );
        }
    }
}
