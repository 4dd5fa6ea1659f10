//! What a SQL text becomes, and the memory of it.

use std::sync::Arc;

use quick_cache::sync::Cache;
use sea_orm::{DbBackend, Statement, Value, Values};

use super::error::{Result, TenancyError};
use super::registry::Registry;
use super::rewrite::{Caller, Findings, Rewriter};
use super::scope::{Scope, ScopeKind, TenantId};
use super::text;

/// The rewritten text, and what to do with the values. It holds no tenant's value:
/// it serves every tenant.
#[derive(Debug)]
pub(super) struct Plan {
    sql: String,
    parameters: usize,
    findings: Findings,
}

/// A rule on a value that is only known when the statement is bound.
#[derive(Debug)]
pub(super) enum Check {
    Tenant {
        column: &'static str,
        given: Given,
    },
    Not {
        column: String,
        given: Given,
        forbidden: Value,
    },
    /// Short enough for a pattern of SQLite's.
    Short {
        given: Given,
    },
}

/// SQLite's own limit for patterns, less than which no value fails on.
const PATTERN: usize = 50_000;

/// Where a value stands.
#[derive(Debug)]
pub(super) enum Given {
    /// Zero-based, among the statement's own parameters.
    Parameter(usize),
    Number(String),
    Text(String),
}

#[cfg(all(feature = "second-wall-alone", not(debug_assertions)))]
compile_error!("`second-wall-alone` switches the chokepoint off, for tests");

/// The plans made so far, at most so many.
pub(super) struct PlanCache(Cache<PlanKey, Arc<Plan>>);

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct PlanKey {
    kind: ScopeKind,
    postgres: bool,
    sql: String,
}

/// [`PlanKey`] without its own text, for looking up; hashes the same.
#[derive(Hash)]
struct PlanRef<'s> {
    kind: ScopeKind,
    postgres: bool,
    sql: &'s str,
}

impl quick_cache::Equivalent<PlanKey> for PlanRef<'_> {
    fn equivalent(&self, key: &PlanKey) -> bool {
        self.kind == key.kind && self.postgres == key.postgres && self.sql == key.sql
    }
}

impl std::fmt::Debug for PlanCache {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "PlanCache({} plans)", self.0.len())
    }
}

impl PlanCache {
    pub(super) fn new(capacity: usize) -> Self {
        Self(Cache::new(capacity))
    }

    /// The tenants' texts as they came.
    pub(super) fn texts(&self) -> Vec<String> {
        let of_tenants = self.0.iter().filter(|(key, _)| key.kind == ScopeKind::Tenant);
        of_tenants.map(|(key, _)| key.sql).collect()
    }
}

/// The one function that every statement passes on its way to the database.
///
/// # Errors
/// Refuses what the scope may not do, and what it cannot understand.
pub fn before_query(registry: &Registry, scope: &Scope, statement: Statement) -> Result<Statement> {
    let (caller, kind, tenant) = caller(scope)?;
    if cfg!(feature = "second-wall-alone") && statement.db_backend == DbBackend::Postgres {
        return Ok(statement);
    }
    let Statement { sql, values, db_backend } = statement;
    let plan = plan(registry, caller, kind, db_backend, sql)?;
    let statement = plan.bind(db_backend, values, tenant)?;
    tracing::trace!(target: PASSED, sql = statement.sql);
    Ok(statement)
}

/// The tables that a statement reaches, those of the policies' own conditions among
/// them: for whoever must know when what it read may have changed, and for the tests,
/// which ask the database the same.
///
/// # Errors
/// As [`before_query`].
pub fn tables_of(
    registry: &Registry,
    scope: &Scope,
    backend: DbBackend,
    sql: &str,
) -> Result<Vec<String>> {
    let (caller, kind, _) = caller(scope)?;
    Ok(plan(registry, caller, kind, backend, sql.to_owned())?.findings.tables.clone())
}

fn caller(scope: &Scope) -> Result<(Caller, ScopeKind, Option<&TenantId>)> {
    Ok(match scope {
        Scope::Unbound => return Err(TenancyError::Unbound),
        Scope::Tenant(tenant) => (Caller::Tenant, ScopeKind::Tenant, Some(tenant)),
        Scope::Person(person) => (Caller::Person, ScopeKind::Person, Some(person)),
        Scope::System(purpose) => (Caller::System(purpose), ScopeKind::System(purpose.name), None),
        Scope::Bypass(session) if session.has_ended() => return Err(TenancyError::Ended),
        Scope::Bypass(session) => {
            let act = session.act();
            (Caller::Bypass(act), ScopeKind::Bypass(act.name), None)
        }
    })
}

/// The plan of a text, from memory where it was seen before.
fn plan(
    registry: &Registry,
    caller: Caller,
    kind: ScopeKind,
    backend: DbBackend,
    sql: String,
) -> Result<Arc<Plan>> {
    let postgres = backend == DbBackend::Postgres;
    if let Some(plan) = registry.plans.0.get(&PlanRef { kind, postgres, sql: &sql }) {
        return Ok(plan);
    }
    let plan = Arc::new(Plan::make(registry, caller, backend, &sql)?);
    registry.plans.0.insert(PlanKey { kind, postgres, sql }, Arc::clone(&plan));
    Ok(plan)
}

/// Where each statement that passed is told, as the database gets it and without values.
pub const PASSED: &str = "sea_orm_tenancy::statement";

impl Plan {
    fn make(registry: &Registry, caller: Caller, backend: DbBackend, sql: &str) -> Result<Self> {
        let lexed = text::lex(backend, sql)?;
        let parameters = lexed.parameters;
        let written = lexed.count(|word| registry.policy(word).is_some());
        let mut statement = lexed.parse(backend)?;
        let me = text::placeholder(backend, parameters + 1);
        let mut rewriter = Rewriter::new(registry, caller, backend, me);
        rewriter.statement(&mut statement)?;
        rewriter.account(&written)?;
        let findings = rewriter.finish();
        let sql = text::print_faithfully(backend, &statement)?;
        Ok(Self { sql, parameters, findings })
    }

    fn bind(
        &self,
        backend: DbBackend,
        values: Option<Values>,
        tenant: Option<&TenantId>,
    ) -> Result<Statement> {
        let mut values = values.map_or_else(Vec::new, |Values(values)| values);
        if values.len() != self.parameters {
            return Err(TenancyError::refused("not as many values as placeholders"));
        }
        for check in &self.findings.checks {
            check.pass(&values, tenant)?;
        }
        match (self.findings.binds_tenant, tenant) {
            (false, _) => {}
            (true, Some(tenant)) => values.push(tenant.value().clone()),
            (true, None) => return Err(TenancyError::Unbound),
        }
        Ok(Statement { sql: self.sql.clone(), values: Some(Values(values)), db_backend: backend })
    }
}

impl Check {
    fn pass(&self, values: &[Value], tenant: Option<&TenantId>) -> Result<()> {
        match self {
            Self::Tenant { column, given } => match tenant {
                Some(tenant) if given.is(tenant.value(), values) => Ok(()),
                _ => Err(TenancyError::ForeignTenant((*column).to_owned())),
            },
            Self::Not { column, given, forbidden } => {
                // Of another type it might become the forbidden one where it is stored.
                if given.is_of_type(forbidden, values) && !given.is(forbidden, values) {
                    Ok(())
                } else {
                    Err(TenancyError::ForbiddenValue(column.clone()))
                }
            }
            Self::Short { given } => match given.text(values) {
                Some(text) if text.len() <= PATTERN => Ok(()),
                _ => Err(TenancyError::refused("a pattern that is no short text")),
            },
        }
    }
}

impl Given {
    fn is_of_type(&self, wanted: &Value, values: &[Value]) -> bool {
        use std::mem::discriminant;
        match self {
            Self::Parameter(index) => {
                values.get(*index).is_some_and(|value| discriminant(value) == discriminant(wanted))
            }
            Self::Number(_) => matches!(wanted, Value::BigInt(_)),
            Self::Text(_) => matches!(wanted, Value::String(_) | Value::Uuid(_)),
        }
    }

    /// The text, an absent one as empty.
    fn text<'v>(&'v self, values: &'v [Value]) -> Option<&'v str> {
        match self {
            Self::Parameter(index) => match values.get(*index) {
                Some(Value::String(text)) => Some(text.as_deref().unwrap_or_default()),
                _ => None,
            },
            Self::Number(text) | Self::Text(text) => Some(text),
        }
    }

    fn is(&self, wanted: &Value, values: &[Value]) -> bool {
        match self {
            Self::Parameter(index) => values.get(*index) == Some(wanted),
            Self::Number(text) => {
                matches!(wanted, Value::BigInt(Some(id)) if id.to_string() == *text)
            }
            Self::Text(text) => match wanted {
                Value::Uuid(Some(id)) => id.to_string() == *text,
                Value::String(Some(wanted)) => wanted.as_str() == text.as_str(),
                _ => false,
            },
        }
    }
}
