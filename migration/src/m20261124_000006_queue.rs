//! The job queue's table on PostgreSQL. loco would make it with the app's own
//! connection, which may not create tables; on SQLite the queue has a file of
//! its own and makes itself.

use sea_orm_migration::prelude::*;

use crate::columns::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        if !is_postgres(manager) {
            return Ok(());
        }
        // The shape is loco's own (loco-rs 1.2, `bgworker::pg`).
        manager
            .get_connection()
            .execute_unprepared(
                "CREATE TABLE pg_loco_queue (
                    id VARCHAR NOT NULL,
                    name VARCHAR NOT NULL,
                    task_data JSONB NOT NULL,
                    status VARCHAR NOT NULL DEFAULT 'queued',
                    run_at TIMESTAMPTZ NOT NULL,
                    interval BIGINT,
                    created_at TIMESTAMPTZ NOT NULL DEFAULT NOW(),
                    updated_at TIMESTAMPTZ NOT NULL DEFAULT NOW(),
                    tags JSONB,
                    priority INT NOT NULL DEFAULT 0
                )",
            )
            .await?;
        manager
            .create_index(index("pg_loco_queue", "ix_pg_loco_queue_due", &["status", "run_at"]))
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        if is_postgres(manager) {
            drop_tables(manager, &["pg_loco_queue"]).await?;
        }
        Ok(())
    }
}
