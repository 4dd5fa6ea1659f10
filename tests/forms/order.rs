//! What a stringjob's form means, for a stringer with settings of their own.

use rbo::demo;
use rbo::forms::{ClientForm, OrderForm};
use rbo::models::orders::setup::{ClientChoice, FrameChoice};
use rbo::models::orders::{Crosses, StringChoice};
use rbo::models::stringers::Member;
use rbo::units::{Currency, Sport, TensionUnit};

use crate::support::World;

async fn stefan() -> Member {
    World::demo().await.at_work(demo::STEFAN).await.0
}

fn typed() -> OrderForm {
    OrderForm {
        client: "self".into(),
        frame: "new".into(),
        racket: "Wilson Blade 98".into(),
        same_string: "1".into(),
        mains_tension: "24,5".into(),
        ..OrderForm::default()
    }
}

fn francs() -> Currency {
    Currency::Chf
}

#[tokio::test]
async fn crosses_are_as_the_mains_until_something_else_is_said() {
    let me = stefan().await;
    let checked = typed().check(&me, francs()).expect("a job");
    assert!(matches!(checked.client, ClientChoice::Myself));
    assert!(matches!(checked.rackets[0].frame, FrameChoice::New { .. }));
    assert!(checked.setup.bed.has_one_string());
    assert_eq!(checked.setup.bed.crosses_tension(), checked.setup.bed.mains.tension);
    assert_eq!(checked.setup.bed.mains.tension.expect("a tension").hundredths(), 2450);

    let softer = OrderForm { crosses_tension: "23".into(), ..typed() };
    let checked = softer.check(&me, francs()).expect("a job");
    assert_eq!(checked.setup.bed.crosses_tension().expect("a tension").hundredths(), 2300);

    let hybrid = OrderForm { same_string: String::new(), crosses_string: "Gut".into(), ..typed() };
    let bed = hybrid.check(&me, francs()).expect("a job").setup.bed;
    let Crosses::Own(crosses) = bed.crosses else { panic!("{bed:?}") };
    assert!(matches!(crosses.string, StringChoice::Named(name) if name == "Gut"));
    assert_eq!(crosses.tension.expect("a tension").hundredths(), 2450);
}

#[tokio::test]
async fn the_unit_is_the_forms_or_the_stringers_and_never_guessed_from_the_number() {
    let me = stefan().await;
    assert_eq!(typed().check(&me, francs()).expect("a job").setup.bed.unit, TensionUnit::Kg);
    let pounds = OrderForm { unit: "lb".into(), mains_tension: "55".into(), ..typed() };
    assert_eq!(pounds.check(&me, francs()).expect("a job").setup.bed.unit, TensionUnit::Lb);
    // The same number in kilograms is out of the question.
    let kilograms = OrderForm { mains_tension: "55".into(), ..typed() };
    let errors = kilograms.check(&me, francs()).expect_err("too hard");
    assert_eq!(errors.of("mains_tension"), Some("error-tension-impossible"));
}

#[tokio::test]
async fn what_is_possible_depends_on_the_sport() {
    let me = stefan().await;
    for (sport, tension, possible) in [
        ("tennis", "5", true),
        ("tennis", "45", true),
        ("tennis", "4.9", false),
        ("tennis", "45.1", false),
        ("badminton", "18", true),
        ("badminton", "18.5", false),
        ("squash", "20", true),
        ("squash", "20.5", false),
    ] {
        let form = OrderForm { sport: sport.into(), mains_tension: tension.into(), ..typed() };
        assert_eq!(form.check(&me, francs()).is_ok(), possible, "{sport} {tension}");
    }
    assert_eq!(typed().check(&me, francs()).expect("a job").setup.sport, Sport::Tennis);
}

#[tokio::test]
async fn a_tap_moves_by_half_a_kilogram_or_a_pound() {
    let me = stefan().await;
    let nudged =
        |form: OrderForm, nudge: &str| OrderForm { nudge: nudge.into(), ..form }.nudged(&me);
    assert_eq!(nudged(typed(), "mains_tension:+").mains_tension, "25");
    assert_eq!(nudged(typed(), "mains_tension:-").mains_tension, "24");
    let pounds = || OrderForm { unit: "lb".into(), crosses_tension: "54".into(), ..typed() };
    assert_eq!(nudged(pounds(), "crosses_tension:+").crosses_tension, "55");
    // An empty field begins with what is usual.
    let empty = |sport: &str, unit: &str| OrderForm {
        sport: sport.into(),
        unit: unit.into(),
        mains_tension: String::new(),
        ..typed()
    };
    for (sport, unit, usual) in [
        ("tennis", "kg", "23"),
        ("tennis", "lb", "52"),
        ("badminton", "kg", "11"),
        ("", "kg", "23"),
    ] {
        let begun = nudged(empty(sport, unit), "mains_tension:+").mains_tension;
        assert_eq!(begun, usual, "{sport} {unit}");
    }
    // What is no number is left as it was typed, for its owner to correct.
    let words = OrderForm { mains_tension: "hart".into(), ..typed() };
    assert_eq!(nudged(words, "mains_tension:+").mains_tension, "hart");
}

#[tokio::test]
async fn all_that_is_wrong_is_marked_at_once() {
    let me = stefan().await;
    let form = OrderForm {
        client: "new".into(),
        racket: String::new(),
        mains_price: "-1".into(),
        due_time: "25:99".into(),
        prestretch: "31".into(),
        ..typed()
    };
    let errors = form.check(&me, francs()).expect_err("much");
    for field in ["first_name", "racket", "mains_price", "due_time", "prestretch"] {
        assert!(errors.of(field).is_some(), "{field}");
    }
    assert!(errors.of("mains_tension").is_none());
}

#[tokio::test]
async fn whatever_is_wrong_with_a_new_client_refuses_the_whole_job() {
    let me = stefan().await;
    let newcomer = |change: fn(&mut ClientForm)| {
        let mut newcomer = ClientForm { first_name: "Bea".into(), ..ClientForm::default() };
        change(&mut newcomer);
        OrderForm { client: "new".into(), newcomer, labor: "25".into(), ..typed() }
    };
    assert!(newcomer(|_| {}).check(&me, francs()).is_ok());
    for (field, change) in [
        ("contact", (|new| new.contact = "x".repeat(2_001)) as fn(&mut ClientForm)),
        ("notes", |new| new.notes = "x".repeat(2_001)),
        ("tension_memo", |new| new.tension_memo = "x".repeat(121)),
        ("nickname", |new| new.nickname = "x".repeat(121)),
        ("last_name", |new| new.last_name = "x".repeat(121)),
        ("email", |new| new.email = "bea".into()),
        ("language", |new| new.language = "rumantsch".into()),
    ] {
        let errors = newcomer(change).check(&me, francs()).expect_err(field);
        assert!(errors.of(field).is_some(), "{field}");
    }
}

#[tokio::test]
async fn a_word_that_is_in_no_list_is_marked_and_never_taken_for_another() {
    let me = stefan().await;
    for (field, form) in [
        ("sport", OrderForm { sport: "curling".into(), ..typed() }),
        ("unit", OrderForm { unit: "stone".into(), ..typed() }),
        ("prestretch_kind", OrderForm { prestretch_kind: "teeth".into(), ..typed() }),
        ("payment", OrderForm { payment: "eggs".into(), ..typed() }),
    ] {
        assert_eq!(form.check(&me, francs()).expect_err(field).of(field), Some("error-choice"));
    }
}

#[tokio::test]
async fn two_tensions_in_one_field_are_both_sides() {
    let me = stefan().await;
    let tensions = |mains: &str, crosses: &str| {
        let typed =
            OrderForm { mains_tension: mains.into(), crosses_tension: crosses.into(), ..typed() };
        let tensions = typed.check(&me, francs()).map(|job| job.setup.bed.tensions());
        tensions.map(|t| [t.mains(), t.crosses()].map(|side| side.map(|side| side.plain())))
    };
    let both = |mains: &str, crosses: &str| Ok([Some(mains.to_owned()), Some(crosses.to_owned())]);
    for (mains, crosses) in
        [("24/23", ""), (" 24 / 23 ", ""), ("24/23", "24/23"), ("24/23", "23"), ("", "24/23")]
    {
        assert_eq!(tensions(mains, crosses), both("24", "23"), "{mains}, {crosses}");
    }
    assert_eq!(tensions("24,5/23,5", ""), both("24.5", "23.5"));
    for (mains, crosses) in [("24/23", "22"), ("24/23/22", ""), ("24/", ""), ("/", "")] {
        assert!(tensions(mains, crosses).is_err(), "{mains}, {crosses}");
    }
}
