//! The few column shapes that every table shares. It knows no table.

use sea_orm_migration::prelude::*;

/// An unguessable UUIDv7 key. It stands in URLs, so it must not be countable.
pub(crate) fn key() -> ColumnDef {
    uuid("id").primary_key().take()
}

pub(crate) fn uuid(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).uuid().not_null().take()
}

pub(crate) fn uuid_null(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).uuid().null().take()
}

pub(crate) fn text(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).text().not_null().take()
}

pub(crate) fn text_null(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).text().null().take()
}

pub(crate) fn flag(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).boolean().not_null().default(false).take()
}

/// Whole numbers are wide everywhere: SQLite knows one integer, and an entity must
/// fit both databases.
pub(crate) fn int(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).big_integer().not_null().take()
}

pub(crate) fn int_null(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).big_integer().null().take()
}

/// Money in the smallest unit of its currency (rappen, cents).
pub(crate) fn money_null(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).big_integer().null().take()
}

/// A civil date in the stringer's time zone.
pub(crate) fn date_null(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).date().null().take()
}

/// A moment, UTC.
pub(crate) fn moment(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).timestamp_with_time_zone().not_null().take()
}

pub(crate) fn moment_null(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).timestamp_with_time_zone().null().take()
}

/// `name IN (values)`, for the closed vocabularies that are kept as text.
pub(crate) fn one_of(name: &'static str, values: &[&'static str]) -> Expr {
    Expr::col(name).is_in(values.iter().copied())
}

/// The tenant's unique key, target of every composite foreign key.
pub(crate) fn tenant_key(table: &'static str) -> IndexCreateStatement {
    unique(format!("uq_{table}_tenant"), &["stringer_id", "id"])
}

pub(crate) fn unique(name: String, columns: &[&'static str]) -> IndexCreateStatement {
    let mut index = Index::create().name(name).unique().take();
    for column in columns {
        index.col(*column);
    }
    index
}

/// A plain index; tenant-scoped ones begin with `stringer_id`.
pub(crate) fn index(
    table: &'static str,
    name: &'static str,
    columns: &[&'static str],
) -> IndexCreateStatement {
    let mut index = Index::create().name(name).table(table).take();
    for column in columns {
        index.col(*column);
    }
    index
}

/// `(stringer_id, column)` must exist in the other table of the same stringer,
/// so that no row can point across tenants, whatever the application does.
pub(crate) fn within_tenant(
    table: &'static str,
    column: &'static str,
    target: &'static str,
) -> ForeignKeyCreateStatement {
    restrict(
        ForeignKey::create()
            .name(format!("fk_{table}_{column}"))
            .from(table, ("stringer_id", column))
            .to(target, ("stringer_id", "id")),
    )
}

/// A reference to a table that is not scoped by tenant.
pub(crate) fn global(
    table: &'static str,
    column: &'static str,
    target: &'static str,
) -> ForeignKeyCreateStatement {
    restrict(
        ForeignKey::create()
            .name(format!("fk_{table}_{column}"))
            .from(table, column)
            .to(target, "id"),
    )
}

pub(crate) fn restrict(key: &mut ForeignKeyCreateStatement) -> ForeignKeyCreateStatement {
    key.on_delete(ForeignKeyAction::Restrict).on_update(ForeignKeyAction::Restrict).take()
}

/// The row's owner.
pub(crate) fn owner(table: &'static str) -> ForeignKeyCreateStatement {
    global(table, "stringer_id", "stringers")
}

pub(crate) async fn drop_tables(
    manager: &SchemaManager<'_>,
    tables: &[&'static str],
) -> Result<(), DbErr> {
    for table in tables {
        manager.drop_table(Table::drop().table(*table).take()).await?;
    }
    Ok(())
}

/// PostgreSQL has walls, roles and a queue in the same database; SQLite has not.
pub(crate) fn is_postgres(manager: &SchemaManager<'_>) -> bool {
    manager.get_database_backend() == sea_orm_migration::sea_orm::DatabaseBackend::Postgres
}
