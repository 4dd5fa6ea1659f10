//! RETURNING: columns of the target that the caller may read, and nothing computed.

use sqlparser::ast::{Expr, Ident, SelectItem};

use super::build::quoted;
use super::names::Names;
use super::write::Target;
use super::{Policy, Result, Rewriter, absent, refuse};

impl Rewriter<'_> {
    /// Columns of the target that the caller may read, and nothing computed. Beside other
    /// sources PostgreSQL's `*` would be theirs, too.
    pub(super) fn returning(
        &mut self,
        target: &Target<'_>,
        is_alone: bool,
        items: Option<&mut Vec<SelectItem>>,
    ) -> Result<()> {
        let Some(items) = items else { return Ok(()) };
        let policy = target.policy;
        let readable = self.readable_columns(policy)?;
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
