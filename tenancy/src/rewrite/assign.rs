//! SET: which columns a write may give a value.

use std::collections::BTreeSet;

use sqlparser::ast::{
    Assignment, AssignmentTarget, Expr, Ident, ObjectName, ObjectNamePart, Value,
};

use super::build::quoted;
use super::names::Names;
use super::write::Target;
use super::{Result, Rewriter, refuse};

impl Rewriter<'_> {
    pub(super) fn assignments(
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

    pub(super) fn written_column(&mut self, target: &Target<'_>, ident: &Ident) -> Result<String> {
        self.column(ident)?;
        let column = self.fold(ident);
        let known = match target.grant {
            Some(grant) => grant.columns.contains(&column.as_str()),
            None => target.policy.has(&column),
        };
        if known { Ok(column) } else { refuse(format!("`{column}` may not be written")) }
    }

    /// Empties what may not outlive a change of something else.
    pub(super) fn clear(&self, target: &Target<'_>, assignments: &mut Vec<Assignment>) {
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
}

fn empty(column: &str) -> Assignment {
    Assignment {
        target: AssignmentTarget::ColumnName(ObjectName::from(vec![quoted(column)])),
        value: Expr::value(Value::Null),
    }
}
