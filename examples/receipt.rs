//! Renders one receipt to a file: `cargo run --example receipt -- receipt.pdf`, with
//! what a snapshot's JSON on standard input says, or with a sample.
#![expect(clippy::print_stderr, reason = "a program for the command line")]

use std::io::{IsTerminal, Read};
use std::process::ExitCode;

use chrono::NaiveDate;
use rbo::receipts::payment::{self, Account};
use rbo::receipts::{self, Line, Pay, PayBy, Snapshot, Strung};
use rbo::units::{Currency, Money};

#[tokio::main]
async fn main() -> ExitCode {
    let path = std::env::args().nth(1).unwrap_or_else(|| "receipt.pdf".to_owned());
    match write(&path).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            eprintln!("{reason}");
            ExitCode::FAILURE
        }
    }
}

async fn write(path: &str) -> Result<(), Box<dyn std::error::Error>> {
    let pdf = receipts::render(snapshot()?, None).await?;
    Ok(std::fs::write(path, pdf)?)
}

fn snapshot() -> Result<String, String> {
    let mut input = String::new();
    if !std::io::stdin().is_terminal() {
        std::io::stdin().read_to_string(&mut input).map_err(|error| error.to_string())?;
    }
    Ok(if input.trim().is_empty() { sample().to_json() } else { input })
}

fn pay() -> Option<Pay> {
    let line = |label: &str, value: String| Line { label: label.into(), value };
    let account = Account {
        iban: "CH93 0076 2011 6238 5295 7".parse().ok()?,
        holder: "Stefan's Strings".into(),
        street: "Musterweg 4".into(),
        postcode: "8000".into(),
        town: "Zürich".into(),
        country: "CH".into(),
    };
    let (number, amount) = ("2026-0001", Money::from_minor(4750, Currency::Chf));
    let (code, says) = payment::payload(&account, amount, number)?;
    let lines = vec![
        line("Account", account.iban.to_string()),
        line("Payable to", account.holder),
        line("Reference", payment::reference(number)),
        line("Amount", "CHF 47.50".into()),
    ];
    let link = "https://pay.example.ch/stefan";
    let by_link = PayBy {
        says: link.into(),
        has_cross: false,
        lines: vec![line("Or pay here", link.into())],
    };
    let by_account = PayBy { says, has_cross: code == payment::Code::Swiss, lines };
    Some(Pay { title: "Pay with this code".into(), ways: vec![by_account, by_link] })
}

fn sample() -> Snapshot {
    let line = |label: &str, value: &str| Line { label: label.into(), value: value.into() };
    let side = |label: &str, tension: &str| Strung {
        label: label.into(),
        tension: Some(tension.into()),
        string: "Luxilon ALU Power 1.25".into(),
    };
    Snapshot {
        template: Snapshot::TEMPLATE,
        locale: rbo::i18n::Locale::En,
        day: NaiveDate::from_ymd_opt(2026, 11, 23),
        number: "2026-0001".into(),
        title: "Receipt".into(),
        stringer: "Stefan's Strings".into(),
        client_label: "For".into(),
        client: "Sara Frei".into(),
        racket: "Wilson Blade 98".into(),
        racket_note: Some("No. 2".into()),
        strung_label: "Strung".into(),
        strung: "23 November 2026".into(),
        total: "CHF 47.50".into(),
        paid: false,
        paid_label: "Open".into(),
        setup_title: "Stringing".into(),
        mains: side("Mains", "23.5 kg"),
        crosses: side("Crosses", "22.5 kg"),
        details: vec![line("Method", "one piece")],
        price_title: "Price".into(),
        prices: vec![line("Labor", "25.00"), line("String", "22.50")],
        total_label: "Total CHF".into(),
        total_amount: "47.50".into(),
        business_title: "Stefan's Strings".into(),
        business: vec!["Musterweg 4".into(), "8000 Zürich".into()],
        thanks: Some("Thank you!".into()),
        tax_note: "Not VAT-registered.".into(),
        pay: pay(),
        ..Snapshot::default()
    }
}
