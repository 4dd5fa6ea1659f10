//! Statements out of a grammar: every clause that the chokepoint lets through, and some
//! that it does not. A choice that nothing was drawn for takes the simplest way, so
//! that shorter bytes make simpler statements.

use arbitrary::Unstructured;
use sea_orm::Value;
use sea_orm::prelude::Uuid;

use super::books::{Attempt, Effect};
use super::schema::{Field, Kind, MIRRORED, VIEWS};
use super::world::{Row, World, value};

pub struct Grammar<'w, 'b> {
    pub world: &'w World,
    pub me: Uuid,
    pub is_postgres: bool,
    pub bytes: Unstructured<'b>,
    keys: Vec<Uuid>,
    values: Vec<Value>,
    scopes: Vec<Vec<Source>>,
    ctes: Vec<Source>,
    aliases: usize,
    /// Within an aggregate: one over columns from further out alone would belong to the
    /// query out there, whose other columns are then anybody's guess.
    stays_in: bool,
}

#[derive(Clone, Debug)]
struct Source {
    name: String,
    columns: Vec<(String, Kind)>,
}

/// A query's text and the columns that come of it.
type Selected = (String, Vec<(String, Kind)>);

const COMPARISONS: [&str; 6] = ["=", "<>", "<", "<=", ">", ">="];

impl<'w, 'b> Grammar<'w, 'b> {
    pub fn new(world: &'w World, me: Uuid, is_postgres: bool, bytes: &'b [u8]) -> Self {
        let ids = world.rows.iter().filter(|row| row.cells.contains_key("id"));
        let keys = ids.map(|row| row.key("id").expect("an id")).collect();
        Self {
            world,
            me,
            is_postgres,
            bytes: Unstructured::new(bytes),
            keys,
            values: Vec::new(),
            scopes: Vec::new(),
            ctes: Vec::new(),
            aliases: 0,
            stays_in: false,
        }
    }

    pub fn statement(&mut self) -> Attempt {
        match self.below(100) {
            0..60 => {
                let (sql, _) = self.query(3, None);
                self.attempt(sql, Effect::Reads)
            }
            60..78 => self.update(),
            78..96 => self.insert(),
            _ => self.delete(),
        }
    }

    fn attempt(&mut self, sql: String, effect: Effect) -> Attempt {
        let given = (sql, std::mem::take(&mut self.values));
        Attempt { meant: given.clone(), given, effect }
    }

    fn below(&mut self, n: usize) -> usize {
        self.bytes.int_in_range(0..=n - 1).unwrap_or(0)
    }

    fn chance(&mut self, percent: usize) -> bool {
        self.below(100) >= 100 - percent
    }

    fn one_of<T: Clone>(&mut self, choices: &[T]) -> T {
        choices[self.below(choices.len())].clone()
    }

    fn alias(&mut self, of: &str) -> String {
        self.aliases += 1;
        let n = self.aliases;
        // Now and then a name that a policy or another table has.
        match self.below(12) {
            11 => {
                self.one_of(&["p", "s", "o", "c", "g", "this", "me", "excluded"]).to_owned()
                    + &n.to_string()
            }
            10 => format!("\"{of}{n}\""),
            _ => format!("t{n}"),
        }
    }

    /// A name as somebody may write it.
    fn written(&mut self, name: &str) -> String {
        match self.below(8) {
            7 => format!("\"{name}\""),
            6 => name.to_uppercase(),
            _ => name.to_owned(),
        }
    }

    fn bind(&mut self, value: Value) -> String {
        self.values.push(value);
        // Numbered, since a text is not drawn from left to right; bare ones come from the
        // builders.
        let mark = if self.is_postgres { '$' } else { '?' };
        format!("{mark}{}", self.values.len())
    }

    // Queries

    fn query(&mut self, depth: usize, want: Option<&[Kind]>) -> Selected {
        if depth > 1 && self.chance(12) {
            return self.with(depth, want);
        }
        if depth > 0 && self.chance(10) {
            return self.set(depth, want);
        }
        let (mut sql, columns) = self.select(depth, want);
        if self.chance(25) {
            let all = (1..=columns.len()).map(|n| n.to_string()).collect::<Vec<_>>().join(", ");
            sql = format!("{sql} ORDER BY {all}");
            if self.chance(60) {
                let limit = i64::try_from(self.below(5)).expect("small");
                let limit = self.bind(limit.into());
                sql = format!("{sql} LIMIT {limit}");
            }
            if self.chance(20) && sql.contains("LIMIT") {
                sql = format!("{sql} OFFSET 1");
            }
        }
        (sql, columns)
    }

    fn with(&mut self, depth: usize, want: Option<&[Kind]>) -> Selected {
        let (inner, columns) = self.query(depth - 1, None);
        let name = format!("w{}", self.aliases);
        self.aliases += 1;
        self.ctes.push(Source { name: name.clone(), columns });
        let (outer, columns) = self.query(depth - 1, want);
        self.ctes.pop();
        let recursive = if self.chance(15) { "RECURSIVE " } else { "" };
        (format!("WITH {recursive}{name} AS ({inner}) {outer}"), columns)
    }

    fn set(&mut self, depth: usize, want: Option<&[Kind]>) -> Selected {
        let (left, columns) = self.select(depth - 1, want);
        let kinds: Vec<Kind> = columns.iter().map(|(_, kind)| *kind).collect();
        let (right, _) = self.select(depth - 1, Some(&kinds));
        let op = self.one_of(&["UNION", "UNION ALL", "EXCEPT", "INTERSECT"]);
        (format!("{left} {op} {right}"), columns)
    }

    fn select(&mut self, depth: usize, want: Option<&[Kind]>) -> Selected {
        self.scopes.push(Vec::new());
        let from = self.from(depth);
        let grouped =
            want.is_none_or(|want| want.iter().all(|k| *k != Kind::Key)) && self.chance(18);
        let (list, columns, group) = if grouped {
            self.aggregates(depth, want)
        } else {
            let (list, columns) = self.projection(depth, want);
            (list, columns, String::new())
        };
        let distinct = if self.chance(8) { "DISTINCT " } else { "" };
        let condition = self.maybe_where(depth);
        self.scopes.pop();
        (format!("SELECT {distinct}{list} FROM {from}{condition}{group}"), columns)
    }

    fn maybe_where(&mut self, depth: usize) -> String {
        if self.chance(65) { format!(" WHERE {}", self.condition(depth)) } else { String::new() }
    }

    fn from(&mut self, depth: usize) -> String {
        let mut sql = self.source(depth, false);
        for _ in 0..[0, 0, 1, 1, 2][self.below(5)] {
            match self.below(10) {
                0..4 => sql = format!("{sql}{}", self.keyed_join()),
                4..8 => {
                    let kind = self.one_of(&[
                        "JOIN",
                        "LEFT JOIN",
                        "INNER JOIN",
                        "RIGHT JOIN",
                        "FULL JOIN",
                    ]);
                    let right = self.source(depth, false);
                    let on = self.equality();
                    sql = format!("{sql} {kind} {right} ON {on}");
                }
                8 => sql = format!("{sql} CROSS JOIN {}", self.source(depth, false)),
                _ => sql = format!("{sql}, {}", self.source(depth, true)),
            }
        }
        sql
    }

    /// The join that the schema means: a tenant's key and an id.
    fn keyed_join(&mut self) -> String {
        let scope = self.scopes.last().expect("a scope").clone();
        let left = self.one_of(&scope);
        let keys: Vec<&(String, Kind)> =
            left.columns.iter().filter(|(name, kind)| *kind == Kind::Key && name != "id").collect();
        let target = keys.iter().find_map(|(name, _)| {
            let table = match name.as_str() {
                "order_id" => "orders",
                "client_profile_id" => "client_profiles",
                "client_racket_id" => "client_rackets",
                "racket_id" => "rackets",
                "mains_string_id" => "strings",
                "person_id" => "persons",
                "stringer_id" => "stringers",
                _ => return None,
            };
            Some((name.clone(), table))
        });
        let Some((column, table)) = target else {
            return format!(" CROSS JOIN {}", self.source(0, false));
        };
        let alias = self.alias(table);
        let left_name = left.name.clone();
        let kind = self.one_of(&["JOIN", "LEFT JOIN"]);
        let written = self.written(table);
        self.name(alias.clone(), self.columns_of(table));
        format!(" {kind} {written} AS {alias} ON {alias}.id = {left_name}.{column}")
    }

    fn columns_of(&self, table: &str) -> Vec<(String, Kind)> {
        let fields = &self.world.table(table).fields;
        fields.iter().map(|field| (field.name.clone(), field.kind)).collect()
    }

    fn name(&mut self, name: String, columns: Vec<(String, Kind)>) {
        self.scopes.last_mut().expect("a scope").push(Source { name, columns });
    }

    fn table_name(&mut self) -> String {
        let (open, closed): (Vec<_>, Vec<_>) = self
            .world
            .tables
            .iter()
            .map(|table| table.name.clone())
            .partition(|name| !self.world.is_closed(name));
        if self.chance(1) { self.one_of(&closed) } else { self.one_of(&open) }
    }

    fn source(&mut self, depth: usize, beside: bool) -> String {
        if depth > 0 && self.chance(14) {
            // Only LATERAL sees its neighbours, and only after them.
            let hidden = self.scopes.pop().expect("a scope");
            let lateral = self.is_postgres && beside && self.chance(50);
            if lateral {
                self.scopes.push(hidden.clone());
            }
            let (sql, columns) = self.query(depth - 1, None);
            if lateral {
                self.scopes.pop();
            }
            self.scopes.push(hidden);
            let alias = self.alias("d");
            self.name(alias.clone(), columns);
            return format!("{}({sql}) AS {alias}", if lateral { "LATERAL " } else { "" });
        }
        if !self.ctes.is_empty() && self.chance(60) {
            let ctes = self.ctes.clone();
            let cte = self.one_of(&ctes);
            let alias = self.alias("w");
            self.name(alias.clone(), cte.columns);
            return format!("{} AS {alias}", cte.name);
        }
        let table = self.table_name();
        let columns = self.columns_of(&table);
        let written = self.written(&table);
        let taken = |name: &str| {
            self.scopes.iter().flatten().any(|source| source.name.trim_matches('"') == name)
        };
        if !taken(&table) && self.chance(25) {
            self.name(table, columns);
            return written;
        }
        let alias = self.alias(&table);
        self.name(alias.clone(), columns);
        let as_word = if self.chance(50) { "AS " } else { "" };
        format!("{written} {as_word}{alias}")
    }

    fn projection(&mut self, depth: usize, want: Option<&[Kind]>) -> Selected {
        if let Some(want) = want {
            let mut columns = Vec::new();
            let list = want.iter().enumerate().map(|(n, kind)| {
                columns.push((format!("c{n}"), *kind));
                format!("{} AS c{n}", self.expr(*kind, depth))
            });
            let list = list.collect::<Vec<_>>().join(", ");
            return (list, columns);
        }
        let scope = self.scopes.last().expect("a scope").clone();
        if self.chance(8) && scope.len() == 1 {
            return ("*".to_owned(), scope[0].columns.clone());
        }
        if self.chance(8) {
            let source = self.one_of(&scope);
            return (format!("{}.*", source.name), source.columns);
        }
        let (mut list, mut columns) = (Vec::new(), Vec::new());
        for n in 0..=self.below(4) {
            let kind = self.one_of(&[Kind::Text, Kind::Int, Kind::Key, Kind::Day, Kind::Flag]);
            let expr = if self.chance(10) && kind == Kind::Int {
                self.window(depth)
            } else {
                self.expr(kind, depth)
            };
            list.push(format!("{expr} AS c{n}"));
            columns.push((format!("c{n}"), kind));
        }
        (list.join(", "), columns)
    }

    /// Ties stand together in a rank and in a window's default frame.
    fn window(&mut self, depth: usize) -> String {
        let by = self.column(None);
        let order = self.expr(Kind::Int, depth.saturating_sub(1));
        let spec = match self.below(3) {
            0 => format!("ORDER BY {order}"),
            1 => format!("PARTITION BY {by} ORDER BY {order}"),
            _ => format!("PARTITION BY {by}"),
        };
        let function = match self.below(4) {
            0 => "count(*)".to_owned(),
            1 => format!("max({order})"),
            2 if spec.contains("ORDER") => "rank()".to_owned(),
            3 if spec.contains("ORDER") => "dense_rank()".to_owned(),
            _ => format!("min({order})"),
        };
        let filter = if function.contains("()") || !self.chance(15) {
            String::new()
        } else {
            format!(" FILTER (WHERE {})", self.comparison(0))
        };
        format!("{function}{filter} OVER ({spec})")
    }

    fn aggregates(
        &mut self,
        depth: usize,
        want: Option<&[Kind]>,
    ) -> (String, Vec<(String, Kind)>, String) {
        let mut columns = Vec::new();
        let mut list = Vec::new();
        let by: Vec<String> = (0..self.below(3)).map(|_| self.column(None)).collect();
        let kinds = want.map_or_else(
            || {
                (0..=self.below(2))
                    .map(|_| [Kind::Int, Kind::Text, Kind::Day][self.below(3)])
                    .collect()
            },
            <[Kind]>::to_vec,
        );
        for (n, kind) in kinds.iter().enumerate() {
            list.push(format!("{} AS c{n}", self.aggregate(*kind, depth)));
            columns.push((format!("c{n}"), *kind));
        }
        let mut group = String::new();
        if !by.is_empty() {
            group = format!(" GROUP BY {}", by.join(", "));
        }
        if self.chance(30) {
            let having = self.aggregate(Kind::Int, 0);
            group = format!("{group} HAVING {having} {} 1", self.one_of(&COMPARISONS));
        }
        (list.join(", "), columns, group)
    }

    fn aggregate(&mut self, kind: Kind, depth: usize) -> String {
        let outside = std::mem::replace(&mut self.stays_in, true);
        let aggregate = self.aggregate_of(kind, depth.saturating_sub(1));
        self.stays_in = outside;
        aggregate
    }

    fn aggregate_of(&mut self, kind: Kind, depth: usize) -> String {
        match kind {
            Kind::Int => match self.below(4) {
                0 => "count(*)".to_owned(),
                1 => format!("count(DISTINCT {})", self.column(None)),
                2 => format!("max({})", self.expr(Kind::Int, depth)),
                _ => {
                    let inner = self.expr(Kind::Int, depth);
                    format!("CAST(sum({inner}) AS BIGINT)")
                }
            },
            Kind::Flag => "count(*) > 1".to_owned(),
            Kind::Text | Kind::Day | Kind::Hour | Kind::Moment => {
                let function = self.one_of(&["min", "max"]);
                format!("{function}({})", self.expr(kind, depth))
            }
            Kind::Key | Kind::Bytes => self.fallback(kind),
        }
    }

    // Expressions

    /// A column in sight, of a kind; seldom of a query further out.
    fn column(&mut self, kind: Option<Kind>) -> String {
        let outward = self.scopes.len() > 1 && !self.stays_in && self.chance(15);
        let index = self.scopes.len() - if outward { 2 } else { 1 };
        let fits = |(_, k): &&(String, Kind)| match kind {
            Some(kind) => *k == kind,
            None => matches!(k, Kind::Text | Kind::Int | Kind::Key | Kind::Day),
        };
        let found: Vec<(String, String)> = self.scopes[index]
            .iter()
            .flat_map(|source| {
                let columns = source.columns.iter().filter(fits);
                columns.map(|(column, _)| (source.name.clone(), column.clone()))
            })
            .collect();
        if found.is_empty() {
            return self.fallback(kind.unwrap_or(Kind::Text));
        }
        let (source, column) = self.one_of(&found);
        let is_only = self
            .scopes
            .iter()
            .flatten()
            .flat_map(|s| &s.columns)
            .filter(|(c, _)| *c == column)
            .count()
            == 1;
        let written = self.written(&column);
        if is_only && self.chance(20) { written } else { format!("{source}.{written}") }
    }

    fn fallback(&mut self, kind: Kind) -> String {
        let n = u8::try_from(self.below(200)).expect("small");
        let other = self.any_key();
        let keys = [self.me, other];
        let drawn = value(kind, n, &keys);
        match &drawn {
            Value::String(Some(text)) if self.chance(40) => {
                format!("'{}'", text.replace('\'', "''"))
            }
            Value::BigInt(Some(number)) if self.chance(40) => number.to_string(),
            Value::Bool(Some(flag)) => flag.to_string(),
            _ => self.bind(drawn),
        }
    }

    fn any_key(&mut self) -> Uuid {
        let n = self.below(self.keys.len());
        self.keys[n]
    }

    fn expr(&mut self, kind: Kind, depth: usize) -> String {
        if depth == 0 {
            return if self.chance(75) { self.column(Some(kind)) } else { self.fallback(kind) };
        }
        let depth = depth - 1;
        match (kind, self.below(14)) {
            (_, 0..6) => self.column(Some(kind)),
            (_, 6) => self.fallback(kind),
            (_, 7) => format!("coalesce({}, {})", self.expr(kind, depth), self.expr(kind, depth)),
            (_, 8) => {
                let condition = self.comparison(depth);
                format!(
                    "CASE WHEN {condition} THEN {} ELSE {} END",
                    self.expr(kind, depth),
                    self.expr(kind, depth)
                )
            }
            (Kind::Key | Kind::Bytes, _) => self.column(Some(kind)),
            (_, 9) => {
                self.scopes.push(Vec::new());
                let from = self.source(0, false);
                let one = self.aggregate(kind, 1);
                let condition = self.maybe_where(0);
                self.scopes.pop();
                format!("(SELECT {one} FROM {from}{condition})")
            }
            (Kind::Text, 10) => {
                let function = self.one_of(&["upper", "lower", "trim"]);
                format!("{function}({})", self.expr(kind, depth))
            }
            (Kind::Text, 11) => {
                format!("({} || {})", self.expr(kind, depth), self.expr(kind, depth))
            }
            (Kind::Text, 12) => format!("substr({}, 1, 2)", self.expr(kind, depth)),
            (Kind::Text, _) => format!("nullif({}, 'alpha')", self.expr(kind, depth)),
            (Kind::Int, 10..12) => {
                let op = self.one_of(&["+", "-", "*"]);
                format!("({} {op} {})", self.column(Some(Kind::Int)), self.below(9))
            }
            (Kind::Int, 12) => format!("CAST(length({}) AS BIGINT)", self.expr(Kind::Text, depth)),
            (Kind::Flag, 10..) => format!("({})", self.comparison(depth)),
            _ => self.column(Some(kind)),
        }
    }

    fn equality(&mut self) -> String {
        let kind = self.one_of(&[Kind::Key, Kind::Key, Kind::Text, Kind::Int]);
        let (left, right) = (self.column(Some(kind)), self.column(Some(kind)));
        format!("{left} = {right}")
    }

    fn condition(&mut self, depth: usize) -> String {
        if depth == 0 {
            return self.comparison(0);
        }
        match self.below(12) {
            0..5 => self.comparison(depth - 1),
            5 => format!("{} AND {}", self.condition(depth - 1), self.condition(depth - 1)),
            6 => format!("({} OR {})", self.condition(depth - 1), self.condition(depth - 1)),
            7 => format!("NOT ({})", self.condition(depth - 1)),
            8 => {
                let kind = self.one_of(&[Kind::Key, Kind::Text, Kind::Int]);
                let left = self.expr(kind, 0);
                let not = if self.chance(25) { "NOT " } else { "" };
                let (query, _) = self.query(depth - 1, Some(&[kind]));
                format!("{left} {not}IN ({query})")
            }
            9 => {
                let (query, _) = self.query(depth - 1, None);
                let not = if self.chance(30) { "NOT " } else { "" };
                format!("{not}EXISTS ({query})")
            }
            10 => format!("1 = 1 OR {}", self.comparison(0)),
            _ => {
                self.scopes.push(Vec::new());
                let from = self.source(0, false);
                let condition = self.maybe_where(0);
                self.scopes.pop();
                format!("(SELECT count(*) FROM {from}{condition}) {} 2", self.one_of(&COMPARISONS))
            }
        }
    }

    fn comparison(&mut self, depth: usize) -> String {
        let kind =
            self.one_of(&[Kind::Text, Kind::Int, Kind::Key, Kind::Day, Kind::Flag, Kind::Moment]);
        let left = self.expr(kind, depth.min(1));
        match self.below(10) {
            0..4 => {
                let op = if kind == Kind::Flag { "=" } else { self.one_of(&COMPARISONS) };
                format!("{left} {op} {}", self.expr(kind, depth.min(1)))
            }
            4 => format!("{left} IS NULL"),
            5 => format!("{left} IS NOT NULL"),
            6 => {
                let some: Vec<String> = (0..=self.below(3)).map(|_| self.fallback(kind)).collect();
                format!("{left} IN ({})", some.join(", "))
            }
            7 if kind == Kind::Text => {
                let pattern = self.one_of(&["%a%", "_eta", "%", "a%"]);
                format!("{left} LIKE '{pattern}'")
            }
            8 if kind == Kind::Int || kind == Kind::Day => {
                format!("{left} BETWEEN {} AND {}", self.fallback(kind), self.fallback(kind))
            }
            _ => format!("{left} = {}", self.fallback(kind)),
        }
    }

    // Writes

    fn written_table(&mut self) -> String {
        if self.chance(75) { self.one_of(&MIRRORED).to_owned() } else { self.table_name() }
    }

    fn effect_on(table: &str) -> Effect {
        if MIRRORED.contains(&table) { Effect::Writes } else { Effect::Spares }
    }

    fn update(&mut self) -> Attempt {
        let table = self.written_table();
        let columns = self.columns_of(&table);
        let (mut target, mut row) = (self.written(&table), table.clone());
        if self.chance(25) {
            row = self.alias(&table);
            target = format!("{target} AS {row}");
        }
        self.scopes.push(vec![Source { name: row.clone(), columns: columns.clone() }]);
        let mut from = String::new();
        if self.chance(12)
            && let Some((name, _)) = columns.iter().find(|(name, _)| name == "client_profile_id")
        {
            let other = self.alias("client_profiles");
            from = format!(" FROM client_profiles AS {other}");
            self.name(other.clone(), self.columns_of("client_profiles"));
            from = format!("{from} WHERE {other}.id = {row}.{name} AND ");
        }
        let set: Vec<String> = (0..=self.below(2))
            .filter_map(|_| {
                let fields = self.world.table(&table).fields.clone();
                let field = self.one_of(&fields);
                let fixed = ["id", "stringer_id", "created_at"].contains(&field.name.as_str());
                let value = self.new_value(&field);
                (!fixed || self.chance(5)).then(|| format!("{} = {value}", field.name))
            })
            .collect();
        let set = if set.is_empty() { format!("{0} = {0}", columns[1].0) } else { set.join(", ") };
        let condition = if self.chance(80) { self.condition(2) } else { "1 = 1".to_owned() };
        let condition = match from.is_empty() {
            true => format!(" WHERE {condition}"),
            false => format!("{from}({condition})"),
        };
        self.scopes.pop();
        let returning = self.returning(&columns);
        let sql = format!("UPDATE {target} SET {set}{condition}{returning}");
        self.attempt(sql, Self::effect_on(&table))
    }

    fn new_value(&mut self, field: &Field) -> String {
        match field.kind {
            Kind::Key => {
                if self.chance(30) {
                    self.column(Some(Kind::Key))
                } else {
                    self.fallback(Kind::Key)
                }
            }
            kind => self.expr(kind, 1),
        }
    }

    fn returning(&mut self, columns: &[(String, Kind)]) -> String {
        if !self.chance(25) {
            return String::new();
        }
        let names: Vec<String> = (0..=self.below(2)).map(|_| self.one_of(columns).0).collect();
        if self.chance(15) {
            " RETURNING *".to_owned()
        } else {
            format!(" RETURNING {}", names.join(", "))
        }
    }

    fn delete(&mut self) -> Attempt {
        let table = self.written_table();
        let columns = self.columns_of(&table);
        self.scopes.push(vec![Source { name: table.clone(), columns }]);
        let condition = self.maybe_where(1);
        self.scopes.pop();
        let sql = format!("DELETE FROM {table}{condition}");
        self.attempt(sql, Self::effect_on(&table))
    }

    /// New rows after the pattern of one of mine, with something else here and there.
    fn insert(&mut self) -> Attempt {
        let table = self.written_table();
        if VIEWS.contains(&table.as_str()) {
            return self.update();
        }
        let world = self.world;
        let mine: Vec<&Row> = world
            .of(&table)
            .filter(|row| {
                world.may_change(self.me, row)
                    || row.cells.get("stringer_id").is_some_and(|owner| *owner == self.me.into())
            })
            .collect();
        if mine.is_empty() {
            return self.update();
        }
        if self.chance(25) {
            return self.insert_selected(&table);
        }
        let fields = world.table(&table).fields.clone();
        let stamp = match table.as_str() {
            "persons" => "created_by",
            "rackets" | "strings" => "created_by_stringer_id",
            _ => "stringer_id",
        };
        let forbidden = [
            "subject",
            "email_verified_at",
            "merged_into",
            "deleted_at",
            "scrubbed_at",
            "granted_by_person_id",
            "revoked_at",
            "read_at",
            "actor_person_id",
        ];
        let names_owner = self.chance(40);
        let fields: Vec<&Field> = fields
            .iter()
            .filter(|field| field.name != stamp || names_owner)
            .filter(|field| !forbidden.contains(&field.name.as_str()))
            .filter(|field| table != "order_state_audit" || field.name != "actor_id")
            .collect();
        let pattern = self.one_of(&mine);
        let mut rows = Vec::new();
        for _ in 0..=[0, 0, 0, 1][self.below(4)] {
            let mut row = Vec::new();
            for field in &fields {
                let value = match field.name.as_str() {
                    "id" => self.fresh().into(),
                    "year" if table == "receipt_counters" => {
                        (2024 + i64::try_from(self.below(4)).expect("small")).into()
                    }
                    "label_code" => self.fresh().to_string().into(),
                    name if name == stamp && self.chance(10) => self.any_key().into(),
                    name if name == stamp => self.me.into(),
                    _ if field.kind == Kind::Key && self.chance(15) => self.any_key().into(),
                    name => pattern.cells[name].clone(),
                };
                row.push(value);
            }
            rows.push(row);
        }
        let conflict = self.conflict(&table);
        let returning = {
            let columns = self.columns_of(&table);
            self.returning(&columns)
        };
        self.render(&table, stamp, names_owner, &fields, &rows, &format!("{conflict}{returning}"))
    }

    fn fresh(&mut self) -> Uuid {
        let bytes: [u8; 8] =
            std::array::from_fn(|_| u8::try_from(self.below(256)).expect("a byte"));
        let mut whole = [0xee; 16];
        whole[..8].copy_from_slice(&bytes);
        uuid::Builder::from_random_bytes(whole).into_uuid()
    }

    fn conflict(&mut self, table: &str) -> String {
        if !self.chance(40) {
            return String::new();
        }
        match (table, self.below(4)) {
            ("receipt_counters", 0) => " ON CONFLICT (stringer_id, year) DO UPDATE SET last_number = receipt_counters.last_number + 1".to_owned(),
            ("receipt_counters", 1) => " ON CONFLICT (stringer_id, year) DO UPDATE SET last_number = excluded.last_number WHERE receipt_counters.last_number < 4".to_owned(),
            ("receipt_counters", 2) => " ON CONFLICT (stringer_id, year) DO NOTHING".to_owned(),
            (_, 0) => " ON CONFLICT DO NOTHING".to_owned(),
            (_, 1) => " ON CONFLICT (id) DO NOTHING".to_owned(),
            ("client_profiles", _) => " ON CONFLICT (stringer_id, person_id) DO UPDATE SET nickname = excluded.nickname".to_owned(),
            ("client_rackets", _) => " ON CONFLICT (id) DO UPDATE SET serial = 'x', racket_id = excluded.racket_id".to_owned(),
            ("orders", _) => " ON CONFLICT (id) DO UPDATE SET method = excluded.method WHERE orders.sport = 'tennis'".to_owned(),
            _ => String::new(),
        }
    }

    /// As it is given, and with its owner where that is left to be added.
    fn render(
        &mut self,
        table: &str,
        stamp: &str,
        names_owner: bool,
        fields: &[&Field],
        rows: &[Vec<Value>],
        tail: &str,
    ) -> Attempt {
        let me = Value::from(self.me);
        let text = |grammar: &mut Self, with_owner: bool| {
            let mut columns: Vec<&str> = fields.iter().map(|field| field.name.as_str()).collect();
            let mut added: Vec<&str> = Vec::new();
            if with_owner && !names_owner {
                added.push(stamp);
            }
            if with_owner && table == "order_state_audit" {
                added.push("actor_id");
            }
            columns.extend(&added);
            let lists: Vec<String> = rows
                .iter()
                .map(|row| {
                    let all = row.iter().cloned().chain(added.iter().map(|_| me.clone()));
                    let marks: Vec<String> = all.map(|value| grammar.bind(value)).collect();
                    format!("({})", marks.join(", "))
                })
                .collect();
            let sql = format!(
                "INSERT INTO {table} ({}) VALUES {}{tail}",
                columns.join(", "),
                lists.join(", ")
            );
            (sql, std::mem::take(&mut grammar.values))
        };
        let given = text(self, false);
        let meant = text(self, true);
        // A person whom I see need not be one whom I may name.
        let names_less = table == "client_profiles";
        let effect = if names_less { Effect::Spares } else { Self::effect_on(table) };
        Attempt { given, meant, effect }
    }

    /// Counters of years that are read from somewhere, and audit rows of orders.
    fn insert_selected(&mut self, _table: &str) -> Attempt {
        let audit = self.chance(50);
        self.scopes.push(Vec::new());
        let (table, columns, list, from) = if audit {
            let from = self.source(0, false);
            let source = self.scopes.last().expect("a scope")[0].clone();
            let order = match self.below(3) {
                0 if source.columns.iter().any(|(name, _)| name == "order_id") => {
                    format!("{}.order_id", source.name)
                }
                1 => self.fallback(Kind::Key),
                _ if source.columns.iter().any(|(name, _)| name == "id") => {
                    format!("{}.id", source.name)
                }
                _ => self.fallback(Kind::Key),
            };
            // Never another's key, which a unique index knows whoever asks (see the limits).
            let id = if source.columns.iter().any(|(name, _)| name == "id") {
                format!("{}.id", source.name)
            } else {
                let fresh = self.fresh();
                self.bind(fresh.into())
            };
            let at = self.fallback(Kind::Moment);
            (
                "order_state_audit",
                "id, order_id, at, step",
                format!("{id}, {order}, {at}, 'paid'"),
                from,
            )
        } else {
            let from = self.source(0, false);
            let year = self.aggregate(Kind::Int, 1);
            ("receipt_counters", "year, last_number", format!("{year}, 1"), from)
        };
        let condition = self.maybe_where(1);
        let condition = if condition.is_empty() { " WHERE 1 = 1".to_owned() } else { condition };
        self.scopes.pop();
        let tail = if self.chance(30) { " ON CONFLICT DO NOTHING" } else { "" };
        let given =
            format!("INSERT INTO {table} ({columns}) SELECT {list} FROM {from}{condition}{tail}");
        let mut values = std::mem::take(&mut self.values);
        let given_values = values.clone();
        let owners = if audit { "stringer_id, actor_id" } else { "stringer_id" };
        let mark = if self.is_postgres { '$' } else { '?' };
        let me = owners.split(", ").map(|_| {
            values.push(self.me.into());
            format!("{mark}{}", values.len())
        });
        let me: Vec<String> = me.collect();
        let meant = format!(
            "INSERT INTO {table} ({columns}, {owners}) SELECT {list}, {} FROM {from}{condition}{tail}",
            me.join(", ")
        );
        Attempt {
            given: (given, given_values),
            meant: (meant, values),
            effect: Self::effect_on(table),
        }
    }
}
