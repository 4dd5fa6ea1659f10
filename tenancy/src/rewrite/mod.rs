//! The walk over a parsed statement that puts the policies into it.
//!
//! Every node is taken apart without `..` and every `match` names all variants, so
//! that a parser upgrade which adds syntax does not compile until somebody has
//! decided what the new syntax may do. What no arm lets through is refused.

mod assign;
mod build;
mod expr;
mod function;
mod graft;
mod guard;
mod insert;
mod names;
mod query;
mod returning;
mod selected;
mod table;
mod with;
mod write;

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use sea_orm::DbBackend;
use sqlparser::ast::{Ident, ObjectName, ObjectNamePart, Statement};

use self::names::Names;
use super::error::{Result, TenancyError};
use super::plan::Check;
use super::policy::Policy;
use super::registry::Registry;
use super::scope::{Grant, Purpose, Verb};
use super::text;

/// On whose behalf the statement is rewritten: never the tenant's value itself,
/// since the result is cached.
#[derive(Debug, Clone, Copy)]
pub(super) enum Caller {
    Tenant,
    Person,
    System(&'static Purpose),
    Bypass(&'static Purpose),
}

/// What decides about an access to a table.
enum Leave {
    /// The table's policy, for whoever is bound.
    Policy,
    /// A closed list of columns.
    Grant(&'static Grant),
    /// Nothing more: the bypass reads all rows.
    Whole,
}

/// What the walk found out besides the tree that it changed.
#[derive(Debug)]
pub(super) struct Findings {
    pub(super) binds_tenant: bool,
    pub(super) checks: Vec<Check>,
    pub(super) tables: Vec<String>,
}

/// The walk.
pub(super) struct Rewriter<'r> {
    registry: &'r Registry,
    caller: Caller,
    backend: DbBackend,
    /// The tenant's placeholder, bound last.
    me: String,
    uses_me: bool,
    /// How many words that are also tables' names the walk has understood.
    classified: HashMap<String, usize>,
    /// Every table that the statement reaches, by the policies' own conditions, too.
    reached: BTreeSet<String>,
    /// While a table is written: those of its columns that no clause may name.
    closed: Vec<String>,
    checks: Vec<Check>,
}

/// What names begin with that the rewrite puts into a statement.
pub(super) const OURS: &str = "tenancy_";

/// Names that reach around a derived table, or behind a policy's columns.
const SYSTEM_COLUMNS: [&str; 9] =
    ["rowid", "oid", "_rowid_", "ctid", "xmin", "xmax", "cmin", "cmax", "tableoid"];

/// What PostgreSQL computes from the session, though it looks like a column.
const KEYWORDS: [&str; 7] = [
    "current_catalog",
    "current_role",
    "current_schema",
    "current_user",
    "session_user",
    "system_user",
    "user",
];

impl<'r> Rewriter<'r> {
    pub(super) fn new(
        registry: &'r Registry,
        caller: Caller,
        backend: DbBackend,
        me: String,
    ) -> Self {
        Self {
            registry,
            caller,
            backend,
            me,
            uses_me: false,
            classified: HashMap::new(),
            reached: BTreeSet::new(),
            closed: Vec::new(),
            checks: Vec::new(),
        }
    }

    pub(super) fn statement(&mut self, statement: &mut Statement) -> Result<()> {
        // The one wildcard of the walk: of more than a hundred kinds of statement
        // four are let through, and a new kind is rightly refused.
        match statement {
            Statement::Query(query) => self.root(query),
            Statement::Insert(insert) => self.insert(insert, &Names::root()),
            Statement::Update(update) => self.update(update, &Names::root()),
            Statement::Delete(delete) => self.delete(delete, &Names::root()),
            _ => refuse("not a SELECT, INSERT, UPDATE or DELETE"),
        }
    }

    /// Every word of the text that names a table must have been understood as a
    /// relation, an alias or a qualifier; one that was not is a way around.
    pub(super) fn account(&self, written: &HashMap<String, usize>) -> Result<()> {
        let is_table = |word: &&String| self.registry.policy(word).is_some();
        let understood = |word: &str| self.classified.get(word).copied().unwrap_or(0);
        for word in written.keys().chain(self.classified.keys()).filter(is_table) {
            if written.get(word).copied().unwrap_or(0) != understood(word) {
                return refuse(format!("`{word}` stands where it is not understood"));
            }
        }
        Ok(())
    }

    pub(super) fn finish(self) -> Findings {
        Findings {
            binds_tenant: self.uses_me,
            checks: self.checks,
            tables: self.reached.into_iter().collect(),
        }
    }

    /// A table's policy, by the single plain name that it must be called by.
    fn table(&mut self, name: &ObjectName) -> Result<&'r Policy> {
        let ident = single(name)?;
        self.plain(ident)?;
        let folded = self.fold(ident);
        let policy = match self.caller {
            Caller::Person => self.registry.policy_for_persons(&folded),
            Caller::Tenant | Caller::System(_) | Caller::Bypass(_) => self.registry.policy(&folded),
        };
        let Some(policy) = policy else {
            return refuse(format!("no policy names `{folded}`"));
        };
        self.classify(ident);
        self.reached.insert(policy.table.clone());
        Ok(policy)
    }

    /// What the caller may do with a table, and by what leave.
    fn leave(&self, policy: &Policy, verb: Verb) -> Result<Leave> {
        let granted = |purpose: &'static Purpose| match purpose.grant(&policy.table, verb) {
            Some(grant) => Ok(Leave::Grant(grant)),
            None => refuse(format!("`{}` may not {verb:?} `{}`", purpose.name, policy.table)),
        };
        match self.caller {
            Caller::Tenant | Caller::Person => Ok(Leave::Policy),
            Caller::System(purpose) => granted(purpose),
            Caller::Bypass(_) if policy.is_sealed => {
                refuse(format!("`{}` is sealed, for the bypass, too", policy.table))
            }
            Caller::Bypass(act) => match verb {
                Verb::Read => Ok(Leave::Whole),
                Verb::Insert | Verb::Update => granted(act),
                Verb::Delete => refuse("a delete by the bypass"),
            },
        }
    }

    /// The columns that the caller may read of a table.
    fn readable_columns(&self, policy: &Policy) -> Result<Arc<[String]>> {
        Ok(match self.leave(policy, Verb::Read)? {
            Leave::Grant(grant) => grant.columns.iter().map(|c| (*c).to_owned()).collect(),
            Leave::Policy | Leave::Whole => Arc::clone(&policy.columns),
        })
    }

    /// The condition of a policy for one row, or a refusal where there is none.
    fn condition(
        &mut self,
        predicate: Option<&str>,
        row: &str,
        policy: &Policy,
    ) -> Result<sqlparser::ast::Expr> {
        let Some(predicate) = predicate else {
            return refuse(format!("`{}` is closed to this", policy.table));
        };
        self.rule(predicate, row)
    }

    /// A condition of ours, and the tables that it looks into.
    fn rule(&mut self, predicate: &str, row: &str) -> Result<sqlparser::ast::Expr> {
        self.uses_me |= predicate.contains(":me");
        let tables = text::names_in(predicate).filter(|word| self.registry.policy(word).is_some());
        self.reached.extend(tables.map(str::to_owned));
        text::condition(self.backend, predicate, row, &self.me)
    }

    fn classify(&mut self, ident: &Ident) {
        *self.classified.entry(ident.value.to_ascii_lowercase()).or_insert(0) += 1;
    }

    /// As the database compares names: PostgreSQL minds the case of quoted ones.
    fn fold(&self, ident: &Ident) -> String {
        if self.backend == DbBackend::Postgres && ident.quote_style.is_some() {
            ident.value.clone()
        } else {
            ident.value.to_ascii_lowercase()
        }
    }

    /// A name with other quotes than SQL's own may be a string to one database
    /// and a name to the other.
    #[expect(clippy::unused_self, reason = "reads as the other checks do")]
    fn plain(&self, ident: &Ident) -> Result<()> {
        match ident.quote_style {
            None | Some('"') if !ident.value.contains('"') => Ok(()),
            _ => refuse("a name in foreign quotes"),
        }
    }

    /// A name that an alias may take.
    ///
    /// Plain letters alone: a policy's condition is written for the alias, databases
    /// fold no others, and nobody needs them.
    fn alias(&mut self, ident: &Ident) -> Result<()> {
        self.plain(ident)?;
        let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
        if !ident.value.chars().all(is_word)
            || ident.value.starts_with(|c: char| c.is_ascii_digit())
        {
            return refuse("an alias of other signs than letters, digits and underscores");
        }
        if ident.value.to_ascii_lowercase().starts_with(OURS) {
            return refuse("a name that the rewrite uses itself");
        }
        self.classify(ident);
        Ok(())
    }

    /// A column's own name.
    fn column(&self, ident: &Ident) -> Result<()> {
        self.plain(ident)?;
        let folded = ident.value.to_ascii_lowercase();
        if SYSTEM_COLUMNS.contains(&folded.as_str()) {
            return refuse(format!("system column `{}`", ident.value));
        }
        Ok(())
    }

    /// A column without a qualifier: in a write, and in whatever stands inside it, it may
    /// be one of the bare table that is written.
    fn bare_column(&self, ident: &Ident, names: &Names<'_>) -> Result<()> {
        self.column(ident)?;
        let folded = ident.value.to_ascii_lowercase();
        // PostgreSQL reads a source's name as its whole row, closed columns and all.
        let is_row = self.backend == DbBackend::Postgres && names.sees(&self.fold(ident));
        absent(!is_row, "a whole row")?;
        if ident.quote_style.is_none() && KEYWORDS.contains(&folded.as_str()) {
            return refuse(format!("`{}`, which is no column", ident.value));
        }
        absent(!self.closed.contains(&folded), "a column that is closed to the caller")
    }
}

fn single(name: &ObjectName) -> Result<&Ident> {
    let ObjectName(parts) = name;
    match parts.as_slice() {
        [ObjectNamePart::Identifier(ident)] => Ok(ident),
        _ => refuse("a qualified name"),
    }
}

fn refuse<T>(reason: impl Into<String>) -> Result<T> {
    Err(TenancyError::refused(reason))
}

/// Refuses where a clause that the walk does not let through is present.
fn absent(is_absent: bool, clause: &'static str) -> Result<()> {
    if is_absent { Ok(()) } else { refuse(clause) }
}
