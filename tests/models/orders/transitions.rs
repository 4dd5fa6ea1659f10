//! The life of an order in the model: each step, its undo and an edit, with what they write
//! beside the order: a line of the audit, a number, a receipt that is owed.

use chrono::Days;
use rbo::demo;
use rbo::forms::OrderForm;
use rbo::models::orders::{self, Said, State, Step, StepRefused};
use rbo::models::stringers::Member;
use rbo::models::{ModelError, client_rackets, order_state_audit, receipt_emissions};
use sea_orm_tenancy::Db;
use uuid::Uuid;

use crate::support::World;

/// A stringer at the bench.
struct Bench {
    _world: World,
    me: Member,
    db: Db,
}

impl Bench {
    async fn new() -> Self {
        let world = World::demo().await;
        let (me, db) = world.at_work(demo::STEFAN).await;
        Self { _world: world, me, db }
    }

    /// A new order, as the form says.
    async fn enter(&self, form: OrderForm) -> Uuid {
        let form = OrderForm {
            frame: "new".into(),
            racket: "Head Boom MP".into(),
            mains_tension: "24".into(),
            labor: "25".into(),
            ordered_at: (self.me.today() - Days::new(5)).to_string(),
            ..form
        };
        let job = form.check(&self.me, self.me.currency()).expect("a job");
        let entered =
            orders::Entity::enter(&self.db, &self.me, job.client, job.rackets, job.setup, None);
        entered.await.expect("entered").orders[0]
    }

    async fn of_client(&self) -> Uuid {
        let mut form = OrderForm { client: "new".into(), ..OrderForm::default() };
        form.newcomer.first_name = "Vera".into();
        self.enter(form).await
    }

    async fn take(&self, order: Uuid, step: Step) {
        orders::Entity::mark(&self.db, &self.me, order, step, Said::default())
            .await
            .expect("taken");
    }

    async fn back(&self, order: Uuid, step: Step) {
        orders::Entity::undo(&self.db, &self.me, order, step).await.expect("taken back");
    }

    async fn state(&self, order: Uuid) -> State {
        orders::Model::find(&self.db, order).await.expect("an order").dates().state()
    }

    /// Lines of the audit, and receipts.
    async fn written(&self, order: Uuid) -> (usize, usize) {
        let audit = order_state_audit::Entity::of_order(&self.db, order).await.expect("an audit");
        let issues = receipt_emissions::Entity::of_order(&self.db, order).await.expect("receipts");
        (audit.len(), issues.len())
    }

    /// Another labor, as the form says it, at this version.
    async fn edit(&self, order: Uuid, version: i64, form: OrderForm) -> Result<bool, ModelError> {
        let order = orders::Model::find(&self.db, order).await.expect("an order");
        let form = OrderForm {
            client: order.client_profile_id.to_string(),
            frame: order.client_racket_id.to_string(),
            mains_tension: "24".into(),
            labor: "31".into(),
            ..form
        };
        let job = form.check(&self.me, self.me.currency()).expect("a job");
        let frame = job.rackets.into_iter().next().expect("a racket").frame;
        let edited = orders::Entity::edit(&self.db, order.id, version, frame, job.setup).await;
        edited.map(|owed| owed.is_some())
    }

    async fn version(&self, order: Uuid) -> i64 {
        orders::Model::find(&self.db, order).await.expect("an order").lock_version
    }
}

#[tokio::test]
async fn each_step_and_each_undo_is_written_down_and_a_receipt_is_issued_where_it_says_so() {
    let bench = Bench::new().await;
    let order = bench.of_client().await;
    assert_eq!((bench.state(order).await, bench.written(order).await), (State::Ordered, (1, 0)));
    for (step, state, written) in [
        (Step::Strung, State::Strung, (2, 1)),
        (Step::Returned, State::Returned, (3, 1)),
        (Step::Paid, State::Done, (4, 2)),
    ] {
        bench.take(order, step).await;
        assert_eq!((bench.state(order).await, bench.written(order).await), (state, written));
        // A second tap changes nothing.
        bench.take(order, step).await;
        assert_eq!(bench.written(order).await, written, "{step:?}");
    }
    let number = orders::Model::find(&bench.db, order).await.unwrap().receipt_number;
    for (step, state, written) in [
        (Step::Returned, State::Paid, (5, 2)),
        (Step::Paid, State::Strung, (6, 3)),
        (Step::Strung, State::Ordered, (7, 3)),
    ] {
        bench.back(order, step).await;
        assert_eq!((bench.state(order).await, bench.written(order).await), (state, written));
    }
    // The number stays with the order and is used again, on a receipt of its own.
    bench.take(order, Step::Strung).await;
    assert_eq!(bench.written(order).await, (8, 4));
    let again = orders::Model::find(&bench.db, order).await.unwrap().receipt_number;
    assert!(number.is_some() && again == number);
}

#[tokio::test]
async fn what_is_refused_writes_nothing() {
    use StepRefused as No;
    let bench = Bench::new().await;
    let ordered = bench.of_client().await;
    let strung = bench.of_client().await;
    bench.take(strung, Step::Strung).await;
    let returned = bench.of_client().await;
    for step in [Step::Strung, Step::Returned] {
        bench.take(returned, step).await;
    }
    let void = bench.of_client().await;
    bench.take(void, Step::Strung).await;
    bench.back(void, Step::Strung).await;
    let off = bench.of_client().await;
    bench.take(off, Step::Cancelled).await;
    let mine = bench.enter(OrderForm { client: "self".into(), ..OrderForm::default() }).await;
    for (order, step, is_taken, why) in [
        (ordered, Step::Returned, true, No::ReturnedBeforeStrung),
        (ordered, Step::Paid, true, No::PaidBeforeStrung),
        (ordered, Step::Ordered, false, No::UndoOrdered),
        (strung, Step::Cancelled, true, No::CancelStrung),
        (returned, Step::Strung, false, No::UndoStrung),
        (void, Step::Cancelled, true, No::CancelNumbered),
        (off, Step::Strung, true, No::IsCancelled),
        (mine, Step::Paid, true, No::SelfJob),
        (mine, Step::Returned, true, No::SelfJob),
    ] {
        let (state, written) = (bench.state(order).await, bench.written(order).await);
        let tried = if is_taken {
            let taken =
                orders::Entity::mark(&bench.db, &bench.me, order, step, Said::default()).await;
            taken.map(|_| ())
        } else {
            orders::Entity::undo(&bench.db, &bench.me, order, step).await.map(|_| ())
        };
        assert!(
            matches!(&tried, Err(ModelError::Step(refused)) if *refused == why),
            "{step:?} {why:?}: {tried:?}"
        );
        assert_eq!((bench.state(order).await, bench.written(order).await), (state, written));
    }
}

#[tokio::test]
async fn an_edit_takes_no_step_but_opens_what_costs_more_now_and_issues_a_receipt_only_where_there_is_one()
 {
    let bench = Bench::new().await;
    let roads: [&[Step]; 6] = [
        &[],
        &[Step::Strung],
        &[Step::Strung, Step::Returned],
        &[Step::Strung, Step::Paid],
        &[Step::Strung, Step::Returned, Step::Paid],
        &[Step::Cancelled],
    ];
    for steps in roads {
        let order = bench.of_client().await;
        for step in steps {
            bench.take(order, *step).await;
        }
        let (state, (noted, issued)) = (bench.state(order).await, bench.written(order).await);
        let version = bench.version(order).await;
        let owed = bench.edit(order, version, OrderForm::default()).await.expect("edited");
        let has_receipt = steps.contains(&Step::Strung);
        assert_eq!(owed, has_receipt, "{steps:?}");
        // It costs 31 and 25 were paid.
        let (state, opened) = match state {
            State::Paid => (State::Strung, 1),
            State::Done => (State::Returned, 1),
            state => (state, 0),
        };
        assert_eq!(bench.state(order).await, state, "{steps:?}");
        let written = (noted + opened, issued + usize::from(has_receipt));
        assert_eq!(bench.written(order).await, written, "{steps:?}");
        // Of the old version nothing is written any more.
        let stale = bench.edit(order, version, OrderForm::default()).await;
        assert!(matches!(stale, Err(ModelError::Stale)), "{stale:?}");
        // What the receipt does not show issues none.
        let comment = OrderForm { comment_private: "nur für mich".into(), ..OrderForm::default() };
        let version = bench.version(order).await;
        assert!(!bench.edit(order, version, comment).await.expect("edited"), "{steps:?}");
    }
}

#[tokio::test]
async fn what_was_paid_in_advance_stays_so_until_it_is_strung() {
    let bench = Bench::new().await;
    let mut form = OrderForm { client: "new".into(), ..OrderForm::default() };
    form.newcomer.first_name = "Vera".into();
    let order = bench.enter(OrderForm { paid_in_advance: "1".into(), ..form }).await;
    bench.take(order, Step::Paid).await;
    let refused = bench.edit(order, bench.version(order).await, OrderForm::default()).await;
    assert!(matches!(refused, Err(ModelError::Step(StepRefused::PaidBeforeStrung))));
    bench.take(order, Step::Strung).await;
    let edited = bench.edit(order, bench.version(order).await, OrderForm::default()).await;
    assert!(edited.expect("paid on the day it was strung"));
}

#[tokio::test]
async fn a_racket_of_another_sport_is_refused_before_anything_is_written() {
    let bench = Bench::new().await;
    let order = bench.of_client().await;
    let version = bench.version(order).await;
    let badminton = OrderForm { sport: "badminton".into(), ..OrderForm::default() };
    let frame = orders::Model::find(&bench.db, order).await.unwrap().client_racket_id;
    let form = OrderForm { mains_tension: "11".into(), ..badminton };
    let form = OrderForm { frame: frame.to_string(), client: "self".into(), ..form };
    let job = form.check(&bench.me, bench.me.currency()).expect("a job");
    let racket = job.rackets.into_iter().next().expect("a racket").frame;
    let edited = orders::Entity::edit(&bench.db, order, version, racket, job.setup).await;
    assert!(matches!(edited, Err(ModelError::OtherSport(id)) if id == frame));
    assert_eq!(bench.version(order).await, version);
    assert_eq!(client_rackets::Frame::find(&bench.db, frame).await.unwrap().id, frame);
}
