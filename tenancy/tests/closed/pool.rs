//! The driver's pool cannot be had.

fn main() {}

pub fn reach(db: &sea_orm_tenancy::Db) -> &sea_orm::sqlx::SqlitePool {
    db.get_sqlite_connection_pool()
}
