//! Puts a statement's own values into a tree of ours.
//!
//! As nodes, which are compared with what is printed of them. A literal that was
//! printed into a text of ours and parsed again could come back as anything.

use sqlparser::ast::{Expr, Function, FunctionArg, FunctionArgExpr, FunctionArguments, SetExpr};

/// Replaces every expression that `value_of` knows and returns how many there were.
///
/// It knows the shapes that guards and policies are written in. What stands in another
/// is not found, and the caller compares the count.
pub(super) fn graft(expr: &mut Expr, value_of: &dyn Fn(&Expr) -> Option<Expr>) -> usize {
    if let Some(value) = value_of(expr) {
        *expr = value;
        return 1;
    }
    match expr {
        Expr::IsNull(inner)
        | Expr::IsNotNull(inner)
        | Expr::Nested(inner)
        | Expr::UnaryOp { op: _, expr: inner } => graft(inner, value_of),
        Expr::BinaryOp { left, op: _, right } => graft(left, value_of) + graft(right, value_of),
        Expr::Case { conditions, else_result: Some(other), .. } => {
            let conditions = conditions.iter_mut().map(|when| {
                graft(&mut when.condition, value_of) + graft(&mut when.result, value_of)
            });
            conditions.sum::<usize>() + graft(other, value_of)
        }
        Expr::Function(Function { args: FunctionArguments::List(list), .. }) => {
            let graft_in = |arg: &mut FunctionArg| match arg {
                FunctionArg::Unnamed(FunctionArgExpr::Expr(expr)) => graft(expr, value_of),
                _ => 0,
            };
            list.args.iter_mut().map(graft_in).sum()
        }
        Expr::Subquery(query) | Expr::Exists { subquery: query, negated: _ } => {
            match query.body.as_mut() {
                SetExpr::Select(select) => {
                    select.selection.as_mut().map_or(0, |selection| graft(selection, value_of))
                }
                _ => 0,
            }
        }
        _ => 0,
    }
}
