//! The rows of a book, as SQL that either database runs by itself.

use sea_orm::{ConnectionTrait as _, DatabaseConnection};

use super::book::Shape;
use super::dialect::Dialect;

/// A column of a row that is other than the demonstration's, as SQL.
type Other = (&'static str, String);

/// What a table is filled with.
struct Filled {
    table: &'static str,
    /// Which row of the demonstration its rows are like.
    like: String,
    /// What they are counted by.
    from: String,
    other: Vec<Other>,
}

/// A book to be filled.
pub struct Seed {
    pub shape: Shape,
    pub dialect: Dialect,
}

impl Seed {
    pub async fn fill(&self, raw: &DatabaseConnection) {
        for Filled { table, like, from, other } in self.rows() {
            let columns = self.dialect.columns(raw, table).await;
            let value = |column: &String| {
                let other = other.iter().find(|(name, _)| name == column);
                other.map_or_else(|| format!("t.{column}"), |(_, value)| value.clone())
            };
            let values = columns.iter().map(value).collect::<Vec<_>>().join(", ");
            let sql = format!(
                "INSERT INTO {table} ({}) {} SELECT {values} FROM ({like}) t CROSS JOIN {from}",
                columns.join(", "),
                self.numbers()
            );
            self.dialect.past_the_walls(raw, table, &sql).await;
        }
        let settled = if self.dialect.is_postgres() { "VACUUM ANALYZE" } else { "ANALYZE" };
        raw.execute_unprepared(settled).await.expect("settled");
    }

    /// `s`, `c` and `i` count stringers, their clients and their orders; `m` the strings.
    fn numbers(&self) -> String {
        let Shape { stringers, orders } = self.shape;
        let counted = |name: &str, most: u32| {
            format!(
                "{name}({name}) AS (SELECT 1 UNION ALL SELECT {name} + 1 FROM {name} \
                 WHERE {name} < {most})"
            )
        };
        let named = |table: &str, names: &str| {
            let rows = names.split(' ').enumerate().map(|(at, name)| format!("({at}, '{name}')"));
            format!("{table}(n, name) AS (VALUES {})", rows.collect::<Vec<_>>().join(", "))
        };
        format!(
            "WITH RECURSIVE {}, {}, {}, {}, {}, m AS (SELECT id, \
             manufacturer || ' ' || model AS name, row_number() OVER (ORDER BY id) - 1 AS n \
             FROM strings WHERE sport = 'tennis' AND visibility = 'catalogue_shared' LIMIT {STRINGS})",
            counted("s", stringers),
            counted("c", self.shape.clients()),
            counted("i", orders),
            named("first", FIRST),
            named("last", LAST),
        )
    }

    fn rows(&self) -> Vec<Filled> {
        let [users, passwords, stringers] = self.accounts();
        let [persons, profiles, rackets] = self.clients();
        let book = [users, passwords, stringers, persons, profiles, rackets, self.orders()];
        book.into_iter().chain([self.reels(), self.shares()]).collect()
    }

    /// Some of each stringer's string in stock. The demonstration has none that they could be
    /// like.
    fn reels(&self) -> Filled {
        let d = self.dialect;
        let other = vec![
            ("id", d.id(8, "s", "m.n")),
            ("stringer_id", d.id(3, "s", "0")),
            ("string_id", "m.id".into()),
            ("kind", "'reel'".into()),
            ("length", "20000".into()),
            ("count", "1".into()),
            ("price", "12000".into()),
            ("currency", "'CHF'".into()),
            ("warn_below", "2400".into()),
            ("used", "1000 * m.n".into()),
            ("lost", "0".into()),
            ("bought_at", "NULL".into()),
            ("finished_at", "NULL".into()),
            ("created_at", "CURRENT_TIMESTAMP".into()),
            ("updated_at", "CURRENT_TIMESTAMP".into()),
        ];
        Filled { table: "reels", like: NOTHING.into(), from: "s CROSS JOIN m".into(), other }
    }

    /// Every twentieth order may be read by the stringer next door.
    fn shares(&self) -> Filled {
        let d = self.dialect;
        let next = format!("(s % {} + 1)", self.shape.stringers);
        let other = vec![
            ("id", d.id(9, "s", "i")),
            ("stringer_id", d.id(3, "s", "0")),
            ("order_id", d.id(7, "s", "i")),
            ("grantee_id", d.id(3, &next, "0")),
            ("rule", "1".into()),
            ("granted_by_person_id", "NULL".into()),
            ("granted_at", "CURRENT_TIMESTAMP".into()),
            ("revoked_at", "NULL".into()),
        ];
        // Nobody shares with oneself.
        let from = format!("s JOIN i ON i % 20 = 1 AND s <> {next}");
        Filled { table: "order_shares", like: NOTHING.into(), from, other }
    }

    fn accounts(&self) -> [Filled; 3] {
        let d = self.dialect;
        let mail = || "'stringer' || s || '@example.ch'".to_owned();
        let filled = |table: &'static str, which: &str, other| Filled {
            table,
            like: format!("SELECT * FROM {table} WHERE {which} LIMIT 1"),
            from: "s".into(),
            other,
        };
        let stefan = "email = 'stefan@example.ch'";
        [
            filled("users", stefan, vec![("id", d.id(1, "s", "0")), ("email", mail())]),
            // All have the demonstration's password.
            filled(
                "passwords",
                "1 = 1",
                vec![("id", d.id(2, "s", "0")), ("user_id", d.id(1, "s", "0"))],
            ),
            filled(
                "stringers",
                stefan,
                vec![
                    ("id", d.id(3, "s", "0")),
                    ("subject", d.text_id(1, "s", "0")),
                    ("email", mail()),
                    ("role", "'stringer'".into()),
                    ("is_founder", "NULL".into()),
                ],
            ),
        ]
    }

    fn clients(&self) -> [Filled; 3] {
        let d = self.dialect;
        let filled = |table: &'static str, whose: &str, which: &str, other| Filled {
            table,
            like: format!("SELECT * FROM {table} WHERE {whose} = {STEFAN} AND {which} LIMIT 1"),
            from: format!("s CROSS JOIN c {}", named("c")),
            other,
        };
        let (me, client) = (|| d.id(3, "s", "0"), || d.id(5, "s", "c"));
        let person = vec![
            ("id", d.id(4, "s", "c")),
            ("created_by", me()),
            ("email", "NULL".into()),
            ("email_normalised", "NULL".into()),
            ("display_first_name", "first.name".into()),
            ("display_last_name", "last.name".into()),
        ];
        let profile = vec![
            ("id", client()),
            ("stringer_id", me()),
            ("person_id", d.id(4, "s", "c")),
            ("search_key", "lower(first.name || ' ' || last.name)".into()),
        ];
        let racket = vec![
            ("id", d.id(6, "s", "c")),
            ("stringer_id", me()),
            ("client_profile_id", client()),
            ("label_code", "'L' || c".into()),
            ("racket_id", SHARED.into()),
        ];
        [
            filled("persons", "created_by", "1 = 1", person),
            filled("client_profiles", "stringer_id", "person_id IS NOT NULL", profile),
            filled("client_rackets", "stringer_id", "nickname IS NULL", racket),
        ]
    }

    fn orders(&self) -> Filled {
        let client = format!("(i % {} + 1)", self.shape.clients());
        let strings = format!(
            "JOIN m ON m.n = i % {STRINGS} JOIN m x ON x.n = CASE WHEN i % 5 < 3 \
             THEN i % {STRINGS} ELSE (i / 7) % {STRINGS} END"
        );
        let mut other = self.words(&client);
        other.extend(self.dates());
        Filled {
            table: "orders",
            like: format!(
                "SELECT * FROM orders WHERE stringer_id = {STEFAN} AND NOT is_self \
                 AND paid_at IS NOT NULL LIMIT 1"
            ),
            from: format!("s CROSS JOIN i {strings} {}", named(&client)),
            other,
        }
    }

    fn words(&self, client: &str) -> Vec<Other> {
        let d = self.dialect;
        let name = "first.name || ' ' || last.name";
        vec![
            ("id", d.id(7, "s", "i")),
            ("stringer_id", d.id(3, "s", "0")),
            ("client_profile_id", d.id(5, "s", client)),
            ("client_name", name.into()),
            ("client_key", format!("lower({name})")),
            ("client_racket_id", d.id(6, "s", client)),
            ("mains_string_id", "m.id".into()),
            ("mains_name", "m.name".into()),
            ("mains_string_text", "NULL".into()),
            ("mains_tension", "2000 + 50 * (i % 16)".into()),
            ("crosses_string_id", "x.id".into()),
            ("crosses_name", "x.name".into()),
            ("crosses_string_text", "NULL".into()),
            ("crosses_tension", "1950 + 50 * (i % 15)".into()),
            ("copied_from", "NULL".into()),
            ("external_ref", "NULL".into()),
        ]
    }

    /// Two years up to today, the last of which is still to be strung.
    fn dates(&self) -> Vec<Other> {
        let orders = self.shape.orders;
        let done = orders - self.shape.waiting();
        let day = |later: u32| {
            self.dialect.day(&format!("({orders} - i) * 690 / {orders} + 8 - {later}"))
        };
        let past = |later: u32| format!("CASE WHEN i <= {done} THEN {} END", day(later));
        let paid = format!("CASE WHEN i <= {done} AND i % 40 > 0 THEN {} END", day(3));
        vec![
            ("ordered_at", day(0)),
            ("strung_at", past(2)),
            ("returned_at", past(3)),
            ("paid_at", paid),
            ("due_at", format!("CASE WHEN i > {done} THEN {} END", self.dialect.day("0"))),
            ("due_time", "NULL".into()),
            ("cancelled_at", "NULL".into()),
            ("receipt_number", format!("CASE WHEN i <= {done} THEN 'L-' || i END")),
        ]
    }
}

/// The names of a client by its number.
fn named(client: &str) -> String {
    format!("JOIN first ON first.n = {client} % 25 JOIN last ON last.n = ({client} / 25) % 20")
}

const STEFAN: &str = "(SELECT id FROM stringers WHERE email = 'stefan@example.ch')";
/// What nobody may see is in no list.
const SHARED: &str = "(SELECT id FROM rackets WHERE sport = 'tennis' \
    AND visibility = 'catalogue_shared' ORDER BY id LIMIT 1 OFFSET 2)";
const NOTHING: &str = "SELECT 1 AS one";
/// Of so many of the catalogue's strings.
const STRINGS: u32 = 20;
const FIRST: &str = "Ada Ben Carla Dario Elena Fabio Greta Hugo Irene Jonas Kira Luca Marta Nico \
    Olga Paolo Rita Sven Tina Ugo Vera Walter Xenia Yuri Zoe";
const LAST: &str = "Rossi Bianchi Weber Novak Martin Silva Kovac Horvat Muller Conti Ferrari Greco \
    Schmidt Dubois Moreau Costa Lopez Garcia Keller Fischer";
