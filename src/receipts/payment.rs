//! Codes that banking apps read: the Swiss QR code (SIX, Implementation Guidelines QR-bill 2.3)
//! for francs, and the European Payments Council's (EPC069-12) for euros.
//!
//! A Swiss one names the account's holder by a structured address: since November 2025 banks take
//! no other. Both carry a creditor reference (ISO 11649) made of the receipt's number, so that the
//! payment names what it pays for.

use iban::{Iban, IbanLike as _};
use qrcode::render::svg;
use qrcode::{EcLevel, QrCode, types::QrError};

use crate::units::{Currency, Money};
use crate::values::Vocabulary as _;

/// Signs that either code takes in a name: the letters of Western, Central and Northern Europe
/// (guidelines 2.3, 4.1.1), which are in the European code's UTF-8 as well.
#[must_use]
pub fn is_taken(c: char) -> bool {
    matches!(c, ' '..='~' | '\u{a0}'..='\u{17f}' | 'Ș' | 'ș' | 'Ț' | 'ț' | '€')
}

/// Where somebody is paid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Its number.
    pub iban: Iban,
    /// Whose it is; at most 70 signs.
    pub holder: String,
    /// Street and house number; at most 70 signs.
    pub street: String,
    /// At most 16 signs.
    pub postcode: String,
    /// At most 35 signs.
    pub town: String,
    /// Two letters (ISO 3166-1).
    pub country: String,
}

impl Account {
    /// Whether it has what a Swiss code must say of its holder.
    fn has_address(&self) -> bool {
        [&self.holder, &self.postcode, &self.town, &self.country]
            .iter()
            .all(|part| !part.is_empty())
    }
}

/// The most signs of a holder and of a street.
pub const LONGEST_LINE: usize = 70;
/// The most signs of a postcode.
pub const LONGEST_POSTCODE: usize = 16;
/// The most signs of a town.
pub const LONGEST_TOWN: usize = 35;

/// Account numbers of these countries can be in a Swiss code.
const SWISS: [&str; 2] = ["CH", "LI"];

/// What a code says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Code {
    /// For francs, with a cross in its middle.
    Swiss,
    /// For euros.
    European,
}

/// The European rule leaves out the bank's code (BIC) within the European Economic Area alone.
const EUROPEAN: [&str; 30] = [
    "AT", "BE", "BG", "HR", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HU", "IE", "IS",
    "IT", "LI", "LT", "LU", "LV", "MT", "NL", "NO", "PL", "PT", "RO", "SE", "SI", "SK",
];

/// Whether an account is one that banking apps in Switzerland take codes for.
#[must_use]
pub fn is_swiss(iban: &Iban) -> bool {
    SWISS.contains(&iban.country_code())
}

/// A number that only stands beside a reference of the bank's own form (guidelines 2.3, 4.3.1):
/// its institution is one of 30000 to 31999.
#[must_use]
pub fn is_qr_iban(iban: &Iban) -> bool {
    let institution = iban.electronic_str().get(4..9).and_then(|digits| digits.parse().ok());
    is_swiss(iban) && institution.is_some_and(|number: u32| (30_000..32_000).contains(&number))
}

/// The kind of code for a currency and an account; `None` where no app would read one.
#[must_use]
pub fn kind(iban: &Iban, currency: Currency) -> Option<Code> {
    let is_european = EUROPEAN.contains(&iban.country_code());
    match currency {
        // A Swiss account is paid in either by the Swiss code.
        Currency::Chf | Currency::Eur if is_swiss(iban) => Some(Code::Swiss),
        Currency::Eur if is_european => Some(Code::European),
        _ => None,
    }
}

/// The creditor reference of a receipt, as `RF712026000001`: its digits, with two that check them
/// (ISO 11649: the remainder of 97).
#[must_use]
pub fn reference(number: &str) -> String {
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    // `RF00` behind it, each letter as its place in the alphabet from ten on.
    let whole = format!("{digits}271500");
    let rest = whole.chars().filter_map(|c| c.to_digit(10)).fold(0, |rest, d| (rest * 10 + d) % 97);
    format!("RF{:02}{digits}", 98 - rest)
}

/// What a code says, to be frozen; `None` where there is nothing to pay, or no app would read it.
#[must_use]
pub fn payload(account: &Account, amount: Money, number: &str) -> Option<(Code, String)> {
    let kind = kind(&account.iban, amount.currency())?;
    if amount.minor() <= 0 || (kind == Code::Swiss && !account.has_address()) {
        return None;
    }
    let (iban, currency) = (account.iban.electronic_str(), amount.currency().code());
    let amount = amount.plain();
    let reference = reference(number);
    let lines: Vec<&str> = match kind {
        Code::Swiss => {
            let head = ["SPC", "0200", "1", iban, "S", &account.holder, &account.street, ""];
            let place = [&*account.postcode, &account.town, &account.country];
            // Nobody else is paid in the end, and who pays is nobody's business in a code.
            let (in_the_end, payer) = ([""; 7], [""; 7]);
            let paid = [&*amount, currency];
            let what = ["SCOR", &reference, "", "EPD"];
            [&head[..], &place, &in_the_end, &paid, &payer, &what].concat()
        }
        Code::European => {
            let head = ["BCD", "002", "1", "SCT", "", &account.holder, iban];
            let amount = format!("EUR{amount}");
            return Some((kind, [&head[..], &[&amount, "", &reference]].concat().join("\n")));
        }
    };
    Some((kind, lines.join("\n")))
}

/// The picture of a code, with the zone around it that readers need. Both rules want the level
/// that survives the loss of 15 %, which the cross takes a part of.
///
/// # Errors
/// Where it says more than a code can.
pub fn picture(says: &str) -> Result<String, QrError> {
    let code = QrCode::with_error_correction_level(says, EcLevel::M)?;
    Ok(code.render::<svg::Color<'_>>().quiet_zone(false).build())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn account(iban: &str) -> Account {
        Account {
            iban: iban.parse().expect("an account"),
            holder: "Stefan Müller".into(),
            street: "Seestrasse 12".into(),
            postcode: "8002".into(),
            town: "Zürich".into(),
            country: "CH".into(),
        }
    }

    const SWISS_ONE: &str = "CH9300762011623852957";
    const GERMAN_ONE: &str = "DE89370400440532013000";

    #[test]
    fn each_line_of_a_swiss_code_is_where_the_guidelines_have_it() {
        let amount = Money::from_minor(4750, Currency::Chf);
        let (kind, says) = payload(&account(SWISS_ONE), amount, "2026-0214").expect("a code");
        assert_eq!(kind, Code::Swiss);
        let lines: Vec<&str> = says.split('\n').collect();
        let creditor = ["S", "Stefan Müller", "Seestrasse 12", "", "8002", "Zürich", "CH"];
        assert_eq!(lines[..4], ["SPC", "0200", "1", SWISS_ONE]);
        assert_eq!(lines[4..11], creditor);
        assert_eq!(lines[11..18], [""; 7]);
        assert_eq!(lines[18..20], ["47.50", "CHF"]);
        assert_eq!(lines[20..27], [""; 7]);
        assert_eq!(lines[27..], ["SCOR", &*reference("2026-0214"), "", "EPD"]);
    }

    #[test]
    fn each_line_of_a_european_code_is_where_its_guidelines_have_it() {
        let amount = Money::from_minor(4750, Currency::Eur);
        let (kind, says) = payload(&account(GERMAN_ONE), amount, "2026-0214").expect("a code");
        assert_eq!(kind, Code::European);
        let reference = reference("2026-0214");
        let lines = ["BCD", "002", "1", "SCT", "", "Stefan Müller", GERMAN_ONE, "EUR47.50", ""];
        assert_eq!(says, [&lines[..], &[&reference]].concat().join("\n"));
    }

    #[test]
    fn a_reference_is_one_more_than_a_multiple_of_97_as_the_standard_wants() {
        // The standard's own example.
        assert_eq!(reference("539007547034"), "RF18539007547034");
        for number in ["2026-0001", "2026-0214", "2099-10000"] {
            let made = reference(number);
            let turned = format!("{}2715{}", &made[4..], &made[2..4]);
            let rest = turned.parse::<u128>().expect("digits") % 97;
            assert_eq!(rest, 1, "{made}");
        }
    }

    #[test]
    fn there_is_no_code_where_no_app_would_read_it() {
        let chf = |minor| Money::from_minor(minor, Currency::Chf);
        assert_eq!(payload(&account(GERMAN_ONE), chf(100), "2026-0001"), None);
        assert_eq!(payload(&account(SWISS_ONE), chf(0), "2026-0001"), None);
        let nowhere = Account { town: String::new(), ..account(SWISS_ONE) };
        assert_eq!(payload(&nowhere, chf(100), "2026-0001"), None);
        let euro = Money::from_minor(100, Currency::Eur);
        let british = account("GB29NWBK60161331926819");
        assert_eq!(payload(&british, euro, "2026-0001"), None);
        let (code, says) = payload(&account(SWISS_ONE), euro, "2026-0001").expect("a code");
        assert!(code == Code::Swiss && says.contains("\n1.00\nEUR\n"));
        assert!(is_qr_iban(&account("CH4431999123000889012").iban));
        assert!(!is_qr_iban(&account(SWISS_ONE).iban));
    }

    #[test]
    fn the_longest_account_still_makes_a_code_of_the_allowed_size() {
        let longest = Account {
            holder: "Ü".repeat(LONGEST_LINE),
            street: "Ü".repeat(LONGEST_LINE),
            postcode: "W".repeat(LONGEST_POSTCODE),
            town: "Ü".repeat(LONGEST_TOWN),
            ..account(SWISS_ONE)
        };
        let (_, says) =
            payload(&longest, Money::from_minor(99_999_999, Currency::Chf), "2026-999999")
                .expect("a code");
        let code = QrCode::with_error_correction_level(&says, EcLevel::M).expect("room");
        assert!(says.chars().count() <= 997, "{}", says.len());
        assert!(matches!(code.version(), qrcode::Version::Normal(version) if version <= 25));
        let euro = Money::from_minor(99_999_999, Currency::Eur);
        let longest = Account { iban: account(GERMAN_ONE).iban, ..longest };
        let (_, says) = payload(&longest, euro, "2026-999999").expect("a code");
        let code = QrCode::with_error_correction_level(&says, EcLevel::M).expect("room");
        assert!(says.len() <= 331, "{}", says.len());
        assert!(matches!(code.version(), qrcode::Version::Normal(version) if version <= 13));
    }
}
