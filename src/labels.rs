//! A leaf: what labels say in, a PDF for a label printer out, a page each.

use qrcode::render::svg;
use qrcode::{EcLevel, QrCode};
use serde::Serialize;
use strum::{EnumString, IntoStaticStr, VariantArray};

use crate::typeset::{self, Print, Template, TypesetError};

/// How large it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, EnumString, IntoStaticStr, VariantArray, Serialize)]
#[strum(serialize_all = "lowercase")]
#[serde(rename_all = "lowercase")]
pub enum Size {
    /// 62 mm by 29 mm, for the usual label printers: on the frame or the bag.
    Wide,
    /// 42 mm by 14 mm, for the throat.
    Throat,
}

/// What it says, in the reader's language and form.
#[derive(Debug, Clone, Serialize)]
pub struct Label {
    /// How large it is.
    pub size: Size,
    /// The language that it is set in.
    pub locale: String,
    /// Who strings.
    pub stringer: String,
    /// Whose racket it is.
    pub name: String,
    /// Which racket.
    pub racket: String,
    /// The same where there is little room: what tells it from its twins, else its model.
    pub which: String,
    /// Both tensions with their unit.
    pub numbers: String,
    /// The string, or both of a hybrid.
    pub strings: Vec<String>,
    /// When it was strung; empty before.
    pub date: String,
    /// What stands on it to be typed where no camera is at hand.
    pub label: String,
    /// What the code on it opens.
    #[serde(skip)]
    pub url: String,
}

#[derive(Serialize)]
struct Page<'l> {
    #[serde(flatten)]
    label: &'l Label,
    /// The code as a picture.
    code: String,
}

/// The PDF of some labels, all of one size.
///
/// # Errors
/// With the reason, for the log.
pub async fn pdf(labels: &[Label]) -> Result<Vec<u8>, TypesetError> {
    let pages = labels.iter().map(|label| {
        // A label gets worn: this level survives the loss of 15 %.
        let code = QrCode::with_error_correction_level(&label.url, EcLevel::M)?;
        let code = code.render::<svg::Color<'_>>().quiet_zone(true).build();
        Ok(Page { label, code })
    });
    let pages = pages.collect::<Result<Vec<_>, TypesetError>>()?;
    let data = serde_json::to_string(&pages)?;
    typeset::pdf(Print { template: Template::Label, data, files: Vec::new() }, pages.len()).await
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::values::Vocabulary as _;

    fn label(size: Size, name: &str) -> Label {
        Label {
            size,
            locale: "de".into(),
            stringer: "Stefans Besaitungen".into(),
            name: name.into(),
            racket: "Babolat Pure Aero 98 · Nr. 1".into(),
            which: "Nr. 1".into(),
            numbers: "24 / 23 kg".into(),
            strings: vec!["Babolat RPM Blast 1.25".into(), "Babolat Xcel 1.30".into()],
            date: "24. Nov.".into(),
            label: "ABC234".into(),
            url: "https://book.example.ch/r/ABC234".into(),
        }
    }

    #[tokio::test]
    async fn names_of_every_script_and_length_fit_on_either_size() {
        for size in Size::ALL.iter().copied() {
            for name in ["Lukas Meier", "שרה כהן", "#let x = 1 $a$", &"W".repeat(300), ""] {
                for strings in [Vec::new(), label(size, name).strings] {
                    let label = Label { strings, ..label(size, name) };
                    let pdf = pdf(&[label]).await;
                    assert!(pdf.expect(name).starts_with(b"%PDF-"));
                }
            }
        }
    }

    #[tokio::test]
    async fn another_racket_has_another_code() {
        let label = label(Size::Wide, "Lukas Meier");
        let one = pdf(std::slice::from_ref(&label)).await.unwrap();
        assert_eq!(one, pdf(std::slice::from_ref(&label)).await.unwrap());
        let other = Label { url: "https://book.example.ch/r/ABC235".into(), ..label.clone() };
        assert_ne!(one, pdf(std::slice::from_ref(&other)).await.unwrap());
        // Two of them take two pages.
        assert!(pdf(&[label, other]).await.unwrap().len() > one.len() * 5 / 4);
    }
}
