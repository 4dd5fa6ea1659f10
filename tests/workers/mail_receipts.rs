//! A receipt is mailed once, or somebody is told why not.

use chrono::{Duration, Utc};
use mail_parser::{MessageParser, MimeHeaders as _};
use rbo::auth::authenticator::Authenticator;
use rbo::demo;
use rbo::models::orders::transitions::Said;
use rbo::models::orders::{self, Step};
use rbo::models::persons;
use rbo::models::receipt_mails::{Answer, Column, Delivery, Entity, Model};
use rbo::models::stringers::Member;
use rbo::models::{client_profiles, notifications, stringers};
use rbo::workers::mail_receipts::mail_owed;
use sea_orm::prelude::Uuid;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder};
use sea_orm_tenancy::Db;

use crate::support::smtp::{Mood, Smtp};
use crate::support::{Browser, Kind, World};

const SARA: &str = "sara@example.ch";

/// Stefan's workshop beside a mail server.
struct Shop {
    world: World,
    smtp: Smtp,
    me: Member,
    db: Db,
}

impl Shop {
    async fn open() -> Self {
        Self::with_mails_a_day(100).await
    }

    async fn with_mails_a_day(many: u64) -> Self {
        let smtp = Smtp::start().await;
        let mailer = smtp.mailer();
        let world = World::with(Kind::Demo, |config| {
            config.mailer = Some(mailer);
            let settings = config.settings.as_mut().expect("settings");
            settings["mails_a_day"] = many.into();
            settings["mail_patience_seconds"] = 1.into();
        })
        .await;
        let (me, db) = world.at_work(demo::STEFAN).await;
        Self { world, smtp, me, db }
    }

    /// Orders that wait, each of whose clients has an address.
    async fn waiting<const N: usize>(&self) -> [Uuid; N] {
        let raw = self.world.beneath().await;
        for column in [persons::Column::Email, persons::Column::EmailNormalised] {
            let all = persons::Entity::update_many().col_expr(column, Expr::value(SARA));
            all.exec(&raw).await.unwrap();
        }
        let some: Vec<_> = orders::Entity::find()
            .filter(orders::Column::CancelledAt.is_null())
            .filter(orders::Column::IsSelf.eq(false))
            .filter(orders::Column::OrderedAt.is_not_null())
            .order_by_desc(orders::Column::OrderedAt)
            .order_by_desc(orders::Column::Id)
            .all(&self.db)
            .await
            .unwrap();
        let ids: Vec<_> = some.iter().map(|order| order.id).take(N).collect();
        let never = Expr::value(Option::<chrono::NaiveDate>::None);
        orders::Entity::update_many()
            .col_expr(orders::Column::StrungAt, never.clone())
            .col_expr(orders::Column::ReturnedAt, never.clone())
            .col_expr(orders::Column::PaidAt, never)
            .filter(orders::Column::Id.is_in(ids.clone()))
            .exec(&raw)
            .await
            .unwrap();
        ids.try_into().expect("so many orders")
    }

    async fn mark(&self, order: Uuid, step: Step) {
        let said = Said { is_free: true, ..Said::default() };
        orders::Entity::mark(&self.db, &self.me, order, step, said).await.expect("a step");
    }

    async fn strung(&self) -> Uuid {
        let [order] = self.waiting().await;
        self.mark(order, Step::Strung).await;
        order
    }

    /// Everything that is owed is due.
    async fn wait(&self) {
        self.world.age("receipt_mails", "next_attempt_at").await;
        // And so are their files.
        self.world.age("receipt_emissions", "next_attempt_at").await;
    }

    async fn look(&self) {
        mail_owed(&self.world.ctx, || false).await.expect("looked");
    }

    async fn wait_and_look(&self) {
        self.wait().await;
        self.look().await;
    }

    /// The mails of an order, the first one first.
    async fn mails(&self, order: Uuid) -> Vec<Model> {
        let mails = Entity::find().filter(Column::OrderId.eq(order)).order_by_asc(Column::Id);
        mails.all(&self.db).await.unwrap()
    }

    async fn states(&self, order: Uuid) -> Vec<Delivery> {
        self.mails(order).await.iter().map(|mail| mail.state).collect()
    }

    /// What Stefan was told that he has not read.
    async fn told(&self) -> u64 {
        notifications::Entity::find()
            .filter(notifications::Column::Kind.eq("receipt_not_mailed"))
            .filter(notifications::Column::ReadAt.is_null())
            .count(&self.db)
            .await
            .unwrap()
    }

    async fn page(&self, order: Uuid) -> String {
        let mut stefan: Browser = self.world.stefan().await;
        stefan.get(&format!("/orders/{order}")).await.sees(200).text().to_owned()
    }
}

#[tokio::test]
async fn two_minutes_after_it_is_strung_it_goes_out_once() {
    let shop = Shop::open().await;
    let order = shop.strung().await;
    let [mail] = shop.mails(order).await.try_into().expect("one");
    let wait = mail.next_attempt_at.to_utc() - mail.created_at.to_utc();
    assert!((119..=120).contains(&wait.num_seconds()), "{wait}");
    shop.look().await;
    assert_eq!(shop.smtp.taken(), Vec::<String>::new());

    shop.wait_and_look().await;
    shop.wait_and_look().await;
    let [message] = shop.smtp.taken().try_into().expect("one mail");
    assert_eq!(shop.states(order).await, [Delivery::Sent]);
    let mail = MessageParser::default().parse(&message).expect("a mail");
    let row = orders::Model::find(&shop.db, order).await.unwrap();
    let number = row.receipt_number.expect("a number");
    assert!(mail.subject().expect("a subject").contains(&number), "{message}");
    assert_eq!(mail.to().unwrap().first().unwrap().address(), Some(SARA));
    assert_eq!(mail.from().unwrap().first().unwrap().address(), Some("book@example.ch"));
    assert_eq!(mail.reply_to().unwrap().first().unwrap().address(), Some(demo::STEFAN));
    assert!(mail.body_text(0).unwrap().contains(&number));
    assert!(mail.body_html(0).unwrap().contains(&number));
    let file = mail.attachment(0).expect("a file");
    assert!(file.attachment_name().is_some_and(|name| name.ends_with(&format!("-{number}.pdf"))));
    assert!(file.contents().starts_with(b"%PDF-"));
    assert_eq!(shop.told().await, 0);
    assert!(shop.page(order).await.contains(SARA));
}

#[tokio::test]
async fn a_step_that_is_taken_back_calls_the_mail_back_and_the_next_one_is_mailed() {
    let shop = Shop::open().await;
    let order = shop.strung().await;
    orders::Entity::undo(&shop.db, &shop.me, order, Step::Strung).await.expect("taken back");
    shop.wait_and_look().await;
    assert_eq!(shop.smtp.taken().len(), 0);
    shop.mark(order, Step::Strung).await;
    shop.wait_and_look().await;
    assert_eq!(shop.smtp.taken().len(), 1);
    assert_eq!(shop.states(order).await, [Delivery::CalledBack, Delivery::Sent]);
}

#[tokio::test]
async fn what_is_paid_before_the_mail_goes_out_is_paid_in_it() {
    let shop = Shop::open().await;
    let order = shop.strung().await;
    let before = shop.mails(order).await[0].emission_id;
    shop.mark(order, Step::Paid).await;
    shop.wait_and_look().await;
    let [mail] = shop.mails(order).await.try_into().expect("one");
    assert_ne!(mail.emission_id, before);
    assert_eq!(mail.state, Delivery::Sent);
    assert_eq!(shop.smtp.taken().len(), 1);
    // Afterwards nothing more goes out by itself.
    orders::Entity::undo(&shop.db, &shop.me, order, Step::Paid).await.expect("taken back");
    shop.wait_and_look().await;
    assert_eq!(shop.smtp.taken().len(), 1);
}

#[tokio::test]
async fn a_mail_server_that_is_not_there_or_says_later_gets_it_once_it_takes_it() {
    let shop = Shop::open().await;
    let order = shop.strung().await;
    for (mood, tried) in [
        (Mood::Closed, 0),
        (Mood::Silent, 0),
        (Mood::Greylists, 1),
        (Mood::LeavesEarly, 2),
        (Mood::Leaves, 3),
        (Mood::Busy, 4),
    ] {
        shop.smtp.is(mood);
        shop.wait_and_look().await;
        let [mail] = shop.mails(order).await.try_into().expect("one");
        assert_eq!((mail.state, mail.attempts), (Delivery::Owed, tried), "{mood:?}");
        assert!(mail.next_attempt_at.to_utc() > Utc::now(), "{mood:?}");
    }
    shop.smtp.is(Mood::Takes);
    shop.wait_and_look().await;
    shop.wait_and_look().await;
    assert_eq!(shop.states(order).await, [Delivery::Sent]);
    assert_eq!(shop.smtp.taken().len(), 1);
    assert_eq!(shop.told().await, 0);
}

#[tokio::test]
async fn one_that_is_never_taken_is_given_up_and_told() {
    let shop = Shop::open().await;
    let order = shop.strung().await;
    shop.smtp.is(Mood::Busy);
    for _ in 0..12 {
        shop.wait_and_look().await;
    }
    let [mail] = shop.mails(order).await.try_into().expect("one");
    assert_eq!((mail.state, mail.attempts), (Delivery::GivenUp, 10));
    assert!(mail.last_error.is_some_and(|said| said.contains("later")));
    assert_eq!(shop.told().await, 1);
    // By hand it is tried anew.
    shop.smtp.is(Mood::Takes);
    let mut stefan = shop.world.stefan().await;
    assert!(stefan.get("/").await.sees(200).text().contains("/news"));
    stefan.post(&format!("/orders/{order}/receipt/mails"), &[]).await.sees(303);
    // The world's own sender has been woken, and may be at it already.
    for _ in 0..100 {
        shop.look().await;
        if shop.states(order).await.iter().all(|state| !state.is_on_its_way()) {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    assert_eq!(shop.states(order).await, [Delivery::GivenUp, Delivery::Sent]);
}

#[tokio::test]
async fn an_address_that_was_refused_is_left_alone_until_somebody_says_so() {
    let shop = Shop::open().await;
    let [first, second] = shop.waiting().await;
    shop.mark(first, Step::Strung).await;
    shop.smtp.is(Mood::KnowsNobody);
    shop.wait_and_look().await;
    assert_eq!(shop.states(first).await, [Delivery::Refused]);
    assert_eq!(shop.told().await, 1);
    shop.smtp.is(Mood::Takes);
    shop.mark(second, Step::Strung).await;
    shop.wait_and_look().await;
    assert_eq!(shop.states(second).await, [Delivery::Nobody]);
    assert!(Entity::ask(&shop.db, second).await.expect("asked"));
    shop.look().await;
    assert_eq!(shop.states(second).await, [Delivery::Nobody, Delivery::Sent]);
    assert_eq!(shop.smtp.taken().len(), 1);
}

#[tokio::test]
async fn a_mail_that_may_have_arrived_is_never_sent_again_by_itself() {
    let shop = Shop::open().await;
    let [dropped, hung, killed, disliked] = shop.waiting().await;
    for (order, mood) in [(dropped, Mood::Drops), (hung, Mood::Hangs)] {
        shop.mark(order, Step::Strung).await;
        shop.smtp.is(mood);
        shop.wait_and_look().await;
        assert_eq!(shop.states(order).await, [Delivery::Unknown], "{mood:?}");
    }
    assert_eq!(shop.smtp.taken().len(), 2);

    // Whoever took this one has died, before or after the server took it from them.
    shop.smtp.is(Mood::Takes);
    shop.mark(killed, Step::Strung).await;
    let [mail] = shop.mails(killed).await.try_into().expect("one");
    assert!(mail.take(&shop.db, SARA, Duration::minutes(3)).await.expect("taken"));
    assert!(!mail.take(&shop.db, SARA, Duration::minutes(3)).await.expect("nothing left to take"));
    shop.look().await;
    assert_eq!(shop.states(killed).await, [Delivery::Sending]);
    for _ in 0..3 {
        shop.wait_and_look().await;
    }
    assert_eq!(shop.states(killed).await, [Delivery::Unknown]);
    assert_eq!(shop.smtp.taken().len(), 2);

    shop.mark(disliked, Step::Strung).await;
    shop.smtp.is(Mood::Dislikes);
    shop.wait_and_look().await;
    assert_eq!(shop.states(disliked).await, [Delivery::GivenUp]);
    assert_eq!(shop.told().await, 4);
    let page = shop.page(dropped).await;
    assert!(page.contains("Vielleicht ist sie angekommen"), "{page}");
}

#[tokio::test]
async fn those_who_look_at_once_send_each_mail_once() {
    let shop = Shop::open().await;
    let orders: [Uuid; 4] = shop.waiting().await;
    for order in orders {
        shop.mark(order, Step::Strung).await;
    }
    shop.wait().await;
    let looks = (0..6).map(|_| shop.look());
    futures_util::future::join_all(looks).await;
    for order in orders {
        assert_eq!(shop.states(order).await, [Delivery::Sent]);
    }
    assert_eq!(shop.told().await, 0);
    let ids: std::collections::BTreeSet<_> = shop
        .smtp
        .taken()
        .iter()
        .map(|mail| {
            let mail = MessageParser::default().parse(mail).expect("a mail");
            mail.message_id().expect("its own key").to_owned()
        })
        .collect();
    assert_eq!((shop.smtp.taken().len(), ids.len()), (orders.len(), orders.len()));
}

#[tokio::test]
async fn no_more_go_out_than_a_day_may_have_and_the_rest_waits() {
    let shop = Shop::with_mails_a_day(1).await;
    let [first, second] = shop.waiting().await;
    for order in [first, second] {
        shop.mark(order, Step::Strung).await;
    }
    shop.wait_and_look().await;
    shop.wait_and_look().await;
    assert_eq!(shop.smtp.taken().len(), 1);
    let yesterday = Expr::value(Utc::now() - Duration::hours(25));
    let taken = Entity::update_many().col_expr(Column::TakenAt, yesterday);
    let taken = taken.filter(Column::TakenAt.is_not_null());
    taken.exec(&shop.world.beneath().await).await.unwrap();
    shop.wait_and_look().await;
    assert_eq!(shop.smtp.taken().len(), 2);
}

#[tokio::test]
async fn nothing_is_mailed_to_nobody_to_whom_it_is_unwelcome_or_long_after() {
    let shop = Shop::open().await;
    let [nobody, unwilling, late, gone] = shop.waiting().await;
    let raw = shop.world.beneath().await;
    let of = async |order| {
        let order = orders::Model::find(&shop.db, order).await.unwrap();
        let file = client_profiles::Entity::find_by_id(order.client_profile_id);
        let person = file.one(&shop.db).await.unwrap().expect("a file").person_id;
        let ids = persons::Column::Id.eq(person.expect("a person"));
        persons::Entity::update_many().filter(ids)
    };
    let no_address = Expr::value(Option::<String>::None);
    let no_mails = Expr::value(r#"{"email":false}"#);
    of(nobody).await.col_expr(persons::Column::Email, no_address.clone()).exec(&raw).await.unwrap();
    shop.mark(nobody, Step::Strung).await;
    assert!(shop.page(nobody).await.contains("Ohne E-Mail-Adresse"));
    let prefs = persons::Column::NotificationPrefs;
    let unwilling_one = of(unwilling).await.col_expr(persons::Column::Email, Expr::value(SARA));
    unwilling_one.col_expr(prefs, no_mails).exec(&raw).await.unwrap();
    shop.mark(unwilling, Step::Strung).await;
    assert!(shop.page(unwilling).await.contains("möchte keine Mails"));
    let willing = persons::Entity::update_many().col_expr(prefs, Expr::value("{}"));
    let willing = willing.col_expr(persons::Column::Email, Expr::value(SARA));
    willing.exec(&raw).await.unwrap();
    let long_ago = Some(shop.me.today() - Duration::days(8));
    let ordered = orders::Entity::update_many()
        .col_expr(orders::Column::OrderedAt, Expr::value(long_ago))
        .filter(orders::Column::Id.eq(late));
    ordered.exec(&raw).await.unwrap();
    let said = Said { date: long_ago, is_free: true, ..Said::default() };
    orders::Entity::mark(&shop.db, &shop.me, late, Step::Strung, said).await.expect("strung");
    for order in [nobody, unwilling, late] {
        assert_eq!(shop.states(order).await, []);
    }
    // What was there when it was strung may be gone when the mail is due.
    shop.mark(gone, Step::Strung).await;
    of(gone).await.col_expr(persons::Column::Email, no_address).exec(&raw).await.unwrap();
    shop.wait_and_look().await;
    assert_eq!(shop.states(gone).await, [Delivery::Nobody]);
    assert_eq!(shop.smtp.taken().len(), 0);
}

#[tokio::test]
async fn names_that_would_end_a_header_stand_in_it() {
    let shop = Shop::open().await;
    let [order] = shop.waiting().await;
    let raw = shop.world.beneath().await;
    let name = "Müller, \"Max\"\r\nBcc: eve@example.ch\r\n\r\n<b>";
    for column in [persons::Column::DisplayFirstName, persons::Column::DisplayLastName] {
        let all = persons::Entity::update_many().col_expr(column, Expr::value(name));
        all.exec(&raw).await.unwrap();
    }
    shop.mark(order, Step::Strung).await;
    shop.wait_and_look().await;
    let [message] = shop.smtp.taken().try_into().expect("one mail");
    let mail = MessageParser::default().parse(&message).expect("a mail");
    assert!(mail.bcc().is_none(), "{message}");
    let to = mail.to().unwrap().first().unwrap().name().expect("a name").to_owned();
    assert!(to.contains("Müller, \"Max\" Bcc: eve@example.ch <b>"), "{to}");
    assert!(mail.body_html(0).unwrap().contains("&lt;b&gt;"));
}

#[tokio::test]
async fn without_a_mail_server_the_page_says_so_and_nothing_waits_for_one() {
    let world = World::demo().await;
    let (me, db) = world.at_work(demo::STEFAN).await;
    let smtp = Smtp::start().await;
    let shop = Shop { world, smtp, me, db };
    let order = shop.strung().await;
    assert!(shop.page(order).await.contains("kein Mailserver"));
    shop.wait_and_look().await;
    assert_eq!(shop.states(order).await, [Delivery::NoServer]);
}

#[tokio::test]
async fn what_is_said_of_us_is_no_fault_of_an_address_and_the_rest_waits() {
    let shop = Shop::open().await;
    let [first, second, third] = shop.waiting().await;
    for order in [first, second] {
        shop.mark(order, Step::Strung).await;
    }
    for (mood, tries) in [(Mood::KnowsUsNot, 1), (Mood::Relays, 2)] {
        shop.smtp.is(mood);
        shop.wait_and_look().await;
        let tried: Vec<_> = [shop.mails(first).await, shop.mails(second).await].concat();
        assert!(tried.iter().all(|mail| mail.state == Delivery::Owed), "{mood:?}");
        assert_eq!(tried.iter().map(|mail| mail.attempts).sum::<i64>(), tries, "{mood:?}");
    }
    assert!(shop.page(first).await.contains("ging noch nicht raus"));
    shop.smtp.is(Mood::HasNoRoom);
    shop.wait_and_look().await;
    for order in [first, second] {
        assert_eq!(shop.states(order).await, [Delivery::GivenUp]);
    }
    assert_eq!(shop.told().await, 2);
    // The address is as good as it was; and what arrives at last is nothing to look after.
    shop.smtp.is(Mood::Takes);
    shop.mark(third, Step::Strung).await;
    assert!(Entity::ask(&shop.db, first).await.expect("asked"));
    shop.wait_and_look().await;
    assert_eq!(shop.states(third).await, [Delivery::Sent]);
    assert_eq!(shop.states(first).await, [Delivery::GivenUp, Delivery::Sent]);
    assert_eq!(shop.told().await, 1);
    // A second tap sends no second mail.
    assert!(Entity::ask(&shop.db, first).await.expect("asked"));
    shop.wait_and_look().await;
    assert_eq!(shop.smtp.taken().len(), 2);
}

#[tokio::test]
async fn what_happens_while_it_is_being_sent_counts_when_it_is_tried_again() {
    let shop = Shop::open().await;
    let [undone, paid] = shop.waiting().await;
    for order in [undone, paid] {
        shop.mark(order, Step::Strung).await;
        let [mail] = shop.mails(order).await.try_into().expect("one");
        assert!(mail.take(&shop.db, SARA, Duration::minutes(3)).await.expect("taken"));
        // Another process, which looks meanwhile, leaves it alone.
        shop.look().await;
        assert_eq!(shop.states(order).await, [Delivery::Sending]);
        match order == undone {
            true => {
                let undo = orders::Entity::undo(&shop.db, &shop.me, order, Step::Strung);
                undo.await.expect("taken back");
            }
            false => shop.mark(order, Step::Paid).await,
        }
        mail.answered(&shop.db, Answer::NotNow("451 later".to_owned())).await.expect("kept");
        assert_eq!(shop.states(order).await, [Delivery::Owed]);
    }
    shop.wait_and_look().await;
    assert_eq!(shop.states(undone).await, [Delivery::CalledBack]);
    assert_eq!(shop.states(paid).await, [Delivery::Sent]);
    let [message] = shop.smtp.taken().try_into().expect("one mail");
    let mail = MessageParser::default().parse(&message).expect("a mail");
    assert!(mail.body_text(0).unwrap().contains("bezahlt"), "{message}");
    assert_eq!(shop.told().await, 0);
}

#[tokio::test]
async fn links_for_nobody_use_up_nobodys_day() {
    let shop = Shop::with_mails_a_day(2).await;
    let order = shop.strung().await;
    let mut visitor = shop.world.visitor();
    for n in 0..3 {
        let email = format!("nobody-{n}@example.ch");
        visitor.post("/session/link", &[("email", &email)]).await;
    }
    let auth = shop.world.ctx.shared_store.get::<Authenticator>().expect("who is who");
    auth.mails.send_owed(|_| async { Ok(()) }).await.expect("settled");
    assert!(shop.world.rows("outbox WHERE state = 'sent'").await >= 3);
    shop.wait_and_look().await;
    assert_eq!(shop.states(order).await, [Delivery::Sent]);
}

#[tokio::test]
async fn a_stringer_who_has_left_sends_nothing() {
    let shop = Shop::open().await;
    let order = shop.strung().await;
    let left = stringers::Entity::update_many()
        .col_expr(stringers::Column::DeactivatedAt, Expr::value(Utc::now()))
        .filter(stringers::Column::Id.eq(shop.me.id));
    left.exec(&shop.world.beneath().await).await.unwrap();
    shop.wait_and_look().await;
    assert_eq!(shop.states(order).await, [Delivery::CalledBack]);
    assert_eq!(shop.smtp.taken().len(), 0);
}

#[tokio::test]
async fn a_late_answer_to_what_was_told_already_sends_nothing_a_second_time() {
    let shop = Shop::open().await;
    let order = shop.strung().await;
    let [mail] = shop.mails(order).await.try_into().expect("one");
    assert!(mail.take(&shop.db, SARA, Duration::minutes(3)).await.expect("taken"));
    shop.wait_and_look().await;
    assert_eq!(shop.states(order).await, [Delivery::Unknown]);
    mail.answered(&shop.db, Answer::NotNow("451 later".to_owned())).await.expect("kept");
    shop.wait_and_look().await;
    assert_eq!(shop.states(order).await, [Delivery::GivenUp]);
    mail.answered(&shop.db, Answer::Taken).await.expect("kept");
    assert_eq!(shop.smtp.taken().len(), 0);
}
