//! What each table lets through, declared beside its model.

use std::collections::HashMap;

use sea_orm::{EntityTrait, IdenStatic, Iterable, Value};

use super::plan::PlanCache;

/// The rules of one table for a bound tenant. A fresh policy lets nothing through.
///
/// Predicates are SQL conditions in which `this` stands for the row and `:me` for
/// the bound tenant. They may look into other tables, which they see whole.
#[derive(Debug, Clone)]
pub struct Policy {
    pub(super) table: String,
    pub(super) columns: Vec<String>,
    pub(super) read: Option<&'static str>,
    pub(super) update: Option<&'static str>,
    pub(super) delete: Option<&'static str>,
    pub(super) may_insert: bool,
    pub(super) not_insertable: &'static [&'static str],
    pub(super) settable: Settable,
    pub(super) stamps: Vec<&'static str>,
    pub(super) forbidden: Vec<(&'static str, Value)>,
    pub(super) references: Vec<Reference>,
    masks: Option<Masks>,
}

/// Columns that are seen on one's own rows alone.
#[derive(Debug, Clone)]
struct Masks {
    own: &'static str,
    columns: &'static [&'static str],
}

/// The columns that an update may set.
#[derive(Debug, Clone)]
pub(super) enum Settable {
    AllBut(&'static [&'static str]),
    Only(&'static [&'static str]),
}

/// A foreign key into a table whose readable rows reach past the tenant: it may
/// name only rows for which the condition holds.
#[derive(Debug, Clone)]
pub(super) struct Reference {
    pub(super) column: &'static str,
    pub(super) table: &'static str,
    pub(super) condition: &'static str,
    /// A foreign key of the database stands behind it.
    pub(super) is_keyed: bool,
}

impl Policy {
    /// A closed policy for an entity's table.
    #[must_use]
    pub fn of<E: EntityTrait>() -> Self {
        let columns = E::Column::iter().map(|column| column.as_str().to_owned()).collect();
        Self::named(E::default().table_name(), columns)
    }

    /// A closed policy for a table that has no entity.
    #[must_use]
    pub fn named(table: &str, columns: Vec<String>) -> Self {
        Self {
            table: table.to_owned(),
            columns,
            read: None,
            update: None,
            delete: None,
            may_insert: false,
            not_insertable: &[],
            settable: Settable::Only(&[]),
            stamps: Vec::new(),
            forbidden: Vec::new(),
            references: Vec::new(),
            masks: None,
        }
    }

    /// The rows of a table with a `stringer_id`: read, added and changed by their
    /// own stringer alone; key and owner never change.
    #[must_use]
    pub fn own<E: EntityTrait>() -> Self {
        const MINE: &str = "this.stringer_id = :me";
        Self::of::<E>().read(MINE).insert().stamp("stringer_id").update(MINE).all_settable_but(&[
            "id",
            "stringer_id",
            "created_at",
        ])
    }

    /// The rows that may be read.
    #[must_use]
    pub fn read(mut self, predicate: &'static str) -> Self {
        self.read = Some(predicate);
        self
    }

    /// Rows may be added.
    #[must_use]
    pub fn insert(mut self) -> Self {
        self.may_insert = true;
        self
    }

    /// Columns that an insert may not name.
    #[must_use]
    pub fn not_insertable(mut self, columns: &'static [&'static str]) -> Self {
        self.not_insertable = columns;
        self
    }

    /// The rows that may be changed.
    #[must_use]
    pub fn update(mut self, predicate: &'static str) -> Self {
        self.update = Some(predicate);
        self
    }

    /// All columns may be set but these.
    #[must_use]
    pub fn all_settable_but(mut self, columns: &'static [&'static str]) -> Self {
        self.settable = Settable::AllBut(columns);
        self
    }

    /// Only these columns may be set.
    #[must_use]
    pub fn only_settable(mut self, columns: &'static [&'static str]) -> Self {
        self.settable = Settable::Only(columns);
        self
    }

    /// Rows may be added and read, and never changed.
    #[must_use]
    pub fn append_only(mut self) -> Self {
        self.update = None;
        self.settable = Settable::Only(&[]);
        self
    }

    /// The rows that may be removed.
    #[must_use]
    pub fn delete(mut self, predicate: &'static str) -> Self {
        self.delete = Some(predicate);
        self
    }

    /// A column that holds the bound tenant: another value is refused, a missing
    /// one is added.
    #[must_use]
    pub fn stamp(mut self, column: &'static str) -> Self {
        self.stamps.push(column);
        self
    }

    /// A value that a column must not be given.
    #[must_use]
    pub fn forbid(mut self, column: &'static str, value: impl Into<Value>) -> Self {
        self.forbidden.push((column, value.into()));
        self
    }

    /// The columns that a reader sees on the rows for which `own` holds, and finds
    /// empty on others. Rows that are not its own it cannot write either, whatever
    /// else the policy says: a condition of a write would see the bare column.
    #[must_use]
    pub fn mask(mut self, columns: &'static [&'static str], own: &'static str) -> Self {
        self.masks = Some(Masks { own, columns });
        self
    }

    /// The column may name only rows of `table` for which `condition` holds (in
    /// it, too, `this` is the row that is named). It must be a foreign key of the database.
    #[must_use]
    pub fn reference(
        mut self,
        column: &'static str,
        table: &'static str,
        condition: &'static str,
    ) -> Self {
        self.references.push(Reference { column, table, condition, is_keyed: true });
        self
    }

    /// The same for a column without a foreign key: the statement fails by itself.
    #[must_use]
    pub fn loose_reference(
        mut self,
        column: &'static str,
        table: &'static str,
        condition: &'static str,
    ) -> Self {
        self.references.push(Reference { column, table, condition, is_keyed: false });
        self
    }

    /// The condition under which a masked column is seen.
    pub(super) fn mask_of(&self, column: &str) -> Option<&'static str> {
        self.masks.as_ref().filter(|masks| masks.columns.contains(&column)).map(|masks| masks.own)
    }

    /// The condition that a mask puts on every write.
    pub(super) fn own_where_masked(&self) -> Option<&'static str> {
        self.masks.as_ref().map(|masks| masks.own)
    }

    pub(super) fn has(&self, column: &str) -> bool {
        self.columns.iter().any(|own| own == column)
    }

    pub(super) fn may_set(&self, column: &str) -> bool {
        self.has(column)
            && match self.settable {
                Settable::AllBut(fixed) => !fixed.contains(&column),
                Settable::Only(free) => free.contains(&column),
            }
    }
}

/// All policies, and the plans made of them so far.
#[derive(Debug)]
pub struct Registry {
    policies: HashMap<String, Policy>,
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
            policies: policies.into_iter().map(|policy| (policy.table.clone(), policy)).collect(),
            plans: PlanCache::new(PLANS),
        }
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
}
