//! Being paid in one tap or in parts: what is open, what the receipt says of it, and what an
//! edit makes of it.

use chrono::Datelike as _;
use rbo::demo;
use rbo::models::orders::{self, Payment, Said, State, Step, StepRefused};
use rbo::models::stringers::Member;
use rbo::models::{ModelError, payments, receipt_emissions};
use rbo::receipts::Snapshot;
use sea_orm::prelude::Uuid;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};
use sea_orm_tenancy::Db;

use crate::support::{Answer, Browser, World};

/// A stringer with a job for CHF 25.00 that is not strung yet.
struct Shop {
    world: World,
    me: Member,
    db: Db,
    stefan: Browser,
    path: String,
    id: Uuid,
}

impl Shop {
    async fn of(labor: &str) -> Self {
        let world = World::demo().await;
        let (me, db) = world.at_work(demo::STEFAN).await;
        let mut stefan = world.stefan().await;
        let fields = [
            ("client", "new"),
            ("first_name", "Vera"),
            ("frame", "new"),
            ("racket", "Head Boom MP"),
            ("mains_tension", "24"),
            ("labor", labor),
        ];
        let saved = stefan.post("/orders", &fields).await.sees(303).location();
        let path = saved.split('?').next().unwrap().to_owned();
        let id = path["/orders/".len()..].parse().unwrap();
        Self { world, me, db, stefan, path, id }
    }

    async fn strung(labor: &str) -> Self {
        let mut shop = Self::of(labor).await;
        shop.stefan.post(&format!("{}/strung", shop.path), &[]).await.sees(303);
        shop
    }

    async fn order(&self) -> orders::Model {
        let order = orders::Model::find(&self.db, self.id).await.unwrap();
        // What the order says is received is what its payments are.
        let payments = payments::Entity::find().all(&self.db).await.unwrap();
        let of_it = payments.iter().filter(|paid| paid.order_id == self.id);
        assert_eq!(order.received, of_it.map(|paid| paid.amount).sum::<i64>());
        order
    }

    async fn state(&self) -> State {
        self.order().await.dates().state()
    }

    async fn paid(&self) -> Vec<(Option<Payment>, i64)> {
        let order = self.order().await;
        let payments = payments::Entity::of(&self.db, &order).await.unwrap();
        payments.iter().map(|paid| (paid.kind, paid.amount)).collect()
    }

    async fn pay(&mut self, kind: &str, amount: &str) {
        self.try_to_pay(kind, amount).await.sees(303);
    }

    /// With what its page says of the order.
    async fn try_to_pay(&mut self, kind: &str, amount: &str) -> Answer {
        let page = self.stefan.get(&self.path).await.sees(200);
        let version = page.value("input[name=lock_version]").unwrap_or_default();
        let fields = [("payment", kind), ("amount", amount), ("lock_version", version.as_str())];
        self.stefan.post(&format!("{}/paid", self.path), &fields).await
    }

    async fn says(&self) -> Snapshot {
        let said = receipt_emissions::Entity::last_snapshot(&self.db, self.id).await.unwrap();
        Snapshot::from_json(&said.expect("a receipt")).expect("a snapshot")
    }

    async fn issues(&self) -> usize {
        receipt_emissions::Entity::of_order(&self.db, self.id).await.unwrap().len()
    }

    /// Its page is edited as it is, but for a field.
    async fn edit(&mut self, field: &str, value: &str) {
        let form = self.stefan.get(&format!("{}/edit", self.path)).await.sees(200);
        let mut fields = form.form("#order-form");
        for (name, typed) in &mut fields {
            if name == field {
                *typed = value.to_owned();
            }
        }
        self.stefan.post_fields(&self.path, &fields).await.sees(303);
    }
}

#[tokio::test]
async fn what_is_paid_in_parts_is_paid_when_they_cover_the_total() {
    let mut shop = Shop::strung("25").await;
    assert_eq!((shop.says().await.paid_label.as_str(), shop.issues().await), ("offen", 1));
    shop.pay("cash", "10").await;
    assert_eq!(shop.state().await, State::Strung);
    let says = shop.says().await;
    assert_eq!((says.paid, says.paid_label.as_str()), (false, "noch offen CHF\u{a0}15.00"));
    assert_eq!((says.received.len(), says.total.as_str()), (1, "CHF\u{a0}25.00"));
    assert!(says.received[0].label.ends_with(", bar") && says.received[0].value == "10.00");
    assert_eq!(says.rest.map(|rest| rest.value).as_deref(), Some("15.00"));
    // The page says it too, and lists what is open of it.
    let page = shop.stefan.get(&shop.path).await.sees(200);
    assert!(page.contains("Noch offen") && page.contains("15.00"));
    assert!(shop.stefan.get("/orders?state=unpaid").await.sees(200).contains("CHF\u{a0}15.00"));

    shop.pay("twint", "").await;
    assert_eq!(shop.state().await, State::Paid);
    let both = [(Some(Payment::Cash), 1_000), (Some(Payment::Twint), 1_500)];
    assert_eq!(shop.paid().await, both);
    let says = shop.says().await;
    assert!(says.paid && says.paid_label.starts_with("bezahlt am "), "{}", says.paid_label);
    assert_eq!((says.received.len(), says.rest, shop.issues().await), (2, None, 3));

    // The undo takes back what it was paid off with; then the other one.
    for _twice in 0..2 {
        shop.stefan.delete(&format!("{}/paid", shop.path)).await.sees(303);
        assert_eq!((shop.state().await, shop.paid().await), (State::Strung, both[..1].to_vec()));
    }
    let order = shop.order().await;
    let part = payments::Entity::of(&shop.db, &order).await.unwrap()[0].id;
    shop.stefan.delete(&format!("{}/payments/{part}", shop.path)).await.sees(303);
    assert_eq!((shop.paid().await, shop.says().await.paid_label.as_str()), (vec![], "offen"));
    shop.stefan.delete(&format!("{}/payments/{part}", shop.path)).await.sees(404);
}

#[tokio::test]
async fn what_is_no_payment_is_answered_and_stays_typed() {
    let mut shop = Shop::strung("25").await;
    let paid = format!("{}/paid", shop.path);
    for (kind, amount, said) in [
        ("cash", "25.05", "So viel ist nicht mehr offen"),
        ("twint", "1000", "So viel ist nicht mehr offen"),
        ("cash", "0", "Trag ein, wie viel bezahlt wurde"),
        ("", "10", "Tipp an, wie bezahlt wurde"),
        ("", "", "Tipp an, wie bezahlt wurde"),
        ("cash", "zehn", "25"),
        ("cash", "-5", "25"),
    ] {
        let page = shop.try_to_pay(kind, amount).await.sees(422);
        assert!(page.contains(said), "{kind} {amount}");
        assert_eq!(page.value("input[name=amount]").as_deref(), Some(amount));
        assert_eq!((shop.paid().await.len(), shop.issues().await), (0, 1), "{kind} {amount}");
    }
    let mut marco = shop.world.marco().await;
    let fields = [("payment", "cash"), ("amount", "5")];
    marco.post(&paid, &fields).await.sees(404);
    assert_eq!(shop.paid().await, []);
}

#[tokio::test]
async fn a_deposit_is_taken_before_the_racket_is_strung_and_is_not_lost_with_the_order() {
    let mut shop = Shop::of("25").await;
    let page = shop.stefan.get(&shop.path).await.sees(200);
    assert_eq!(page.element("details summary.button").as_deref(), Some("Anzahlung"));
    shop.pay("cash", "10").await;
    assert_eq!((shop.state().await, shop.order().await.paid_in_advance), (State::Ordered, false));
    // All of it is paid in advance, which is said on the form.
    let page = shop.try_to_pay("cash", "15").await.sees(422);
    assert!(page.contains("Im Voraus bezahlt"));
    let page = shop.stefan.post(&format!("{}/cancelled", shop.path), &[]).await.sees(422);
    assert!(page.contains("schon etwas bezahlt"));
    shop.stefan.post(&format!("{}/strung", shop.path), &[]).await.sees(303);
    assert_eq!(shop.says().await.paid_label, "noch offen CHF\u{a0}15.00");
    shop.stefan.delete(&format!("{}/strung", shop.path)).await.sees(303);
    let refused = orders::Entity::set_aside(&shop.db, &shop.me, shop.id, "kaputt").await;
    assert!(matches!(refused, Err(ModelError::Step(StepRefused::CancelPaid))), "{refused:?}");
}

#[tokio::test]
async fn another_price_opens_an_order_and_closes_it_again() {
    let mut shop = Shop::strung("25").await;
    shop.pay("transfer", "").await;
    shop.edit("labor", "30").await;
    assert_eq!(shop.state().await, State::Strung);
    assert_eq!(shop.says().await.paid_label, "noch offen CHF\u{a0}5.00");
    shop.edit("labor", "20").await;
    assert_eq!(shop.state().await, State::Paid);
    let rest = shop.says().await.rest.expect("too much");
    assert_eq!((rest.label.as_str(), rest.value.as_str()), ("Zu viel bezahlt", "5.00"));
    // One that an older book says is paid stays so, whatever it costs now.
    let old = orders::ActiveModel { received: Set(0), ..Default::default() };
    orders::Entity::update_many().set(old).exec(&shop.db).await.unwrap();
    payments::Entity::delete_many().exec(&shop.db).await.unwrap();
    shop.edit("labor", "40").await;
    assert_eq!(shop.state().await, State::Paid);
}

#[tokio::test]
async fn coins_round_what_is_paid_in_cash_and_nothing_else() {
    for (labor, paid, rounded) in [("25.03", 2_505, "+0.02"), ("25.02", 2_500, "−0.02")] {
        let mut shop = Shop::strung(labor).await;
        shop.pay("cash", "").await;
        assert_eq!((shop.state().await, shop.paid().await[0].1), (State::Paid, paid), "{labor}");
        let says = shop.says().await;
        assert_eq!(says.received[0].label, "Rundung auf 5 Rappen, bar");
        assert_eq!((says.received[0].value.as_str(), says.rest), (rounded, None), "{labor}");
        shop.stefan.delete(&format!("{}/paid", shop.path)).await.sees(303);
        shop.pay("transfer", "").await;
        let says = shop.says().await;
        assert_eq!(says.received.len(), 1);
        assert_eq!(says.received[0].value, labor);
    }
}

#[tokio::test]
async fn a_part_is_received_in_the_month_in_which_it_was_paid() {
    let shop = Shop::strung("25").await;
    let year = shop.me.today().year();
    let received = async || {
        let year = orders::Entity::year(&shop.db, year, shop.me.currency()).await.unwrap();
        year.whole.received
    };
    let before = received().await;
    let said = Said { amount: Some(1_000), payment: Some(Payment::Card), ..Said::default() };
    orders::Entity::mark(&shop.db, &shop.me, shop.id, Step::Paid, said).await.unwrap();
    assert_eq!(received().await, before + 1_000);
    let owed = async || {
        let currency = shop.me.currency();
        let ages = orders::Entity::debts(&shop.db, shop.me.today(), currency).await.unwrap();
        ages.iter().map(|debt| debt.sum).sum::<i64>()
    };
    let open = owed().await;
    orders::Entity::mark(&shop.db, &shop.me, shop.id, Step::Paid, Said::default()).await.unwrap();
    assert_eq!((received().await, owed().await), (before + 2_500, open - 1_500));
}

#[tokio::test]
async fn many_payments_share_a_line_and_the_total_stays_where_it_is() {
    let mut shop = Shop::strung("25").await;
    for _ in 0..7 {
        shop.pay("cash", "2").await;
    }
    let says = shop.says().await;
    assert_eq!(
        (says.received.len(), says.received[0].label.as_str()),
        (4, "Früher bezahlt, 4 Mal")
    );
    assert_eq!(says.received[0].value, "8.00");
    rbo::receipts::render(says.to_json(), None).await.expect("one page");
    // A code to pay the rest with takes the place of two.
    let page = shop.stefan.get("/settings/paying").await.sees(200);
    let version = page.value("input[name=version]").expect("a version");
    let link = [("link", "https://pay.example.ch/stefan"), ("version", version.as_str())];
    shop.stefan.post("/settings/paying", &link).await.sees(303);
    shop.pay("cash", "2").await;
    let says = shop.says().await;
    assert!(says.pay.is_some());
    assert_eq!(
        (says.received.len(), says.received[0].label.as_str()),
        (2, "Früher bezahlt, 7 Mal")
    );
}

#[tokio::test]
async fn what_is_sent_again_is_paid_once() {
    let mut shop = Shop::strung("25").await;
    let page = shop.stefan.get(&shop.path).await.sees(200);
    let version = page.value("input[name=lock_version]").expect("a version");
    let paid = format!("{}/paid", shop.path);
    let part = [("payment", "cash"), ("amount", "12.50"), ("lock_version", version.as_str())];
    shop.stefan.post(&paid, &part).await.sees(303);
    let page = shop.stefan.post(&paid, &part).await.sees(422);
    assert!(page.contains("inzwischen etwas geändert"));
    let unseen = shop.stefan.post(&paid, &part[..2]).await.sees(422);
    assert_eq!(unseen.value("input[name=amount]").as_deref(), Some("12.50"));
    assert_eq!(shop.paid().await, [(Some(Payment::Cash), 1_250)]);
    // All of it is paid however often it is tapped, and a later tap rewrites nothing.
    for kind in ["twint", "twint", "transfer"] {
        shop.stefan.post(&paid, &[("payment", kind)]).await.sees(303);
    }
    let both = [(Some(Payment::Cash), 1_250), (Some(Payment::Twint), 1_250)];
    assert_eq!((shop.paid().await, shop.issues().await), (both.to_vec(), 3));
    let page = shop.stefan.post(&paid, &part).await.sees(422);
    assert!(page.contains("nicht mehr offen"));
    assert_eq!(shop.paid().await, both);
}

#[tokio::test]
async fn an_edit_rewrites_no_payment_and_coins_count_whatever_came_last() {
    let mut shop = Shop::strung("25.02").await;
    shop.pay("cash", "10").await;
    shop.pay("twint", "15").await;
    let both = [(Some(Payment::Cash), 1_000), (Some(Payment::Twint), 1_500)];
    assert_eq!((shop.state().await, shop.paid().await), (State::Paid, both.to_vec()));
    assert_eq!(shop.says().await.received[0].value, "−0.02");
    assert_eq!(shop.says().await.rest, None);
    let issues = shop.issues().await;
    shop.edit("comment_private", "nur für mich").await;
    assert_eq!((shop.state().await, shop.paid().await), (State::Paid, both.to_vec()));
    assert_eq!(shop.issues().await, issues, "a note of one's own issues nothing");
    // The day of the last moves, and the order is paid on the latest of all.
    let day = shop.order().await.ordered_at.unwrap().to_string();
    let paid = format!("{}/paid", shop.path);
    shop.stefan.post(&paid, &[("date", &day)]).await.sees(303);
    assert_eq!(shop.order().await.paid_at, Some(shop.me.today()));
    // And no undo is offered that would take it back instead of moving it.
    let moved = shop.stefan.post(&paid, &[("date", &day)]).await.sees(303).location();
    assert_eq!(moved, shop.path);
    shop.stefan.delete(&paid).await.sees(303);
    shop.edit("comment_private", "nochmals").await;
    assert_eq!((shop.state().await, shop.paid().await), (State::Strung, both[..1].to_vec()));
}

#[tokio::test]
async fn what_was_paid_too_much_is_given_back() {
    let mut shop = Shop::of("25").await;
    shop.pay("cash", "10").await;
    let strung = format!("{}/strung", shop.path);
    let order = shop.order().await;
    let early = orders::Entity::update_many()
        .set(orders::ActiveModel {
            ordered_at: Set(order.ordered_at.and_then(|day| day.pred_opt())),
            ..Default::default()
        })
        .filter(orders::Column::Id.eq(shop.id));
    early.exec(&shop.db).await.unwrap();
    let yesterday = shop.me.today().pred_opt().unwrap();
    let deposit = payments::ActiveModel { paid_on: Set(yesterday), ..Default::default() };
    payments::Entity::update_many()
        .set(deposit)
        .filter(payments::Column::OrderId.eq(shop.id))
        .exec(&shop.db)
        .await
        .unwrap();
    shop.stefan.post(&strung, &[]).await.sees(303);
    shop.pay("twint", "").await;
    shop.edit("labor", "10").await;
    let order = shop.order().await;
    let last = payments::Entity::of(&shop.db, &order).await.unwrap()[1].id;
    // Which of them goes back has to be said.
    let page = shop.stefan.delete(&format!("{}/paid", shop.path)).await.sees(422);
    assert!(page.contains("Auch ohne die letzte Zahlung"));
    shop.stefan.delete(&format!("{}/payments/{last}", shop.path)).await.sees(303);
    let order = shop.order().await;
    assert_eq!((order.paid_at, order.paid_in_advance), (Some(yesterday), true));
    assert_eq!((shop.says().await.rest, shop.state().await), (None, State::Paid));
}

#[tokio::test]
async fn what_was_for_nothing_and_costs_something_now_is_open() {
    let mut shop = Shop::of("0").await;
    shop.stefan.post(&format!("{}/strung", shop.path), &[("free", "1")]).await.sees(303);
    shop.pay("cash", "").await;
    assert_eq!((shop.state().await, shop.paid().await), (State::Paid, vec![]));
    shop.edit("labor", "30").await;
    assert_eq!(
        (shop.state().await, shop.says().await.paid_label.as_str()),
        (State::Strung, "offen")
    );
}
