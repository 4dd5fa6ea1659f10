//! A leaf: a frozen snapshot in, one A4 page as PDF out. It knows no database, no
//! request and no context, and calls nothing by a name that is not in the snapshot.

mod snapshot;

pub use snapshot::{Line, PRINTED, Snapshot, Strung};

use crate::typeset::{self, Template, TypesetError};

/// Renders a snapshot's JSON. The same text gives the same bytes.
///
/// # Errors
/// With the reason, for the log and the failed-jobs page.
pub async fn render(snapshot: String) -> Result<Vec<u8>, TypesetError> {
    typeset::pdf(Template::Receipt, snapshot, 1).await
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Locale;

    fn snapshot(client: &str) -> String {
        let side = |label: &str, tension: &str| Strung {
            label: label.into(),
            tension: Some(tension.into()),
            string: "Luxilon Alu Power 1.25".into(),
        };
        let line = |label: &str, value: &str| Line { label: label.into(), value: value.into() };
        Snapshot {
            locale: Locale::De,
            number: "2026-0214".into(),
            title: "Beleg".into(),
            stringer: "Stefans Besaitungen".into(),
            client_label: "Für".into(),
            client: client.into(),
            racket: "Wilson Blade 98".into(),
            racket_note: None,
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
            comment: None,
            tax_note: "Nicht mehrwertsteuerpflichtig.".into(),
        }
        .to_json()
    }

    #[tokio::test]
    async fn the_same_snapshot_gives_the_same_bytes() {
        let first = render(snapshot("Sara Frei")).await.expect("a page");
        assert!(first.starts_with(b"%PDF-"));
        assert_eq!(first, render(snapshot("Sara Frei")).await.expect("a page"));
        assert_ne!(first, render(snapshot("Anna Keller")).await.expect("a page"));
    }

    #[tokio::test]
    async fn names_of_every_script_and_length_fit_on_the_page() {
        for name in ["שרה כהן", "سارة", "Zoë 🎾👩‍👩‍👧", "#let x = 1 $a$ @b <c>", &"W".repeat(300), ""]
        {
            assert!(render(snapshot(name)).await.is_ok(), "{name}");
        }
    }
}
