//! On whose behalf a statement runs.

use sea_orm::Value;

use super::bypass::BypassSession;

/// The key of a tenant or of a person, of whatever type the tables use for it.
#[derive(Debug, Clone, PartialEq)]
pub struct TenantId(Value);

impl TenantId {
    /// The value as it is bound to a statement.
    #[must_use]
    pub fn value(&self) -> &Value {
        &self.0
    }

    /// The text form, as PostgreSQL's settings take it.
    #[must_use]
    pub fn text(&self) -> String {
        match &self.0 {
            Value::Uuid(Some(id)) => id.to_string(),
            Value::BigInt(Some(id)) => id.to_string(),
            other => other.to_string(),
        }
    }
}

impl From<sea_orm::prelude::Uuid> for TenantId {
    fn from(id: sea_orm::prelude::Uuid) -> Self {
        Self(id.into())
    }
}

impl From<i64> for TenantId {
    fn from(id: i64) -> Self {
        Self(id.into())
    }
}

/// Who is asking.
#[derive(Debug, Clone, PartialEq)]
pub enum Scope {
    /// Nobody: every statement and every `begin` is refused.
    Unbound,
    /// One tenant.
    Tenant(TenantId),
    /// A human being whom tenants keep files on, in its own matters.
    Person(TenantId),
    /// The system itself, for one of a closed list of acts.
    System(&'static Purpose),
    /// An admin, across all tenants. [`Db::bypass`](super::Db::bypass) alone makes one,
    /// after it has been written down.
    Bypass(BypassSession),
}

/// An act that has no tenant yet (finding out who is calling) or is nobody's
/// (seeding). It names its tables, columns and verbs, and may do nothing else.
#[derive(Debug, PartialEq, Eq)]
pub struct Purpose {
    /// Its name in logs, and for PostgreSQL's policies.
    pub name: &'static str,
    /// All that it may do.
    pub grants: &'static [Grant],
}

/// What a [`Purpose`] may do with one table.
#[derive(Debug, PartialEq, Eq)]
pub struct Grant {
    /// The table.
    pub table: &'static str,
    /// What may be done with it.
    pub verbs: &'static [Verb],
    /// Which columns may be read or written.
    pub columns: &'static [&'static str],
}

/// The kinds of access that a [`Grant`] tells apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verb {
    /// SELECT, and RETURNING.
    Read,
    /// INSERT.
    Insert,
    /// UPDATE.
    Update,
    /// DELETE; no act of the bypass may.
    Delete,
}

/// A scope without its tenant: what a plan is cached by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum ScopeKind {
    Tenant,
    Person,
    System(&'static str),
    Bypass(&'static str),
}

impl Purpose {
    pub(super) fn grant(&self, table: &str, verb: Verb) -> Option<&'static Grant> {
        self.grants.iter().find(|grant| grant.table == table && grant.verbs.contains(&verb))
    }
}
