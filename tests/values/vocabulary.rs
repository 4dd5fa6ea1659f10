//! Each word has one code, for the database, for forms and for JSON.

use rbo::i18n::Locale;
use rbo::labels::Size;
use rbo::models::catalogue::{Source, Visibility};
use rbo::models::invitations::InvitationState;
use rbo::models::notifications::NotificationKind;
use rbo::models::orders::{Filter, Payment, Prestretch, Sort, State, Step};
use rbo::models::outbox::MailState;
use rbo::models::receipt_emissions::{Cause, PdfState};
use rbo::models::receipt_mails::Delivery;
use rbo::models::sessions::SignInMethod;
use rbo::models::share_audit::ShareEvent;
use rbo::models::stringers::{RestringBy, Role};
use rbo::models::taxes::TaxRegime;
use rbo::units::{Currency, Sport, TensionUnit};
use rbo::values::{LinkKind, Vocabulary};
use sea_orm::ActiveEnum;

fn reads_back<W: Vocabulary + PartialEq + std::fmt::Debug>() {
    assert!(!W::ALL.is_empty());
    for word in W::ALL {
        assert_eq!(W::from_code(word.code()), Some(*word));
    }
    let codes: std::collections::BTreeSet<_> = W::codes().into_iter().collect();
    assert_eq!(codes.len(), W::ALL.len(), "two words with one code");
    for none in ["", " ", "curling", "TENNIS "] {
        assert_eq!(W::from_code(none), None, "{none}");
    }
}

fn is_stored<W>()
where
    W: Vocabulary + PartialEq + std::fmt::Debug + ActiveEnum<Value = String> + serde::Serialize,
{
    reads_back::<W>();
    for word in W::ALL {
        assert_eq!((*word).into_value(), word.code());
        assert_eq!(serde_json::to_value(word).expect("a text"), word.code());
    }
    assert!(W::try_from_value(&"curling".to_owned()).is_err(), "never a default");
}

#[test]
fn a_word_is_stored_and_sent_by_its_code_and_no_other_is_read() {
    is_stored::<Sport>();
    is_stored::<TensionUnit>();
    is_stored::<Currency>();
    is_stored::<Locale>();
    is_stored::<LinkKind>();
    is_stored::<Step>();
    is_stored::<Payment>();
    is_stored::<Prestretch>();
    is_stored::<Cause>();
    is_stored::<PdfState>();
    is_stored::<Delivery>();
    is_stored::<MailState>();
    is_stored::<InvitationState>();
    is_stored::<SignInMethod>();
    is_stored::<Role>();
    is_stored::<TaxRegime>();
    is_stored::<RestringBy>();
    is_stored::<Visibility>();
    is_stored::<Source>();
    is_stored::<NotificationKind>();
    is_stored::<ShareEvent>();
}

#[test]
fn a_word_of_an_address_reads_back() {
    reads_back::<State>();
    reads_back::<Filter>();
    reads_back::<Sort>();
    reads_back::<Size>();
}

#[test]
fn a_magic_link_has_the_names_that_gotrue_gives_it() {
    for name in ["magiclink", "email", "signup"] {
        assert_eq!(LinkKind::from_code(name), Some(LinkKind::MagicLink));
    }
    assert_eq!(LinkKind::MagicLink.code(), "magiclink");
}
