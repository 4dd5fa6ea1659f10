//! Nor has the transaction inside.

fn main() {}

pub fn reach(txn: rbo::tenancy::Txn) -> sea_orm::DatabaseTransaction {
    txn.into()
}
