//! What a stringjob's form means, for a stringer with settings of their own.

use crate::support::World;
use rbo::demo;
use rbo::forms::OrderForm;
use rbo::models::orders::setup::{ForClient, OnFrame, StringChoice};
use rbo::models::stringers::Member;
use rbo::units::{Currency, Sport, TensionUnit};

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
    Currency::from_code("CHF").expect("francs")
}

#[tokio::test]
async fn crosses_are_as_the_mains_until_something_else_is_said() {
    let me = stefan().await;
    let checked = typed().check(&me, francs()).expect("a job");
    assert!(matches!(checked.client, ForClient::Myself));
    assert!(matches!(checked.rackets[0].frame, OnFrame::New { .. }));
    assert!(checked.setup.crosses.is_none());
    assert_eq!(checked.setup.crosses_tension, checked.setup.mains.tension);
    assert_eq!(checked.setup.mains.tension.expect("a tension").hundredths(), 2450);

    let softer = OrderForm { crosses_tension: "23".into(), ..typed() };
    let checked = softer.check(&me, francs()).expect("a job");
    assert_eq!(checked.setup.crosses_tension.expect("a tension").hundredths(), 2300);

    let hybrid = OrderForm { same_string: String::new(), crosses_string: "Gut".into(), ..typed() };
    let crosses = hybrid.check(&me, francs()).expect("a job").setup.crosses.expect("crosses");
    assert!(matches!(crosses.string, StringChoice::Named(name) if name == "Gut"));
    assert_eq!(crosses.tension.expect("a tension").hundredths(), 2450);
}

#[tokio::test]
async fn the_unit_is_the_forms_or_the_stringers_and_never_guessed_from_the_number() {
    let me = stefan().await;
    assert_eq!(typed().check(&me, francs()).expect("a job").setup.unit, TensionUnit::Kg);
    let pounds = OrderForm { unit: "lb".into(), mains_tension: "55".into(), ..typed() };
    assert_eq!(pounds.check(&me, francs()).expect("a job").setup.unit, TensionUnit::Lb);
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
async fn a_tap_moves_by_one_kilogram_or_two_pounds() {
    let me = stefan().await;
    let nudged =
        |form: OrderForm, nudge: &str| OrderForm { nudge: nudge.into(), ..form }.nudged(&me);
    assert_eq!(nudged(typed(), "mains_tension:+").mains_tension, "25.5");
    assert_eq!(nudged(typed(), "mains_tension:-").mains_tension, "23.5");
    let pounds = || OrderForm { unit: "lb".into(), crosses_tension: "54".into(), ..typed() };
    assert_eq!(nudged(pounds(), "crosses_tension:+").crosses_tension, "56");
    // What is no number is left as it was typed, for its owner to mend.
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
