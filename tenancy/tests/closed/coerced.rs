//! A handle is no connection of sea-orm's, and does not become one.

fn main() {}

pub fn reach(db: &sea_orm_tenancy::Db) -> &sea_orm::DatabaseConnection {
    db
}
