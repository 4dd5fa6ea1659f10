//! The audit log's own reading stands in it, and only an admin reads.

use loco_rs::task::{Task, Vars};
use rbo::demo;
use rbo::models::admin_audit_log;
use rbo::tasks::audit_log::AuditLog;
use sea_orm::{EntityTrait, PaginatorTrait};

use crate::support::World;

fn vars(admin: &str) -> Vars {
    let args = [("admin", admin), ("reason", "somebody asked")];
    let args = args.map(|(name, value)| (name.to_owned(), value.to_owned()));
    Vars::from_cli_args(args.into())
}

#[tokio::test]
async fn an_admin_reads_the_log_and_nobody_else() {
    let world = World::demo().await;
    let raw = world.beneath().await;
    assert!(AuditLog.run(&world.ctx, &vars(demo::MARCO)).await.is_err());
    assert!(AuditLog.run(&world.ctx, &vars("nobody@example.ch")).await.is_err());
    assert_eq!(admin_audit_log::Entity::find().count(&raw).await.unwrap(), 0);
    AuditLog.run(&world.ctx, &vars(demo::STEFAN)).await.unwrap();
    assert_eq!(admin_audit_log::Entity::find().count(&raw).await.unwrap(), 2);
}
