//! What each table lets through, declared beside its model.

use std::borrow::Cow;
use std::sync::Arc;

use sea_orm::{EntityTrait, IdenStatic, Iterable, Value};

/// The rules of one table for a bound tenant. A fresh policy lets nothing through.
///
/// Predicates are SQL conditions in which `this` stands for the row and `:me` for
/// the bound tenant. They may look into other tables, which they see whole (as far as a
/// second wall lets them).
#[derive(Debug, Clone)]
pub struct Policy {
    pub(super) table: String,
    pub(super) columns: Arc<[String]>,
    pub(super) read: Option<Cow<'static, str>>,
    pub(super) update: Option<Cow<'static, str>>,
    pub(super) delete: Option<Cow<'static, str>>,
    pub(super) may_insert: bool,
    pub(super) not_insertable: &'static [&'static str],
    pub(super) settable: Settable,
    pub(super) stamps: Vec<&'static str>,
    pub(super) forbidden: Vec<(&'static str, Value)>,
    pub(super) references: Vec<Reference>,
    pub(super) checks: Vec<InsertCheck>,
    pub(super) clears: Vec<(&'static str, &'static str)>,
    /// Closed to the bypass as well.
    pub(super) is_sealed: bool,
    pub(super) is_barred: bool,
    masks: Option<Masks>,
    blind: &'static [&'static str],
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
    AllBut(Cow<'static, [&'static str]>),
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

/// A condition on a row that is added.
#[derive(Debug, Clone)]
pub(super) struct InsertCheck {
    /// The column that gets its value only where the condition holds.
    pub(super) column: &'static str,
    /// In it `this` is the new row.
    pub(super) condition: &'static str,
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
            columns: columns.into(),
            read: None,
            update: None,
            delete: None,
            may_insert: false,
            not_insertable: &[],
            settable: Settable::Only(&[]),
            stamps: Vec::new(),
            forbidden: Vec::new(),
            references: Vec::new(),
            checks: Vec::new(),
            clears: Vec::new(),
            is_sealed: false,
            is_barred: false,
            masks: None,
            blind: &[],
        }
    }

    /// The rows of a table that names its tenant in a column: read, added and changed by
    /// their own tenant alone; key, owner and `created_at` never change.
    #[must_use]
    pub fn owned_by<E: EntityTrait>(tenant_column: &'static str) -> Self {
        let mine = format!("this.{tenant_column} = :me");
        Self::of::<E>()
            .read(mine.clone())
            .insert()
            .stamp(tenant_column)
            .update(mine)
            .all_settable_but(vec!["id", tenant_column, "created_at"])
    }

    /// The rows that may be read.
    #[must_use]
    pub fn read(mut self, predicate: impl Into<Cow<'static, str>>) -> Self {
        self.read = Some(predicate.into());
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
    pub fn update(mut self, predicate: impl Into<Cow<'static, str>>) -> Self {
        self.update = Some(predicate.into());
        self
    }

    /// All columns may be set but these.
    #[must_use]
    pub fn all_settable_but(mut self, columns: impl Into<Cow<'static, [&'static str]>>) -> Self {
        self.settable = Settable::AllBut(columns.into());
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
    pub fn delete(mut self, predicate: impl Into<Cow<'static, str>>) -> Self {
        self.delete = Some(predicate.into());
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

    /// Columns that are empty whoever reads, and that no condition of a write may name.
    #[must_use]
    pub fn blind(mut self, columns: &'static [&'static str]) -> Self {
        self.blind = columns;
        self
    }

    /// Not even an admin's bypass reads the table.
    #[must_use]
    pub fn sealed(mut self) -> Self {
        self.is_sealed = true;
        self
    }

    /// The readable rows are found before anything else is asked of them: for a view whose
    /// tables are joined in an order of the database's choice. It costs the use of indexes
    /// for what is asked. On PostgreSQL the second wall is that barrier.
    #[must_use]
    pub fn barrier(mut self) -> Self {
        self.is_barred = true;
        self
    }

    /// An update that sets `column` empties `other`.
    #[must_use]
    pub fn clears(mut self, column: &'static str, other: &'static str) -> Self {
        self.clears.push((column, other));
        self
    }

    /// A row may be added only where the condition holds, in which `this` is the new
    /// row; a column of it that the statement leaves out is empty there, so the condition
    /// may not speak of one with a default. Otherwise `column`, which must be a foreign key of the database, gets a value
    /// that no foreign key takes, and the whole statement fails.
    #[must_use]
    pub fn insert_only_if(mut self, column: &'static str, condition: &'static str) -> Self {
        self.checks.push(InsertCheck { column, condition });
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

    pub(super) fn is_blind(&self, column: &str) -> bool {
        self.blind.contains(&column)
    }

    pub(super) fn has(&self, column: &str) -> bool {
        self.columns.iter().any(|own| own == column)
    }

    pub(super) fn may_set(&self, column: &str) -> bool {
        self.has(column)
            && match &self.settable {
                Settable::AllBut(fixed) => !fixed.contains(&column),
                Settable::Only(free) => free.contains(&column),
            }
    }
}
