//! The driver's pool cannot be had.

fn main() {}

pub fn reach(db: &rbo::tenancy::Db) -> &sea_orm::sqlx::SqlitePool {
    db.get_sqlite_connection_pool()
}
