//! Nor has the transaction inside.

fn main() {}

pub fn reach(txn: sea_orm_tenancy::Txn) -> sea_orm::DatabaseTransaction {
    txn.into()
}
