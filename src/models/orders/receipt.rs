//! What an order's receipt says: everything that it shows, written out in its
//! language and frozen, so that the same snapshot gives the same page for ever.

use chrono::NaiveDate;
use sea_orm::entity::prelude::*;

use super::{Entity, Model, Row};
use crate::i18n::{Locale, Region};
use crate::models::client_profiles::{self, Client};
use crate::models::receipt_emissions::{self, Cause};
use crate::models::stringers::{self, NOT_REGISTERED};
use crate::models::{ModelError, ModelResult};
use crate::receipts::{Line, Snapshot, Strung};
use crate::units::Tension;
use sea_orm_tenancy::Connection;

/// Owes a new receipt for a strung order.
pub(super) async fn issue(db: &impl Connection, id: Uuid, cause: Cause) -> ModelResult<Uuid> {
    let order = Entity::order(db, id).await?;
    let snapshot = shown(db, &order).await?.ok_or(ModelError::NotFound)?;
    receipt_emissions::Entity::owe(db, id, cause, &snapshot).await
}

impl Entity {
    /// Issues an order's receipt again because the stringer wants it so, as after a
    /// payment: paying alone issues nothing.
    ///
    /// # Errors
    /// When the order has no receipt, or is not there for the caller.
    pub async fn issue_by_hand(db: &impl Connection, id: Uuid) -> ModelResult<Uuid> {
        issue(db, id, Cause::ByHand).await
    }
}

/// What the order's receipt shows now; `None` while it has none.
pub(super) async fn shown(db: &impl Connection, order: &Model) -> ModelResult<Option<Snapshot>> {
    let (Some(number), Some(strung)) = (order.receipt_number.as_ref(), order.strung_at) else {
        return Ok(None);
    };
    let row = Entity::row(db, order.id).await?;
    let client = client_profiles::Entity::client(db, order.client_profile_id).await?;
    let stringer = stringers::Entity::me(db, order.stringer_id).await?;
    let locale = client.locale().or_else(|| Locale::from_code(&stringer.default_locale));
    let writer = Writer {
        order,
        row: &row,
        region: Region::new(locale.unwrap_or_default(), order.currency()),
    };
    Ok(Some(writer.write(number, strung, &client, stringer)))
}

struct Writer<'o> {
    order: &'o Model,
    row: &'o Row,
    region: Region,
}

impl Writer<'_> {
    fn write(
        &self,
        number: &str,
        strung: NaiveDate,
        client: &Client,
        stringer: stringers::Model,
    ) -> Snapshot {
        let t = |key: &str| self.region.locale().t(key);
        let paid = self.order.paid_at.is_some();
        let (prices, pulled) = (self.order.prices(), self.order.pulled());
        Snapshot {
            locale: self.region.locale().code().to_owned(),
            number: number.to_owned(),
            title: t("receipt-title"),
            stringer: stringer.display_name.clone(),
            client_label: t("receipt-for"),
            client: client.name().unwrap_or_default(),
            racket: self.row.racket(),
            racket_note: self.row.nickname.clone(),
            strung_label: t("receipt-strung"),
            strung: self.region.long_date(strung),
            total: self.region.money(prices.total()),
            paid,
            paid_label: t(if paid { "receipt-paid" } else { "receipt-open-amount" }),
            setup_title: t("receipt-setup"),
            mains: self.side("receipt-mains", pulled.mains(), self.row.mains_string()),
            crosses: self.side("receipt-crosses", pulled.crosses(), self.row.crosses_string()),
            details: self.details(),
            price_title: t("receipt-price"),
            prices: self.lines(),
            total_label: format!("{} {}", t("receipt-total"), prices.currency.code()),
            total_amount: self.region.amount(prices.total()),
            business: business(&stringer),
            business_title: stringer.business_name.unwrap_or(stringer.display_name),
            thanks: stringer.receipt_thankyou_text,
            comment: self.order.comment_public.clone(),
            tax_note: match stringer.tax_regime.as_str() {
                NOT_REGISTERED => t("tax-not-registered"),
                other => t(&format!("tax-{other}")),
            },
        }
    }

    fn side(&self, label: &str, tension: Option<Tension>, string: Option<String>) -> Strung {
        Strung {
            label: self.region.locale().t(label),
            tension: tension
                .map(|t| format!("{}\u{a0}{}", self.region.tension(t), t.unit().code())),
            string: string.unwrap_or_default(),
        }
    }

    fn details(&self) -> Vec<Line> {
        let t = |key: &str| self.region.locale().t(key);
        let pieces =
            t(if self.order.pieces() == 2 { "receipt-two-pieces" } else { "receipt-one-piece" });
        let how = match &self.order.method {
            Some(method) => format!("{method}, {pieces}"),
            None => pieces,
        };
        let dt = self.order.dt_after.map(|dt| (t("receipt-dt"), dt.to_string()));
        [Some((t("receipt-method"), how)), dt]
            .into_iter()
            .flatten()
            .map(|(label, value)| Line { label, value })
            .collect()
    }

    fn lines(&self) -> Vec<Line> {
        let prices = self.order.prices();
        let line = |key: &str, value: String| Line { label: self.region.locale().t(key), value };
        let amount = |minor: i64| self.region.amount(prices.money(minor));
        let signed =
            |minor: i64| format!("{}{}", if minor < 0 { '−' } else { '+' }, amount(minor.abs()));
        let own = self.region.locale().t("receipt-own-string");
        let string =
            |byo: bool, price: Option<i64>| if byo { Some(own.clone()) } else { price.map(amount) };
        [
            ("receipt-labor", prices.labor.map(amount)),
            ("receipt-string-mains", string(self.order.mains_byo, prices.mains)),
            ("receipt-string-crosses", string(self.order.crosses_byo, prices.crosses)),
            (
                "receipt-discount",
                prices.discount.filter(|minor| *minor > 0).map(|minor| signed(-minor)),
            ),
            ("receipt-adjustment", prices.adjustment().map(signed)),
        ]
        .into_iter()
        .filter_map(|(key, value)| value.map(|value| line(key, value)))
        .collect()
    }
}

fn business(stringer: &stringers::Model) -> Vec<String> {
    let address = stringer.business_address.iter().flat_map(|text| text.lines());
    address
        .chain(stringer.phone.as_deref())
        .chain([stringer.email.as_str()])
        .map(str::to_owned)
        .collect()
}
