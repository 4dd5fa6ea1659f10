//! INSERT: each new row gets its owner, and what it names is guarded.

use sqlparser::ast::{
    ConflictTarget, DoUpdate, Expr, Insert, ObjectName, OnConflict, OnConflictAction, OnInsert,
    Parens, Query, SetExpr, TableObject, Values,
};

use super::build::quoted;
use super::names::Names;
use super::write::Target;
use super::{Result, Rewriter, Verb, absent, refuse};

impl Rewriter<'_> {
    pub(super) fn insert(&mut self, insert: &mut Insert, outer: &Names<'_>) -> Result<()> {
        let Insert {
            insert_token: _,
            optimizer_hints,
            or,
            ignore,
            into,
            table,
            table_alias,
            columns,
            by_name,
            overwrite,
            source,
            assignments,
            partitioned,
            after_columns,
            overriding,
            has_table_keyword,
            on,
            returning,
            output,
            replace_into,
            priority,
            insert_alias,
            settings,
            format_clause,
            multi_table_insert_type,
            multi_table_into_clauses,
            multi_table_when_clauses,
            multi_table_else_clause,
        } = insert;
        absent(or.is_none() && !*ignore && !*replace_into, "OR REPLACE, OR IGNORE or REPLACE")?;
        absent(*into && !*overwrite && !*has_table_keyword && !*by_name, "an insert's keyword")?;
        absent(optimizer_hints.is_empty() && priority.is_none(), "hints")?;
        absent(table_alias.is_none() && insert_alias.is_none(), "an alias for the target")?;
        absent(assignments.is_empty() && after_columns.is_empty(), "INSERT SET")?;
        absent(partitioned.is_none() && overriding.is_none(), "PARTITION or OVERRIDING")?;
        absent(output.is_none() && settings.is_none() && format_clause.is_none(), "OUTPUT")?;
        absent(
            multi_table_insert_type.is_none()
                && multi_table_into_clauses.is_empty()
                && multi_table_when_clauses.is_empty()
                && multi_table_else_clause.is_none(),
            "a multi-table insert",
        )?;
        let TableObject::TableName(name) = table else {
            return refuse("an insert into something that is no table");
        };
        let target = self.target(name, Verb::Insert)?;
        absent(target.grant.is_some() || target.policy.may_insert, "an insert into this table")?;
        let Some(source) = source else {
            return refuse("an insert without rows");
        };
        absent(!columns.is_empty(), "an insert without its columns")?;
        let named = self.insert_columns(&target, columns)?;
        let missing = Self::missing_stamps(&target, &named);
        match plain_values(source) {
            Some(rows) => self.rows(&target, &named, &missing, rows, outer)?,
            None => self.selected(&target, &named, &missing, source, outer)?,
        }
        columns.extend(missing.iter().map(|column| ObjectName::from(vec![quoted(column)])));
        self.conflict(&target, on.as_mut(), outer)?;
        self.returning(&target, true, returning.as_mut())
    }

    /// The rows of an insert: stamps are checked or added, references are guarded.
    fn rows(
        &mut self,
        target: &Target<'_>,
        named: &[String],
        missing: &[&'static str],
        rows: &mut [Parens<Vec<Expr>>],
        outer: &Names<'_>,
    ) -> Result<()> {
        for Parens { opening_token: _, content, closing_token: _ } in rows {
            absent(content.len() == named.len(), "a row of another length")?;
            content.iter_mut().try_for_each(|value| self.expr(value, outer))?;
            let given = content.clone();
            for (column, value) in named.iter().zip(content.iter_mut()) {
                self.guard(target, column, value)?;
            }
            content.extend(missing.iter().map(|_| self.tenant_expr()));
            self.check_row(target, named, missing, &given, content)?;
        }
        Ok(())
    }

    fn insert_columns(
        &mut self,
        target: &Target<'_>,
        columns: &[ObjectName],
    ) -> Result<Vec<String>> {
        let mut named = Vec::with_capacity(columns.len());
        for column in columns {
            let ident = super::single(column)?;
            let name = self.written_column(target, ident)?;
            if target.grant.is_none() && target.policy.not_insertable.contains(&name.as_str()) {
                return refuse(format!("an insert may not name `{name}`"));
            }
            named.push(name);
        }
        Ok(named)
    }

    fn missing_stamps(target: &Target<'_>, named: &[String]) -> Vec<&'static str> {
        if target.grant.is_some() {
            return Vec::new();
        }
        let stamps = target.policy.stamps.iter().copied();
        stamps.filter(|stamp| !named.iter().any(|n| n == stamp)).collect()
    }

    fn conflict(
        &mut self,
        target: &Target<'_>,
        on: Option<&mut OnInsert>,
        outer: &Names<'_>,
    ) -> Result<()> {
        let (conflict_target, action) = match on {
            None => return Ok(()),
            Some(OnInsert::OnConflict(OnConflict { conflict_target, action })) => {
                (conflict_target, action)
            }
            Some(OnInsert::DuplicateKeyUpdate(_)) => return refuse("ON DUPLICATE KEY"),
            // The parser's own enum is open; what it adds later is refused.
            Some(_) => return refuse("an unknown clause of an insert"),
        };
        let mut names = target.names(outer);
        match conflict_target {
            None => {}
            Some(ConflictTarget::Columns { columns, predicate }) => {
                columns.iter().try_for_each(|ident| self.column(ident))?;
                self.maybe(predicate.as_mut(), &names)?;
            }
            Some(ConflictTarget::OnConstraint(_)) => return refuse("ON CONSTRAINT"),
        }
        match action {
            OnConflictAction::DoNothing => Ok(()),
            OnConflictAction::DoUpdate(DoUpdate { assignments, selection }) => {
                absent(target.grant.is_none(), "an upsert by the system")?;
                names.add("excluded".to_owned(), Some(target.visible()));
                self.closed = target.closed();
                self.assignments(target, assignments, &names)?;
                self.maybe(selection.as_mut(), &names)?;
                self.clear(target, assignments);
                self.only_writable(target.policy.update.as_deref(), target, selection)
            }
        }
    }
}

/// The rows of `VALUES (...), (...)`, where nothing is around them.
fn plain_values(source: &mut Query) -> Option<&mut [Parens<Vec<Expr>>]> {
    let Query {
        with: None,
        body,
        order_by: None,
        limit_clause: None,
        fetch: None,
        locks,
        for_clause: None,
        settings: None,
        format_clause: None,
        pipe_operators,
    } = source
    else {
        return None;
    };
    match body.as_mut() {
        SetExpr::Values(Values { explicit_row: false, value_keyword: false, rows })
            if locks.is_empty() && pipe_operators.is_empty() =>
        {
            Some(rows)
        }
        _ => None,
    }
}
