//! What a year brought: each figure is what counting all orders one by one gives.

use chrono::Datelike as _;
use rbo::demo;
use rbo::models::orders::report::{AGES, Year};
use rbo::models::orders::{Entity, Model};
use rbo::models::stringers::Member;
use rbo::units::{Currency, Sport};
use rbo::values::Vocabulary as _;
use sea_orm::EntityTrait;
use sea_orm_tenancy::Db;

use crate::support::sample::{settled, seven_years, written};
use crate::support::{Browser, World};

const TABLES: [&str; 4] = ["months", "clients", "strings", "debts"];

/// A book with an older one in it: hybrids, own strings, own rackets, debts.
async fn full() -> (World, Browser, Member, Db) {
    let world = World::demo().await;
    let (me, db) = world.at_work(demo::STEFAN).await;
    let mut stefan = world.stefan().await;
    let file = written(&seven_years(), false, false);
    let path = stefan.upload("/imports", "x.xlsx", &file).await.sees(303).location();
    settled(&db, &path).await;
    stefan.post(&format!("{path}/approval"), &[]).await.sees(303);
    settled(&db, &path).await;
    (world, stefan, me, db)
}

fn money(orders: &[&Model]) -> i64 {
    orders.iter().map(|order| order.prices().total().minor()).sum()
}

fn count(of: &[&Model]) -> i64 {
    i64::try_from(of.len()).unwrap()
}

/// A year's orders of clients and of the stringer.
fn strung(all: &[Model], year: i32) -> (Vec<&Model>, Vec<&Model>) {
    let strung = all.iter().filter(|order| order.cancelled_at.is_none());
    strung
        .filter(|order| order.strung_at.is_some_and(|date| date.year() == year))
        .partition(|order| !order.is_self)
}

fn percent(of: usize, all: usize) -> Option<i64> {
    let (of, all) = (i64::try_from(of).unwrap(), i64::try_from(all).unwrap());
    (all > 0).then(|| (200 * of + all).div_euclid(2 * all))
}

#[tokio::test]
async fn each_figure_is_what_counting_one_by_one_gives() {
    let (_world, _stefan, me, db) = full().await;
    let all = Entity::find().all(&db).await.unwrap();
    assert!(
        all.iter().all(|order| {
            order.total == (!order.is_self).then(|| order.prices().total().minor())
        })
    );
    for year in 2019..=me.today().year() {
        let brought = Entity::year(&db, year, me.currency()).await.unwrap();
        let (clients, own) = strung(&all, year);
        assert_eq!((brought.whole.jobs, brought.whole.own), (count(&clients), count(&own)));
        assert_eq!(brought.whole.earned, money(&clients), "{year}");
        assert_eq!(brought.months.iter().map(|month| month.earned).sum::<i64>(), money(&clients));
        let paid = |order: &&Model| order.paid_at.is_some_and(|day| day.year() == year);
        let paid: Vec<&Model> = all.iter().filter(paid).collect();
        assert_eq!(brought.whole.received, money(&paid), "{year}");
        let byo = clients.iter().filter(|order| order.mains_byo || order.crosses_byo).count();
        assert_eq!(brought.byo, percent(byo, clients.len()));
        let hybrids = clients.iter().filter(|order| order.is_hybrid()).count();
        assert_eq!(brought.hybrids, percent(hybrids, clients.len()));
        let waited = clients.iter().filter_map(|o| Some((o.strung_at? - o.ordered_at?).num_days()));
        let waited: Vec<i64> = waited.collect();
        let tenths = percent_of_tenths(&waited);
        assert_eq!(brought.turnaround, tenths, "{year}");
        the_strings_and_clients_are_theirs(&brought, &clients, &own);
    }
}

fn percent_of_tenths(waited: &[i64]) -> Option<i64> {
    let (sum, count) = (waited.iter().sum::<i64>(), i64::try_from(waited.len()).unwrap());
    (count > 0).then(|| (20 * sum + count).div_euclid(2 * count))
}

fn the_strings_and_clients_are_theirs(brought: &Year, clients: &[&Model], own: &[&Model]) {
    let sides = clients.iter().chain(own).flat_map(|order| {
        let length = order.sport.set_length() / 2;
        let mains = (&order.mains_name, order.mains_byo, length);
        [mains, (&order.crosses_name, order.crosses_byo, length)]
    });
    let sides: Vec<_> = sides.filter(|(_, byo, _)| !byo).collect();
    for used in &brought.strings {
        let sides = sides.iter().filter(|(name, ..)| name.as_ref() == Some(&used.name));
        let lengths: Vec<i64> = sides.map(|(.., length)| *length).collect();
        assert_eq!(used.sides, i64::try_from(lengths.len()).unwrap(), "{}", used.name);
        assert_eq!(used.length, lengths.iter().sum::<i64>(), "{}", used.name);
    }
    for regular in &brought.clients {
        let theirs = |order: &&&Model| order.client_profile_id == regular.client_profile_id;
        let theirs: Vec<&Model> = clients.iter().filter(theirs).copied().collect();
        assert_eq!((regular.jobs, regular.earned), (count(&theirs), money(&theirs)));
    }
    assert!(brought.clients.is_sorted_by_key(|regular| -regular.earned));
}

#[tokio::test]
async fn debts_are_told_by_their_age() {
    let (_world, mut stefan, me, db) = full().await;
    let all = Entity::find().all(&db).await.unwrap();
    let unpaid: Vec<&Model> = all.iter().filter(|order| order.dates().is_unpaid()).collect();
    let debts = Entity::debts(&db, me.today(), me.currency()).await.unwrap();
    assert_eq!(debts.iter().map(|debt| debt.orders).sum::<i64>(), count(&unpaid));
    assert_eq!(debts.iter().map(|debt| debt.sum).sum::<i64>(), money(&unpaid));
    let age = |order: &Model| (me.today() - order.strung_at.unwrap()).num_days();
    let oldest: Vec<&Model> = unpaid.iter().filter(|order| age(order) > AGES[2]).copied().collect();
    assert_eq!(debts[3].orders, count(&oldest));
    assert!(stefan.get("/reports").await.sees(200).contains("/reports/"));
}

#[tokio::test]
async fn a_table_is_a_file_too_and_nobody_elses() {
    let (world, mut stefan, me, db) = full().await;
    let year = me.today().year() - 1;
    let brought = Entity::year(&db, year, me.currency()).await.unwrap();
    let page = stefan.get(&format!("/reports?year={year}")).await.sees(200);
    let shown = me.region().money(brought.money(brought.whole.earned)).replace('\u{a0}', " ");
    let sum = ".figures div:nth-child(2) dd";
    assert_eq!(page.element(sum), Some(shown.clone()));
    for table in TABLES {
        let csv = stefan.get(&format!("/reports/{year}-{table}.csv")).await.sees(200);
        assert!(csv.text().starts_with('\u{feff}') && csv.text().contains(';'), "{table}");
        let xlsx = stefan.get(&format!("/reports/{year}-{table}.xlsx")).await.sees(200);
        assert!(xlsx.bytes.starts_with(b"PK"), "{table}");
    }
    let csv = stefan.get(&format!("/reports/{year}-months.csv")).await.text();
    let earned = csv.lines().skip(1).filter_map(|line| line.split(';').nth(3));
    let earned: f64 = earned.map(|amount| amount.parse::<f64>().unwrap()).sum();
    assert_eq!(format!("{earned:.2}"), brought.money(brought.whole.earned).plain());
    let theirs = world.marco().await.get(&format!("/reports?year={year}")).await.sees(200);
    assert_ne!(theirs.element(sum), Some(shown));
    // In another currency nothing is summed up, and it says so.
    let euro = Currency::from_code("EUR").unwrap();
    let foreign = Entity::year(&db, year, euro).await.unwrap();
    assert_eq!((foreign.whole.earned, foreign.foreign), (0, brought.whole.jobs));
    for odd in
        ["", "?year=1900", "?year=-5000", "?year=x", "?year=-999999999", "?year=99999999999999"]
    {
        stefan.get(&format!("/reports{odd}")).await.sees(200);
    }
    for odd in ["2026", "2026-months", "2026-years.csv", "x-months.csv", "2026-months.exe", "-.csv"]
    {
        stefan.get(&format!("/reports/{odd}")).await.sees(404);
    }
    assert_eq!(Sport::Badminton.set_length(), 1000);
}
