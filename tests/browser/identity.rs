//! Joining by an invitation's mail, signing out, and in again by link and by password.

use fantoccini::Client;
use rbo::demo;

use super::driver::{self, Driver};
use super::{ENGLISH, GERMAN, Scripts, Words, fill, says, tap, text};
use crate::support::harness::{Case, cases};
use crate::support::{Kind, World};

/// The tests of this file.
pub fn tests() -> Vec<Case> {
    cases![
        from_the_invitations_mail_to_a_password_of_ones_own_in_english,
        from_the_invitations_mail_to_a_password_of_ones_own_in_german,
        from_the_invitations_mail_to_a_password_of_ones_own_without_scripts
    ]
}

const VERA: &str = "vera@example.ch";
const PASSWORD: &str = "Neue-Saiten-7kg!";

async fn from_the_invitations_mail_to_a_password_of_ones_own_in_english() {
    join(&ENGLISH, Scripts::On).await;
}

async fn from_the_invitations_mail_to_a_password_of_ones_own_in_german() {
    join(&GERMAN, Scripts::On).await;
}

async fn from_the_invitations_mail_to_a_password_of_ones_own_without_scripts() {
    join(&ENGLISH, Scripts::Off).await;
}

async fn join(words: &Words, scripts: Scripts) {
    let driver = Driver::start();
    let world = World::embedded(Kind::Demo).await;
    let base = world.serve().await;
    invite(&world, words).await;
    let browser = scripts.browser(&driver, words).await;

    // The mail is opened on the phone; its page names the account.
    follow(&world, &browser, &base, 0).await;
    fill(&browser, "#f-display_name", "Veras Saiten").await;
    tap(&browser, "main button").await;
    says(&browser, "h1", words.today).await;

    sign_out(&browser, &base).await;
    fill(&browser, "#f-email", VERA).await;
    tap(&browser, "[formaction='/session/link']").await;
    says(&browser, "main p b", VERA).await;
    follow(&world, &browser, &base, 1).await;
    says(&browser, "h1", words.today).await;

    // Come by a link just now, she needs no old password to set one.
    browser.goto(&format!("{base}/settings/password")).await.expect("a page");
    fill(&browser, "#f-password", PASSWORD).await;
    tap(&browser, "main button").await;
    assert!(!text(&browser, ".notice").await.is_empty());
    sign_out(&browser, &base).await;
    fill(&browser, "#f-email", VERA).await;
    fill(&browser, "#f-password", "Falsche-Saiten-7kg!").await;
    tap(&browser, ".button--main").await;
    assert!(!text(&browser, "[role=alert]").await.is_empty());
    fill(&browser, "#f-password", PASSWORD).await;
    tap(&browser, ".button--main").await;
    says(&browser, "h1", words.today).await;

    let complaints = driver::complaints(&browser).await;
    browser.close().await.expect("closed");
    // The browser itself notes that the wrong password was answered with 422.
    let ours: Vec<_> = complaints.into_iter().filter(|line| !line.contains("422")).collect();
    assert_eq!(ours, Vec::<String>::new());
}

/// In the language that the invited will have, as the admin chose it.
async fn invite(world: &World, words: &Words) {
    let mut admin = world.visitor();
    admin.sign_in(demo::STEFAN, demo::PASSWORD).await.sees(303);
    let fields = [("email", VERA), ("locale", words.locale)];
    admin.post("/admin/invitations", &fields).await.sees(303);
}

async fn follow(world: &World, browser: &Client, base: &str, nth: usize) {
    let path = world.mail(VERA, nth).await.path();
    browser.goto(&format!("{base}{path}")).await.expect("a page");
    assert_eq!(text(browser, ".account").await, VERA);
    tap(browser, "main button").await;
}

async fn sign_out(browser: &Client, base: &str) {
    browser.goto(&format!("{base}/settings")).await.expect("a page");
    tap(browser, "main form[action='/session'] button").await;
}
