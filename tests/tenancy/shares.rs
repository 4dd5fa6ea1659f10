//! What a grant opens, and what it does not: the holes that a review of the design
//! found, each kept closed.

use chrono::Utc;
use rbo::database::scoped_db;
use rbo::demo;
use rbo::models::catalogue::{Source, Visibility};
use rbo::models::notifications::{self, NotificationKind};
use rbo::models::share_audit::{self, ShareEvent};
use rbo::models::{
    catalogue_strings as strings, client_profiles, client_rackets, order_shares, orders,
    person_stringer_shares, persons, rackets, shared_orders, stringer_cards, stringers,
};
use rbo::units::Sport;
use sea_orm::ActiveValue::{NotSet, Set};
use sea_orm::prelude::Uuid;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait, QueryFilter, Statement,
};
use sea_orm_tenancy::{Db, Scope, TenantId};

use super::oracle::SECOND_WALL_ALONE;
use crate::support::World;

/// Stefan, who strung an order, and Marco, whom he may share it with.
struct Two {
    world: World,
    stefan: Uuid,
    his: Db,
    marco: Uuid,
    other: Db,
    order: orders::Model,
}

impl Two {
    async fn meet() -> Self {
        let world = World::demo().await;
        let (stefan, his) = world.at_work(demo::STEFAN).await;
        let (marco, other) = world.at_work(demo::MARCO).await;
        let order = orders::Entity::find()
            .filter(orders::Column::IsSelf.eq(false))
            .filter(orders::Column::MainsStringId.is_not_null())
            .filter(orders::Column::StrungAt.is_not_null())
            .one(&his)
            .await
            .unwrap()
            .expect("a strung order");
        Self { world, stefan: stefan.id, his, marco: marco.id, other, order }
    }

    async fn shared() -> (Self, Uuid) {
        let two = Self::meet().await;
        let share = grant(&two.his, two.order.id, two.marco).await.unwrap();
        (two, share)
    }

    async fn person(&self) -> Uuid {
        let profile = client_profiles::Entity::find_by_id(self.order.client_profile_id);
        profile.one(&self.his).await.unwrap().unwrap().person_id.expect("a person")
    }

    async fn client(&self) -> Db {
        let person = TenantId::from(self.person().await);
        scoped_db(&self.world.ctx, Scope::Person(person)).unwrap()
    }

    async fn seen_by_marco(&self) -> Vec<shared_orders::Model> {
        shared_orders::Entity::find().all(&self.other).await.unwrap()
    }
}

/// By the chokepoint, before any I/O; or by PostgreSQL, where it stands alone.
fn is_turned_away(error: &DbErr) -> bool {
    let error = error.to_string();
    let by = if SECOND_WALL_ALONE {
        &["permission denied", "row-level security"][..]
    } else {
        &["tenancy: "]
    };
    by.iter().any(|words| error.contains(words))
}

async fn grant(db: &Db, order: Uuid, to: Uuid) -> Result<Uuid, DbErr> {
    let id = Uuid::now_v7();
    let share = order_shares::ActiveModel {
        id: Set(id),
        order_id: Set(order),
        grantee_id: Set(to),
        rule: Set(1),
        granted_at: Set(Utc::now().into()),
        ..Default::default()
    };
    order_shares::Entity::insert(share).exec_without_returning(db).await?;
    Ok(id)
}

async fn private_string(db: &Db) -> Uuid {
    let (id, now) = (Uuid::now_v7(), Utc::now());
    let string = strings::ActiveModel {
        id: Set(id),
        sport: Set(Sport::Tennis),
        manufacturer: Set("Stefan".into()),
        model: Set("Geheimnis".into()),
        search_key: Set("stefan geheimnis".into()),
        visibility: Set(Visibility::CataloguePrivate),
        source: Set(Source::Manual),
        created_at: Set(now.into()),
        updated_at: Set(now.into()),
        ..Default::default()
    };
    strings::Entity::insert(string).exec_without_returning(db).await.unwrap();
    id
}

async fn revoke(db: &Db, share: Uuid, at: Expr) -> u64 {
    order_shares::Entity::update_many()
        .col_expr(order_shares::Column::RevokedAt, at)
        .filter(order_shares::Column::Id.eq(share))
        .exec(db)
        .await
        .map_or(0, |result| result.rows_affected)
}

#[tokio::test]
async fn a_grantee_sees_the_setup_and_the_first_name_and_nothing_else() {
    let (two, _share) = Two::shared().await;
    let seen = two.seen_by_marco().await;
    let [order] = seen.as_slice() else { panic!("{seen:?}") };
    assert_eq!((order.id, order.stringer_id), (two.order.id, two.stefan));
    assert_eq!(order.mains_tension, two.order.mains_tension);
    let person = persons::Entity::find_by_id(two.person().await).one(&two.his).await.unwrap();
    assert_eq!(order.client_first_name, person.map(|person| person.display_first_name));

    // Neither the order itself nor anything around it.
    assert_eq!(orders::Entity::find_by_id(two.order.id).count(&two.other).await.unwrap(), 0);
    assert_eq!(persons::Entity::find_by_id(two.person().await).count(&two.other).await.unwrap(), 0);
    let profile = client_profiles::Entity::find_by_id(two.order.client_profile_id);
    assert_eq!(profile.count(&two.other).await.unwrap(), 0);
    let frame = client_rackets::Entity::find_by_id(two.order.client_racket_id);
    assert_eq!(frame.count(&two.other).await.unwrap(), 0);

    for closed in [
        "SELECT labor FROM shared_orders",
        "SELECT id FROM shared_orders WHERE mains_price > 0",
        "SELECT id FROM shared_orders ORDER BY paid_at",
        "SELECT max(total_override) FROM shared_orders",
        "SELECT s.id FROM shared_orders s JOIN orders o ON o.labor = s.labor",
        "SELECT s.comment_private FROM shared_orders s",
        "SELECT count(*) FROM shared_orders GROUP BY receipt_number",
        "UPDATE shared_orders SET method = 'x'",
        "UPDATE shared_orders SET method = 'x' RETURNING mains_price",
        "DELETE FROM shared_orders",
    ] {
        assert!(two.other.execute_unprepared(closed).await.is_err(), "{closed}");
    }
}

#[tokio::test]
async fn nobody_else_sees_a_shared_order_and_its_owner_keeps_it_apart() {
    let (two, _share) = Two::shared().await;
    assert_eq!(shared_orders::Entity::find().count(&two.his).await.unwrap(), 0);
    let before = orders::Entity::find().count(&two.other).await.unwrap();
    grant(
        &two.other,
        orders::Entity::find().one(&two.other).await.unwrap().unwrap().id,
        two.stefan,
    )
    .await
    .unwrap();
    assert_eq!(orders::Entity::find().count(&two.other).await.unwrap(), before);
    assert_eq!(shared_orders::Entity::find().count(&two.his).await.unwrap(), 1);
}

#[tokio::test]
async fn an_order_that_is_not_mine_cannot_be_shared() {
    let two = Two::meet().await;
    // To myself, to its owner, or under its owner's name.
    assert!(grant(&two.other, two.order.id, two.marco).await.is_err());
    assert!(grant(&two.other, two.order.id, two.stefan).await.is_err());
    let forged = order_shares::ActiveModel {
        id: Set(Uuid::now_v7()),
        stringer_id: Set(two.stefan),
        order_id: Set(two.order.id),
        grantee_id: Set(two.marco),
        rule: Set(1),
        granted_at: Set(Utc::now().into()),
        ..Default::default()
    };
    let refused = order_shares::Entity::insert(forged).exec_without_returning(&two.other).await;
    assert!(is_turned_away(&refused.unwrap_err()));
    assert_eq!(two.seen_by_marco().await, []);
}

#[tokio::test]
async fn a_stringer_grants_by_the_first_rule_alone() {
    let two = Two::meet().await;
    let by_the_client = order_shares::ActiveModel {
        id: Set(Uuid::now_v7()),
        order_id: Set(two.order.id),
        grantee_id: Set(two.marco),
        rule: Set(2),
        granted_by_person_id: Set(Some(two.person().await)),
        granted_at: Set(Utc::now().into()),
        ..Default::default()
    };
    let refused =
        order_shares::Entity::insert(by_the_client.clone()).exec_without_returning(&two.his).await;
    assert!(refused.is_err());
    let refused = order_shares::ActiveModel { granted_by_person_id: NotSet, ..by_the_client };
    assert!(order_shares::Entity::insert(refused).exec_without_returning(&two.his).await.is_err());
    let for_all = person_stringer_shares::ActiveModel {
        id: Set(Uuid::now_v7()),
        person_id: Set(two.person().await),
        target_stringer_id: Set(two.stefan),
        granted_at: Set(Utc::now().into()),
        ..Default::default()
    };
    let refused =
        person_stringer_shares::Entity::insert(for_all).exec_without_returning(&two.his).await;
    assert!(refused.is_err(), "only the person opens all of its orders");
}

#[tokio::test]
async fn either_side_revokes_once_and_for_good() {
    let (two, share) = Two::shared().await;
    assert_eq!(revoke(&two.other, share, Expr::value(Utc::now())).await, 1);
    assert_eq!(two.seen_by_marco().await, []);
    let nothing: Option<chrono::DateTime<Utc>> = None;
    for db in [&two.other, &two.his] {
        assert_eq!(revoke(db, share, Expr::value(nothing)).await, 0, "revoked is revoked");
    }
    assert_eq!(two.seen_by_marco().await, []);
    // A new grant is a new row.
    let again = grant(&two.his, two.order.id, two.marco).await.unwrap();
    assert_eq!(two.seen_by_marco().await.len(), 1);
    assert_eq!(revoke(&two.his, again, Expr::value(Utc::now())).await, 1);
    assert_eq!(two.seen_by_marco().await, []);
}

#[tokio::test]
async fn a_grantee_changes_nothing_of_a_grant_but_its_end() {
    let (two, share) = Two::shared().await;
    for set in ["grantee_id = stringer_id", "rule = 2", "granted_at = granted_at", "order_id = id"]
    {
        let sql = format!("UPDATE order_shares SET {set}");
        let refused = two.other.execute_unprepared(&sql).await.unwrap_err();
        assert!(is_turned_away(&refused), "{refused}");
    }
    assert!(two.other.execute_unprepared("DELETE FROM order_shares").await.is_err());
    assert!(order_shares::Entity::find_by_id(share).one(&two.his).await.unwrap().is_some());
}

#[tokio::test]
async fn a_shared_orders_private_string_and_racket_cannot_be_named_while_shared_nor_after() {
    let two = Two::meet().await;
    let sport = two.order.sport;
    let string = private_string(&two.his).await;
    let racket = rackets::Entity::find_or_create(&two.his, sport, "Stefans Rahmen").await.unwrap();
    let strung = orders::Entity::update_many()
        .col_expr(orders::Column::MainsStringId, Expr::value(string))
        .filter(orders::Column::Id.eq(two.order.id));
    assert_eq!(strung.exec(&two.his).await.unwrap().rows_affected, 1);
    let frame = client_rackets::Entity::update_many()
        .col_expr(client_rackets::Column::RacketId, Expr::value(racket))
        .filter(client_rackets::Column::Id.eq(two.order.client_racket_id));
    assert_eq!(frame.exec(&two.his).await.unwrap().rows_affected, 1);
    let share = grant(&two.his, two.order.id, two.marco).await.unwrap();
    let seen = two.seen_by_marco().await;
    assert_eq!((seen[0].mains_string_id, seen[0].racket_id), (Some(string), racket));

    for _while_shared_and_after in 0..2 {
        let taken = orders::Entity::update_many()
            .col_expr(orders::Column::MainsStringId, Expr::value(string))
            .exec(&two.other)
            .await;
        assert!(taken.is_err());
        let taken = client_rackets::Entity::update_many()
            .col_expr(client_rackets::Column::RacketId, Expr::value(racket))
            .exec(&two.other)
            .await;
        assert!(taken.is_err());
        // By copying, in one statement.
        for copied in [
            "UPDATE orders SET mains_string_id = s.mains_string_id FROM shared_orders AS s",
            "UPDATE orders SET mains_string_id = (SELECT s.mains_string_id FROM shared_orders AS s)",
            "INSERT INTO client_rackets (id, client_profile_id, racket_id, label_code, in_rotation, \
             created_at, updated_at) SELECT s.id, c.id, s.racket_id, 'XXXXXX', true, s.granted_at, \
             s.granted_at FROM shared_orders AS s CROSS JOIN client_profiles AS c",
        ] {
            let result = two.other.execute_unprepared(copied).await;
            assert!(result.is_err() || two.seen_by_marco().await.is_empty(), "{copied}");
        }
        let named = orders::Entity::find().filter(orders::Column::MainsStringId.eq(string));
        assert_eq!(named.count(&two.other).await.unwrap(), 0);
        let named =
            client_rackets::Entity::find().filter(client_rackets::Column::RacketId.eq(racket));
        assert_eq!(named.count(&two.other).await.unwrap(), 0);
        revoke(&two.his, share, Expr::value(Utc::now())).await;
    }
    assert_eq!(two.seen_by_marco().await, []);
}

#[tokio::test]
async fn a_notification_reaches_only_whom_a_grant_links_with_me() {
    let (two, _share) = Two::shared().await;
    let tell = |recipient: Uuid, owner: Uuid, order: Uuid| notifications::ActiveModel {
        id: Set(Uuid::now_v7()),
        stringer_id: Set(recipient),
        kind: Set(NotificationKind::ShareGrantedToMe),
        order_stringer_id: Set(Some(owner)),
        order_id: Set(Some(order)),
        at: Set(Utc::now().into()),
        ..Default::default()
    };
    let sent = |row, db| async move {
        notifications::Entity::insert(row).exec_without_returning(db).await
    };
    let unshared = orders::Entity::find()
        .filter(orders::Column::Id.ne(two.order.id))
        .one(&two.his)
        .await
        .unwrap()
        .unwrap();
    sent(tell(two.marco, two.stefan, two.order.id), &two.his).await.expect("whom I shared it with");
    let mut back = tell(two.stefan, two.stefan, two.order.id);
    back.kind = Set(NotificationKind::ShareRevokedFromMe);
    sent(back, &two.other).await.expect("who shared it");
    assert!(sent(tell(two.marco, two.stefan, unshared.id), &two.his).await.is_err());
    assert!(sent(tell(two.stefan, two.stefan, unshared.id), &two.other).await.is_err());
    let mut unsaid = tell(two.marco, two.stefan, two.order.id);
    (unsaid.order_id, unsaid.order_stringer_id) = (Set(None), Set(None));
    assert!(sent(unsaid, &two.his).await.is_err());
    let mut untrue = tell(two.marco, two.stefan, two.order.id);
    untrue.kind = Set(NotificationKind::CatalogueSubmissionDecided);
    assert!(sent(untrue, &two.his).await.is_err(), "of what is not between us");
    let to_myself = tell(two.marco, two.stefan, two.order.id);
    assert!(sent(to_myself, &two.other).await.is_err(), "of another's order");
    let mut forged = tell(two.marco, two.stefan, two.order.id);
    forged.actor_id = Set(Some(two.marco));
    assert!(sent(forged, &two.his).await.is_err(), "in another's name");

    let to_marco = notifications::Entity::find().all(&two.other).await.unwrap();
    assert_eq!(to_marco.len(), 1);
    assert_eq!(to_marco[0].actor_id, Some(two.stefan));
    let read = notifications::Entity::update_many()
        .col_expr(notifications::Column::ReadAt, Expr::value(Utc::now()))
        .exec(&two.his)
        .await
        .unwrap();
    assert_eq!(read.rows_affected, 1, "my own alone");
}

#[tokio::test]
async fn an_audit_row_wants_a_grant_and_names_who_did_it() {
    let (two, _share) = Two::shared().await;
    let note = |order: Uuid| share_audit::ActiveModel {
        id: Set(Uuid::now_v7()),
        stringer_id: Set(two.stefan),
        order_id: Set(order),
        grantee_id: Set(two.marco),
        event: Set(ShareEvent::Read),
        at: Set(Utc::now().into()),
        ..Default::default()
    };
    let noted = |row| share_audit::Entity::insert(row).exec_without_returning(&two.other);
    noted(note(two.order.id)).await.expect("of an order that is shared with me");
    let unshared = orders::Entity::find().filter(orders::Column::Id.ne(two.order.id));
    let unshared = unshared.one(&two.his).await.unwrap().unwrap();
    assert!(noted(note(unshared.id)).await.is_err());
    let forged = share_audit::ActiveModel { actor_id: Set(Some(two.stefan)), ..note(two.order.id) };
    assert!(noted(forged).await.is_err());
    let granted =
        share_audit::ActiveModel { event: Set(ShareEvent::Granted), ..note(two.order.id) };
    assert!(noted(granted).await.is_err(), "who got it did not give it");
    let of_another = share_audit::ActiveModel { grantee_id: Set(two.stefan), ..note(two.order.id) };
    assert!(noted(of_another).await.is_err(), "only of itself");
    let rows = share_audit::Entity::find().all(&two.his).await.unwrap();
    assert_eq!(rows.iter().map(|row| row.actor_id).collect::<Vec<_>>(), [Some(two.marco)]);
    assert_eq!(share_audit::Entity::find().count(&two.other).await.unwrap(), 0);
    assert!(two.his.execute_unprepared("UPDATE share_audit SET event = 'granted'").await.is_err());
}

#[tokio::test]
async fn a_person_that_two_stringers_know_is_changed_by_neither() {
    let two = Two::meet().await;
    let person = two.person().await;
    let rename = |db| {
        persons::Entity::update_many()
            .col_expr(persons::Column::DisplayLastName, Expr::value("Geändert"))
            .col_expr(persons::Column::Email, Expr::value("x@example.com"))
            .filter(persons::Column::Id.eq(person))
            .exec(db)
    };
    assert_eq!(rename(&two.other).await.unwrap().rows_affected, 0, "a stranger");
    assert_eq!(rename(&two.his).await.unwrap().rows_affected, 1, "mine alone");

    // What the linking purpose will do one day: Marco knows the same person.
    let raw = two.world.beneath().await;
    let profile = client_profiles::ActiveModel {
        id: Set(Uuid::now_v7()),
        stringer_id: Set(two.marco),
        person_id: Set(Some(person)),
        is_self_for_stringer: Set(false),
        search_key: Set(String::new()),
        created_at: Set(Utc::now().into()),
        updated_at: Set(Utc::now().into()),
        ..Default::default()
    };
    client_profiles::Entity::insert(profile).exec_without_returning(&raw).await.unwrap();
    for db in [&two.other, &two.his] {
        assert!(persons::Entity::find_by_id(person).one(db).await.unwrap().is_some());
        assert_eq!(rename(db).await.unwrap().rows_affected, 0);
    }
}

// A mask, which row-level security has none of.
#[cfg(not(feature = "second-wall-alone"))]
#[tokio::test]
async fn who_a_person_is_at_the_provider_nobody_reads_and_no_stringer_says() {
    let two = Two::meet().await;
    for refused in [
        "UPDATE persons SET subject = 'me'",
        "UPDATE persons SET email_verified_at = updated_at",
        "UPDATE persons SET created_by = created_by",
        "INSERT INTO persons (subject) VALUES ('me')",
        "INSERT INTO persons (email_verified_at) VALUES (NULL)",
        "INSERT INTO persons (display_first_name, merged_into) VALUES ('x', NULL)",
        "UPDATE persons SET display_last_name = 'x' WHERE subject = 'x'",
        "UPDATE persons SET display_last_name = 'x' WHERE persons.subject = 'x'",
        "UPDATE persons SET display_last_name = 'x' WHERE EXISTS (SELECT 1 WHERE subject = 'x')",
        "UPDATE persons SET display_last_name = subject",
        "UPDATE persons SET display_last_name = 'x' RETURNING subject",
        "UPDATE persons SET display_last_name = 'x' RETURNING *",
        "UPDATE persons SET display_last_name = (SELECT d.c5 FROM (SELECT persons.*) AS d (c1, c2, c3, c4, c5))",
    ] {
        let error = two.his.execute_unprepared(refused).await.unwrap_err().to_string();
        assert!(error.contains("tenancy"), "{refused}: {error}");
    }
    if two.his.get_database_backend() == sea_orm::DbBackend::Postgres {
        let whole = "UPDATE persons AS h SET display_last_name = CAST(h AS TEXT)";
        assert!(is_turned_away(&two.his.execute_unprepared(whole).await.unwrap_err()));
    }
    let known = persons::Entity::find().filter(persons::Column::Subject.is_not_null());
    assert_eq!(known.count(&two.his).await.unwrap(), 0);
}

#[tokio::test]
async fn a_changed_address_is_not_verified_any_more() {
    let two = Two::meet().await;
    let person = two.person().await;
    let raw = two.world.beneath().await;
    let verified =
        raw.execute_unprepared("UPDATE persons SET email_verified_at = updated_at").await;
    assert!(verified.unwrap().rows_affected() > 0);
    for columns in [
        &[persons::Column::Email][..],
        &[persons::Column::EmailNormalised],
        &[persons::Column::Email, persons::Column::EmailNormalised],
    ] {
        raw.execute_unprepared("UPDATE persons SET email_verified_at = updated_at").await.unwrap();
        let address = Uuid::now_v7().to_string();
        let mut update = persons::Entity::update_many().filter(persons::Column::Id.eq(person));
        for column in columns {
            update = update.col_expr(*column, Expr::value(address.as_str()));
        }
        assert_eq!(update.exec(&two.his).await.unwrap().rows_affected, 1);
        let after = persons::Entity::find_by_id(person).one(&two.his).await.unwrap().unwrap();
        assert_eq!(after.email_verified_at, None, "{columns:?}");
    }
}

#[tokio::test]
async fn a_stringer_writes_neither_its_role_nor_its_subject_nor_its_address() {
    let two = Two::meet().await;
    let before = stringers::Model::find(&two.other, two.marco).await.unwrap();
    let other = |column: &str| match column {
        "deactivated_at" | "left_at" => "CURRENT_TIMESTAMP".to_owned(),
        same => same.to_owned(),
    };
    let columns = ["role", "subject", "email", "is_founder", "id", "created_at"];
    for column in columns.into_iter().chain(["deactivated_at", "left_at"]) {
        let sql = format!("UPDATE stringers SET {column} = {}", other(column));
        let refused = two.other.execute_unprepared(&sql).await.unwrap_err();
        assert!(is_turned_away(&refused), "{column}: {refused}");
    }
    let of_others = stringers::Entity::update_many()
        .col_expr(stringers::Column::Town, Expr::value("anderswo"))
        .filter(stringers::Column::Id.eq(two.stefan));
    assert_eq!(of_others.exec(&two.other).await.unwrap().rows_affected, 0);
    assert_eq!(stringers::Model::find(&two.other, two.marco).await.unwrap(), before);
    assert!(stringers::Model::find(&two.other, two.stefan).await.is_err());
    let cards = stringer_cards::Entity::find().all(&two.other).await.unwrap();
    assert_eq!(cards.len(), 2, "the public cards of both");
}

#[tokio::test]
async fn a_client_shares_its_own_orders_and_no_other() {
    let two = Two::meet().await;
    let (client, person) = (two.client().await, two.person().await);
    let share = |order: &orders::Model, rule: i64| order_shares::ActiveModel {
        id: Set(Uuid::now_v7()),
        stringer_id: Set(order.stringer_id),
        order_id: Set(order.id),
        grantee_id: Set(two.marco),
        rule: Set(rule),
        granted_at: Set(Utc::now().into()),
        ..Default::default()
    };
    let of_another = orders::Entity::find()
        .filter(orders::Column::ClientProfileId.ne(two.order.client_profile_id))
        .one(&two.his)
        .await
        .unwrap()
        .unwrap();
    let granted = |row| order_shares::Entity::insert(row).exec_without_returning(&client);
    assert!(granted(share(&of_another, 2)).await.is_err());
    assert!(granted(share(&two.order, 1)).await.is_err());
    granted(share(&two.order, 2)).await.unwrap();
    let seen = two.seen_by_marco().await;
    assert_eq!(
        seen.iter().map(|order| (order.id, order.rule)).collect::<Vec<_>>(),
        [(two.order.id, 2)]
    );

    // Rule 3: all of them, and those to come.
    let all = person_stringer_shares::ActiveModel {
        id: Set(Uuid::now_v7()),
        target_stringer_id: Set(two.marco),
        granted_at: Set(Utc::now().into()),
        ..Default::default()
    };
    person_stringer_shares::Entity::insert(all).exec_without_returning(&client).await.unwrap();
    let of_client = orders::Entity::find()
        .filter(orders::Column::ClientProfileId.eq(two.order.client_profile_id))
        .count(&two.his)
        .await
        .unwrap();
    let by_rule_three = shared_orders::Entity::find().filter(shared_orders::Column::Rule.eq(3));
    assert_eq!(by_rule_three.count(&two.other).await.unwrap(), of_client);

    // What the client gave, the stringer whose order it is does not take back.
    let given = order_shares::Entity::find().one(&two.his).await.unwrap().expect("its grant");
    assert_eq!(revoke(&two.his, given.id, Expr::value(Utc::now())).await, 0);
    assert_eq!(revoke(&client, given.id, Expr::value(Utc::now())).await, 1);

    // It reads itself, and nothing of the stringer's book.
    let me = persons::Entity::find().all(&client).await.unwrap();
    assert_eq!(me.iter().map(|person| person.id).collect::<Vec<_>>(), [person]);
    for closed in ["orders", "client_profiles", "rackets", "stringers", "shared_orders", "users"] {
        let sql = format!("SELECT * FROM {closed}");
        let backend = client.get_database_backend();
        let seen = client.query_all_raw(Statement::from_string(backend, sql)).await;
        match seen {
            Ok(rows) => assert!(SECOND_WALL_ALONE && rows.is_empty(), "{closed}"),
            Err(error) => assert!(is_turned_away(&error), "{closed}"),
        }
    }
    let renamed = client.execute_unprepared("UPDATE persons SET display_first_name = 'Neu'").await;
    assert_eq!(renamed.unwrap().rows_affected(), 1);
}
