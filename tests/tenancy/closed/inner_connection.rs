//! The connection inside a handle has no name outside.

fn main() {}

pub fn reach(db: &rbo::tenancy::Db) -> &sea_orm::DatabaseConnection {
    &db.inner
}
