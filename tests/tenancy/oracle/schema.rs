//! The tables that a statement may name, with the types of their columns.

use rbo::models::{_entities as e, client_orders, client_reads, client_receipts};
use rbo::models::{shared_orders, stringer_cards};
use sea_orm::sea_query::ColumnType;
use sea_orm::{ColumnTrait, EntityTrait, IdenStatic, Iterable};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Key,
    Text,
    Int,
    Flag,
    Day,
    Hour,
    Moment,
    Bytes,
}

#[derive(Clone, Debug)]
pub struct Field {
    pub name: String,
    pub kind: Kind,
    pub may_be_null: bool,
}

#[derive(Clone, Debug)]
pub struct Table {
    pub name: String,
    pub fields: Vec<Field>,
}

/// All of them, the referenced before those that refer to them.
pub fn all() -> Vec<Table> {
    vec![
        of::<e::stringers::Entity>(),
        of::<e::users::Entity>(),
        of::<e::sessions::Entity>(),
        of::<e::refresh_tokens::Entity>(),
        of::<e::passwords::Entity>(),
        of::<e::link_tokens::Entity>(),
        of::<e::invitations::Entity>(),
        of::<e::outbox::Entity>(),
        of::<e::admin_audit_log::Entity>(),
        of::<e::rackets::Entity>(),
        of::<e::strings::Entity>(),
        of::<e::persons::Entity>(),
        of::<e::client_profiles::Entity>(),
        of::<e::client_rackets::Entity>(),
        of::<e::orders::Entity>(),
        of::<e::order_state_audit::Entity>(),
        of::<e::receipt_counters::Entity>(),
        of::<e::receipt_emissions::Entity>(),
        of::<e::receipt_mails::Entity>(),
        of::<e::order_shares::Entity>(),
        of::<e::person_stringer_shares::Entity>(),
        of::<e::person_claims::Entity>(),
        of::<e::catalogue_imports::Entity>(),
        of::<e::payments::Entity>(),
        of::<e::taxes::Entity>(),
        of::<e::logos::Entity>(),
        of::<e::reels::Entity>(),
        of::<e::reel_uses::Entity>(),
        of::<e::share_audit::Entity>(),
        of::<e::notifications::Entity>(),
        of::<shared_orders::Entity>(),
        of::<stringer_cards::Entity>(),
        of::<client_orders::Entity>(),
        of::<client_receipts::Entity>(),
        of::<client_reads::Entity>(),
    ]
}

/// Relations that hold no rows of their own.
pub const VIEWS: [&str; 5] =
    ["shared_orders", "stringer_cards", "client_orders", "client_receipts", "client_reads"];

/// Closed to every stringer.
pub const CLOSED: [&str; 13] = [
    "users",
    "sessions",
    "refresh_tokens",
    "passwords",
    "link_tokens",
    "invitations",
    "outbox",
    "admin_audit_log",
    "client_orders",
    "client_receipts",
    "client_reads",
    "person_claims",
    "catalogue_imports",
];

/// Tables whose rows a stringer reads exactly where it may write them, and whose foreign
/// keys hold among the rows that it sees: what a write does there can be compared.
pub const MIRRORED: [&str; 12] = [
    "client_profiles",
    "client_rackets",
    "orders",
    "order_state_audit",
    "receipt_counters",
    "receipt_emissions",
    "receipt_mails",
    "payments",
    "taxes",
    "logos",
    "reels",
    "reel_uses",
];

fn of<E: EntityTrait>() -> Table {
    let fields = E::Column::iter().map(|column| {
        let def = column.def();
        Field {
            name: column.as_str().to_owned(),
            kind: kind(def.get_column_type()),
            may_be_null: def.is_null(),
        }
    });
    Table { name: E::default().table_name().to_owned(), fields: fields.collect() }
}

fn kind(column: &ColumnType) -> Kind {
    match column {
        ColumnType::Uuid => Kind::Key,
        ColumnType::Text | ColumnType::String(_) => Kind::Text,
        ColumnType::BigInteger => Kind::Int,
        ColumnType::Boolean => Kind::Flag,
        ColumnType::Date => Kind::Day,
        ColumnType::Time => Kind::Hour,
        ColumnType::TimestampWithTimeZone => Kind::Moment,
        ColumnType::Blob | ColumnType::VarBinary(_) | ColumnType::Binary(_) => Kind::Bytes,
        other => panic!("no kind for {other:?}"),
    }
}
