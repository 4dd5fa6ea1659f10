//! All policies of an application, and the plans made of them so far.

use std::collections::HashMap;

use super::bypass::BypassLog;
use super::plan::PlanCache;
use super::policy::Policy;

/// All policies, and the plans made of them so far.
#[derive(Debug)]
pub struct Registry {
    /// For tenants; what a table is, the bypass learns here, too.
    policies: HashMap<String, Policy>,
    /// For persons, to whom most tables are closed.
    persons: HashMap<String, Policy>,
    pub(super) bypass_log: Option<Box<dyn BypassLog>>,
    pub(super) plans: PlanCache,
}

/// Enough for every statement of the application many times over, and a bound for
/// statements whose text grows with their input (`IN` lists).
const PLANS: usize = 4096;

impl Registry {
    /// A registry of these policies.
    #[must_use]
    pub fn new(policies: impl IntoIterator<Item = Policy>) -> Self {
        Self {
            policies: by_table(policies),
            persons: HashMap::new(),
            bypass_log: None,
            plans: PlanCache::new(PLANS),
        }
    }

    /// The policies for persons in their own matters.
    #[must_use]
    pub fn for_persons(mut self, policies: impl IntoIterator<Item = Policy>) -> Self {
        self.persons = by_table(policies);
        self
    }

    /// Where uses of the bypass are written down; without it there is no bypass.
    #[must_use]
    pub fn bypass_log(mut self, log: impl BypassLog + 'static) -> Self {
        self.bypass_log = Some(Box::new(log));
        self
    }

    /// The names of all tables that have a policy.
    pub fn tables(&self) -> impl Iterator<Item = &str> {
        self.policies.keys().map(String::as_str)
    }

    /// Whether a policy names this column, for the test that walks the schema.
    #[must_use]
    pub fn knows(&self, table: &str, column: &str) -> bool {
        self.policy(table).is_some_and(|policy| policy.has(column))
    }

    pub(super) fn policy(&self, table: &str) -> Option<&Policy> {
        self.policies.get(table)
    }

    pub(super) fn policy_for_persons(&self, table: &str) -> Option<&Policy> {
        self.persons.get(table)
    }
}

fn by_table(policies: impl IntoIterator<Item = Policy>) -> HashMap<String, Policy> {
    policies.into_iter().map(|policy| (policy.table.clone(), policy)).collect()
}
