//! A book that is larger, and names that are longer, than anybody's: nothing is cut off,
//! nothing scrolls sideways, and no page weighs more than its budget.

use chrono::{Days, NaiveDate};
use rbo::demo;
use rbo::models::{client_profiles, orders, persons};
use sea_orm::ActiveValue::Set;
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait, ConnectionTrait, DatabaseConnection, EntityTrait,
    IntoActiveModel as _, QueryFilter,
};
use uuid::Uuid;

use super::driver::{self, Driver};
use super::pages::{LATER_VISIT, TWICE_THE_SIZE, ask, out_of_place, pages, too_heavy};
use super::{GERMAN, sign_in};
use crate::support::harness::{Case, cases};
use crate::support::{Kind, World};

/// The tests of this file.
pub fn tests() -> Vec<Case> {
    cases![a_book_of_ten_thousand_entries_with_names_of_eighty_letters_fits_every_page]
}

/// In each list: clients, jobs that wait, jobs of one client and racket.
const ENTRIES: u64 = 10_000;
/// Rows a statement: SQLite takes 32,766 values.
const AT_ONCE: usize = 500;

async fn a_book_of_ten_thousand_entries_with_names_of_eighty_letters_fits_every_page() {
    let driver = Driver::start();
    let world = World::embedded(Kind::Demo).await;
    let pages = pages(&world).await;
    let raw = world.beneath().await;
    grow(&world, &raw).await;
    lengthen(&raw).await;
    let base = world.serve().await;
    let browser = driver.browser(GERMAN.accept).await;
    sign_in(&browser, &base, &GERMAN).await;
    let mut found = Vec::new();
    for (page, path) in pages {
        driver::resize(&browser, 390, 844).await;
        browser.goto(&format!("{base}{path}")).await.expect("a page");
        found.extend(too_heavy(&browser, page, LATER_VISIT).await);
        for width in [1280, 320] {
            driver::resize(&browser, width, 800).await;
            found.extend(out_of_place(&browser, &format!("{page}, {width} px")).await);
        }
        driver::resize(&browser, 390, 844).await;
        ask(&browser, TWICE_THE_SIZE).await;
        let large = out_of_place(&browser, &format!("{page}, letters of twice the size")).await;
        found.extend(large);
    }
    browser.close().await.expect("closed");
    assert_eq!(found, Vec::<String>::new());
}

/// Stefan's last strung order ten thousand times more, and as many that wait for today; and
/// as many clients.
async fn grow(world: &World, raw: &DatabaseConnection) {
    let (me, db) = world.at_work(demo::STEFAN).await;
    let like = orders::Entity::find()
        .filter(orders::Column::StrungAt.is_not_null())
        .filter(orders::Column::IsSelf.eq(false))
        .one(&db);
    let like = like.await.unwrap().expect("an order");
    let again = |ordered: Option<NaiveDate>, strung: Option<NaiveDate>| orders::ActiveModel {
        id: Set(Uuid::now_v7()),
        ordered_at: Set(ordered),
        strung_at: Set(strung),
        returned_at: Set(strung),
        paid_at: Set(None),
        due_at: Set(Some(me.today())),
        receipt_number: Set(None),
        ..like.clone().into_active_model().reset_all()
    };
    let strung = (0..ENTRIES).map(|number| {
        let day = me.today().checked_sub_days(Days::new(number % 3_000));
        again(day, day)
    });
    let waiting = (0..ENTRIES).map(|_| again(Some(me.today()), None));
    let grown: Vec<_> = strung.chain(waiting).collect();
    for some in grown.chunks(AT_ONCE) {
        let some = orders::Entity::insert_many(some.to_vec());
        some.exec_without_returning(raw).await.expect("more orders");
    }
    let profile = client_profiles::Entity::find_by_id(like.client_profile_id).one(&db);
    let profile = profile.await.unwrap().expect("a client");
    let person = persons::Entity::find_by_id(profile.person_id.expect("a person")).one(&db);
    let person = person.await.unwrap().expect("a person");
    let keys: Vec<_> = (0..ENTRIES).map(|_| Uuid::now_v7()).collect();
    for some in keys.chunks(AT_ONCE) {
        let people = some.iter().map(|key| persons::ActiveModel {
            id: Set(*key),
            email: Set(None),
            ..person.clone().into_active_model().reset_all()
        });
        let people = persons::Entity::insert_many(people);
        people.exec_without_returning(raw).await.expect("more people");
        let clients = some.iter().map(|key| client_profiles::ActiveModel {
            id: Set(Uuid::now_v7()),
            person_id: Set(Some(*key)),
            ..profile.clone().into_active_model().reset_all()
        });
        let clients = client_profiles::Entity::insert_many(clients);
        clients.exec_without_returning(raw).await.expect("more clients");
    }
}

/// Every name as long as it may be, and without a place to break it.
async fn lengthen(raw: &DatabaseConnection) {
    let long = "Besaitungswerkstattmeisterin".repeat(3)[..80].to_owned();
    for (table, columns) in [
        ("stringers", "display_name town business_name"),
        ("persons", "display_first_name display_last_name"),
        ("client_profiles", "nickname default_tension_memo contact internal_notes"),
        ("client_rackets", "nickname serial grip_size"),
        ("rackets", "manufacturer model string_pattern"),
        ("strings", "manufacturer model"),
        ("orders", "method mains_colour dt_device comment_public comment_private"),
    ] {
        for column in columns.split(' ') {
            let sql = format!("UPDATE {table} SET {column} = '{long}' WHERE TRUE");
            raw.execute_unprepared(&sql).await.expect("longer");
        }
    }
    for money in ["labor", "mains_price"] {
        let sql =
            format!("UPDATE orders SET {money} = 10000000 WHERE NOT is_self AND NOT mains_byo");
        raw.execute_unprepared(&sql).await.expect("dearer");
    }
}
