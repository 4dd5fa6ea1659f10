//! SQL as text and tokens: what has to be settled before and after the walk.

use std::collections::HashMap;

use sea_orm::DbBackend;
use sqlparser::ast::{Expr, Statement};
use sqlparser::dialect::{Dialect, PostgreSqlDialect, SQLiteDialect};
use sqlparser::parser::Parser;
use sqlparser::tokenizer::{Token, Tokenizer};

use super::error::{Result, TenancyError};

static SQLITE: SQLiteDialect = SQLiteDialect {};
static POSTGRES: PostgreSqlDialect = PostgreSqlDialect {};

pub(super) fn dialect(backend: DbBackend) -> Result<&'static dyn Dialect> {
    match backend {
        DbBackend::Sqlite => Ok(&SQLITE),
        DbBackend::Postgres => Ok(&POSTGRES),
        _ => Err(TenancyError::refused("unknown database")),
    }
}

/// A statement's tokens, with its placeholders numbered.
pub(super) struct Lexed {
    tokens: Vec<Token>,
    /// The highest placeholder; the tenant takes the next one.
    pub(super) parameters: usize,
}

/// Numbers bare `?` by the order of their tokens, which is the order in which
/// they were bound, and not the order in which a tree is walked.
pub(super) fn lex(backend: DbBackend, sql: &str) -> Result<Lexed> {
    if sql.contains('\0') {
        return Err(TenancyError::refused("a NUL, where databases may stop to read"));
    }
    let mut tokens = Tokenizer::new(dialect(backend)?, sql)
        .tokenize()
        .map_err(|error| TenancyError::refused(format!("does not lex: {error}")))?;
    if tokens.iter().filter(|token| is_operator(token)).count() > OPERATORS {
        return Err(TenancyError::refused("too many operators"));
    }
    let (mut bare, mut highest, mut numbered) = (0, 0, false);
    for token in &mut tokens {
        if let Token::Placeholder(name) = token {
            if backend == DbBackend::Sqlite && name == "?" {
                bare += 1;
                *name = format!("?{bare}");
            } else {
                numbered = true;
                highest = highest.max(number(backend, name)?);
            }
        }
    }
    if numbered && bare > 0 {
        return Err(TenancyError::refused("bare and numbered placeholders mixed"));
    }
    Ok(Lexed { tokens, parameters: highest.max(bare) })
}

/// A chain of operators is parsed, walked, printed and dropped by recursion, and a
/// stack that overflows ends the process. The application's longest statement has a
/// quarter of these; a test takes so many on a worker's stack.
const OPERATORS: usize = 250;

fn is_operator(token: &Token) -> bool {
    match token {
        Token::Plus
        | Token::Minus
        | Token::Mul
        | Token::Div
        | Token::Mod
        | Token::StringConcat
        | Token::Eq
        | Token::Neq
        | Token::Lt
        | Token::LtEq
        | Token::Gt
        | Token::GtEq => true,
        Token::Word(word) => ["and", "or", "not", "union", "except", "intersect", "is"]
            .iter()
            .any(|operator| word.value.eq_ignore_ascii_case(operator)),
        _ => false,
    }
}

/// The number in `$3` or `?3`; named placeholders have none.
pub(super) fn number(backend: DbBackend, placeholder: &str) -> Result<usize> {
    placeholder
        .strip_prefix(mark(backend))
        .and_then(|digits| digits.parse().ok())
        .filter(|number| (1..=32_000).contains(number))
        .ok_or_else(|| TenancyError::refused("a named placeholder"))
}

pub(super) fn placeholder(backend: DbBackend, number: usize) -> String {
    format!("{}{number}", mark(backend))
}

const fn mark(backend: DbBackend) -> char {
    if matches!(backend, DbBackend::Postgres) { '$' } else { '?' }
}

impl Lexed {
    /// Exactly one statement.
    pub(super) fn parse(self, backend: DbBackend) -> Result<Statement> {
        let mut statements = Parser::new(dialect(backend)?)
            .with_tokens(self.tokens)
            .parse_statements()
            .map_err(|error| TenancyError::refused(format!("does not parse: {error}")))?;
        match (statements.pop(), statements.is_empty()) {
            (Some(statement), true) => Ok(statement),
            _ => Err(TenancyError::refused("not exactly one statement")),
        }
    }

    /// How often each word of interest stands in the text, whatever its case or quotes.
    pub(super) fn count(&self, of_interest: impl Fn(&str) -> bool) -> HashMap<String, usize> {
        let mut counts = HashMap::new();
        for token in &self.tokens {
            if let Token::Word(word) = token {
                let word = word.value.to_ascii_lowercase();
                if of_interest(&word) {
                    *counts.entry(word).or_insert(0) += 1;
                }
            }
        }
        counts
    }
}

/// Parses what was printed again and compares: a printer that says something else
/// than the tree would undo all that the walk has proven.
pub(super) fn print_faithfully(backend: DbBackend, statement: &Statement) -> Result<String> {
    let sql = statement.to_string();
    let again = Parser::parse_sql(dialect(backend)?, &sql)
        .map_err(|error| TenancyError::refused(format!("prints unreadably: {error}")))?;
    if again.len() == 1 && again.first() == Some(statement) {
        Ok(sql)
    } else {
        Err(TenancyError::refused("prints as something else"))
    }
}

/// The names, and other words, that stand in a policy's text.
pub(super) fn names_in(predicate: &str) -> impl Iterator<Item = &str> {
    predicate.split(|c: char| !c.is_alphanumeric() && c != '_')
}

/// A policy's condition for the row `row` and the tenant's placeholder.
pub(super) fn condition(backend: DbBackend, predicate: &str, row: &str, me: &str) -> Result<Expr> {
    // In this order: what stands for the row is not searched again.
    let sql = predicate.replace(":me", me).replace("this.", &format!("\"{row}\"."));
    parse_expr(backend, &sql)
}

/// The whole of a text of ours; never one with somebody's literal in it, which the
/// printer may write as something else.
pub(super) fn parse_expr(backend: DbBackend, sql: &str) -> Result<Expr> {
    let unfit = |error| TenancyError::refused(format!("policy does not parse: {error}"));
    let mut parser = Parser::new(dialect(backend)?).try_with_sql(sql).map_err(unfit)?;
    let expr = parser.parse_expr().map_err(unfit)?;
    match parser.peek_token().token {
        Token::EOF => Ok(expr),
        _ => Err(TenancyError::refused("policy does not parse to its end")),
    }
}
