//! What a year brought.

use chrono::Datelike as _;
use rbo::demo;
use rbo::models::orders;
use rbo::values::Vocabulary as _;
use sea_orm::EntityTrait;

use crate::support::World;

#[tokio::test]
async fn a_years_months_add_up_to_what_was_strung_and_to_nobody_elses() {
    let world = World::demo().await;
    let (me, db) = world.at_work(demo::STEFAN).await;
    let year = me.today().year() - 1;
    let all = orders::Entity::find().all(&db).await.unwrap();
    let strung: Vec<_> = all
        .iter()
        .filter(|order| order.cancelled_at.is_none())
        .filter(|order| order.strung_at.is_some_and(|date| date.year() == year))
        .collect();
    let jobs = strung.iter().filter(|order| !order.is_self).count();
    let revenue: i64 = strung
        .iter()
        .filter(|order| !order.is_self)
        .map(|order| order.prices().total().minor())
        .sum();
    assert!(jobs > 10 && revenue > 0);

    let brought = orders::Entity::year(&db, year, me.currency()).await.unwrap();
    assert_eq!(usize::try_from(brought.whole.jobs).unwrap(), jobs);
    assert_eq!(brought.whole.revenue, revenue);
    assert_eq!(brought.months.iter().map(|month| month.revenue).sum::<i64>(), revenue);
    let own = strung.len() - jobs;
    assert_eq!(usize::try_from(brought.whole.own).unwrap(), own);
    // In another currency nothing is summed up, and it says so.
    let euro = rbo::units::Currency::from_code("EUR").unwrap();
    let foreign = orders::Entity::year(&db, year, euro).await.unwrap();
    assert_eq!((foreign.whole.revenue, usize::try_from(foreign.foreign).unwrap()), (0, jobs));

    let mut stefan = world.stefan().await;
    let page = stefan.get(&format!("/reports?year={year}")).await.sees(200);
    let shown = me.region().money(brought.money(revenue)).replace('\u{a0}', " ");
    let sum = ".figures div:nth-child(2) dd";
    assert_eq!(page.element(sum), Some(shown.clone()));
    let theirs = world.marco().await.get(&format!("/reports?year={year}")).await.sees(200);
    assert_ne!(theirs.element(sum), Some(shown));
    for odd in
        ["", "?year=1900", "?year=-5000", "?year=x", "?year=-999999999", "?year=99999999999999"]
    {
        stefan.get(&format!("/reports{odd}")).await.sees(200);
    }
}
