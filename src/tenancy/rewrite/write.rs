//! INSERT, UPDATE and DELETE: the base table stays, and gets the policy's conditions.

use std::collections::BTreeSet;
use std::sync::Arc;

use sqlparser::ast::{
    Assignment, AssignmentTarget, ConflictTarget, Delete, DoUpdate, Expr, FromTable, Ident, Insert,
    ObjectName, ObjectNamePart, OnConflict, OnConflictAction, OnInsert, Parens, Query, SelectItem,
    SetExpr, TableAlias, TableFactor, TableObject, TableWithJoins, Update, UpdateTableFromKind,
    Value, ValueWithSpan, Values,
};

use super::graft::graft;
use super::names::Names;
use super::table::{both, quoted};
use super::{Caller, Leave, Policy, Result, Rewriter, Verb, absent, refuse, text};
use crate::tenancy::plan::{Check, Given};
use crate::tenancy::policy::{InsertCheck, Reference};
use crate::tenancy::scope::Grant;
use sea_orm::DbBackend;

/// What the caller may write into a table.
pub(super) struct Target<'r> {
    pub(super) policy: &'r Policy,
    pub(super) grant: Option<&'static Grant>,
    /// What the row is called in the statement.
    row: String,
}

impl<'r> Rewriter<'r> {
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

    pub(super) fn update(&mut self, update: &mut Update, outer: &Names<'_>) -> Result<()> {
        let Update {
            update_token: _,
            optimizer_hints,
            table,
            on_cluster,
            assignments,
            from,
            selection,
            returning,
            output,
            or,
            order_by,
            limit,
            settings,
        } = update;
        absent(optimizer_hints.is_empty() && on_cluster.is_none(), "hints")?;
        absent(or.is_none() && output.is_none(), "UPDATE OR or OUTPUT")?;
        absent(order_by.is_empty() && limit.is_none() && settings.is_none(), "UPDATE LIMIT")?;
        let target = self.base(table, Verb::Update)?;
        let mut names = target.names(outer);
        match from {
            None => {}
            Some(UpdateTableFromKind::AfterSet(sources)) => {
                self.other_sources(&target, sources, &mut names)?;
            }
            Some(UpdateTableFromKind::BeforeSet(_)) => return refuse("FROM before SET"),
        }
        self.closed = target.closed();
        self.assignments(&target, assignments, &names)?;
        self.maybe(selection.as_mut(), &names)?;
        self.clear(&target, assignments);
        if target.grant.is_none() {
            self.only_writable(target.policy.update, &target, selection)?;
        }
        let alone = from.is_none();
        self.returning(&target, alone, returning.as_mut())
    }

    pub(super) fn delete(&mut self, delete: &mut Delete, outer: &Names<'_>) -> Result<()> {
        let Delete {
            delete_token: _,
            optimizer_hints,
            tables,
            from,
            on_cluster,
            using,
            selection,
            returning,
            output,
            order_by,
            limit,
            settings,
        } = delete;
        absent(optimizer_hints.is_empty() && on_cluster.is_none(), "hints")?;
        absent(tables.is_empty() && output.is_none(), "DELETE of several tables")?;
        absent(order_by.is_empty() && limit.is_none() && settings.is_none(), "DELETE LIMIT")?;
        let sources = match from {
            FromTable::WithFromKeyword(sources) => sources,
            FromTable::WithoutKeyword(_) => return refuse("DELETE without FROM"),
        };
        let [source] = sources.as_mut_slice() else {
            return refuse("DELETE from several tables");
        };
        absent(
            matches!(self.caller, Caller::Tenant | Caller::Person),
            "a delete by anybody but the row's own",
        )?;
        let target = self.base(source, Verb::Update)?;
        self.closed = target.closed();
        let mut names = target.names(outer);
        if let Some(sources) = using {
            self.other_sources(&target, sources, &mut names)?;
        }
        self.maybe(selection.as_mut(), &names)?;
        self.only_writable(target.policy.delete, &target, selection)?;
        self.returning(&target, using.is_none(), returning.as_mut())
    }

    /// The one plain table of an UPDATE or a DELETE, which stays as it is.
    fn base(&mut self, source: &TableWithJoins, verb: Verb) -> Result<Target<'r>> {
        let TableWithJoins { relation, joins } = source;
        absent(joins.is_empty(), "a join in a write")?;
        let TableFactor::Table {
            name,
            alias,
            args: None,
            with_hints,
            version: None,
            with_ordinality: false,
            partitions,
            json_path: None,
            sample: None,
            index_directives,
            inheritance: None,
        } = relation
        else {
            return refuse("a write to something that is no plain table");
        };
        absent(with_hints.is_empty() && partitions.is_empty(), "hints")?;
        absent(index_directives.is_empty(), "an index")?;
        let mut target = self.target(name, verb)?;
        if let Some(TableAlias { explicit: _, name, columns, at }) = alias {
            absent(columns.is_empty() && at.is_none(), "an alias with columns")?;
            self.alias(name)?;
            target.row = self.fold(name);
        }
        Ok(target)
    }

    /// The sources beside the table that is written. None may be called as it is: the
    /// policy's condition must mean the row that is written.
    fn other_sources(
        &mut self,
        target: &Target<'_>,
        sources: &mut [TableWithJoins],
        names: &mut Names<'_>,
    ) -> Result<()> {
        let mut others = Names::inside(names);
        self.sources(sources, &mut others)?;
        absent(!others.has(&target.row), "a source called like the table that is written")?;
        others.into_visible().into_iter().for_each(|(name, columns)| names.add(name, columns));
        Ok(())
    }

    /// `(<write policy>) AND (<original>)`.
    fn only_writable(
        &mut self,
        predicate: Option<&'static str>,
        target: &Target<'_>,
        selection: &mut Option<Expr>,
    ) -> Result<()> {
        let policy = target.policy;
        // There `this` would be the policy's own source and not the row that is written.
        absent(
            target.row == policy.table
                || ![predicate, policy.own_where_masked()]
                    .into_iter()
                    .flatten()
                    .any(|predicate| mentions(predicate, &target.row)),
            "an alias that the policy uses itself",
        )?;
        let mine = self.condition(predicate, &target.row, policy)?;
        *selection = Some(both(selection.take(), mine));
        if let Some(own) = policy.own_where_masked() {
            let own = self.condition(Some(own), &target.row, policy)?;
            *selection = Some(both(selection.take(), own));
        }
        Ok(())
    }

    fn target(&mut self, name: &ObjectName, verb: Verb) -> Result<Target<'r>> {
        let policy = self.table(name)?;
        let grant = match self.leave(policy, verb)? {
            Leave::Policy => None,
            Leave::Grant(grant) => Some(grant),
            Leave::Whole => return refuse("a write without a leave of its own"),
        };
        Ok(Target { policy, grant, row: policy.table.clone() })
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

    /// Lets a column of the new row have its value only where the policy's conditions on
    /// the row hold; `given` are the values as they were written.
    pub(super) fn check_row(
        &mut self,
        target: &Target<'_>,
        named: &[String],
        missing: &[&'static str],
        given: &[Expr],
        row: &mut [Expr],
    ) -> Result<()> {
        if target.grant.is_some() {
            return Ok(());
        }
        let columns = || named.iter().map(String::as_str).chain(missing.iter().copied());
        for InsertCheck { column, condition } in &target.policy.checks {
            let mut holds = self.rule(condition, NEW_ROW)?;
            let (me, null) = (self.tenant_expr(), Expr::value(Value::Null));
            let value_of = |expr: &Expr| match expr {
                Expr::CompoundIdentifier(parts) => match parts.as_slice() {
                    [row, column] if row.value == NEW_ROW => {
                        let value = match columns().position(|named| named == column.value) {
                            Some(index) => given.get(index).unwrap_or(&me),
                            None => &null,
                        };
                        is_settled(value).then(|| value.clone())
                    }
                    _ => None,
                },
                _ => None,
            };
            let wanted = condition.matches("this.").count();
            absent(graft(&mut holds, &value_of) == wanted, "an insert that a rule cannot check")?;
            let index = columns().position(|named| named == *column);
            let Some(value) = index.and_then(|index| row.get_mut(index)) else {
                return refuse(format!("an insert without `{column}`"));
            };
            *value = self.only_if(holds, value)?;
        }
        Ok(())
    }

    /// The value where the condition holds, else one that no foreign key takes.
    fn only_if(&self, holds: Expr, value: &Expr) -> Result<Expr> {
        let sql = format!("CASE WHEN rbo_holds THEN {VALUE} ELSE {} END", self.nowhere());
        let mut guarded = text::parse_expr(self.backend, &sql)?;
        let holds = Expr::Nested(Box::new(holds));
        let put = graft(&mut guarded, &|expr| match expr {
            Expr::Identifier(ident) if ident.value == "rbo_holds" => Some(holds.clone()),
            Expr::Identifier(ident) if ident.value == VALUE => Some(value.clone()),
            _ => None,
        });
        absent(put == 2, "an insert that cannot be guarded")?;
        Ok(guarded)
    }

    /// A key of no row.
    fn nowhere(&self) -> &'static str {
        match self.backend {
            DbBackend::Postgres => "CAST('00000000-0000-0000-0000-000000000000' AS UUID)",
            _ => "X'00'",
        }
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
                self.only_writable(target.policy.update, target, selection)
            }
        }
    }

    /// Empties what may not outlive a change of something else.
    fn clear(&self, target: &Target<'_>, assignments: &mut Vec<Assignment>) {
        let sets = |column: &str| {
            assignments.iter().any(|Assignment { target, value: _ }| {
                matches!(target, AssignmentTarget::ColumnName(ObjectName(parts))
                    if matches!(parts.as_slice(), [ObjectNamePart::Identifier(ident)]
                        if self.fold(ident) == column))
            })
        };
        let cleared = target.policy.clears.iter().filter(|(column, _)| sets(column));
        let others: BTreeSet<_> = cleared.map(|(_, other)| *other).collect();
        let cleared: Vec<_> = others.into_iter().map(empty).collect();
        if target.grant.is_none() {
            assignments.extend(cleared);
        }
    }

    fn assignments(
        &mut self,
        target: &Target<'_>,
        assignments: &mut [Assignment],
        names: &Names<'_>,
    ) -> Result<()> {
        for Assignment { target: left, value } in assignments {
            let AssignmentTarget::ColumnName(name) = left else {
                return refuse("an assignment to several columns");
            };
            let column = self.written_column(target, super::single(name)?)?;
            if target.grant.is_none() && !target.policy.may_set(&column) {
                return refuse(format!("`{column}` may not be set"));
            }
            self.expr(value, names)?;
            self.guard(target, &column, value)?;
        }
        Ok(())
    }

    fn written_column(&mut self, target: &Target<'_>, ident: &Ident) -> Result<String> {
        self.column(ident)?;
        let column = self.fold(ident);
        let known = match target.grant {
            Some(grant) => grant.columns.contains(&column.as_str()),
            None => target.policy.has(&column),
        };
        if known { Ok(column) } else { refuse(format!("`{column}` may not be written")) }
    }

    /// Rules on the value that a column gets.
    pub(super) fn guard(
        &mut self,
        target: &Target<'_>,
        column: &str,
        value: &mut Expr,
    ) -> Result<()> {
        if target.grant.is_some() {
            return Ok(());
        }
        let policy = target.policy;
        if let Some(stamp) = policy.stamps.iter().find(|stamp| **stamp == column) {
            let given = self.given(value)?;
            self.checks.push(Check::Tenant { column: stamp, given });
        }
        for (_, forbidden) in policy.forbidden.iter().filter(|(name, _)| *name == column) {
            let given = self.given(value)?;
            self.checks.push(Check::Not {
                column: column.to_owned(),
                given,
                forbidden: forbidden.clone(),
            });
        }
        match policy.references.iter().find(|rule| rule.column == column) {
            Some(rule) if is_settled(value) => {
                *value = self.only_if_visible(rule, value)?;
                Ok(())
            }
            Some(_) => refuse("a computed reference"),
            None => Ok(()),
        }
    }

    /// A value that is known when the statement is bound: a placeholder or a literal.
    pub(super) fn given(&self, value: &Expr) -> Result<Given> {
        match value {
            Expr::Value(ValueWithSpan { value: Value::Placeholder(name), span: _ }) => {
                Ok(Given::Parameter(text::number(self.backend, name)? - 1))
            }
            Expr::Value(ValueWithSpan { value: Value::Number(number, false), span: _ }) => {
                Ok(Given::Number(number.clone()))
            }
            Expr::Value(ValueWithSpan { value: Value::SingleQuotedString(text), span: _ }) => {
                Ok(Given::Text(text.clone()))
            }
            _ => refuse("a computed value where a plain one is needed"),
        }
    }

    /// The same value where the row it names is visible, else one that no foreign
    /// key accepts, or that fails by itself: the database then refuses the whole
    /// statement, with no moment between a check and its use.
    pub(super) fn only_if_visible(&mut self, rule: &Reference, value: &Expr) -> Result<Expr> {
        let Reference { column: _, table, condition, is_keyed } = rule;
        let condition = self.rule(condition, "rbo_seen")?;
        self.reached.insert((*table).to_owned());
        let seen = format!("SELECT rbo_seen.\"id\" FROM \"{table}\" AS rbo_seen");
        let nowhere = match (self.backend, is_keyed) {
            (_, true) => self.nowhere().to_owned(),
            // More than one row where one value is wanted, found out when it is reached.
            (DbBackend::Postgres, false) => {
                format!("({seen} WHERE false UNION ALL SELECT NULL UNION ALL SELECT NULL)")
            }
            // Overflows, when it is reached.
            (_, false) => "abs(-9223372036854775808)".to_owned(),
        };
        let sql = format!(
            "CASE WHEN {VALUE} IS NULL THEN NULL ELSE COALESCE(({seen} \
             WHERE rbo_seen.\"id\" = {VALUE} AND ({condition})), {nowhere}) END"
        );
        let mut guarded = text::parse_expr(self.backend, &sql)?;
        let put = graft(&mut guarded, &|expr| match expr {
            Expr::Identifier(ident) if ident.value == VALUE => Some(value.clone()),
            _ => None,
        });
        absent(put == 2, "a reference that cannot be guarded")?;
        Ok(guarded)
    }

    pub(super) fn tenant_expr(&mut self) -> Expr {
        self.uses_me = true;
        Expr::value(Value::Placeholder(self.me.clone()))
    }

    /// Columns of the target that the caller may read, and nothing computed. Beside other
    /// sources PostgreSQL's `*` would be theirs, too.
    fn returning(
        &mut self,
        target: &Target<'_>,
        is_alone: bool,
        items: Option<&mut Vec<SelectItem>>,
    ) -> Result<()> {
        let Some(items) = items else { return Ok(()) };
        let policy = target.policy;
        let readable: Arc<[String]> = match self.leave(policy, Verb::Read)? {
            Leave::Grant(grant) => grant.columns.iter().map(|c| (*c).to_owned()).collect(),
            Leave::Policy | Leave::Whole => Arc::clone(&policy.columns),
        };
        if matches!(items.as_slice(), [SelectItem::Wildcard(options)]
            if super::query::plain_wildcard(options).is_ok())
        {
            absent(is_alone, "RETURNING * beside other sources")?;
            readable.iter().try_for_each(|column| returns_own(policy, column))?;
            let all = readable.iter().map(|column| Expr::Identifier(quoted(column)));
            *items = all.map(SelectItem::UnnamedExpr).collect();
            return Ok(());
        }
        for item in items {
            let ident = match item {
                SelectItem::UnnamedExpr(expr) => self.returned_column(target, expr)?,
                SelectItem::ExprWithAlias { expr, alias } => {
                    self.alias(alias)?;
                    self.returned_column(target, expr)?
                }
                SelectItem::ExprWithAliases { expr: _, aliases: _ }
                | SelectItem::QualifiedWildcard(_, _)
                | SelectItem::Wildcard(_) => return refuse("RETURNING something computed"),
            };
            self.column(&ident)?;
            let column = self.fold(&ident);
            if !readable.contains(&column) {
                return refuse(format!("RETURNING `{column}`"));
            }
            returns_own(policy, &column)?;
        }
        Ok(())
    }

    /// A column of the target, with or without its name before it.
    fn returned_column(&mut self, target: &Target<'_>, expr: &Expr) -> Result<Ident> {
        match expr {
            Expr::Identifier(ident) => Ok(ident.clone()),
            Expr::CompoundIdentifier(parts) => match parts.as_slice() {
                [row, ident] if self.fold(row) == target.row => {
                    self.qualifier(row, &target.names(&Names::root()))?;
                    Ok(ident.clone())
                }
                _ => refuse("RETURNING of another source"),
            },
            _ => refuse("RETURNING something computed"),
        }
    }
}

impl Target<'_> {
    fn names<'o>(&self, outer: &'o Names<'o>) -> Names<'o> {
        let mut names = Names::inside(outer);
        names.add(self.row.clone(), Some(self.visible()));
        names
    }

    /// The columns that a condition of the write may name.
    fn visible(&self) -> Arc<[String]> {
        let closed = self.closed();
        let columns = self.policy.columns.iter();
        columns.filter(|column| !closed.contains(column)).cloned().collect()
    }

    /// Those that it may not.
    fn closed(&self) -> Vec<String> {
        let columns = self.policy.columns.iter();
        let is_closed = |column: &&String| match self.grant {
            Some(grant) => !grant.columns.contains(&column.as_str()),
            None => self.policy.is_blind(column),
        };
        columns.filter(is_closed).cloned().collect()
    }
}

/// What stands for the value in the text of a guard.
const VALUE: &str = "rbo_value";

/// What stands for the new row in the condition of an insert.
const NEW_ROW: &str = "rbo_new";

fn empty(column: &str) -> Assignment {
    Assignment {
        target: AssignmentTarget::ColumnName(ObjectName::from(vec![quoted(column)])),
        value: Expr::value(Value::Null),
    }
}

/// Whether a name stands in a policy's text.
fn mentions(predicate: &str, name: &str) -> bool {
    let is_of_name = |c: char| c.is_alphanumeric() || c == '_';
    predicate.split(|c| !is_of_name(c)).any(|word| word.eq_ignore_ascii_case(name))
}

/// What is written is one's own, masks and all (see `only_writable`), but for a row
/// that an insert makes for somebody else; and what nobody reads is not returned either.
fn returns_own(policy: &Policy, column: &str) -> Result<()> {
    let may_be_others = policy.mask_of(column).is_some() && policy.stamps.is_empty();
    if may_be_others || policy.is_blind(column) {
        refuse(format!("RETURNING the masked `{column}`"))
    } else {
        Ok(())
    }
}

/// A value that means the same wherever it is put: bound, literal, or a column with
/// the name of its source.
pub(super) fn is_settled(value: &Expr) -> bool {
    matches!(value, Expr::Value(_) | Expr::CompoundIdentifier(_))
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
