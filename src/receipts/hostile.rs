//! Texts and pictures that nobody would print, and names of everywhere.

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use crate::receipts::tests::{fullest, is_archived, pay, snapshot};
    use crate::receipts::{Line, Snapshot, page, render};
    use crate::typeset;
    use crate::units::Currency;

    /// What is printed of a receipt on which every text is hostile.
    #[tokio::test]
    async fn texts_are_printed_as_texts_and_none_takes_longer_than_it_may() {
        fn every(value: &mut Value, text: &str) {
            match value {
                Value::String(it) => *it = text.to_owned(),
                Value::Array(all) => all.iter_mut().for_each(|one| every(one, text)),
                Value::Object(all) => all
                    .iter_mut()
                    .filter(|(key, _)| !["locale", "day", "says"].contains(&key.as_str()))
                    .for_each(|(_, one)| every(one, text)),
                _ => {}
            }
        }
        let mut open = Snapshot::from_json(&snapshot("Sara Frei")).expect("a snapshot");
        open.pay = Some(pay("CH9300762011623852957", Currency::Chf));
        (open.comment, open.racket_note) = (Some("x".into()), Some("x".into()));
        let kind = "x".to_owned();
        (open.received, open.taxes) =
            (open.prices.clone(), vec![Line { label: kind, value: "x".into() }]);
        for text in [
            "#panic(\"no\") $x^2$ *a* _b_ `raw` \\ @ref <label> [x] // c /* d */ #read(\"/etc/passwd\")",
            "\u{202e}evil\u{2066}\u{0}\u{7}\u{1b}[31m\u{feff}\r\n\t\u{200b}",
            &"W".repeat(100_000),
            &"Bespannung ".repeat(10_000),
            &"漢字かな".repeat(25_000),
            &"e\u{301}\u{302}\u{303}\u{304}".repeat(20_000),
            &"👩‍👩‍👧‍👦".repeat(5_000),
            &"\n".repeat(100_000),
            &"سلام".repeat(25_000),
        ] {
            let mut says: Value = serde_json::from_str(&open.to_json()).expect("JSON");
            every(&mut says, text);
            let says = Snapshot::from_json(&says.to_string()).expect("a snapshot").to_json();
            let pdf = tokio::time::timeout(FREE_AGAIN, render(says, None)).await;
            let start: String = text.chars().take(40).collect();
            assert!(pdf.expect("free again in time").is_ok(), "{start}");
        }
    }

    /// A program that is not made for speed gets more of it than one that is.
    const FREE_AGAIN: std::time::Duration =
        std::time::Duration::from_secs(if cfg!(debug_assertions) { 60 } else { 5 });

    #[test]
    fn of_all_the_lines_that_can_come_none_is_cut() {
        let cut = |snapshot: &Snapshot| {
            let words = typeset::words(page(&snapshot.to_json(), None).expect("a page"));
            words.into_iter().find(|word| word.is_cut).map(|word| word.text)
        };
        let mut open = fullest(pay("CH9300762011623852957", Currency::Chf));
        assert_eq!(cut(&open), None);
        open.pay.as_mut().expect("ways").ways.pop();
        assert_eq!(cut(&open), None);
        // Where there is no code is a place for two more payments, and what coins made of it.
        open.pay = None;
        open.received.extend(open.received.clone());
        open.received.push(Line { label: "Rundung".into(), value: "−0.02".into() });
        assert_eq!(cut(&open), None);
        // The eye of this test: what has no place at all is seen to be cut.
        open.received = vec![open.received.remove(0); 40];
        assert!(cut(&open).is_some());
    }

    #[test]
    fn a_logo_stands_in_its_slot_and_moves_nothing() {
        let says = snapshot("Sara Frei");
        let with = |logo: Option<&[u8]>, name: &str| {
            let mut snapshot = Snapshot::from_json(&says).expect("a snapshot");
            snapshot.logo = logo.map(|_| "of it".to_owned());
            let print = page(&snapshot.to_json(), logo.map(<[u8]>::to_vec)).expect("a page");
            typeset::picture(print, name)
        };
        let (wide, plain) = with(None, "receipt-named");
        let logo: &[u8] = include_bytes!("../../tests/fixtures/logo.png");
        let (_, shown) = with(Some(logo), "receipt-logo");
        // Below the slot, 30 mm from the top, both are the same; four dots to a point.
        let below = wide * (30.0 * 4.0 * 72.0 / 25.4) as usize;
        assert!(plain[below..] == shown[below..] && plain[..below] != shown[..below]);
    }

    #[tokio::test]
    async fn names_of_every_script_and_length_fit_on_the_page() {
        let long = "W".repeat(300);
        let names = [
            "שרה כהן",
            "سارة",
            "Zoë 🎾👩‍👩‍👧",
            "김철수 金",
            "李小龍 张伟",
            "山田 さくら",
            "สมชาย ใจดี",
            "Дмитрий Ελένη Văn Ẩn 김철수 李 さくら สมชาย שרה علي",
            // Marks on letters that have none of their own with it.
            "M̂x̌ J̀á W̊",
            "#let x = 1 $a$ @b <c>",
            &long,
            "",
        ];
        for (at, name) in names.into_iter().enumerate() {
            let print = || page(&snapshot(name), None).expect("a page");
            let words = typeset::words(print());
            assert_eq!(words.iter().map(|word| word.boxes).sum::<usize>(), 0, "{name}");
            assert!(words.iter().all(|word| !word.is_cut), "{name}");
            typeset::picture(print(), &format!("receipt-name-{at}"));
            assert!(is_archived(&render(snapshot(name), None).await.expect("a page")), "{name}");
        }
    }
}
