//! How many orders go in at a time, and when what was planned for a smaller book is planned anew.

use sea_orm::{ConnectionTrait, DbBackend, DbErr};
use sea_orm_tenancy::Txn;

/// So many orders go into one statement. Each value costs SQLite a look at the names of all the
/// others (`sqlite3_bind_parameter_name`): with a hundred orders, of 46 values each, three
/// quarters of the time went there, and 50,000 took 24 s. PostgreSQL minds no values, and each
/// statement costs it a way there and back, and what its policies ask before the first row.
pub(super) fn at_once(txn: &Txn) -> usize {
    match ConnectionTrait::get_database_backend(txn) {
        DbBackend::Sqlite => 6,
        _ => 60,
    }
}

/// After so many orders, and at each doubling, what was planned for a smaller book is planned
/// anew ([`Txn::plan_anew`]). From about 300 rows on PostgreSQL tells the indexes apart.
const GROWN: usize = 512;

/// After how many orders it is planned anew.
pub(super) struct Growing(usize);

impl Default for Growing {
    fn default() -> Self {
        Self(GROWN)
    }
}

impl Growing {
    /// So many are written.
    pub(super) async fn reach(&mut self, txn: &Txn, done: usize) -> Result<(), DbErr> {
        if done >= self.0 {
            txn.plan_anew().await?;
            self.0 *= 2;
        }
        Ok(())
    }
}
