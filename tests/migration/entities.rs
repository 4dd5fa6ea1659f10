//! The entities say of each column what the database says: its type, and whether it
//! may be empty. Each entity's own columns are made into a table beside the real one,
//! so that the database compares its words with its own.

use std::collections::{BTreeMap, BTreeSet};

use rbo::models::_entities::prelude as entities;
use sea_orm::sea_query::Table;
use sea_orm::{
    ConnectionTrait, DatabaseConnection, DbBackend, EntityTrait, Iterable, Schema, Statement,
};

use crate::support::World;

/// Type, and whether it may be empty.
type Columns = BTreeMap<String, (String, bool)>;

macro_rules! drift {
    ($db:expr, $($entity:ident),+ $(,)?) => {{
        let mut checked = BTreeSet::new();
        $(checked.insert(compare::<entities::$entity>($db).await);)+
        checked
    }};
}

#[tokio::test]
async fn types_and_emptiness_are_the_same_in_schema_and_entities() {
    let world = World::empty().await;
    let raw = world.raw().await;
    let checked = drift!(
        &raw,
        AdminAuditLog,
        CatalogueImports,
        CatalogueSubmissions,
        ClientProfiles,
        ClientRackets,
        Drafts,
        DsarLog,
        ExportParts,
        Exports,
        Invitations,
        LinkTokens,
        Logos,
        Notifications,
        OrderShares,
        OrderStateAudit,
        Orders,
        Outbox,
        Passwords,
        Payments,
        PersonAnswers,
        PersonClaims,
        PersonMerges,
        PersonProofs,
        PersonStringerShares,
        Persons,
        Rackets,
        ReceiptCounters,
        ReceiptEmissions,
        ReceiptMails,
        ReelUses,
        Reels,
        RefreshTokens,
        Sessions,
        ShareAudit,
        Stringers,
        Strings,
        Submissions,
        Taxes,
        Users,
        V1ImportNames,
        V1ImportRows,
        V1Imports,
    );
    // A view's columns are what its query says; reading through its entity tells.
    let views =
        ["client_orders", "client_reads", "client_receipts", "shared_orders", "stringer_cards"];
    let registry = rbo::models::registry();
    let tables = registry.tables().filter(|table| !views.contains(table)).map(str::to_owned);
    assert_eq!(checked, tables.collect::<BTreeSet<_>>(), "a table that nothing compares");
}

async fn compare<E: EntityTrait>(db: &DatabaseConnection) -> String {
    let backend = db.get_database_backend();
    let (table, twin) = (E::default().table_name().to_owned(), "as_the_entity_says");
    let schema = Schema::new(backend);
    let mut create = Table::create().table(twin).take();
    for column in E::Column::iter() {
        create.col(schema.get_column_def::<E>(column));
    }
    db.execute(&create).await.expect(twin);
    let real = columns(db, &table).await;
    assert!(!real.is_empty(), "{table}");
    assert_eq!(real, columns(db, twin).await, "{table}");
    db.execute(&Table::drop().table(twin).take()).await.expect("dropped");
    table
}

async fn columns(db: &DatabaseConnection, table: &str) -> Columns {
    let backend = db.get_database_backend();
    let sql = match backend {
        DbBackend::Postgres => {
            "SELECT attname::text AS name, format_type(atttypid, atttypmod) AS type, attnotnull AS filled \
             FROM pg_attribute WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped"
        }
        _ => {
            "SELECT name, lower(type) AS type, \"notnull\" <> 0 OR pk > 0 AS filled FROM pragma_table_info(?)"
        }
    };
    let rows = db
        .query_all_raw(Statement::from_sql_and_values(backend, sql, [table.into()]))
        .await
        .expect(table);
    let columns = rows.iter().map(|row| {
        let described = (row.try_get("", "type").unwrap(), row.try_get("", "filled").unwrap());
        (row.try_get("", "name").unwrap(), described)
    });
    columns.collect()
}
