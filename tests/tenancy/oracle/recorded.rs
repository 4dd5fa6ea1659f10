//! What the application itself sends, recorded while its pages are used, and then bent.

use std::sync::OnceLock;

use arbitrary::Unstructured;
use sea_orm::prelude::Uuid;
use sea_orm::{DbBackend, Statement, Value};
use sea_orm_tenancy::Db;
use sqlparser::dialect::{Dialect, PostgreSqlDialect, SQLiteDialect};
use sqlparser::tokenizer::{Token, Tokenizer};

use super::books::{Attempt, Books, Effect};
use super::schema::{CLOSED, Kind};
use super::world::{World, value};
use crate::support;

static ALL: OnceLock<Vec<String>> = OnceLock::new();

/// The texts, each once, in the order of the alphabet.
pub fn all() -> &'static [String] {
    ALL.get_or_init(|| {
        let walk = || {
            let runtime = tokio::runtime::Runtime::new().expect("a runtime");
            runtime.block_on(record())
        };
        std::thread::spawn(walk).join().expect("a walk")
    })
}

async fn record() -> Vec<String> {
    let world = support::World::demo().await;
    support::road::walk(&world).await;
    let db = world.ctx.shared_store.get_ref::<Db>().expect("a database");
    let mut texts = db.statements();
    texts.sort();
    assert!(texts.len() > 30, "only {} statements", texts.len());
    texts
}

pub fn statement(world: &World, books: &Books, bytes: &[u8]) -> Attempt {
    let mut bytes = Unstructured::new(bytes);
    let all = all();
    let text = &all[bytes.int_in_range(0..=all.len() - 1).unwrap_or(0)];
    let mut bent = Bent { world, bytes, tokens: tokens(books.backend, text) };
    for _ in 0..bent.below(4) {
        bent.bend();
    }
    let text: String = bent.tokens.iter().map(ToString::to_string).collect();
    let (text, effect) = if text.starts_with("SELECT") {
        let count = bent.below(6) == 5;
        (
            if count { format!("SELECT count(*) AS n FROM ({text}) AS q") } else { text },
            Effect::Reads,
        )
    } else {
        (text, Effect::Spares)
    };
    let values = bent.values(books.me);
    let given = (text, values);
    Attempt { meant: given.clone(), given, effect }
}

/// A text as it is, with values of the right kinds.
pub fn with_values(world: &World, me: Uuid, backend: DbBackend, text: &str) -> Statement {
    let tokens = tokens(backend, text);
    let values = Bent { world, bytes: Unstructured::new(&[]), tokens }.values(me);
    Statement::from_sql_and_values(backend, text, values)
}

fn tokens(backend: DbBackend, text: &str) -> Vec<Token> {
    let dialect: &dyn Dialect = match backend {
        DbBackend::Postgres => &PostgreSqlDialect {},
        _ => &SQLiteDialect {},
    };
    Tokenizer::new(dialect, text).tokenize().expect("a text of ours")
}

struct Bent<'w, 'b> {
    world: &'w World,
    bytes: Unstructured<'b>,
    tokens: Vec<Token>,
}

impl Bent<'_, '_> {
    fn below(&mut self, n: usize) -> usize {
        self.bytes.int_in_range(0..=n - 1).unwrap_or(0)
    }

    /// Whether a value of a row is the first of several that another question finds: bent, they
    /// are alike, and which of them comes first is the database's own affair.
    fn has_first_of_many(&self) -> bool {
        let is =
            |token: &Token, text: &str| matches!(token, Token::Word(word) if word.value == text);
        let seen: Vec<&Token> =
            self.tokens.iter().filter(|token| !matches!(token, Token::Whitespace(_))).collect();
        let mut values = Vec::new();
        seen.iter().enumerate().any(|(n, token)| {
            match token {
                Token::LParen => {
                    let is_rows = n > 0
                        && ["FROM", "JOIN", "IN", "EXISTS"]
                            .iter()
                            .any(|word| is(seen[n - 1], word));
                    let asks = seen.get(n + 1).is_some_and(|next| is(next, "SELECT"));
                    values.push(asks && !is_rows);
                }
                Token::RParen => {
                    values.pop();
                }
                _ => {}
            }
            is(token, "LIMIT") && values.last() == Some(&true)
        })
    }

    /// One small change.
    fn bend(&mut self) {
        if self.has_first_of_many() {
            return;
        }
        let places = |fits: &dyn Fn(&Token) -> bool, tokens: &[Token]| -> Vec<usize> {
            (0..tokens.len()).filter(|n| fits(&tokens[*n])).collect()
        };
        match self.below(6) {
            0 => {
                let columns = places(&|token| self.kind_of(token).is_some(), &self.tokens);
                let Some(at) = self.one_of(&columns) else { return };
                let kind = self.kind_of(&self.tokens[at]);
                let all: Vec<String> = self
                    .world
                    .tables
                    .iter()
                    .filter(|table| !CLOSED.contains(&table.name.as_str()))
                    .flat_map(|table| &table.fields)
                    .filter(|field| Some(field.kind) == kind)
                    .map(|field| field.name.clone())
                    .collect();
                if let Some(other) = self.one_of(&all) {
                    self.tokens[at] = Token::make_word(&other, Some('"'));
                }
            }
            1 => {
                let all = places(
                    &|token| matches!(token, Token::Eq | Token::Neq | Token::Lt | Token::Gt),
                    &self.tokens,
                );
                if let Some(at) = self.one_of(&all) {
                    self.tokens[at] =
                        [Token::Eq, Token::Neq, Token::Lt, Token::GtEq][self.below(4)].clone();
                }
            }
            2 => self.swap_word(&["AND", "OR"]),
            3 => self.swap_word(&["INNER", "LEFT", "RIGHT", "FULL"]),
            4 => {
                let word = |token: &Token, text: &str| matches!(token, Token::Word(w) if w.quote_style.is_none() && w.value.eq_ignore_ascii_case(text));
                let from = self.tokens.iter().position(|token| word(token, "WHERE"));
                let Some(from) = from else { return };
                let mut depth = 0_i32;
                let end = self.tokens[from..].iter().position(|token| {
                    match token {
                        Token::LParen => depth += 1,
                        Token::RParen => depth -= 1,
                        _ => {}
                    }
                    depth < 0
                        || (depth == 0
                            && ["ORDER", "GROUP", "LIMIT", "RETURNING"]
                                .iter()
                                .any(|end| word(token, end)))
                });
                let end = end.map_or(self.tokens.len(), |end| from + end);
                self.tokens.drain(from..end);
                self.tokens.insert(from, Token::make_word("", None));
            }
            _ => {
                let tables: Vec<String> =
                    self.world.tables.iter().map(|table| table.name.clone()).collect();
                let is_table =
                    |token: &Token| matches!(token, Token::Word(w) if tables.contains(&w.value));
                let all = places(&is_table, &self.tokens);
                let (Some(at), Some(other)) = (self.one_of(&all), self.one_of(&tables)) else {
                    return;
                };
                let old = self.tokens[at].clone();
                for token in &mut self.tokens {
                    if *token == old {
                        *token = Token::make_word(&other, Some('"'));
                    }
                }
            }
        }
    }

    fn swap_word(&mut self, words: &[&str]) {
        let fits = |token: &Token| matches!(token, Token::Word(w) if w.quote_style.is_none() && words.contains(&w.value.as_str()));
        let all: Vec<usize> = (0..self.tokens.len()).filter(|n| fits(&self.tokens[*n])).collect();
        if let Some(at) = self.one_of(&all) {
            self.tokens[at] = Token::make_word(words[self.below(words.len())], None);
        }
    }

    fn one_of<T: Clone>(&mut self, choices: &[T]) -> Option<T> {
        if choices.is_empty() { None } else { Some(choices[self.below(choices.len())].clone()) }
    }

    fn kind_of(&self, token: &Token) -> Option<Kind> {
        let Token::Word(word) = token else { return None };
        let mut fields = self.world.tables.iter().flat_map(|table| &table.fields);
        word.quote_style?;
        fields.find(|field| field.name == word.value).map(|field| field.kind)
    }

    /// A value for each placeholder, of the kind of the column that stands before it; in
    /// a list of rows, of the column with the same place.
    fn values(&mut self, me: Uuid) -> Vec<Value> {
        let named: Vec<Kind> = self.tokens.iter().filter_map(|token| self.kind_of(token)).collect();
        let inserts =
            matches!(self.tokens.first(), Some(Token::Word(word)) if word.value == "INSERT");
        let mut wanted: Vec<Result<Kind, i64>> = Vec::new();
        let mut last = Ok(Kind::Int);
        for n in 0..self.tokens.len() {
            let token = self.tokens[n].clone();
            match &token {
                Token::Placeholder(_) => {
                    let place = wanted.len();
                    let listed = || Ok(named.get(place).copied().unwrap_or(Kind::Int));
                    wanted.push(if inserts { listed() } else { last });
                }
                // Which of the rows alike would come first is the database's own affair.
                Token::Word(word) if word.value == "LIMIT" => last = Err(1000),
                Token::Word(word) if word.value == "OFFSET" => last = Err(0),
                Token::Word(word) if word.value == "ESCAPE" => last = Ok(Kind::Text),
                _ => last = self.kind_of(&token).map_or(last, Ok),
            }
        }
        let ids: Vec<_> =
            self.world.rows.iter().filter(|row| row.cells.contains_key("id")).collect();
        let drawn = wanted.into_iter().map(|wanted| {
            let n = u8::try_from(self.below(200)).expect("small");
            let other = ids[self.below(ids.len())].key("id").expect("an id");
            match wanted {
                Ok(kind) => value(kind, n, &[me, other]),
                Err(number) => number.into(),
            }
        });
        drawn.collect()
    }
}
