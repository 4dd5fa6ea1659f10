//! What a receipt looks like, case by case: languages, taxes, what was paid, what is missing or too
//! long, and scripts. Each case has its words with where they stand (insta), and a picture that is
//! compared dot by dot with a tolerance; `INSTA_UPDATE=always` writes both anew, and then somebody
//! has to look at them.

use std::path::Path;

use chrono::NaiveDate;
use image::{GrayImage, ImageFormat};

use super::*;
use crate::receipts::payment::{self, Account};
use crate::typeset::Word;
use crate::units::{Currency, Money};
use crate::values::Vocabulary as _;

/// By which law, as [`crate::models::taxes`] says it.
#[derive(Clone, Copy)]
enum Regime {
    None,
    Swiss,
    Small,
    Rates,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Settled {
    Open,
    Part,
    Paid,
    Free,
}

/// What is odd about it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Odd {
    Nothing,
    Missing,
    Overflow,
    Scripts,
}

struct Case {
    locale: Locale,
    regime: Regime,
    settled: Settled,
    odd: Odd,
}

impl Case {
    /// Each language with each law and each state; what is odd turns with them, so that each pair
    /// of the others meets it.
    fn all() -> Vec<Self> {
        let odds = [Odd::Nothing, Odd::Missing, Odd::Overflow, Odd::Scripts];
        let mut all = Vec::new();
        for (at, locale) in [Locale::De, Locale::En].into_iter().enumerate() {
            let regimes = [Regime::None, Regime::Swiss, Regime::Small, Regime::Rates];
            for (law, regime) in regimes.into_iter().enumerate() {
                let states = [Settled::Open, Settled::Part, Settled::Paid, Settled::Free];
                for (state, settled) in states.into_iter().enumerate() {
                    all.push(Self { locale, regime, settled, odd: odds[(law + state + at) % 4] });
                }
            }
        }
        all
    }

    fn name(&self) -> String {
        let regime = match self.regime {
            Regime::None => "none",
            Regime::Swiss => "swiss",
            Regime::Small => "small",
            Regime::Rates => "rates",
        };
        let settled = match self.settled {
            Settled::Open => "open",
            Settled::Part => "part",
            Settled::Paid => "paid",
            Settled::Free => "free",
        };
        let odd = match self.odd {
            Odd::Nothing => "plain",
            Odd::Missing => "missing",
            Odd::Overflow => "overflow",
            Odd::Scripts => "scripts",
        };
        format!("{}-{regime}-{settled}-{odd}", self.locale.code())
    }

    fn currency(&self) -> Currency {
        match self.regime {
            Regime::None | Regime::Swiss => Currency::Chf,
            Regime::Small | Regime::Rates => Currency::Eur,
        }
    }

    fn text(&self, german: &str, english: &str) -> String {
        if self.locale == Locale::De { german } else { english }.to_owned()
    }

    /// A text that is too long where that is what is odd.
    fn long(&self, text: &str) -> String {
        let times = if self.odd == Odd::Overflow { 12 } else { 1 };
        [text].repeat(times).join(" ")
    }

    fn client(&self) -> &'static str {
        match (self.odd, self.settled) {
            (Odd::Scripts, Settled::Open) => "김철수 金",
            (Odd::Scripts, Settled::Part) => "山田 さくら · สมชาย",
            (Odd::Scripts, Settled::Paid) => "Дмитрий Ελένη Văn Ẩn",
            (Odd::Scripts, Settled::Free) => "שרה كريم 🎾 李小龍",
            (Odd::Overflow, _) => {
                "Maximiliana-Wilhelmina von und zu Hohenlangenbach-Oberunterwalden"
            }
            _ => "Sara Frei",
        }
    }

    fn snapshot(&self) -> Snapshot {
        let both = |german: &str, english: &str| self.text(german, english);
        let line = |label: String, value: &str| Line { label, value: value.into() };
        let side = |label: String, tension: &str, string: &str| Strung {
            label,
            tension: (self.odd != Odd::Missing).then(|| tension.to_owned()),
            string: if self.odd == Odd::Missing { String::new() } else { self.long(string) },
        };
        let code = self.currency().code();
        let total = if self.settled == Settled::Free { "0.00" } else { "47.50" };
        let labelled =
            |german: &str, english: &str, value: &str| line(both(german, english), value);
        let has = self.odd != Odd::Missing;
        Snapshot {
            template: Snapshot::TEMPLATE,
            locale: self.locale,
            day: NaiveDate::from_ymd_opt(2026, 11, 23),
            number: "2026-0214".into(),
            title: both("Beleg", "Receipt"),
            stringer: self.long("Stefans Besaitungen"),
            client_label: both("Für", "For"),
            client: self.client().into(),
            racket: self.long("Wilson Blade 98"),
            racket_note: has.then(|| both("die rote", "the red one")),
            strung_label: both("Bespannt", "Strung"),
            strung: both("23. November 2026", "23 November 2026"),
            total: format!("{code} {total}"),
            setup_title: both("Bespannung", "Stringing"),
            mains: side(both("Längs", "Mains"), "23.5 kg", "Luxilon Alu Power 1.25"),
            crosses: side(both("Quer", "Crosses"), "22.5 kg", "Babolat VS Touch 1.30"),
            details: match has {
                true => vec![
                    labelled("Verfahren", "Method", "Around the World, two pieces"),
                    labelled("DT vorher", "DT before", "31"),
                    labelled("DT nach dem Bespannen", "DT after stringing", "38 (ERT 300)"),
                ],
                false => Vec::new(),
            },
            price_title: both("Preis", "Price"),
            prices: vec![
                labelled("Arbeit", "Labour", "25.00"),
                labelled("Saite längs", "String, mains", "14.00"),
                labelled("Saite quer", "String, crosses", "12.00"),
                labelled("Rabatt", "Discount", if total == "0.00" { "−51.00" } else { "−3.50" }),
            ],
            total_label: format!("Total {code}"),
            total_amount: total.into(),
            business_title: self.long("Stefan Müller"),
            business: match has {
                true => {
                    vec![self.long("Seestrasse 12"), "8002 Zürich".into(), "079 123 45 67".into()]
                }
                false => Vec::new(),
            },
            thanks: has.then(|| {
                self.long(&both("Vielen Dank und gutes Spiel!", "Thank you, and good play!"))
            }),
            comment: has.then(|| self.long(&both("Nach 20 Stunden neu.", "Again after 20 hours."))),
            ..self.settled()
        }
    }

    /// What depends on the tax and on what was paid.
    fn settled(&self) -> Snapshot {
        let both = |german: &str, english: &str| self.text(german, english);
        let code = self.currency().code();
        let line = |label: String, value: &str| Line { label, value: value.into() };
        let rate = |rate: &str, of: &str, value: &str| {
            line(
                both(
                    &format!("{rate} % MWST, enthalten in {of}"),
                    &format!("{rate}% VAT, included in {of}"),
                ),
                value,
            )
        };
        let has_total = self.settled != Settled::Free;
        let taxes = match self.regime {
            Regime::Swiss if has_total => vec![rate("8.1", "47.50", "3.56")],
            Regime::Rates if has_total => {
                vec![rate("19", "22.50", "3.59"), rate("7", "25.00", "1.64")]
            }
            _ => Vec::new(),
        };
        let tax_note = match self.regime {
            Regime::None => both("Nicht mehrwertsteuerpflichtig.", "Not VAT-registered."),
            Regime::Swiss => both("MWST-Nr. CHE-109.322.551", "VAT no. CHE-109.322.551"),
            Regime::Small => both("Keine USt (§ 19 UStG).", "No VAT (section 19 UStG)."),
            Regime::Rates => both("USt-IdNr. DE136695976", "VAT ID DE136695976"),
        };
        let paid = |amount: &str| {
            vec![line(both("Bezahlt 23. November, bar", "Paid 23 November, cash"), amount)]
        };
        let open = |amount: &str| {
            both(&format!("noch offen {code} {amount}"), &format!("still open {code} {amount}"))
        };
        let (paid_label, received, rest, owed) = match self.settled {
            Settled::Open => (both("offen", "open"), Vec::new(), None, Some(4_750)),
            Settled::Part => {
                let rest = line(both("Noch offen", "Still open"), "27.50");
                (open("27.50"), paid("20.00"), Some(rest), Some(2_750))
            }
            Settled::Paid => (
                both("bezahlt am 23. November 2026", "paid on 23 November 2026"),
                paid("47.50"),
                None,
                None,
            ),
            Settled::Free => (both("nichts zu bezahlen", "nothing to pay"), Vec::new(), None, None),
        };
        Snapshot {
            taxes,
            tax_note,
            paid: !matches!(self.settled, Settled::Open | Settled::Part),
            paid_label,
            received,
            rest,
            pay: owed.filter(|_| self.odd != Odd::Missing).and_then(|minor| self.pay(minor)),
            ..Snapshot::default()
        }
    }

    fn pay(&self, minor: i64) -> Option<Pay> {
        let iban = match self.currency() {
            Currency::Chf => "CH9300762011623852957",
            _ => "DE89370400440532013000",
        };
        let account = Account {
            iban: iban.parse().ok()?,
            holder: "Stefan Müller".into(),
            street: "Seestrasse 12".into(),
            postcode: "8002".into(),
            town: "Zürich".into(),
            country: "CH".into(),
        };
        let amount = Money::from_minor(minor, self.currency());
        let (code, says) = payment::payload(&account, amount, "2026-0214")?;
        let line = |german: &str, english: &str, value: String| Line {
            label: self.text(german, english),
            value,
        };
        let lines = vec![
            line("Konto", "Account", account.iban.to_string()),
            line("Zahlbar an", "Payable to", account.holder.clone()),
            line("Referenz", "Reference", payment::reference("2026-0214")),
            line("Betrag", "Amount", format!("{} {}", self.currency().code(), amount.plain())),
        ];
        let by_account = PayBy { says, has_cross: code == payment::Code::Swiss, lines };
        let title = self.text("Hier bezahlen", "Pay here");
        let link = "https://pay.example.ch/stefan".to_owned();
        let lines = vec![line("Oder über diesen Link", "Or by this link", link.clone())];
        let by_link = PayBy { says: link, has_cross: false, lines };
        let ways = match self.odd {
            Odd::Overflow => vec![by_account, by_link],
            _ => vec![by_account],
        };
        Some(Pay { title, ways })
    }

    fn print(&self) -> Print {
        let logo: &[u8] = include_bytes!("../../tests/fixtures/logo.png");
        let mut says = self.snapshot();
        let logo = (self.odd == Odd::Nothing).then(|| logo.to_vec());
        says.logo = logo.as_ref().map(|_| "of it".to_owned());
        page(&says.to_json(), logo).expect("a page")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(words: &[Word]) -> Vec<&str> {
        words.iter().filter(|word| word.is_cut).map(|word| word.text.as_str()).collect()
    }

    /// A line of the page a line, in millimetres from the left and the top.
    fn told(words: &[Word]) -> String {
        words.iter().map(|word| format!("{:5.1} {:5.1}  {}\n", word.x, word.y, word.text)).collect()
    }

    #[test]
    fn the_words_of_each_case_stand_where_they_stood() {
        let all = Case::all();
        assert_eq!(all.len(), 32);
        for case in all {
            let words = typeset::words(case.print());
            let total = case.snapshot().total;
            // The total, large, in the quadrant that is seen when the page is folded.
            let large = words.iter().find(|word| word.text == total && word.points >= 28.0);
            let large = large.unwrap_or_else(|| panic!("{}: {}", case.name(), told(&words)));
            assert!(large.x >= 12.0 && large.x < 93.0 && large.y < 148.5, "{}", case.name());
            assert_eq!(words.iter().map(|word| word.boxes).sum::<usize>(), 0, "{}", told(&words));
            assert_eq!(cut(&words), Vec::<&str>::new(), "{}", case.name());
            // And nothing is outside of what printers print.
            for word in &words {
                assert!(
                    (5.0..205.0).contains(&word.x) && (5.0..292.0).contains(&word.y),
                    "{}",
                    word.text
                );
            }
            insta::assert_snapshot!(case.name(), told(&words));
        }
    }

    /// Dots to a point: 50 to an inch.
    const DOTS: f64 = 0.7;

    #[test]
    fn each_case_looks_as_it_looked() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/receipts");
        let anew = std::env::var("INSTA_UPDATE").is_ok_and(|update| update == "always");
        for case in Case::all() {
            let (wide, shades) =
                typeset::picture_of(case.print(), &format!("case-{}", case.name()), DOTS);
            let high = shades.len() / wide;
            let seen = GrayImage::from_raw(wide as u32, high as u32, shades).expect("a picture");
            let path = folder.join(format!("{}.png", case.name()));
            if anew {
                seen.save_with_format(&path, ImageFormat::Png).expect("kept");
            }
            let kept = image::open(&path).expect("a picture that was looked at").to_luma8();
            assert_eq!(seen.dimensions(), kept.dimensions(), "{}", case.name());
            // A library that draws an edge half a dot beside is no other receipt.
            let off = seen
                .pixels()
                .zip(kept.pixels())
                .filter(|(one, other)| one.0[0].abs_diff(other.0[0]) > 48);
            let off = off.count();
            assert!(off * 1_000 <= wide * high, "{}: {off} dots are others", case.name());
        }
    }
}
