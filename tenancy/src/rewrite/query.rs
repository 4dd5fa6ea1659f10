//! SELECT, and whatever may stand where a SELECT may.

use sqlparser::ast::{
    Distinct, Fetch, GroupByExpr, LimitClause, LockClause, NamedWindowDefinition, NamedWindowExpr,
    Offset, OrderBy, OrderByExpr, OrderByKind, OrderByOptions, OrderBySort, Parens, Query, Select,
    SelectFlavor, SelectItem, SelectItemQualifiedWildcardKind, SetExpr, SetOperator, SetQuantifier,
    Values, WildcardAdditionalOptions, With,
};

use super::names::Names;
use super::{Result, Rewriter, absent, refuse};

/// A query taken apart, without the clauses that none may have.
pub(super) struct Parts<'q> {
    pub(super) with: Option<&'q mut With>,
    pub(super) body: &'q mut SetExpr,
    pub(super) order_by: Option<&'q mut OrderBy>,
    pub(super) limit_clause: Option<&'q mut LimitClause>,
    pub(super) fetch: Option<&'q mut Fetch>,
    pub(super) locks: &'q [LockClause],
}

pub(super) fn parts(query: &mut Query) -> Result<Parts<'_>> {
    let Query {
        with,
        body,
        order_by,
        limit_clause,
        fetch,
        locks,
        for_clause,
        settings,
        format_clause,
        pipe_operators,
    } = query;
    absent(for_clause.is_none(), "FOR XML, JSON or BROWSE")?;
    absent(settings.is_none() && format_clause.is_none(), "SETTINGS or FORMAT")?;
    absent(pipe_operators.is_empty(), "pipe operators")?;
    Ok(Parts {
        with: with.as_mut(),
        body,
        order_by: order_by.as_mut(),
        limit_clause: limit_clause.as_mut(),
        fetch: fetch.as_mut(),
        locks,
    })
}

impl Rewriter<'_> {
    pub(super) fn query(&mut self, query: &mut Query, outer: &Names<'_>) -> Result<()> {
        let Parts { with, body, order_by, limit_clause, fetch, locks } = parts(query)?;
        let outer = &self.with(with, outer)?;
        let names = self.body(body, outer)?;
        if let Some(OrderBy { kind, interpolate }) = order_by {
            absent(interpolate.is_none(), "INTERPOLATE")?;
            match kind {
                OrderByKind::Expressions(keys) => self.order_keys(keys, &names)?,
                OrderByKind::All(_) => return refuse("ORDER BY ALL"),
            }
        }
        self.limits(limit_clause, fetch, outer)?;
        locks.iter().try_for_each(|lock| self.lock(lock, &names))
    }

    /// Walks a query's body and returns the names that its ORDER BY may use.
    fn body<'o>(&mut self, body: &mut SetExpr, outer: &'o Names<'o>) -> Result<Names<'o>> {
        match body {
            SetExpr::Select(select) => return self.select(select, outer),
            SetExpr::Query(query) => self.query(query, outer)?,
            SetExpr::SetOperation { left, op, set_quantifier, right } => {
                match op {
                    SetOperator::Union | SetOperator::Except | SetOperator::Intersect => {}
                    SetOperator::Minus => return refuse("MINUS"),
                }
                match set_quantifier {
                    SetQuantifier::All | SetQuantifier::Distinct | SetQuantifier::None => {}
                    SetQuantifier::ByName
                    | SetQuantifier::AllByName
                    | SetQuantifier::DistinctByName => return refuse("BY NAME"),
                }
                self.body(left, outer)?;
                self.body(right, outer)?;
            }
            SetExpr::Values(values) => self.values(values, outer)?,
            SetExpr::Insert(_) | SetExpr::Update(_) | SetExpr::Delete(_) | SetExpr::Merge(_) => {
                return refuse("a write inside a query");
            }
            SetExpr::Table(_) => return refuse("TABLE"),
        }
        Ok(Names::inside(outer))
    }

    fn values(&mut self, values: &mut Values, outer: &Names<'_>) -> Result<()> {
        let Values { explicit_row, value_keyword, rows } = values;
        absent(!*explicit_row && !*value_keyword, "VALUES ROW")?;
        for Parens { opening_token: _, content, closing_token: _ } in rows {
            self.exprs(content, outer)?;
        }
        Ok(())
    }

    fn select<'o>(&mut self, select: &mut Select, outer: &'o Names<'o>) -> Result<Names<'o>> {
        let Select {
            select_token: _,
            optimizer_hints,
            distinct,
            select_modifiers,
            top,
            top_before_distinct: _,
            projection,
            exclude,
            into,
            from,
            lateral_views,
            prewhere,
            selection,
            connect_by,
            group_by,
            cluster_by,
            distribute_by,
            sort_by,
            having,
            named_window,
            qualify,
            window_before_qualify: _,
            value_table_mode,
            flavor,
        } = select;
        absent(optimizer_hints.is_empty() && select_modifiers.is_none(), "hints")?;
        absent(top.is_none() && exclude.is_none() && into.is_none(), "TOP, EXCLUDE or INTO")?;
        absent(lateral_views.is_empty() && prewhere.is_none(), "LATERAL VIEW or PREWHERE")?;
        absent(connect_by.is_empty() && cluster_by.is_empty(), "CONNECT BY or CLUSTER BY")?;
        absent(distribute_by.is_empty() && sort_by.is_empty(), "DISTRIBUTE BY or SORT BY")?;
        absent(qualify.is_none() && value_table_mode.is_none(), "QUALIFY or AS STRUCT")?;
        match flavor {
            SelectFlavor::Standard => {}
            SelectFlavor::FromFirst | SelectFlavor::FromFirstNoSelect => {
                return refuse("FROM before SELECT");
            }
        }
        let mut names = Names::inside(outer);
        self.sources(from, &mut names)?;
        match distinct {
            None | Some(Distinct::Distinct) => {}
            Some(Distinct::On(keys)) => self.exprs(keys, &names)?,
            Some(Distinct::All) => return refuse("SELECT ALL"),
        }
        self.projection(projection, &names)?;
        self.maybe(selection.as_mut(), &names)?;
        match group_by {
            GroupByExpr::Expressions(keys, modifiers) => {
                absent(modifiers.is_empty(), "GROUP BY modifiers")?;
                self.exprs(keys, &names)?;
            }
            GroupByExpr::All(_) => return refuse("GROUP BY ALL"),
        }
        self.maybe(having.as_mut(), &names)?;
        for NamedWindowDefinition(name, window) in named_window {
            self.column(name)?;
            match window {
                NamedWindowExpr::NamedWindow(of) => self.column(of)?,
                NamedWindowExpr::WindowSpec(spec) => self.window(spec, &names)?,
            }
        }
        Ok(names)
    }

    /// The list of what is selected, or returned.
    pub(super) fn projection(&mut self, items: &mut [SelectItem], names: &Names<'_>) -> Result<()> {
        for item in items {
            match item {
                SelectItem::UnnamedExpr(expr) => self.expr(expr, names)?,
                SelectItem::ExprWithAlias { expr, alias } => {
                    self.expr(expr, names)?;
                    self.alias(alias)?;
                }
                // The source has the policy's columns and no other, so `*` is safe.
                SelectItem::Wildcard(options) => plain_wildcard(options)?,
                SelectItem::QualifiedWildcard(kind, options) => {
                    plain_wildcard(options)?;
                    match kind {
                        SelectItemQualifiedWildcardKind::ObjectName(name) => {
                            let ident = super::single(name)?.clone();
                            // Of a query further out it might be the bare table of a write.
                            absent(names.has(&self.fold(&ident)), "`*` of a source further out")?;
                            self.qualifier(&ident, names)?;
                        }
                        SelectItemQualifiedWildcardKind::Expr(_) => return refuse("expr.*"),
                    }
                }
                SelectItem::ExprWithAliases { expr: _, aliases: _ } => {
                    return refuse("several aliases");
                }
            }
        }
        Ok(())
    }

    pub(super) fn order_keys(&mut self, keys: &mut [OrderByExpr], names: &Names<'_>) -> Result<()> {
        for OrderByExpr { expr, options, with_fill } in keys {
            absent(with_fill.is_none(), "WITH FILL")?;
            let OrderByOptions { sort, nulls_first: _ } = options;
            match sort {
                None | Some(OrderBySort::Asc | OrderBySort::Desc) => {}
                Some(OrderBySort::Using(_)) => return refuse("ORDER BY USING"),
            }
            self.expr(expr, names)?;
        }
        Ok(())
    }

    fn limits(
        &mut self,
        limit: Option<&mut LimitClause>,
        fetch: Option<&mut Fetch>,
        outer: &Names<'_>,
    ) -> Result<()> {
        match limit {
            None => {}
            Some(LimitClause::LimitOffset { limit, offset, limit_by }) => {
                absent(limit_by.is_empty(), "LIMIT BY")?;
                self.maybe(limit.as_mut(), outer)?;
                if let Some(Offset { value, rows: _ }) = offset {
                    self.expr(value, outer)?;
                }
            }
            Some(LimitClause::OffsetCommaLimit { offset, limit }) => {
                self.expr(offset, outer)?;
                self.expr(limit, outer)?;
            }
        }
        match fetch {
            None => Ok(()),
            Some(Fetch { with_ties: _, percent: _, quantity }) => {
                self.maybe(quantity.as_mut(), outer)
            }
        }
    }

    /// `FOR UPDATE` reaches through a derived table to its rows, on PostgreSQL.
    fn lock(&mut self, lock: &LockClause, names: &Names<'_>) -> Result<()> {
        let LockClause { lock_type: _, of, nonblock: _ } = lock;
        match of {
            None => Ok(()),
            Some(name) => self.qualifier(&super::single(name)?.clone(), names),
        }
    }
}

pub(super) fn plain_wildcard(options: &WildcardAdditionalOptions) -> Result<()> {
    let WildcardAdditionalOptions {
        wildcard_token: _,
        opt_ilike,
        opt_exclude,
        opt_except,
        opt_replace,
        opt_rename,
        opt_alias,
    } = options;
    absent(
        opt_ilike.is_none()
            && opt_exclude.is_none()
            && opt_except.is_none()
            && opt_replace.is_none()
            && opt_rename.is_none()
            && opt_alias.is_none(),
        "a wildcard with options",
    )
}
