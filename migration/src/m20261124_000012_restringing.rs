//! When a stringer wants a racket restrung: after so many days, as often as before, or
//! when the stringbed has lost so much of its stiffness.

use sea_orm_migration::prelude::*;

use crate::columns::{int, one_of, text};
use crate::row_level_security;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // SQLite takes one column at a time.
        for mut column in columns() {
            manager
                .alter_table(Table::alter().table("stringers").add_column(&mut column).take())
                .await?;
        }
        row_level_security::run(
            manager,
            "GRANT UPDATE (restring_by, restring_days, restring_loss) ON stringers TO rbo_app;",
        )
        .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in ["restring_loss", "restring_days", "restring_by"] {
            manager
                .alter_table(Table::alter().table("stringers").drop_column(column).take())
                .await?;
        }
        Ok(())
    }
}

fn columns() -> [ColumnDef; 3] {
    [
        text("restring_by")
            .default("days")
            .check(one_of("restring_by", &["days", "usual", "loss"]))
            .take(),
        int("restring_days")
            .default(90)
            .check(Expr::cust("restring_days BETWEEN 1 AND 1000"))
            .take(),
        int("restring_loss").default(20).check(Expr::cust("restring_loss BETWEEN 1 AND 90")).take(),
    ]
}
