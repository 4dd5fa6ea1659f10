//! What a stringer was told: on a page and counted on every other one, by mail where it wants
//! that, and of what has waited too long.

use chrono::{Days, Duration, Utc};
use rbo::demo;
use rbo::models::{orders, sharing, stringers};
use rbo::workers::news::tell;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use sea_orm_tenancy::Db;
use uuid::Uuid;

use crate::support::World;

/// Orders of clients that are strung, not collected and not paid, since some days.
async fn waiting(db: &Db, me: &stringers::Member, days: u64) -> Uuid {
    let strung = orders::Entity::find()
        .filter(orders::Column::StrungAt.is_not_null())
        .filter(orders::Column::IsSelf.eq(false));
    let all = strung.all(db).await.unwrap();
    let none = Option::<chrono::NaiveDate>::None;
    let set = async |id: Option<Uuid>, column: orders::Column, day: Expr| {
        let mut update = orders::Entity::update_many().col_expr(column, day);
        update = match id {
            Some(id) => update.filter(orders::Column::Id.eq(id)),
            None => update
                .filter(orders::Column::StrungAt.is_not_null())
                .filter(orders::Column::IsSelf.eq(false)),
        };
        update.exec(db).await.unwrap();
    };
    // All others were collected and paid.
    for column in [orders::Column::ReturnedAt, orders::Column::PaidAt] {
        set(None, column, Expr::value(me.today())).await;
        set(Some(all[0].id), column, Expr::value(none)).await;
    }
    let day = me.today() - Days::new(days);
    set(Some(all[0].id), orders::Column::OrderedAt, Expr::value(day)).await;
    set(Some(all[0].id), orders::Column::StrungAt, Expr::value(day)).await;
    all[0].id
}

/// An order of Stefan's that Marco may read.
async fn share(world: &World) -> Uuid {
    let (_, stefans) = world.at_work(demo::STEFAN).await;
    let (marco, _) = world.at_work(demo::MARCO).await;
    let strung = orders::Entity::find()
        .filter(orders::Column::StrungAt.is_not_null())
        .filter(orders::Column::IsSelf.eq(false));
    let order = strung.one(&stefans).await.unwrap().expect("an order").id;
    sharing::grant(&stefans, marco.id, &[order]).await.unwrap();
    order
}

#[tokio::test]
async fn news_is_counted_on_every_page_until_it_is_known() {
    let world = World::demo().await;
    let mut marco = world.marco().await;
    assert!(marco.get("/news").await.sees(200).contains("Nothing yet"));
    assert!(!marco.get("/news/badge").await.sees(200).contains("badge"));
    assert!(marco.get("/clients").await.contains("hx-get=\"/news/badge\""));
    share(&world).await;
    assert!(marco.get("/news/badge").await.sees(200).contains("News: 1"));
    let page = marco.get("/news").await.sees(200);
    assert!(page.contains("Stefans Besaitungen shares an order with you"), "{}", page.text());
    assert!(marco.get("/news/badge").await.contains("News: 1"), "a look is no word");
    // Another's is nobody else's to know.
    let mut stefan = world.stefan().await;
    let form = page.form("form[action='/news/seen']");
    let of_news: Vec<_> = form.iter().filter(|(name, _)| name == "news").cloned().collect();
    stefan.post_fields("/news/seen", &of_news).await.sees(303);
    assert!(marco.get("/news/badge").await.contains("News: 1"));
    for nonsense in ["", "x", "0"] {
        marco.post("/news/seen", &[("news", nonsense)]).await.sees(303);
    }
    marco.post_fields("/news/seen", &form).await.sees(303);
    assert!(!marco.get("/news/badge").await.contains("badge"));
    assert!(marco.get("/news").await.contains("shares an order with you"), "it stays to be read");
}

#[tokio::test]
async fn what_has_waited_too_long_is_told_at_home_to_whoever_wants_it() {
    let world = World::demo().await;
    let (me, db) = world.at_work(demo::MARCO).await;
    let mut marco = world.marco().await;
    waiting(&db, &me, 14).await;
    let told = ["not been collected", "not been paid"];
    let home = marco.get("/").await.sees(200);
    assert!(told.iter().all(|it| !home.contains(it)), "off by default");
    let page = marco.get("/settings/notices").await.sees(200);
    let version = page.value("[name=version]").expect("a version");
    for (ready, unpaid, says) in
        [("14", "", [true, false]), ("15", "14", [false, true]), ("15", "15", [false, false])]
    {
        let fields = [("ready_days", ready), ("unpaid_days", unpaid)];
        marco.post("/settings/notices", &fields).await.sees(303);
        let home = marco.get("/").await.sees(200);
        assert_eq!(told.map(|it| home.contains(it)), says, "{ready} {unpaid}");
    }
    let page = marco.post("/settings/notices", &[("ready_days", "bald")]).await.sees(422);
    assert!(page.marked("ready_days").is_some());
    // The form of another tab was made of what was so before.
    let page = marco.post("/settings/notices", &[("version", &version)]).await.sees(422);
    assert!(page.contains("changed"));
    let (again, _) = world.at_work(demo::MARCO).await;
    assert!(again.overdue().unpaid.is_some());
}

#[tokio::test]
async fn a_mail_goes_to_whoever_wants_it_once_a_day_and_where_there_is_news() {
    let world = World::demo().await;
    let (me, db) = world.at_work(demo::MARCO).await;
    let mut marco = world.marco().await;
    let mails = || {
        world.mails_to(demo::MARCO).into_iter().filter(|mail| mail.subject.contains("news")).count()
    };
    share(&world).await;
    tell(&world.ctx).await.expect("told");
    marco.post("/settings/notices", &[("by_mail", "1")]).await.sees(303);
    tell(&world.ctx).await.expect("told");
    let mail = world.mail(demo::MARCO, 0).await;
    assert_eq!(mail.subject, "There is news in your racket-book");
    for secret in ["Stefan", "Besaitungen"] {
        assert!(!mail.text.contains(secret), "it names nobody");
    }
    assert!(mail.text.contains("/news") && mail.text.contains("Settings, Notices"));
    // Another process looks at the same hour; and the next day nothing is new.
    tell(&world.ctx).await.expect("told");
    let a_day_later = async || {
        let column = stringers::Column::NewsMailedAt;
        stringers::Entity::update_many()
            .col_expr(column, Expr::value(Utc::now() - Duration::hours(25)))
            .filter(stringers::Column::Id.eq(me.id))
            .exec(&db)
            .await
            .unwrap();
        age(&world).await;
    };
    a_day_later().await;
    tell(&world.ctx).await.expect("told");
    settled(&world).await;
    assert_eq!(mails(), 1);
    // What has waited a day longer than is wanted is news once.
    waiting(&db, &me, 8).await;
    marco.post("/settings/notices", &[("by_mail", "1"), ("ready_days", "7")]).await.sees(303);
    a_day_later().await;
    tell(&world.ctx).await.expect("told");
    settled(&world).await;
    assert_eq!(mails(), 1, "it had waited too long yesterday");
    waiting(&db, &me, 7).await;
    a_day_later().await;
    tell(&world.ctx).await.expect("told");
    settled(&world).await;
    assert_eq!(mails(), 2);
    // Whoever wants none has none.
    marco.post("/settings/notices", &[]).await.sees(303);
    share(&world).await;
    a_day_later().await;
    tell(&world.ctx).await.expect("told");
    settled(&world).await;
    assert_eq!(mails(), 2);
}

/// What was told, and mails that went out, are older than the last mail.
async fn age(world: &World) {
    world.age("notifications", "at").await;
    world.age("outbox", "created_at").await;
}

/// All mails that are owed have gone out.
async fn settled(world: &World) {
    for _ in 0..500 {
        if world.rows("outbox WHERE state = 'owed'").await == 0 {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    panic!("a mail is still owed");
}
