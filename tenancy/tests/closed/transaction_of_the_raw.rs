//! A transaction of a handle is a handle: the raw one cannot be asked for.

use sea_orm::{DatabaseTransaction, TransactionTrait};

fn main() {}

pub async fn reach(db: &sea_orm_tenancy::Db) -> DatabaseTransaction {
    db.begin().await.unwrap()
}
