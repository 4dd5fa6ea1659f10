//! The schema, one act a file, each reversible on SQLite and on PostgreSQL.
//!
//! Keys are written inside `CREATE TABLE`: SQLite cannot add one later, and the
//! composite ones are what keeps a row from pointing across tenants.

pub use sea_orm_migration::prelude::*;
pub use search_key::search_key;

mod columns;
mod row_level_security;
mod search_key;

mod m20261124_000001_stringers;
mod m20261124_000002_catalogue;
mod m20261124_000003_clients;
mod m20261124_000004_orders;
mod m20261124_000005_receipts;
mod m20261124_000006_queue;
mod m20261124_000007_walls;
mod m20261124_000008_shares;
mod m20261124_000009_admin_audit_log;
mod m20261124_000010_identity;
mod m20261124_000011_forgetting;
mod m20261124_000012_restringing;
mod m20261124_000013_touched;
mod m20261124_000014_due;
mod m20261127_000015_names;
mod m20261127_000016_forms;
mod m20261127_000017_search_keys;
mod m20261127_000018_words;
mod m20261127_000019_walls_once;
mod m20261127_000020_flat;
mod m20261127_000021_imports;
mod m20261127_000022_exports;
mod m20261127_000023_totals;
mod m20261127_000024_catalogue_submissions;
mod m20261127_000025_years_in_keys;
mod m20261128_000026_lighter_rows;
mod m20261128_000027_merging;
mod m20261128_000028_shared_strings;
mod m20261128_000029_catalogue_imports;
mod m20261128_000030_own_pages;
mod m20261128_000031_persons_proven;
mod m20261128_000032_privacy;
mod m20261128_000033_running_again;
mod m20261128_000034_reels;
mod m20261128_000035_notices;
mod m20261128_000036_receipt_mails;
mod m20261128_000037_paying;
mod m20261128_000038_ready;
mod m20261128_000039_payments;
mod m20261128_000040_taxes;
mod m20261128_000041_logos;
mod m20261129_000042_admins_lists;
// Generators name new ones above this line, which they know by `pub struct Migrator`.

/// Knows all migrations, in order.
#[derive(Debug)]
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m20261124_000001_stringers::Migration),
            Box::new(m20261124_000002_catalogue::Migration),
            Box::new(m20261124_000003_clients::Migration),
            Box::new(m20261124_000004_orders::Migration),
            Box::new(m20261124_000005_receipts::Migration),
            Box::new(m20261124_000006_queue::Migration),
            Box::new(m20261124_000007_walls::Migration),
            Box::new(m20261124_000008_shares::Migration),
            Box::new(m20261124_000009_admin_audit_log::Migration),
            Box::new(m20261124_000010_identity::Migration),
            Box::new(m20261124_000011_forgetting::Migration),
            Box::new(m20261124_000012_restringing::Migration),
            Box::new(m20261124_000013_touched::Migration),
            Box::new(m20261124_000014_due::Migration),
            Box::new(m20261127_000015_names::Migration),
            Box::new(m20261127_000016_forms::Migration),
            Box::new(m20261127_000017_search_keys::Migration),
            Box::new(m20261127_000018_words::Migration),
            Box::new(m20261127_000019_walls_once::Migration),
            Box::new(m20261127_000020_flat::Migration),
            Box::new(m20261127_000021_imports::Migration),
            Box::new(m20261127_000022_exports::Migration),
            Box::new(m20261127_000023_totals::Migration),
            Box::new(m20261127_000024_catalogue_submissions::Migration),
            Box::new(m20261127_000025_years_in_keys::Migration),
            Box::new(m20261128_000026_lighter_rows::Migration),
            Box::new(m20261128_000027_merging::Migration),
            Box::new(m20261128_000028_shared_strings::Migration),
            Box::new(m20261128_000029_catalogue_imports::Migration),
            Box::new(m20261128_000030_own_pages::Migration),
            Box::new(m20261128_000031_persons_proven::Migration),
            Box::new(m20261128_000032_privacy::Migration),
            Box::new(m20261128_000033_running_again::Migration),
            Box::new(m20261128_000034_reels::Migration),
            Box::new(m20261128_000035_notices::Migration),
            Box::new(m20261128_000036_receipt_mails::Migration),
            Box::new(m20261128_000037_paying::Migration),
            Box::new(m20261128_000038_ready::Migration),
            Box::new(m20261128_000039_payments::Migration),
            Box::new(m20261128_000040_taxes::Migration),
            Box::new(m20261128_000041_logos::Migration),
            Box::new(m20261129_000042_admins_lists::Migration),
            // inject-above (do not remove this comment)
        ]
    }
}
