//! Expressions: what may be computed, and what may be asked on the way.

use sqlparser::ast::{
    Array, BinaryOperator, CaseWhen, CastKind, DataType, Expr, Ident, InTarget, UnaryOperator,
    Value, ValueWithSpan,
};

use sea_orm::DbBackend;

use super::names::Names;
use super::{Result, Rewriter, absent, refuse, text};
use crate::plan::Check;

impl Rewriter<'_> {
    pub(super) fn exprs(&mut self, exprs: &mut [Expr], names: &Names<'_>) -> Result<()> {
        exprs.iter_mut().try_for_each(|expr| self.expr(expr, names))
    }

    pub(super) fn maybe(&mut self, expr: Option<&mut Expr>, names: &Names<'_>) -> Result<()> {
        expr.map_or(Ok(()), |expr| self.expr(expr, names))
    }

    pub(super) fn expr(&mut self, expr: &mut Expr, names: &Names<'_>) -> Result<()> {
        match expr {
            Expr::Identifier(ident) => self.bare_column(ident, names),
            Expr::CompoundIdentifier(parts) => self.qualified(parts, names),
            // Of a named one nobody could say which value it is given.
            Expr::Value(ValueWithSpan { value: Value::Placeholder(name), span: _ }) => {
                text::number(self.backend, name).map(drop)
            }
            Expr::Value(ValueWithSpan { value, span: _ }) => literal(value),
            Expr::Nested(inner)
            | Expr::IsFalse(inner)
            | Expr::IsNotFalse(inner)
            | Expr::IsTrue(inner)
            | Expr::IsNotTrue(inner)
            | Expr::IsNull(inner)
            | Expr::IsNotNull(inner)
            | Expr::IsUnknown(inner)
            | Expr::IsNotUnknown(inner) => self.expr(inner, names),
            Expr::IsDistinctFrom(left, right) | Expr::IsNotDistinctFrom(left, right) => {
                self.expr(left, names)?;
                self.expr(right, names)
            }
            Expr::BinaryOp { left, op, right } => {
                absent(is_plain(op), "an operator of another dialect")?;
                self.expr(left, names)?;
                self.expr(right, names)
            }
            Expr::UnaryOp { op, expr } => {
                let plain =
                    matches!(op, UnaryOperator::Not | UnaryOperator::Minus | UnaryOperator::Plus);
                absent(plain, "an operator of another dialect")?;
                self.expr(expr, names)
            }
            Expr::Between { expr, negated: _, low, high } => {
                self.expr(expr, names)?;
                self.expr(low, names)?;
                self.expr(high, names)
            }
            Expr::Like { negated: _, any, expr, pattern, escape_char }
            | Expr::ILike { negated: _, any, expr, pattern, escape_char } => {
                absent(!*any, "LIKE ANY")?;
                self.expr(expr, names)?;
                self.expr(pattern, names)?;
                self.maybe(escape_char.as_deref_mut(), names)?;
                self.pattern(pattern, escape_char.as_deref())
            }
            Expr::In { expr, target, negated: _, global } => {
                absent(!*global, "GLOBAL IN")?;
                self.expr(expr, names)?;
                match target {
                    InTarget::List(items) => self.exprs(items, names),
                    InTarget::Subquery(query) => self.query(query, names),
                    InTarget::Unnest(_) | InTarget::Table { name: _, args: _ } => {
                        refuse("IN over a table")
                    }
                }
            }
            Expr::AnyOp { left, compare_op, right, is_some: _ }
            | Expr::AllOp { left, compare_op, right } => {
                absent(is_plain(compare_op), "an operator of another dialect")?;
                self.expr(left, names)?;
                self.expr(right, names)
            }
            Expr::Exists { subquery, negated: _ } | Expr::Subquery(subquery) => {
                self.query(subquery, names)
            }
            Expr::Case { case_token: _, end_token: _, operand, conditions, else_result } => {
                self.maybe(operand.as_deref_mut(), names)?;
                for CaseWhen { condition, result } in conditions {
                    self.expr(condition, names)?;
                    self.expr(result, names)?;
                }
                self.maybe(else_result.as_deref_mut(), names)
            }
            Expr::Cast { kind, expr, data_type, format } => {
                absent(format.is_none() && is_value_type(data_type), "a cast to such a type")?;
                match kind {
                    CastKind::Cast | CastKind::DoubleColon => self.expr(expr, names),
                    CastKind::TryCast | CastKind::SafeCast => refuse("TRY_CAST"),
                }
            }
            Expr::Extract { field: _, syntax: _, expr }
            | Expr::Ceil { expr, field: _ }
            | Expr::Floor { expr, field: _ } => self.expr(expr, names),
            Expr::Position { expr, r#in } => {
                self.expr(expr, names)?;
                self.expr(r#in, names)
            }
            Expr::Trim { trim_where: _, trim_what, expr, trim_characters } => {
                absent(trim_characters.is_none(), "TRIM of another dialect")?;
                self.maybe(trim_what.as_deref_mut(), names)?;
                self.expr(expr, names)
            }
            Expr::Substring { expr, substring_from, substring_for, special: _, shorthand: _ } => {
                self.expr(expr, names)?;
                self.maybe(substring_from.as_deref_mut(), names)?;
                self.maybe(substring_for.as_deref_mut(), names)
            }
            Expr::Function(function) => self.function(function, names),
            Expr::Tuple(items) => self.exprs(items, names),
            Expr::Array(Array { elem, named: _ }) => self.exprs(elem, names),
            Expr::CompoundFieldAccess { root: _, access_chain: _ }
            | Expr::JsonAccess { value: _, path: _ }
            | Expr::IsJson { expr: _, kind: _, unique_keys: _, negated: _ }
            | Expr::IsNormalized { expr: _, form: _, negated: _ }
            | Expr::SimilarTo { negated: _, expr: _, pattern: _, escape_char: _ }
            | Expr::RLike { negated: _, expr: _, pattern: _, regexp: _ }
            | Expr::Convert {
                is_try: _,
                expr: _,
                data_type: _,
                charset: _,
                target_before_value: _,
                styles: _,
            }
            | Expr::AtTimeZone { timestamp: _, time_zone: _ }
            | Expr::Overlay { expr: _, overlay_what: _, overlay_from: _, overlay_for: _ }
            | Expr::Collate { expr: _, collation: _ }
            | Expr::Prefixed { prefix: _, value: _ }
            | Expr::TypedString(_)
            | Expr::GroupingSets(_)
            | Expr::Cube(_)
            | Expr::Rollup(_)
            | Expr::Struct { values: _, fields: _ }
            | Expr::Named { expr: _, name: _ }
            | Expr::Dictionary(_)
            | Expr::Map(_)
            | Expr::Interval(_)
            | Expr::MatchAgainst { columns: _, match_value: _, opt_search_modifier: _ }
            | Expr::Wildcard(_)
            | Expr::QualifiedWildcard(_, _)
            | Expr::OuterJoin(_)
            | Expr::Prior(_)
            | Expr::Lambda(_)
            | Expr::MemberOf(_) => refuse("an expression that is not known to be safe"),
        }
    }

    /// SQLite fails on a pattern that is too long or an ESCAPE of several signs, and might
    /// try it on a row before the policy drops it: there both must be known beforehand.
    fn pattern(&mut self, pattern: &Expr, escape: Option<&Expr>) -> Result<()> {
        if self.backend != DbBackend::Sqlite {
            return Ok(());
        }
        let is_sign = |escape: &Expr| {
            matches!(escape, Expr::Value(ValueWithSpan { value: Value::SingleQuotedString(sign), .. })
                if sign.chars().count() == 1)
        };
        absent(escape.is_none_or(is_sign), "an ESCAPE that is not one sign")?;
        let given = self.given(pattern)?;
        self.checks.push(Check::Short { given });
        Ok(())
    }

    fn qualified(&mut self, parts: &[Ident], names: &Names<'_>) -> Result<()> {
        match parts {
            [qualifier, column] => {
                self.qualifier(qualifier, names)?;
                self.column(column)?;
                absent(
                    names.may_have(&self.fold(qualifier), &self.fold(column)),
                    "a column that its source does not have",
                )
            }
            _ => refuse("a name of more than two parts"),
        }
    }
}

fn literal(value: &Value) -> Result<()> {
    match value {
        Value::Number(_, _)
        | Value::SingleQuotedString(_)
        | Value::DollarQuotedString(_)
        | Value::EscapedStringLiteral(_)
        | Value::Boolean(_)
        | Value::Null => Ok(()),
        // SQLite knows `0x10` as a number; it would be printed as bytes.
        Value::HexStringLiteral(_)
        | Value::Placeholder(_)
        | Value::TripleSingleQuotedString(_)
        | Value::TripleDoubleQuotedString(_)
        | Value::UnicodeStringLiteral(_)
        | Value::SingleQuotedByteStringLiteral(_)
        | Value::DoubleQuotedByteStringLiteral(_)
        | Value::TripleSingleQuotedByteStringLiteral(_)
        | Value::TripleDoubleQuotedByteStringLiteral(_)
        | Value::SingleQuotedRawStringLiteral(_)
        | Value::DoubleQuotedRawStringLiteral(_)
        | Value::TripleSingleQuotedRawStringLiteral(_)
        | Value::TripleDoubleQuotedRawStringLiteral(_)
        | Value::NationalStringLiteral(_)
        | Value::QuoteDelimitedStringLiteral(_)
        | Value::NationalQuoteDelimitedStringLiteral(_)
        | Value::DoubleQuotedString(_) => refuse("a literal of another dialect"),
    }
}

/// Operators that compute from their two sides alone; an allow-list, so that a new
/// one is refused.
const fn is_plain(op: &BinaryOperator) -> bool {
    use BinaryOperator as Op;
    matches!(
        op,
        Op::Plus
            | Op::Minus
            | Op::Multiply
            | Op::Divide
            | Op::Modulo
            | Op::StringConcat
            | Op::Gt
            | Op::Lt
            | Op::GtEq
            | Op::LtEq
            | Op::Eq
            | Op::NotEq
            | Op::And
            | Op::Or
            | Op::BitwiseAnd
            | Op::BitwiseOr
    )
}

/// Types of values; not `regclass` and its kin, which look names up.
const fn is_value_type(data_type: &DataType) -> bool {
    matches!(
        data_type,
        DataType::Text
            | DataType::Varchar(_)
            | DataType::Char(_)
            | DataType::Uuid
            | DataType::Integer(_)
            | DataType::Int(_)
            | DataType::BigInt(_)
            | DataType::SmallInt(_)
            | DataType::Real
            | DataType::DoublePrecision
            | DataType::Numeric(_)
            | DataType::Decimal(_)
            | DataType::Boolean
            | DataType::Date
            | DataType::Time(_, _)
            | DataType::Timestamp(_, _)
    )
}
