//! UPDATE and DELETE: the base table stays, and gets the policy's conditions.

use std::sync::Arc;

use sqlparser::ast::{
    Delete, Expr, FromTable, ObjectName, TableAlias, TableFactor, TableWithJoins, Update,
    UpdateTableFromKind,
};

use super::build::both;
use super::names::Names;
use super::{Leave, Policy, Result, Rewriter, Verb, absent, refuse, text};
use crate::scope::Grant;

/// What the caller may write into a table.
pub(super) struct Target<'r> {
    pub(super) policy: &'r Policy,
    pub(super) grant: Option<&'static Grant>,
    /// What the row is called in the statement.
    pub(super) row: String,
}

impl<'r> Rewriter<'r> {
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
            self.only_writable(target.policy.update.as_deref(), &target, selection)?;
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
        let target = self.base(source, Verb::Delete)?;
        self.closed = target.closed();
        let mut names = target.names(outer);
        if let Some(sources) = using {
            self.other_sources(&target, sources, &mut names)?;
        }
        self.maybe(selection.as_mut(), &names)?;
        if target.grant.is_none() {
            self.only_writable(target.policy.delete.as_deref(), &target, selection)?;
        }
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
    pub(super) fn only_writable(
        &mut self,
        predicate: Option<&str>,
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

    pub(super) fn target(&mut self, name: &ObjectName, verb: Verb) -> Result<Target<'r>> {
        let policy = self.table(name)?;
        let grant = match self.leave(policy, verb)? {
            Leave::Policy => None,
            Leave::Grant(grant) => Some(grant),
            Leave::Whole => return refuse("a write without a leave of its own"),
        };
        Ok(Target { policy, grant, row: policy.table.clone() })
    }
}

impl Target<'_> {
    pub(super) fn names<'o>(&self, outer: &'o Names<'o>) -> Names<'o> {
        let mut names = Names::inside(outer);
        names.add(self.row.clone(), Some(self.visible()));
        names
    }

    /// The columns that a condition of the write may name.
    pub(super) fn visible(&self) -> Arc<[String]> {
        let closed = self.closed();
        let columns = self.policy.columns.iter();
        columns.filter(|column| !closed.contains(column)).cloned().collect()
    }

    /// Those that it may not.
    pub(super) fn closed(&self) -> Vec<String> {
        let columns = self.policy.columns.iter();
        let is_closed = |column: &&String| match self.grant {
            Some(grant) => !grant.columns.contains(&column.as_str()),
            None => self.policy.is_blind(column),
        };
        columns.filter(is_closed).cloned().collect()
    }
}

/// Whether a name stands in a policy's text.
fn mentions(predicate: &str, name: &str) -> bool {
    text::names_in(predicate).any(|word| word.eq_ignore_ascii_case(name))
}
