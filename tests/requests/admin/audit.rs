//! The log of every look across stringers, and every look in it.

use chrono::{Duration, Utc};
use loco_rs::app::Hooks as _;
use rbo::app::App;
use rbo::demo;
use sea_orm::EntityTrait as _;

use crate::support::World;

#[tokio::test]
async fn every_page_of_admins_leaves_its_row_and_is_nobody_elses() {
    let world = World::demo().await;
    let (mut stefan, mut marco) = (world.stefan().await, world.marco().await);
    let row = super::feeds::staged_row(&world).await.to_string();
    let (_, db) = world.at_work(demo::STEFAN).await;
    let persons = rbo::models::persons::Entity::find().all(&db).await.expect("persons");
    let persons: Vec<String> = persons.iter().map(|one| one.id.to_string()).collect();
    let shared = rbo::models::client_rackets::Entity::find().one(&db).await.expect("rackets");
    let shared = shared.expect("a racket").racket_id.to_string();
    let mut tried = 0;
    for route in App::routes(&world.ctx).collect() {
        let reads = route.actions.iter().any(|action| action.as_str() == "GET");
        if !route.uri.starts_with("/admin/") || !reads {
            continue;
        }
        let id = match &route.uri {
            person if person.contains("/persons/") => &persons[0],
            entry if entry.contains("/entries/") => &shared,
            _ => &row,
        };
        let page = route.uri.replace("{file}", "log.csv").replace("{id}", id);
        let page = page.replace("{other}", &persons[1]).replace("{kind}", "rackets");
        assert!(!page.contains('{'), "{page} has a key that this test does not know");
        let before = world.rows("admin_audit_log").await;
        stefan.get(&page).await.sees(200);
        assert_eq!(world.rows("admin_audit_log").await, before + 2, "{page}");
        marco.get(&page).await.sees(404);
        assert_eq!(world.rows("admin_audit_log").await, before + 2, "{page}");
        tried += 1;
    }
    assert!(tried >= 13, "{tried}");
}

#[tokio::test]
async fn the_log_says_who_looked_why_and_how_it_ended() {
    let world = World::demo().await;
    let (me, _) = world.at_work(demo::STEFAN).await;
    let (marcos, _) = world.at_work(demo::MARCO).await;
    let mut stefan = world.stefan().await;
    stefan.get("/admin/stringers").await.sees(200);
    let why = [("reason", "=1+1, he asked")];
    stefan.post(&format!("/admin/stringers/{}/closing", marcos.id), &why).await.sees(303);

    let page = stefan.get("/admin/audit").await.sees(200);
    for shown in ["the list of stringers", "=1+1, he asked", "Stefans Besaitungen"] {
        assert!(page.contains(shown), "{shown}");
    }
    // What is asked for, and what is not in it then.
    let today = me.today();
    let (tomorrow, yesterday) = (today + Duration::days(1), today - Duration::days(1));
    for (asked, has) in [
        ("act=deactivate_stringer".to_owned(), true),
        ("act=invite_stringer".to_owned(), false),
        ("q=HE+ASKED".to_owned(), true),
        ("q=nobody".to_owned(), false),
        ("q=%25".to_owned(), false),
        (format!("admin={}", me.id), true),
        (format!("admin={}", marcos.id), false),
        (format!("from={today}&to={today}"), true),
        (format!("from={tomorrow}"), false),
        (format!("to={yesterday}"), false),
        // What is no day is not asked for.
        ("from=soon&to=2026-99-99".to_owned(), true),
        ("from=-9999-01-01&to=%2B99999-01-01".to_owned(), true),
        ("q=%00".to_owned(), true),
    ] {
        let page = stefan.get(&format!("/admin/audit?{asked}")).await.sees(200);
        assert_eq!(page.contains("=1+1, he asked"), has, "{asked}");
    }
    // A look in it stands in it with what was asked for.
    let page = stefan.get("/admin/audit?act=read_audit_log").await.sees(200);
    assert!(page.contains("the audit log: q=HE+ASKED"));

    let csv = stefan.get("/admin/audit/log.csv?act=deactivate_stringer").await.sees(200);
    let year = Utc::now().format("%Y-").to_string();
    let text = csv.text();
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines.len(), 2, "{lines:?}");
    assert!(lines[1].starts_with(&year) && lines[1].contains("'=1+1, he asked"), "{lines:?}");
    assert!(stefan.get("/admin/audit/log.xlsx").await.sees(200).bytes.starts_with(b"PK"));
    for none in ["/admin/audit/log.pdf", "/admin/audit/other.csv"] {
        stefan.get(none).await.sees(404);
    }
}
