//! Statements as sea-query builds them: quoted names, bare placeholders.

use arbitrary::Unstructured;
use sea_orm::sea_query::{
    Alias, CommonTableExpression, Cond, Expr, ExprTrait, Func, JoinType, OnConflict, Order, Query,
    SelectStatement, UnionType, WindowStatement, WithClause,
};
use sea_orm::{StatementBuilder, Value, Values};

use super::books::{Attempt, Books, Effect};
use super::schema::{CLOSED, Kind, MIRRORED};
use super::world::{World, value};

pub fn statement(world: &World, books: &Books, bytes: &[u8]) -> Attempt {
    let mut draw = Draw { world, books, bytes: Unstructured::new(bytes) };
    match draw.below(10) {
        0..7 => {
            let query = draw.select(2);
            draw.attempt(&query, Effect::Reads)
        }
        7 => draw.with(),
        8 => draw.update(),
        _ => draw.upsert(),
    }
}

struct Draw<'w, 'b> {
    world: &'w World,
    books: &'w Books,
    bytes: Unstructured<'b>,
}

impl Draw<'_, '_> {
    fn below(&mut self, n: usize) -> usize {
        self.bytes.int_in_range(0..=n - 1).unwrap_or(0)
    }

    fn attempt(&self, statement: &impl StatementBuilder, effect: Effect) -> Attempt {
        let built = statement.build(&self.books.backend);
        let values = built.values.map_or_else(Vec::new, |Values(values)| values);
        let given = (built.sql, values);
        Attempt { meant: given.clone(), given, effect }
    }

    fn table(&mut self) -> String {
        let open: Vec<String> = self
            .world
            .tables
            .iter()
            .map(|table| table.name.clone())
            .filter(|name| !CLOSED.contains(&name.as_str()))
            .collect();
        open[self.below(open.len())].clone()
    }

    fn column(&mut self, table: &str, kind: Kind) -> Option<String> {
        let fields = &self.world.table(table).fields;
        let fit: Vec<String> =
            fields.iter().filter(|field| field.kind == kind).map(|f| f.name.clone()).collect();
        if fit.is_empty() { None } else { Some(fit[self.below(fit.len())].clone()) }
    }

    fn value(&mut self, kind: Kind) -> Value {
        let n = u8::try_from(self.below(200)).expect("small");
        let ids: Vec<_> =
            self.world.rows.iter().filter(|row| row.cells.contains_key("id")).collect();
        let other = ids[self.below(ids.len())].key("id").expect("an id");
        value(kind, n, &[self.books.me, other])
    }

    fn condition(&mut self, depth: usize, table: &str, alias: &str) -> Cond {
        let mut condition = if self.below(4) == 3 { Cond::any() } else { Cond::all() };
        for _ in 0..=self.below(2) {
            let kind = [Kind::Text, Kind::Int, Kind::Key, Kind::Day, Kind::Flag][self.below(5)];
            let Some(column) = self.column(table, kind) else { continue };
            let column = Expr::col((Alias::new(alias), Alias::new(&column)));
            let expr = match self.below(7) {
                0..2 => column.eq(self.value(kind)),
                2 => column.is_not_null(),
                3 if kind == Kind::Flag => column.ne(self.value(kind)),
                3 => column.gte(self.value(kind)),
                4 => column.is_in([self.value(kind), self.value(kind)]),
                5 if depth > 0 => {
                    let other = self.table();
                    let Some(theirs) = self.column(&other, kind) else { continue };
                    let mut query = Query::select();
                    query.column((Alias::new("inner"), Alias::new(&theirs)));
                    query.from_as(Alias::new(&other), Alias::new("inner"));
                    query.cond_where(self.condition(depth - 1, &other, "inner"));
                    column.in_subquery(query)
                }
                _ if depth > 0 => {
                    let other = self.table();
                    let Some(theirs) = self.column(&other, kind) else { continue };
                    let mut query = Query::select();
                    query.expr(Expr::value(1)).from_as(Alias::new(&other), Alias::new("beside"));
                    query.and_where(
                        Expr::col((Alias::new("beside"), Alias::new(&theirs))).eq(column),
                    );
                    Expr::exists(query)
                }
                _ => column.is_null(),
            };
            let expr = if self.below(6) == 5 { expr.not() } else { expr };
            condition = condition.add(expr);
        }
        condition
    }

    fn select(&mut self, depth: usize) -> SelectStatement {
        let (table, other) = (self.table(), self.table());
        let kinds = [Kind::Text, Kind::Int];
        let list: Vec<(String, Option<String>)> = kinds
            .iter()
            .map(|kind| {
                (self.column(&table, *kind).unwrap_or_default(), self.column(&other, *kind))
            })
            .filter(|(column, _)| !column.is_empty())
            .collect();
        let mut query = Query::select();
        query.from_as(Alias::new(&table), Alias::new("a"));
        let joined = self.join(&mut query, &table, &other);
        let grouped = self.below(5) == 4;
        let mut has_more = grouped;
        for (n, (column, theirs)) in list.iter().enumerate() {
            let column = match theirs {
                Some(theirs) if joined && self.below(2) == 1 => {
                    Expr::col((Alias::new("b"), Alias::new(theirs)))
                }
                _ => Expr::col((Alias::new("a"), Alias::new(column))),
            };
            if grouped {
                query.expr_as(Func::max(column), Alias::new(format!("c{n}")));
            } else {
                query.expr_as(column, Alias::new(format!("c{n}")));
            }
        }
        query.cond_where(self.condition(depth, &table, "a"));
        if grouped {
            let by = self.column(&table, Kind::Key).unwrap_or_else(|| "id".to_owned());
            query.expr_as(
                Func::count(Expr::col((Alias::new("a"), Alias::new(&by)))),
                Alias::new("n"),
            );
            query.group_by_col((Alias::new("a"), Alias::new(&by)));
        } else if self.below(6) == 5 {
            has_more = true;
            let by = self.column(&table, Kind::Text).unwrap_or_else(|| "id".to_owned());
            let window = WindowStatement::partition_by((Alias::new("a"), Alias::new(&by)));
            query.expr_window_as(
                Func::count(Expr::col((Alias::new("a"), Alias::new(&by)))),
                window,
                Alias::new("n"),
            );
        } else if depth > 0 && self.below(6) == 5 && !joined {
            let mut again = query.clone();
            again.cond_where(self.condition(0, &table, "a"));
            let kind =
                [UnionType::All, UnionType::Distinct, UnionType::Except, UnionType::Intersect]
                    [self.below(4)];
            query.union(kind, again);
            return query;
        }
        if self.below(6) == 5 {
            query.distinct();
        }
        // Only where ties are all alike, or the database may choose among them.
        if self.below(3) == 2 && !list.is_empty() && !has_more {
            for n in 0..list.len() {
                query.order_by(Alias::new(format!("c{n}")), Order::Desc);
            }
            query.limit(3);
        }
        query
    }

    fn join(&mut self, query: &mut SelectStatement, table: &str, other: &str) -> bool {
        let kind = [Kind::Key, Kind::Text][self.below(2)];
        let (Some(left), Some(right)) = (self.column(table, kind), self.column(other, kind)) else {
            return false;
        };
        if self.below(3) == 0 {
            return false;
        }
        let on = Expr::col((Alias::new("a"), Alias::new(&left)))
            .equals((Alias::new("b"), Alias::new(&right)));
        let kinds =
            [JoinType::InnerJoin, JoinType::LeftJoin, JoinType::RightJoin, JoinType::FullOuterJoin];
        query.join_as(kinds[self.below(4)], Alias::new(other), Alias::new("b"), on);
        true
    }

    fn with(&mut self) -> Attempt {
        let mut inner = self.select(1);
        inner.reset_limit();
        let mut outer = Query::select();
        outer.expr_as(Func::count(Expr::col((Alias::new("w"), Alias::new("c0")))), Alias::new("n"));
        outer.from(Alias::new("w"));
        let cte = CommonTableExpression::new().query(inner).table_name(Alias::new("w")).to_owned();
        let query = outer.with(WithClause::new().cte(cte).to_owned());
        self.attempt(&query, Effect::Reads)
    }

    fn update(&mut self) -> Attempt {
        let table = MIRRORED[self.below(MIRRORED.len())];
        let kind = [Kind::Text, Kind::Int, Kind::Key, Kind::Flag][self.below(4)];
        let mut update = Query::update();
        update.table(Alias::new(table));
        let column = self.column(table, kind).unwrap_or_else(|| "stringer_id".to_owned());
        update.value(Alias::new(&column), self.value(kind));
        update.cond_where(self.condition(1, table, table));
        self.attempt(&update, Effect::Writes)
    }

    fn upsert(&mut self) -> Attempt {
        let year = 2023 + i64::try_from(self.below(4)).expect("small");
        let mut insert = Query::insert();
        insert.into_table(Alias::new("receipt_counters"));
        insert.columns(["stringer_id", "year", "last_number"].map(Alias::new));
        let owner = if self.below(8) == 7 { self.value(Kind::Key) } else { self.books.me.into() };
        insert.values_panic([owner, year.into(), 1_i64.into()].map(Expr::value));
        let table = Alias::new("receipt_counters");
        let next = Expr::col((table, Alias::new("last_number"))).add(1_i64);
        let mut conflict = OnConflict::columns(["stringer_id", "year"].map(Alias::new));
        conflict.value(Alias::new("last_number"), next);
        insert.on_conflict(conflict);
        insert.returning_col(Alias::new("last_number"));
        self.attempt(&insert, Effect::Writes)
    }
}
