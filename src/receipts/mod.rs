//! A leaf: a frozen snapshot in, one A4 page as PDF out. It knows no database, no
//! request and no context, and calls nothing by a name that is not in the snapshot.

pub mod payment;
mod snapshot;

pub use snapshot::{Line, PRINTED, Pay, PayBy, Snapshot, Strung};

use serde::Serialize;
use serde_json::Value;

use crate::i18n::Locale;
use crate::typeset::{self, Print, Template, TypesetError};

/// What a receipt is set from: the snapshot, and the pictures of what is scanned.
#[derive(Serialize)]
struct Page {
    #[serde(flatten)]
    snapshot: Value,
    pictures: Vec<String>,
}

/// Renders a snapshot's JSON with the template that it was made for, and the picture whose digest
/// it says. The same text gives the same bytes.
///
/// # Errors
/// With the reason, for the log and the failed-jobs page.
pub async fn render(snapshot: String, logo: Option<Vec<u8>>) -> Result<Vec<u8>, TypesetError> {
    typeset::pdf(page(&snapshot, logo)?, 1).await
}

/// Receipts that were issued already, by their numbers, one after the other in one file.
///
/// # Errors
/// With the reason, for the log.
pub async fn sheets(
    locale: Locale,
    stringer: &str,
    title: String,
    issued: Vec<(String, Vec<u8>)>,
) -> Result<Vec<u8>, TypesetError> {
    let (names, pdfs): (Vec<_>, Vec<_>) = issued.into_iter().unzip();
    let wanted = names.len();
    let files = pdfs.into_iter().enumerate();
    let files = files.map(|(at, pdf)| (format!("{at}.pdf").into(), pdf)).collect();
    let sheets = Sheets { locale, stringer, title, names };
    let data = serde_json::to_string(&sheets)?;
    typeset::pdf(Print { template: Template::Sheets, data, files }, wanted).await
}

#[derive(Serialize)]
struct Sheets<'s> {
    locale: Locale,
    stringer: &'s str,
    title: String,
    names: Vec<String>,
}

/// The digest of the picture that a snapshot's JSON wants besides, if it wants one.
#[must_use]
pub fn logo(snapshot: &str) -> Option<String> {
    Snapshot::from_json(snapshot).ok()?.logo
}

fn page(snapshot: &str, logo: Option<Vec<u8>>) -> Result<Print, TypesetError> {
    let snapshot: Value = serde_json::from_str(snapshot)?;
    let template = Template::Receipt(snapshot::template_of(&snapshot)?);
    let ways = snapshot.get("pay").and_then(|pay| pay.get("ways")?.as_array());
    let says = ways.into_iter().flatten().filter_map(|way| way.get("says")?.as_str());
    let pictures = says.map(payment::picture).collect::<Result<_, _>>()?;
    let data = serde_json::to_string(&Page { snapshot, pictures })?;
    Ok(Print {
        template,
        data,
        files: logo.map(|logo| ("logo.png".into(), logo)).into_iter().collect(),
    })
}

#[cfg(test)]
mod cases;
#[cfg(test)]
mod hostile;

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;
    use sha2::{Digest as _, Sha256};

    use super::payment::{self, Account};
    use super::*;
    use crate::units::{Currency, Money};

    /// What the codes on a receipt's picture say, from the left.
    fn scanned(snapshot: &str, name: &str) -> Vec<String> {
        let (width, shades) = typeset::picture(page(snapshot, None).expect("a page"), name);
        let high = shades.len() / width;
        let shade = |x: usize, y: usize| shades[y * width + x];
        let mut picture = rqrr::PreparedImage::prepare_from_greyscale(width, high, shade);
        let mut grids = picture.detect_grids();
        grids.sort_by_key(|grid| grid.bounds[0].x);
        grids.iter().map(|grid| grid.decode().expect("a code that can be read").1).collect()
    }

    pub(super) fn pay(iban: &str, currency: Currency) -> Pay {
        let account = Account {
            iban: iban.parse().expect("an account"),
            holder: "Stefan Müller, Bespannungen".into(),
            street: "Seestrasse 12".into(),
            postcode: "8002".into(),
            town: "Zürich".into(),
            country: "CH".into(),
        };
        let amount = Money::from_minor(123_450, currency);
        let (code, says) = payment::payload(&account, amount, "2026-0214").expect("a code");
        let line = |label: &str, value: &str| Line { label: label.into(), value: value.into() };
        let lines = vec![
            line("Konto", &account.iban.to_string()),
            line("Zahlbar an", &account.holder),
            line("Referenz", &payment::reference("2026-0214")),
            line("Betrag", &amount.plain()),
        ];
        let by_account = PayBy { says, has_cross: code == payment::Code::Swiss, lines };
        let link = "https://pay.example.ch/stefan?amount=1234.50&for=2026-0214".to_owned();
        let lines = vec![line("Oder hier bezahlen", &link)];
        let by_link = PayBy { says: link, has_cross: false, lines };
        Pay { title: "Mit diesem Code bezahlen".into(), ways: vec![by_account, by_link] }
    }

    /// With every line that an order can have beside a code, each as long as it gets.
    pub(super) fn fullest(pay: Pay) -> Snapshot {
        let mut open = Snapshot::from_json(&snapshot("Sara Frei")).expect("a snapshot");
        open.pay = Some(pay);
        open.comment = Some("Bitte in zwei Wochen wieder vorbeibringen. ".repeat(9));
        open.thanks = Some("Vielen Dank für den Auftrag und gutes Spiel! ".repeat(8));
        let line = |label: &str, value: &str| Line { label: label.into(), value: value.into() };
        open.prices = ["Arbeit", "Saite längs", "Saite quer", "Rabatt", "Anpassung"]
            .map(|label| line(label, "1'000.00"))
            .into();
        open.taxes =
            [19, 7].map(|rate| line(&format!("{rate} % USt, enthalten in 20.00"), "3.19")).into();
        open.received = ["Früher bezahlt, 9 Mal", "Bezahlt am 13. November 2026, Überweisung"]
            .map(|how| line(how, "100.00"))
            .into();
        open.rest = Some(line("Noch offen", "1'234.50"));
        open.paid_label = "noch offen CHF 1'234.50".into();
        open.business = (1..7).map(|n| format!("Zeile {n} der Anschrift")).collect();
        open
    }

    #[test]
    fn the_codes_on_the_paper_say_what_was_frozen() {
        for (name, iban, currency) in [
            ("receipt-swiss", "CH9300762011623852957", Currency::Chf),
            ("receipt-european", "DE89370400440532013000", Currency::Eur),
        ] {
            let pay = pay(iban, currency);
            let says: Vec<_> = pay.ways.iter().map(|way| way.says.clone()).collect();
            let open = fullest(pay);
            assert_eq!(scanned(&open.to_json(), name), says, "{name}");
        }
        assert_eq!(scanned(&snapshot("Sara Frei"), "receipt-plain"), Vec::<String>::new());
    }

    pub(super) fn snapshot(client: &str) -> String {
        let side = |label: &str, tension: &str| Strung {
            label: label.into(),
            tension: Some(tension.into()),
            string: "Luxilon Alu Power 1.25".into(),
        };
        let line = |label: &str, value: &str| Line { label: label.into(), value: value.into() };
        Snapshot {
            template: Snapshot::TEMPLATE,
            locale: Locale::De,
            day: NaiveDate::from_ymd_opt(2026, 11, 23),
            number: "2026-0214".into(),
            title: "Beleg".into(),
            stringer: "Stefans Besaitungen".into(),
            client_label: "Für".into(),
            client: client.into(),
            racket: "Wilson Blade 98".into(),
            strung_label: "Bespannt".into(),
            strung: "23. November 2026".into(),
            total: "CHF 47.50".into(),
            paid: false,
            paid_label: "offen".into(),
            setup_title: "Bespannung".into(),
            mains: side("Längs", "23.5 kg"),
            crosses: side("Quer", "22.5 kg"),
            details: vec![line("Verfahren", "ein Stück")],
            price_title: "Preis".into(),
            prices: vec![line("Arbeit", "25.00")],
            total_label: "Total CHF".into(),
            total_amount: "47.50".into(),
            business_title: "Stefans Besaitungen".into(),
            business: vec!["Musterweg 4".into()],
            thanks: Some("Vielen Dank!".into()),
            tax_note: "Nicht mehrwertsteuerpflichtig.".into(),
            ..Snapshot::default()
        }
        .to_json()
    }

    #[tokio::test]
    async fn the_same_snapshot_gives_the_same_bytes() {
        let first = render(snapshot("Sara Frei"), None).await.expect("a page");
        assert!(first.starts_with(b"%PDF-"));
        assert_eq!(first, render(snapshot("Sara Frei"), None).await.expect("a page"));
        assert_ne!(first, render(snapshot("Anna Keller"), None).await.expect("a page"));
    }

    /// What was issued with a version of the template is the same file for ever: where one of
    /// these changes, a version was edited that receipts were issued with, or a library sets
    /// otherwise than it did, and `check_receipts` says so of every book.
    #[tokio::test]
    async fn each_version_of_the_template_makes_the_bytes_that_it_made() {
        let says = |version: Option<u8>| {
            let mut says: Value = serde_json::from_str(&snapshot("Sara Frei")).expect("JSON");
            let fields = says.as_object_mut().expect("fields");
            match version {
                Some(version) => fields.insert("template".into(), version.into()),
                None => fields.remove("template"),
            };
            says.to_string()
        };
        let mut digests = Vec::new();
        for version in [None, Some(1), Some(2), Some(3), Some(4)] {
            let pdf = render(says(version), None).await.expect("a page");
            digests.push(hex::encode(Sha256::digest(pdf)));
        }
        // With a picture, and with a name in each script that is in slices.
        let mut with =
            Snapshot::from_json(&snapshot("金철수 李 さくら สมชาย अनिल Անի ნინო")).expect("one");
        with.logo = Some("of it".to_owned());
        let logo = include_bytes!("../../tests/fixtures/logo.png").to_vec();
        for version in [3, 4] {
            with.template = version;
            let pdf = render(with.to_json(), Some(logo.clone())).await.expect("a page");
            digests.push(hex::encode(Sha256::digest(pdf)));
        }
        assert_eq!(digests[0], digests[1]);
        assert_eq!(
            digests[1..],
            [
                "04e4a41ce88d702bd37dac497770b3a26cf30ee368522e847e9255f1da3fe8b0",
                "2ca12e00eb67ff1e8ff9b5095befa6a29c20f47efb52cf4095231064ceb6b727",
                "1bbc0b8baaed5759c6b4f4eb14c1d41a0951d06cb6c18bd3adaeedf14f8cb24a",
                "f0fa8d6b50b88717d149143d8eac357738dcff910fe1aee2cc91f0f3e773cd59",
                "1f68dd9bc3847798d31cee20a5fd7c88aff19db6cae03c2ad501a4a35349f002",
                "3e2b5a55bfa4be8574a69b1dc1cf821b909dcd29fb573aac62de7104b6921abb"
            ]
        );
        assert!(render(says(Some(0)), None).await.is_err());
        assert!(render(says(Some(Snapshot::TEMPLATE + 1)), None).await.is_err());
    }

    #[test]
    fn another_template_alone_is_nothing_new_to_say() {
        let now = Snapshot::from_json(&snapshot("Sara Frei")).expect("a snapshot");
        let before = Snapshot { template: 1, ..now.clone() };
        assert!(now.says_the_same_as(&before.to_json()));
        let other = Snapshot { paid: true, ..before };
        assert!(!now.says_the_same_as(&other.to_json()));
        assert!(!now.says_the_same_as("no snapshot"));
        // But where the old one had no letters for it.
        let named = Snapshot::from_json(&snapshot("김철수")).expect("a snapshot");
        assert!(named.says_the_same_as(&named.to_json()));
        let boxes = Snapshot { template: 2, ..named.clone() };
        assert!(!named.says_the_same_as(&boxes.to_json()));
    }

    /// What is kept for years and read aloud says so.
    pub(super) fn is_archived(pdf: &[u8]) -> bool {
        let says = |what: &[u8]| pdf.windows(what.len()).any(|some| some == what);
        says(b"<pdfaid:part>2</pdfaid:part>") && says(b"<pdfaid:conformance>A<")
    }

    #[tokio::test]
    async fn a_receipt_is_a_file_for_the_archive() {
        let mut open = Snapshot::from_json(&snapshot("Sara Frei")).expect("a snapshot");
        open.pay = Some(pay("CH9300762011623852957", Currency::Chf));
        for says in [snapshot("Zoë 🎾 שרה علي 김철수 李小龍 さくら สมชาย"), open.to_json()]
        {
            assert!(is_archived(&render(says, None).await.expect("a page")));
        }
        open.logo = Some("of it".to_owned());
        let logo = include_bytes!("../../tests/fixtures/logo.png").to_vec();
        assert!(is_archived(&render(open.to_json(), Some(logo)).await.expect("a page")));
        // What nobody has letters for is printed all the same.
        assert!(!is_archived(&render(snapshot("𓀀"), None).await.expect("a page")));
    }
}
