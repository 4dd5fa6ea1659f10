//! Receipts of a day, printed in one go.

use rbo::demo;
use rbo::models::orders::{self, Payment, Said, Step};
use rbo::models::receipt_emissions;

use crate::support::{World, waiting};

#[tokio::test]
async fn the_open_receipts_of_a_day_are_one_file_as_they_were_issued() {
    let world = World::demo().await;
    let mut stefan = world.stefan().await;
    let (me, db) = world.at_work(demo::STEFAN).await;
    let file = format!("/days/{}/receipts.pdf", me.today());
    let mark = async |order, step, said| {
        orders::Entity::mark(&db, &me, order, step, said).await.expect("a step");
    };
    let open = orders::Entity::count_open_of(&db, me.today()).await.unwrap();
    assert_eq!(open, 0, "of the demo's world");
    stefan.get(&file).await.sees(404);
    let mut queue = waiting(&db).await;
    queue.truncate(2);
    for order in &queue {
        mark(*order, Step::Strung, Said::default()).await;
    }
    // Issued twice: the latest counts.
    orders::Entity::issue_by_hand(&db, queue[1]).await.unwrap();
    for order in &queue {
        for issue in receipt_emissions::Entity::of_order(&db, *order).await.unwrap() {
            receipt_emissions::Entity::render(&db, issue.id).await.unwrap();
        }
    }
    let page = stefan.get(&format!("/days/{}", me.today())).await.sees(200);
    assert!(page.contains("2 offene Belege drucken (an dem Tag"), "{}", page.text());
    let answer = stefan.get(&file).await.sees(200);
    assert_eq!(answer.headers["content-type"], "application/pdf");
    let named = answer.headers["content-disposition"].to_str().unwrap();
    assert!(named.contains(&format!("Belege-{}.pdf", me.today())), "{named}");
    let pdf = hayro_syntax::Pdf::new(answer.bytes.clone()).expect("a PDF");
    assert_eq!(pdf.pages().len(), 2);
    let printed = receipt_emissions::Entity::open_of_day(&db, me.today()).await.unwrap();
    let latest = async |order| receipt_emissions::Entity::latest(&db, order).await.unwrap();
    let expected = [latest(queue[0]).await, latest(queue[1]).await];
    let printed: Vec<_> = printed.iter().map(|receipt| Some(receipt.id)).collect();
    assert_eq!(printed, expected, "by their numbers, each as it was issued last");
    // What has no file yet gets one for it.
    orders::Entity::issue_by_hand(&db, queue[0]).await.unwrap();
    let again = stefan.get(&file).await.sees(200);
    assert_eq!(hayro_syntax::Pdf::new(again.bytes).expect("a PDF").pages().len(), 2);
    // What is paid is not open.
    let paid = Said { payment: Some(Payment::Cash), ..Said::default() };
    mark(queue[0], Step::Paid, paid).await;
    let page = stefan.get(&format!("/days/{}", me.today())).await.sees(200);
    assert!(page.contains("Offenen Beleg drucken"), "{}", page.text());
    let one = stefan.get(&file).await.sees(200);
    assert_eq!(hayro_syntax::Pdf::new(one.bytes).expect("a PDF").pages().len(), 1);
    world.marco().await.get(&file).await.sees(404);
    stefan.get("/days/9999-01-01/receipts.pdf").await.sees(404);
}

#[tokio::test]
async fn the_list_of_emissions_says_what_each_says_of_the_money() {
    let world = World::demo().await;
    let mut stefan = world.stefan().await;
    let (me, db) = world.at_work(demo::STEFAN).await;
    let order = orders::Entity::queue(&db, 1).await.unwrap()[0].id;
    orders::Entity::mark(&db, &me, order, Step::Strung, Said::default()).await.unwrap();
    let total = me.region().money(orders::Model::find(&db, order).await.unwrap().prices().total());
    let paid = Said { payment: Some(Payment::Twint), ..Said::default() };
    orders::Entity::mark(&db, &me, order, Step::Paid, paid).await.unwrap();
    let page = stefan.get(&format!("/orders/{order}")).await.sees(200);
    let receipt = page.element("#receipt").expect("its receipts");
    assert_eq!(receipt.matches(&total.replace('\u{a0}', " ")).count(), 2, "{receipt}");
    assert_eq!(receipt.matches("Ersetzt").count(), 1);
    assert!(receipt.contains("offen") && receipt.contains("bezahlt am"));
}
