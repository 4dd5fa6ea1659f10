//! Small pieces of SQL that the rewrite writes itself.

use sqlparser::ast::{BinaryOperator, Expr, Ident};

pub(super) fn quoted(name: &str) -> Ident {
    Ident::with_quote('"', name)
}

pub(super) fn list<'n>(columns: impl Iterator<Item = &'n str>) -> String {
    columns.map(|column| format!("\"{column}\"")).collect::<Vec<_>>().join(", ")
}

/// `(policy) AND (original)`, in brackets, as each may have an OR in it.
pub(super) fn both(original: Option<Expr>, policy: Expr) -> Expr {
    let policy = Expr::Nested(Box::new(policy));
    match original {
        None => policy,
        // The policy first: what it drops, the rest need not be tried on.
        Some(original) => Expr::BinaryOp {
            left: Box::new(policy),
            op: BinaryOperator::And,
            right: Box::new(Expr::Nested(Box::new(original))),
        },
    }
}
