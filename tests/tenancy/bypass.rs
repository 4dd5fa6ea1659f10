//! The bypass: written down first, read-only unless its act writes, over when its work
//! is.

use futures_util::StreamExt as _;
use rbo::database::scoped_db;
use rbo::demo;
use rbo::models::purposes::READ_AUDIT_LOG;
use rbo::models::{admin_audit_log, orders, persons, stringers, users};
use sea_orm::prelude::Uuid;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
    TransactionSession, TransactionTrait,
};
use sea_orm_tenancy::{BypassReason, Db, Scope, ScopedHandle as _, TenancyError, TenantId};

use crate::support::World;

fn reason(admin: Uuid, reason: &str) -> BypassReason {
    BypassReason {
        admin: TenantId::from(admin),
        text: reason.to_owned(),
        request_id: Some("a-request".to_owned()),
    }
}

/// Stefan founded the place, and is its admin.
async fn admin(world: &World) -> (Uuid, Db) {
    let (stefan, _db) = world.at_work(demo::STEFAN).await;
    (stefan.id, scoped_db(&world.ctx, Scope::Unbound).unwrap())
}

async fn entries(world: &World) -> Vec<admin_audit_log::Model> {
    let raw = world.beneath().await;
    admin_audit_log::Entity::find()
        .order_by_asc(admin_audit_log::Column::Id)
        .all(&raw)
        .await
        .unwrap()
}

#[tokio::test]
async fn an_admin_looks_across_all_tenants_and_leaves_two_entries() {
    let world = World::demo().await;
    let (admin, db) = admin(&world).await;
    let (all, read_back) = db
        .bypass(reason(admin, "Marco asked for help"), &READ_AUDIT_LOG, |db| {
            Box::pin(async move {
                let all = orders::Entity::find().count(db).await?;
                Ok::<_, DbErr>((all, admin_audit_log::Entity::recent(db, 10).await?))
            })
        })
        .await
        .unwrap();
    let beneath = world.beneath().await;
    assert_eq!(all, orders::Entity::find().count(&beneath).await.unwrap());

    let entries = entries(&world).await;
    let [opened, closed] = entries.as_slice() else { panic!("{entries:?}") };
    assert_eq!(read_back, std::slice::from_ref(opened), "it stood before the first statement");
    assert_eq!((opened.admin_id, opened.reason.as_str()), (admin, "Marco asked for help"));
    assert_eq!(opened.act, "read_audit_log");
    assert_eq!(opened.request_id.as_deref(), Some("a-request"));
    assert_eq!((closed.ends, closed.outcome.as_deref()), (Some(opened.id), Some("done")));
}

#[tokio::test]
async fn an_errand_that_fails_is_written_down_as_such() {
    let world = World::demo().await;
    let (admin, db) = admin(&world).await;
    let failed = db
        .bypass(reason(admin, "x"), &READ_AUDIT_LOG, |_db| {
            Box::pin(async { Err::<(), _>(DbErr::Custom("no".into())) })
        })
        .await;
    assert!(failed.is_err());
    assert_eq!(entries(&world).await[1].outcome.as_deref(), Some("failed"));
}

#[tokio::test]
async fn who_is_no_admin_any_more_is_refused_and_reads_nothing() {
    let world = World::demo().await;
    let (marco, _db) = world.at_work(demo::MARCO).await;
    let (stefan, db) = admin(&world).await;
    let raw = world.beneath().await;
    let looks = |who| {
        db.bypass(reason(who, "curious"), &READ_AUDIT_LOG, |db| {
            Box::pin(async move { orders::Entity::find().count(db).await })
        })
    };
    assert!(looks(marco.id).await.is_err());
    assert!(looks(stefan).await.is_ok());
    stringers::Entity::update_many()
        .col_expr(stringers::Column::Role, Expr::value("stringer"))
        .filter(stringers::Column::Id.eq(stefan))
        .exec(&raw)
        .await
        .unwrap();
    assert!(looks(stefan).await.is_err(), "the role is read again each time");
    assert_eq!(entries(&world).await.len(), 2);
}

#[tokio::test]
async fn nothing_is_read_where_the_entry_cannot_be_written() {
    let world = World::demo().await;
    let (admin, db) = admin(&world).await;
    world
        .raw()
        .await
        .execute_unprepared("ALTER TABLE admin_audit_log RENAME TO lost")
        .await
        .unwrap();
    let looked: Result<(), DbErr> = db
        .bypass(reason(admin, "x"), &READ_AUDIT_LOG, |_db| {
            Box::pin(async { panic!("nothing may be read") })
        })
        .await;
    assert!(looked.is_err());
}

#[tokio::test]
async fn it_reads_only_and_not_what_proves_who_somebody_is() {
    let world = World::demo().await;
    let (admin, db) = admin(&world).await;
    db.bypass(reason(admin, "x"), &READ_AUDIT_LOG, |db| {
        Box::pin(async move {
            for (refused, why) in [
                ("UPDATE orders SET method = 'x'", "may not Update"),
                ("DELETE FROM orders", "a delete by the bypass"),
                ("INSERT INTO admin_audit_log (id) VALUES (NULL)", "may not Insert"),
                ("SELECT * FROM users", "sealed"),
                ("SELECT s.id FROM sessions s", "sealed"),
                ("SELECT * FROM refresh_tokens", "sealed"),
                ("SELECT id FROM shared_orders", "sealed"),
                ("DROP TABLE orders", "not a SELECT"),
                ("SELECT set_config('role', 'none', true)", "function"),
            ] {
                let error = db.execute_unprepared(refused).await.unwrap_err().to_string();
                assert!(error.contains("tenancy") && error.contains(why), "{refused}: {error}");
            }
            assert!(users::Entity::find().one(db).await.is_err());
            let txn = db.begin().await?;
            assert!(persons::Entity::find().count(&txn).await? > 0);
            Ok::<_, DbErr>(())
        })
    })
    .await
    .unwrap();
}

#[tokio::test]
async fn a_copy_of_its_handle_opens_nothing_afterwards() {
    let world = World::demo().await;
    let (admin, db) = admin(&world).await;
    let kept = db
        .bypass(reason(admin, "x"), &READ_AUDIT_LOG, |db| {
            Box::pin(async move { Ok::<_, DbErr>(db.bind(db.scope().clone())) })
        })
        .await
        .unwrap();
    let ended = TenancyError::Ended.to_string();
    assert!(orders::Entity::find().one(&kept).await.unwrap_err().to_string().contains(&ended));
    assert!(kept.begin().await.unwrap_err().to_string().contains(&ended));
}

#[tokio::test]
async fn neither_a_stream_nor_a_transaction_outlives_its_errand() {
    let world = World::demo().await;
    let (admin, db) = admin(&world).await;
    let kept = db
        .bypass(reason(admin, "x"), &READ_AUDIT_LOG, |db| {
            Box::pin(async move {
                let own: &'static Db = Box::leak(Box::new(db.bind(db.scope().clone())));
                let txn = own.begin().await?;
                assert!(orders::Entity::find().count(&txn).await? > 0);
                let mut rows = orders::Entity::find().stream(own).await?;
                assert!(rows.next().await.expect("a row").is_ok());
                Ok::<_, DbErr>((txn, rows))
            })
        })
        .await
        .unwrap();
    let (txn, mut rows) = kept;
    assert!(rows.next().await.expect("an answer").is_err());
    assert!(orders::Entity::find().count(&txn).await.is_err());
    assert!(txn.commit().await.is_err());
}

#[tokio::test]
async fn it_is_opened_in_ones_own_name_and_for_a_reason() {
    let world = World::demo().await;
    let (admin, unbound) = admin(&world).await;
    let (_stefan, his) = world.at_work(demo::STEFAN).await;
    let (_marco, other) = world.at_work(demo::MARCO).await;
    let looks = |db: Db, why: &'static str| async move {
        db.bypass(reason(admin, why), &READ_AUDIT_LOG, |db| {
            Box::pin(async move { orders::Entity::find().count(db).await })
        })
        .await
    };
    looks(his, "a question").await.expect("in its own name");
    assert!(looks(other, "a question").await.is_err(), "in another's");
    assert!(looks(unbound, "  ").await.is_err(), "without a reason");
    assert_eq!(entries(&world).await.len(), 2);
}
