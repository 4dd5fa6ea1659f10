//! WITH: common table expressions, in front of a query or of a write.

use sqlparser::ast::{Cte, Query, SetExpr, Statement, TableAlias, TableAliasColumnDef, With};

use super::names::Names;
use super::query::{Parts, parts};
use super::{Result, Rewriter, absent, refuse};

impl Rewriter<'_> {
    /// A statement that the parser calls a query: one, or a write behind a WITH.
    pub(super) fn root(&mut self, query: &mut Query) -> Result<()> {
        let nobody = Names::root();
        if !matches!(
            query.body.as_ref(),
            SetExpr::Insert(_) | SetExpr::Update(_) | SetExpr::Delete(_)
        ) {
            return self.query(query, &nobody);
        }
        let Parts { with, body, order_by, limit_clause, fetch, locks } = parts(query)?;
        let (SetExpr::Insert(write) | SetExpr::Update(write) | SetExpr::Delete(write)) = body
        else {
            return refuse("a write of another kind behind WITH");
        };
        absent(order_by.is_none() && limit_clause.is_none() && fetch.is_none(), "ORDER or LIMIT")?;
        absent(locks.is_empty(), "FOR behind a write")?;
        let names = self.with(with, &nobody)?;
        match write {
            Statement::Insert(insert) => self.insert(insert, &names),
            Statement::Update(update) => self.update(update, &names),
            Statement::Delete(delete) => self.delete(delete, &names),
            _ => refuse("a write of another kind behind WITH"),
        }
    }

    /// The names that what stands behind the WITH may use. Each expression sees those
    /// before it, and itself where it is recursive; that SQLite would let it see later
    /// ones, too, and PostgreSQL not, is why nothing else is let through.
    pub(super) fn with<'o>(
        &mut self,
        with: Option<&mut With>,
        outer: &'o Names<'o>,
    ) -> Result<Names<'o>> {
        let mut names = Names::inside(outer);
        let Some(With { with_token: _, recursive, cte_tables }) = with else { return Ok(names) };
        for cte in cte_tables {
            let Cte { alias, query, from, materialized: _, closing_paren_token: _ } = cte;
            absent(from.is_none(), "a CTE's FROM")?;
            let TableAlias { explicit: _, name, columns, at } = alias;
            absent(at.is_none(), "an alias with AT")?;
            self.alias_columns(columns)?;
            self.alias(name)?;
            // It would not hide the table from a write, nor everywhere from a query.
            if self.registry.policy(&name.value.to_ascii_lowercase()).is_some() {
                return refuse(format!("a CTE named like the table `{}`", name.value));
            }
            let folded = self.fold(name);
            if *recursive {
                names.add_cte(folded);
                self.query(query, &names)?;
            } else {
                self.query(query, &names)?;
                names.add_cte(folded);
            }
        }
        Ok(names)
    }

    /// New names for a source's columns; they rename what may be seen, and add nothing.
    pub(super) fn alias_columns(&self, columns: &[TableAliasColumnDef]) -> Result<()> {
        columns.iter().try_for_each(|TableAliasColumnDef { name, data_type }| {
            absent(data_type.is_none(), "a typed alias")?;
            self.column(name)
        })
    }
}
