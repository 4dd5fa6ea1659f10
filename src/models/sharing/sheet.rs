//! What a grantee prints of another's order: the page of a receipt, with nothing on it that a
//! grantee may not see, and nothing moved for it.

use crate::i18n::Region;
use crate::models::orders::receipt::{Done, strung};
use crate::models::shared_orders::Model;
use crate::receipts::Snapshot;

impl Model {
    /// In the grantee's own language.
    #[must_use]
    pub fn sheet(&self, region: Region) -> Snapshot {
        let text = |key: &str| region.locale().t(key);
        let [mains, crosses] = self.strings();
        let [on_mains, on_crosses] = self.tensions();
        let same = mains.as_ref().filter(|_| self.has_one_string());
        let done = Done {
            method: self.method.as_deref(),
            pieces: if self.has_one_string() { self.pieces.unwrap_or(1) } else { 2 },
            dt_before: self.dt_before,
            dt_after: self.dt_after,
            device: self.dt_device.as_deref(),
        };
        Snapshot {
            template: Snapshot::TEMPLATE,
            locale: region.locale(),
            day: self.strung_at,
            title: text("receipt-setup"),
            stringer: self.stringer_name.clone(),
            client_label: text("receipt-for"),
            client: self.client_first_name.clone().unwrap_or_default(),
            racket: self.racket(),
            strung_label: text("receipt-strung"),
            strung: self.strung_at.map_or_else(|| "–".to_owned(), |day| region.long_date(day)),
            setup_title: text("receipt-setup"),
            crosses: strung(region, "receipt-crosses", on_crosses, same.or(crosses.as_ref())),
            mains: strung(region, "receipt-mains", on_mains, mains.as_ref()),
            details: done.lines(region.locale()),
            business_title: self.stringer_name.clone(),
            ..Snapshot::default()
        }
    }
}
