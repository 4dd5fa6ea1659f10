//! Rules on the values of a row that is written: whose it is, what it may name, and
//! whether it may be there at all. They are decided by the statement that writes, so
//! there is no moment between a check and its use.

use sea_orm::DbBackend;
use sqlparser::ast::{Expr, Value, ValueWithSpan};

use super::graft::graft;
use super::write::Target;
use super::{Result, Rewriter, absent, refuse, text};
use crate::plan::{Check, Given};
use crate::policy::{InsertCheck, Reference};

impl Rewriter<'_> {
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

    /// The same value where the row it names is visible, else one that no foreign
    /// key accepts, or that fails by itself: the database then refuses the whole
    /// statement, with no moment between a check and its use.
    pub(super) fn only_if_visible(&mut self, rule: &Reference, value: &Expr) -> Result<Expr> {
        let Reference { column: _, table, condition, is_keyed } = rule;
        let condition = self.rule(condition, "tenancy_seen")?;
        self.reached.insert((*table).to_owned());
        let seen = format!("SELECT tenancy_seen.\"id\" FROM \"{table}\" AS tenancy_seen");
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
             WHERE tenancy_seen.\"id\" = {VALUE} AND ({condition})), {nowhere}) END"
        );
        let mut guarded = text::parse_expr(self.backend, &sql)?;
        let put = graft(&mut guarded, &|expr| match expr {
            Expr::Identifier(ident) if ident.value == VALUE => Some(value.clone()),
            _ => None,
        });
        absent(put == 2, "a reference that cannot be guarded")?;
        Ok(guarded)
    }

    /// The value where the condition holds, else one that no foreign key takes.
    fn only_if(&self, holds: Expr, value: &Expr) -> Result<Expr> {
        let sql = format!("CASE WHEN tenancy_holds THEN {VALUE} ELSE {} END", self.nowhere());
        let mut guarded = text::parse_expr(self.backend, &sql)?;
        let holds = Expr::Nested(Box::new(holds));
        let put = graft(&mut guarded, &|expr| match expr {
            Expr::Identifier(ident) if ident.value == "tenancy_holds" => Some(holds.clone()),
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

    pub(super) fn tenant_expr(&mut self) -> Expr {
        self.uses_me = true;
        Expr::value(Value::Placeholder(self.me.clone()))
    }
}

/// What stands for the value in the text of a guard.
const VALUE: &str = "tenancy_value";

/// What stands for the new row in the condition of an insert.
const NEW_ROW: &str = "tenancy_new";

/// A value that means the same wherever it is put: bound, literal, or a column with
/// the name of its source.
pub(super) fn is_settled(value: &Expr) -> bool {
    matches!(value, Expr::Value(_) | Expr::CompoundIdentifier(_))
}
