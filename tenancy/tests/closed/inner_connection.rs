//! The connection inside a handle has no name outside.

fn main() {}

pub fn reach(db: &sea_orm_tenancy::Db) -> &sea_orm::DatabaseConnection {
    &db.inner
}
