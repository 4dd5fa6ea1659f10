//! Function calls: which, with what arguments, over which window.

use sqlparser::ast::{
    Function, FunctionArg, FunctionArgExpr, FunctionArgumentClause, FunctionArgumentList,
    FunctionArguments, WindowFrame, WindowFrameBound, WindowSpec, WindowType,
};

use super::names::Names;
use super::{Result, Rewriter, absent, refuse};

/// Functions that compute from their arguments and the clock alone. No table function,
/// nothing that reads a setting, a file, a sequence or the catalogue; and on SQLite,
/// where no second wall is a barrier, nothing that fails on a value of one row (`abs` of
/// the smallest number, `ntile`) or makes one grow without end (`replace`): it might be
/// tried on a row before the policy drops it, and tell of it by failing.
const FUNCTIONS: [&str; 49] = [
    "array",
    "array_agg",
    "avg",
    "bool_and",
    "bool_or",
    "ceil",
    "coalesce",
    "concat",
    "count",
    "cume_dist",
    "current_date",
    "current_time",
    "current_timestamp",
    "date",
    "dense_rank",
    "every",
    "first_value",
    "floor",
    "greatest",
    "group_concat",
    "ifnull",
    "iif",
    "instr",
    "lag",
    "last_value",
    "lead",
    "least",
    "length",
    "lower",
    "ltrim",
    "max",
    "min",
    "mod",
    "now",
    "nullif",
    "percent_rank",
    "rank",
    "round",
    "row_number",
    "rtrim",
    "sign",
    "strftime",
    "string_agg",
    "strpos",
    "substr",
    "sum",
    "total",
    "trim",
    "upper",
];

impl Rewriter<'_> {
    pub(super) fn function(&mut self, function: &mut Function, names: &Names<'_>) -> Result<()> {
        let Function {
            name,
            uses_odbc_syntax,
            parameters,
            args,
            within_group,
            filter,
            null_treatment,
            over,
        } = function;
        let ident = super::single(name)?;
        self.plain(ident)?;
        if !FUNCTIONS.contains(&ident.value.to_ascii_lowercase().as_str()) {
            return refuse(format!("function `{}`", ident.value));
        }
        absent(!*uses_odbc_syntax && within_group.is_empty(), "a function's clause")?;
        absent(null_treatment.is_none(), "IGNORE NULLS")?;
        absent(matches!(parameters, FunctionArguments::None), "function parameters")?;
        self.arguments(args, names)?;
        self.maybe(filter.as_deref_mut(), names)?;
        match over {
            None => Ok(()),
            Some(WindowType::NamedWindow(name)) => self.column(name),
            Some(WindowType::WindowSpec(spec)) => self.window(spec, names),
        }
    }

    fn arguments(&mut self, args: &mut FunctionArguments, names: &Names<'_>) -> Result<()> {
        match args {
            FunctionArguments::None => Ok(()),
            FunctionArguments::Subquery(query) => self.query(query, names),
            FunctionArguments::List(FunctionArgumentList {
                duplicate_treatment: _,
                args,
                clauses,
            }) => {
                args.iter_mut().try_for_each(|arg| self.argument(arg, names))?;
                clauses.iter_mut().try_for_each(|clause| self.argument_clause(clause, names))
            }
        }
    }

    fn argument(&mut self, arg: &mut FunctionArg, names: &Names<'_>) -> Result<()> {
        match arg {
            FunctionArg::Unnamed(FunctionArgExpr::Expr(expr)) => self.expr(expr, names),
            FunctionArg::Unnamed(FunctionArgExpr::Wildcard) => Ok(()),
            FunctionArg::Unnamed(FunctionArgExpr::WildcardWithOptions(options)) => {
                super::query::plain_wildcard(options)
            }
            FunctionArg::Unnamed(FunctionArgExpr::QualifiedWildcard(_))
            | FunctionArg::Named { name: _, arg: _, operator: _ }
            | FunctionArg::ExprNamed { name: _, arg: _, operator: _ } => {
                refuse("a named or whole-row argument")
            }
        }
    }

    fn argument_clause(
        &mut self,
        clause: &mut FunctionArgumentClause,
        names: &Names<'_>,
    ) -> Result<()> {
        match clause {
            FunctionArgumentClause::OrderBy(keys) => self.order_keys(keys, names),
            FunctionArgumentClause::IgnoreOrRespectNulls(_)
            | FunctionArgumentClause::Where(_)
            | FunctionArgumentClause::Limit(_)
            | FunctionArgumentClause::OnOverflow(_)
            | FunctionArgumentClause::Having(_)
            | FunctionArgumentClause::Separator(_)
            | FunctionArgumentClause::JsonNullClause(_)
            | FunctionArgumentClause::JsonReturningClause(_) => refuse("a function's clause"),
        }
    }

    pub(super) fn window(&mut self, spec: &mut WindowSpec, names: &Names<'_>) -> Result<()> {
        let WindowSpec { window_name, partition_by, order_by, window_frame } = spec;
        if let Some(name) = window_name {
            self.column(name)?;
        }
        self.exprs(partition_by, names)?;
        self.order_keys(order_by, names)?;
        if let Some(WindowFrame { units: _, start_bound, end_bound }) = window_frame {
            for bound in [Some(start_bound), end_bound.as_mut()].into_iter().flatten() {
                match bound {
                    WindowFrameBound::CurrentRow => {}
                    WindowFrameBound::Preceding(expr) | WindowFrameBound::Following(expr) => {
                        self.maybe(expr.as_deref_mut(), names)?;
                    }
                }
            }
        }
        Ok(())
    }
}
