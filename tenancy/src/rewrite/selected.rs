//! INSERT from a query: its source is scoped like any query, and each column of it
//! that a rule speaks of is put right before it reaches the table.

use sea_orm::DbBackend;
use sqlparser::ast::{Expr, Query, SelectItem, SetExpr, Statement, Value};
use sqlparser::parser::Parser;

use super::guard::is_settled;
use super::names::Names;
use super::write::Target;
use super::{OURS, Result, Rewriter, TenancyError, absent, refuse, text};

impl Rewriter<'_> {
    pub(super) fn selected(
        &mut self,
        target: &Target<'_>,
        named: &[String],
        missing: &[&'static str],
        source: &mut Query,
        outer: &Names<'_>,
    ) -> Result<()> {
        absent(target.grant.is_none(), "an insert from a query by the system")?;
        self.query(source, outer)?;
        if let Some(items) = plain_projection(source, named.len()) {
            if can_stay(target, named, items) {
                for (column, item) in named.iter().zip(items.iter_mut()) {
                    if let Some(value) = value_of(item) {
                        self.guard(target, column, value)?;
                    }
                }
                let tenant = missing.iter().map(|_| SelectItem::UnnamedExpr(self.tenant_expr()));
                items.extend(tenant);
                self.part_from_conflict(source);
                return Ok(());
            }
            self.foreign_literals(target, named, items)?;
        }
        self.wrapped(target, named, missing, source)
    }

    /// SQLite wants a WHERE between a query and an ON CONFLICT.
    fn part_from_conflict(&self, source: &mut Query) {
        if self.backend == DbBackend::Sqlite
            && let SetExpr::Select(select) = source.body.as_mut()
        {
            select.selection.get_or_insert_with(|| Expr::value(Value::Boolean(true)));
        }
    }

    /// A tenant that is written out is somebody's intention: another one is refused
    /// rather than put right.
    fn foreign_literals(
        &mut self,
        target: &Target<'_>,
        named: &[String],
        items: &mut [SelectItem],
    ) -> Result<()> {
        for (column, item) in named.iter().zip(items) {
            let is_stamp = target.policy.stamps.iter().any(|stamp| stamp == column);
            if let Some(value @ Expr::Value(_)) = value_of(item).filter(|_| is_stamp) {
                self.guard(target, column, value)?;
            }
        }
        Ok(())
    }

    /// The query under a name of ours with numbered columns, and from it what the
    /// table may get: the tenant itself, references that are visible.
    fn wrapped(
        &mut self,
        target: &Target<'_>,
        named: &[String],
        missing: &[&'static str],
        source: &mut Query,
    ) -> Result<()> {
        let policy = target.policy;
        let (mut columns, mut values, mut given) = (Vec::new(), Vec::new(), Vec::new());
        for (index, column) in named.iter().enumerate() {
            absent(
                !policy.forbidden.iter().any(|(name, _)| name == column),
                "a computed value where a plain one is needed",
            )?;
            let from = format!("{OURS}rows.{OURS}{index}");
            columns.push(format!("{OURS}{index}"));
            let value = if policy.stamps.iter().any(|stamp| stamp == column) {
                self.tenant_expr()
            } else {
                text::parse_expr(self.backend, &from)?
            };
            given.push(value.clone());
            values.push(match policy.references.iter().find(|rule| rule.column == column) {
                Some(rule) => self.only_if_visible(rule, &value)?,
                None => value,
            });
        }
        values.extend(missing.iter().map(|_| self.tenant_expr()));
        self.check_row(target, named, missing, &given, &mut values)?;
        self.select_from(source, &columns.join(", "), &values)
    }

    /// Makes `source` the query of a CTE, and selects these values from it.
    fn select_from(&self, source: &mut Query, columns: &str, values: &[Expr]) -> Result<()> {
        let values = values.iter().map(Expr::to_string).collect::<Vec<_>>().join(", ");
        // SQLite wants a WHERE between the query and an ON CONFLICT.
        let sql = format!(
            "WITH {OURS}rows ({columns}) AS (SELECT 1) SELECT {values} FROM {OURS}rows WHERE true"
        );
        let dialect = text::dialect(self.backend)?;
        let Some(Statement::Query(mut around)) =
            Parser::parse_sql(dialect, &sql).ok().and_then(|mut all| all.pop())
        else {
            return refuse("an insert from such a query");
        };
        let with = around.with.as_mut().and_then(|with| with.cte_tables.first_mut());
        let cte = with.ok_or_else(|| TenancyError::refused("an insert from such a query"))?;
        std::mem::swap(cte.query.as_mut(), source);
        *source = *around;
        Ok(())
    }
}

/// Whether the rules can be put into the query's own list: each of their columns is a
/// value that means the same in a subquery.
fn can_stay(target: &Target<'_>, named: &[String], items: &mut [SelectItem]) -> bool {
    let policy = target.policy;
    policy.checks.is_empty()
        && named.iter().zip(items).all(|(column, item)| {
            let value = value_of(item);
            let literal = value.as_deref().is_some_and(|value| matches!(value, Expr::Value(_)));
            let settled = value.as_deref().is_some_and(is_settled);
            (settled || !policy.references.iter().any(|rule| rule.column == column))
                && (literal || !policy.stamps.iter().any(|stamp| stamp == column))
        })
}

/// The list of a plain SELECT that names each of so many columns.
fn plain_projection(source: &mut Query, columns: usize) -> Option<&mut Vec<SelectItem>> {
    let SetExpr::Select(select) = source.body.as_mut() else { return None };
    let projection = &mut select.projection;
    let is_plain =
        projection.len() == columns && projection.iter_mut().all(|item| value_of(item).is_some());
    is_plain.then_some(projection)
}

fn value_of(item: &mut SelectItem) -> Option<&mut Expr> {
    match item {
        SelectItem::UnnamedExpr(expr) | SelectItem::ExprWithAlias { expr, alias: _ } => Some(expr),
        SelectItem::ExprWithAliases { expr: _, aliases: _ }
        | SelectItem::QualifiedWildcard(_, _)
        | SelectItem::Wildcard(_) => None,
    }
}
