//! FROM: each table becomes the rows of it that the caller may read.

use sea_orm::DbBackend;

use sqlparser::ast::{
    Ident, Join, JoinConstraint, JoinOperator, ObjectName, Query, Statement, TableAlias,
    TableFactor, TableWithJoins,
};
use sqlparser::parser::Parser;

use super::build::{list, quoted};
use super::names::{Columns, Names};
use super::{Leave, Policy, Result, Rewriter, TenancyError, Verb, absent, refuse, text};

impl Rewriter<'_> {
    pub(super) fn sources(
        &mut self,
        from: &mut [TableWithJoins],
        names: &mut Names<'_>,
    ) -> Result<()> {
        from.iter_mut().try_for_each(|source| self.source(source, names))
    }

    fn source(&mut self, source: &mut TableWithJoins, names: &mut Names<'_>) -> Result<()> {
        let TableWithJoins { relation, joins } = source;
        self.factor(relation, names)?;
        for Join { relation, global, join_operator } in joins {
            absent(!*global, "GLOBAL JOIN")?;
            self.factor(relation, names)?;
            self.join(join_operator, names)?;
        }
        Ok(())
    }

    fn join(&mut self, operator: &mut JoinOperator, names: &Names<'_>) -> Result<()> {
        let constraint = match operator {
            JoinOperator::Join(constraint)
            | JoinOperator::Inner(constraint)
            | JoinOperator::Left(constraint)
            | JoinOperator::LeftOuter(constraint)
            | JoinOperator::Right(constraint)
            | JoinOperator::RightOuter(constraint)
            | JoinOperator::FullOuter(constraint)
            | JoinOperator::CrossJoin(constraint) => constraint,
            JoinOperator::Semi(_)
            | JoinOperator::LeftSemi(_)
            | JoinOperator::RightSemi(_)
            | JoinOperator::Anti(_)
            | JoinOperator::LeftAnti(_)
            | JoinOperator::RightAnti(_)
            | JoinOperator::CrossApply
            | JoinOperator::OuterApply
            | JoinOperator::AsOf { match_condition: _, constraint: _ }
            | JoinOperator::StraightJoin(_)
            | JoinOperator::ArrayJoin
            | JoinOperator::LeftArrayJoin
            | JoinOperator::InnerArrayJoin => return refuse("a join of another dialect"),
        };
        match constraint {
            JoinConstraint::On(condition) => self.expr(condition, names),
            JoinConstraint::Using(columns) => {
                columns.iter().try_for_each(|name| self.column(super::single(name)?))
            }
            JoinConstraint::Natural | JoinConstraint::None => Ok(()),
            JoinConstraint::UsingAlias(_, _) => refuse("USING with an alias"),
        }
    }

    fn factor(&mut self, factor: &mut TableFactor, names: &mut Names<'_>) -> Result<()> {
        match factor {
            TableFactor::Table {
                name,
                alias,
                args,
                with_hints,
                version,
                with_ordinality,
                partitions,
                json_path,
                sample,
                index_directives,
                inheritance,
            } => {
                absent(args.is_none() && with_hints.is_empty(), "a table function")?;
                absent(version.is_none() && partitions.is_empty(), "a table version")?;
                absent(!*with_ordinality && json_path.is_none(), "WITH ORDINALITY")?;
                absent(sample.is_none() && index_directives.is_empty(), "a sample or an index")?;
                absent(inheritance.is_none(), "ONLY")?;
                if let Some(cte) = self.seen_cte(name, names) {
                    return match alias {
                        Some(alias) => self.name_source(alias, None, names),
                        None => {
                            names.add(cte, None);
                            Ok(())
                        }
                    };
                }
                let alias = alias.take();
                *factor = self.readable(name, alias, names)?;
                Ok(())
            }
            TableFactor::Derived { lateral, subquery, alias, sample } => {
                absent(sample.is_none(), "a sample")?;
                let nobody = Names::root();
                // Only with LATERAL does a derived table see its neighbours.
                let around = if *lateral { &*names } else { names.around().unwrap_or(&nobody) };
                self.query(subquery, around)?;
                match alias {
                    Some(alias) => self.name_source(alias, None, names),
                    None => Ok(()),
                }
            }
            TableFactor::NestedJoin { table_with_joins, alias } => {
                absent(alias.is_none(), "a named join")?;
                self.source(table_with_joins, names)
            }
            TableFactor::TableFunction { expr: _, alias: _ }
            | TableFactor::Function {
                lateral: _,
                name: _,
                args: _,
                with_ordinality: _,
                alias: _,
            }
            | TableFactor::UNNEST {
                alias: _,
                array_exprs: _,
                with_offset: _,
                with_offset_alias: _,
                with_ordinality: _,
            } => refuse("a table function"),
            TableFactor::JsonTable { json_expr: _, json_path: _, columns: _, alias: _ }
            | TableFactor::OpenJsonTable { json_expr: _, json_path: _, columns: _, alias: _ }
            | TableFactor::XmlTable {
                namespaces: _,
                row_expression: _,
                passing: _,
                columns: _,
                alias: _,
            }
            | TableFactor::SemanticView {
                name: _,
                dimensions: _,
                metrics: _,
                facts: _,
                where_clause: _,
                alias: _,
            }
            | TableFactor::Pivot {
                table: _,
                aggregate_functions: _,
                value_column: _,
                value_source: _,
                default_on_null: _,
                alias: _,
            }
            | TableFactor::Unpivot {
                table: _,
                value: _,
                name: _,
                columns: _,
                null_inclusion: _,
                alias: _,
            }
            | TableFactor::UnpivotExpr { expression: _, value_alias: _, attribute_alias: _ }
            | TableFactor::MatchRecognize {
                table: _,
                partition_by: _,
                order_by: _,
                measures: _,
                rows_per_match: _,
                after_match_skip: _,
                pattern: _,
                symbols: _,
                alias: _,
            } => refuse("a source of another dialect"),
        }
    }

    /// The folded name of a CTE in sight, where `name` is one.
    fn seen_cte(&self, name: &ObjectName, names: &Names<'_>) -> Option<String> {
        let ident = super::single(name).ok()?;
        self.plain(ident).ok()?;
        let folded = self.fold(ident);
        names.sees_cte(&folded).then_some(folded)
    }

    fn name_source(
        &mut self,
        alias: &TableAlias,
        known: Columns,
        names: &mut Names<'_>,
    ) -> Result<()> {
        let TableAlias { explicit: _, name, columns, at } = alias;
        absent(at.is_none(), "an alias with AT")?;
        self.alias_columns(columns)?;
        self.alias(name)?;
        names.add(self.fold(name), known.filter(|_| columns.is_empty()));
        Ok(())
    }

    /// `(SELECT <columns> FROM t WHERE <read policy>) AS alias`.
    fn readable(
        &mut self,
        name: &ObjectName,
        alias: Option<TableAlias>,
        names: &mut Names<'_>,
    ) -> Result<TableFactor> {
        let policy = self.table(name)?;
        let columns = self.readable_columns(policy)?;
        let alias = match alias {
            Some(alias) => {
                self.name_source(&alias, Some(columns), names)?;
                alias
            }
            None => {
                names.add(policy.table.clone(), Some(columns));
                TableAlias {
                    explicit: true,
                    name: quoted(&policy.table),
                    columns: Vec::new(),
                    at: None,
                }
            }
        };
        let subquery = self.visible_rows(policy)?;
        Ok(TableFactor::Derived { lateral: false, subquery, alias: Some(alias), sample: None })
    }

    fn visible_rows(&mut self, policy: &Policy) -> Result<Box<Query>> {
        let (columns, condition) = match self.leave(policy, Verb::Read)? {
            Leave::Grant(grant) => (list(grant.columns.iter().copied()), None),
            Leave::Whole => (list(policy.columns.iter().map(String::as_str)), None),
            Leave::Policy => {
                let condition = self.condition(policy.read.as_deref(), &policy.table, policy)?;
                let columns = policy.columns.iter();
                let columns = columns.map(|column| self.shown(policy, column, &policy.table));
                (columns.collect::<Result<Vec<_>>>()?.join(", "), Some(condition))
            }
        };
        let mut sql = format!("SELECT {columns} FROM \"{}\"", policy.table);
        if let Some(condition) = condition {
            sql = format!("{sql} WHERE {condition}");
        }
        if policy.is_barred && self.backend == DbBackend::Sqlite {
            // What has a limit is neither flattened nor reached into.
            sql.push_str(" LIMIT -1");
        }
        let dialect = text::dialect(self.backend)?;
        match Parser::parse_sql(dialect, &sql).ok().and_then(|mut all| all.pop()) {
            Some(Statement::Query(query)) => Ok(query),
            _ => Err(TenancyError::refused("policy does not parse")),
        }
    }

    /// A column as its reader may see it: on others' rows a masked one is empty.
    fn shown(&mut self, policy: &Policy, column: &str, row: &str) -> Result<String> {
        if policy.is_blind(column) {
            // Of the column's type, which a bare NULL has not.
            return Ok(format!("CASE WHEN 1 = 0 THEN \"{row}\".\"{column}\" END AS \"{column}\""));
        }
        match policy.mask_of(column) {
            None => Ok(format!("\"{column}\"")),
            Some(own) => {
                let own = self.condition(Some(own), row, policy)?;
                Ok(format!("CASE WHEN {own} THEN \"{row}\".\"{column}\" END AS \"{column}\""))
            }
        }
    }

    /// A qualifier must name a source that is in sight.
    pub(super) fn qualifier(&mut self, ident: &Ident, names: &Names<'_>) -> Result<()> {
        self.plain(ident)?;
        if !names.sees(&self.fold(ident)) {
            return refuse(format!("`{}` qualifies nothing in sight", ident.value));
        }
        if self.registry.policy(&ident.value.to_ascii_lowercase()).is_some() {
            self.classify(ident);
        }
        Ok(())
    }
}
