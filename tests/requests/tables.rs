//! The first day of another stringer: a real log of 220 jobs, whose columns are its own.

use std::collections::{HashMap, HashSet};

use rbo::demo;
use rbo::models::orders::{Column, Entity, Model};
use rbo::models::v1_imports::{ImportState, Upload};
use rbo::units::{Sport, TensionUnit};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use crate::support::sample::settled;
use crate::support::{Answer, World};

/// A real log under MIT (hackenbecker/stringer-app), with invented names.
const LOG: &[u8] = include_bytes!("../fixtures/stringjobs.csv");

/// The form of the columns, as the page has guessed it.
fn guessed(page: &Answer) -> Vec<(String, String)> {
    page.form("form[action$='/columns']")
}

fn with(form: &[(String, String)], field: &str, value: &str) -> Vec<(String, String)> {
    let others = form.iter().filter(|(name, _)| name != field).cloned();
    others.chain([(field.to_owned(), value.to_owned())]).collect()
}

#[tokio::test]
async fn a_real_log_comes_in_whole() {
    let world = World::demo().await;
    let (_, db) = world.at_work(demo::MARCO).await;
    let mut marco = world.marco().await;
    let clients = world.rows("client_profiles").await;
    let path = marco.upload("/imports", "stringjobs.csv", LOG).await.sees(303).location();
    settled(&db, &path).await;
    let id = path.rsplit('/').next().unwrap().parse().unwrap();
    let upload = async || Upload::find(&db, id).await.unwrap();
    assert_eq!(upload().await.state, ImportState::Matching);
    let page = marco.get(&path).await.sees(200);
    let form = with(&guessed(&page), "unit", "lb");
    // Without a client's column it asks for one, and keeps what was said.
    let nobody = with(&form, "column-1", "nothing");
    let asked = marco.post_fields(&format!("{path}/columns"), &nobody).await.sees(422);
    assert!(asked.contains("No column has the client"));
    assert_eq!(asked.value("#f-unit option[selected]"), Some("lb".to_owned()));
    marco.post_fields(&format!("{path}/columns"), &form).await.sees(303);
    settled(&db, &path).await;

    let report = upload().await.report().expect("a report");
    assert!(report.is_ok(), "{report:?}");
    assert_eq!((report.clients.file, report.clients.new), (220, 220));
    assert_eq!(report.new_clients, 50);
    assert_eq!(report.odd.count, 24, "delivered before they were collected");
    let revenue: i64 = report.revenue.iter().map(|year| year.book).sum();
    assert_eq!(revenue, 306_700);
    marco.post(&format!("{path}/approval"), &[]).await.sees(303);
    settled(&db, &path).await;
    assert_eq!(upload().await.state, ImportState::Done);
    assert_eq!(world.rows("client_profiles").await, clients + 50);

    let orders = Entity::find().filter(Column::ExternalRef.starts_with("table/"));
    let orders = orders.all(&db).await.unwrap();
    assert_eq!(orders.len(), 220);
    the_rows_are_what_they_say(&orders);
    // A second time it brings nothing.
    let path = marco.upload("/imports", "again.csv", LOG).await.sees(303).location();
    settled(&db, &path).await;
    marco.post_fields(&format!("{path}/columns"), &form).await.sees(303);
    settled(&db, &path).await;
    let id = path.rsplit('/').next().unwrap().parse().unwrap();
    let again = Upload::find(&db, id).await.unwrap().report().expect("a report");
    assert_eq!((again.clients.known, again.brings_anything()), (220, false));
}

fn the_rows_are_what_they_say(orders: &[Model]) {
    let count = |which: fn(&&Model) -> bool| orders.iter().filter(which).count();
    assert_eq!(count(|order| order.sport == Sport::Badminton), 215);
    assert_eq!(count(|order| order.mains_byo), 62);
    assert_eq!(count(|order| order.paid_at.is_some()), 207);
    assert_eq!(count(|order| order.tension_unit == TensionUnit::Lb), 220);
    assert!(orders.iter().all(|order| order.crosses_tension.is_some()), "0 is as the mains");
    // Rows that are equal but for their number are rackets of their own.
    let mut said: HashMap<String, HashSet<_>> = HashMap::new();
    for order in orders {
        let row = format!(
            "{:?}",
            (
                (order.client_profile_id, order.ordered_at, order.strung_at, &order.racket_name),
                (&order.mains_name, &order.crosses_name, order.mains_tension, order.labor),
                (order.crosses_tension, order.paid_at, order.mains_byo, order.returned_at),
                (&order.comment_private, order.sport),
            )
        );
        said.entry(row).or_default().insert(order.client_racket_id);
    }
    assert_eq!(said.values().map(HashSet::len).sum::<usize>(), 220, "no twin shares a racket");
    assert!(orders.len() - said.len() >= 37);
}

#[tokio::test]
async fn a_german_table_with_two_rackets_in_a_row_and_a_member() {
    let world = World::demo().await;
    let (_, db) = world.at_work(demo::STEFAN).await;
    let mut stefan = world.stefan().await;
    // From an older Windows, with prices in cents and both units in a column.
    let table = "Datum;Kunde;Anzahl;Saite;H\u{e4}rte;Preis;Bezahlt\r\n\
                 3.4.2024;J\u{fc}rg Frei;2;RPM;24/23;4100;ja\r\n\
                 4.4.2024;ein Mitglied;;RPM;52;2000;nein\r\n";
    let (table, ..) = encoding_rs::WINDOWS_1252.encode(table);
    let path = stefan.upload("/imports", "liste.csv", &table).await.sees(303).location();
    settled(&db, &path).await;
    let page = stefan.get(&path).await.sees(200);
    assert!(page.contains("Jürg Frei"));
    let form = with(&with(&guessed(&page), "unit", "both"), "above", "35");
    let form = with(&form, "cents", "1");
    stefan.post_fields(&format!("{path}/columns"), &form).await.sees(303);
    settled(&db, &path).await;
    stefan.post(&format!("{path}/approval"), &[]).await.sees(303);
    settled(&db, &path).await;
    let orders = Entity::find().filter(Column::ExternalRef.starts_with("table/"));
    let mut orders = orders.all(&db).await.unwrap();
    orders.sort_by_key(|order| (order.ordered_at, order.external_ref.clone()));
    let said: Vec<_> = orders
        .iter()
        .map(|order| {
            (order.labor, order.mains_tension, order.tension_unit, order.paid_at.is_some())
        })
        .collect();
    let two = (Some(2050), Some(2400), TensionUnit::Kg, true);
    assert_eq!(said, [two, two, (Some(2000), Some(5200), TensionUnit::Lb, false)]);
    assert_ne!(orders[0].client_racket_id, orders[1].client_racket_id);
    assert_eq!(orders[2].client_name.as_deref(), Some("ein Mitglied"));
}
