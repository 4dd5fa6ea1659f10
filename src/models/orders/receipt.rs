//! What an order's receipt says: everything that it shows, written out in its
//! language and frozen, so that the same snapshot gives the same page for ever.

use chrono::NaiveDate;
use sea_orm::entity::prelude::*;
use sea_orm_tenancy::Connection;

use super::life::Life;
use super::pricing::{PriceLine, PricePart, Prices};
use super::received::Received;
use super::{Entity, Model, Row, Side, Stringbed, taxed};
use crate::i18n::{Locale, Region};
use crate::models::client_profiles::{self, Client};
use crate::models::receipt_emissions::{self, Cause, Last};
use crate::models::stringers::{self, Paying};
use crate::models::taxes::{self, Tax};
use crate::models::{ModelError, ModelResult, payments, receipt_mails};
use crate::receipts::payment::{self, Account, Code};
use crate::receipts::{Line, Pay, PayBy, Snapshot, Strung};
use crate::units::{Money, Tension};
use crate::values::Vocabulary as _;

/// Owes a new receipt for a strung order.
pub(super) async fn issue(db: &impl Connection, id: Uuid, cause: Cause) -> ModelResult<Uuid> {
    let order = Model::find(db, id).await?;
    let snapshot = shown(db, &order).await?.ok_or(ModelError::NotFound)?;
    // The first one follows none.
    let last = match cause {
        Cause::First => None,
        Cause::Edit | Cause::ByHand => receipt_emissions::Entity::last(db, id).await?,
    };
    owe(db, id, cause, &snapshot, last.as_ref()).await
}

/// A mail that is still to be sent brings what was issued last.
async fn owe(
    db: &impl Connection,
    id: Uuid,
    cause: Cause,
    snapshot: &Snapshot,
    last: Option<&Last>,
) -> ModelResult<Uuid> {
    let emission = receipt_emissions::Entity::owe(db, id, cause, snapshot, last).await?;
    receipt_mails::Entity::bring(db, id, emission).await?;
    Ok(emission)
}

/// Owes a new receipt where the order's would now say something else than the one that was
/// issued last: whatever has changed, the order, its payment, a name or an address.
pub(super) async fn issue_if_changed(db: &impl Connection, id: Uuid) -> ModelResult<Option<Uuid>> {
    let order = Model::find(db, id).await?;
    let Some(shown) = shown(db, &order).await? else { return Ok(None) };
    let last = receipt_emissions::Entity::last(db, id).await?;
    if last.as_ref().is_some_and(|last| shown.says_the_same_as(&last.snapshot)) {
        return Ok(None);
    }
    Ok(Some(owe(db, id, Cause::Edit, &shown, last.as_ref()).await?))
}

impl Entity {
    /// Issues an order's receipt again because the stringer wants it so.
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
    let row = Row::find(db, order.id).await?;
    let client = client_profiles::Client::find(db, order.client_profile_id).await?;
    let stringer = stringers::Model::find(db, order.stringer_id).await?;
    let locale = client.locale.unwrap_or(stringer.default_locale);
    let bed = order.stringbed(&row);
    let payments = payments::Entity::of(db, order).await?;
    let tax = taxes::Entity::of_day(db, strung).await?;
    let beds = Entity::beds_up_to(db, order.client_racket_id, strung).await?;
    let life = Life::of(&beds, order.id, stringer.restring());
    let region = Region::new(locale, order.currency);
    let writer = Writer { order, row: &row, bed, payments, tax, life, region };
    Ok(Some(writer.write(number, strung, &client, stringer)))
}

struct Writer<'o> {
    order: &'o Model,
    row: &'o Row,
    bed: Stringbed<Option<String>>,
    payments: Vec<payments::Model>,
    tax: Tax,
    life: Life,
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
        let (bed, prices) = (&self.bed, self.order.prices());
        let pay = self.pay(number, &stringer);
        let received = Received {
            order: self.order,
            payments: &self.payments,
            region: self.region,
            has_code: pay.is_some(),
        };
        Snapshot {
            template: Snapshot::TEMPLATE,
            locale: self.region.locale(),
            day: Some(strung),
            number: number.to_owned(),
            title: self.text("receipt-title"),
            stringer: stringer.display_name.clone(),
            logo: stringer.logo.clone(),
            client_label: self.text("receipt-for"),
            client: client.name().unwrap_or_default(),
            racket: self.row.racket().to_owned(),
            racket_note: self.row.nickname().map(str::to_owned),
            strung_label: self.text("receipt-strung"),
            strung: self.region.long_date(strung),
            total: self.region.money(prices.total()),
            setup_title: self.text("receipt-setup"),
            mains: self.side("receipt-mains", bed.mains.tension, &bed.mains),
            crosses: self.side("receipt-crosses", bed.crosses_tension(), bed.crosses_side()),
            details: self.details(),
            price_title: self.text("receipt-price"),
            prices: prices.lines().iter().map(|line| self.line(line)).collect(),
            total_label: format!("{} {}", self.text("receipt-total"), prices.currency.code()),
            total_amount: self.region.amount(prices.total()),
            business: business(&stringer),
            business_title: stringer.business_name.unwrap_or(stringer.display_name),
            thanks: stringer.receipt_thankyou_text,
            comment: self.order.comment_public.clone(),
            pay,
            ..self.settled(&prices, &received)
        }
    }

    /// What of the total is tax, and what was paid of it.
    fn settled(&self, prices: &Prices, received: &Received<'_>) -> Snapshot {
        Snapshot {
            taxes: taxed::lines(&self.tax, prices, self.region),
            tax_note: taxed::note(&self.tax, self.region),
            paid: self.order.paid_at.is_some(),
            paid_label: received.label(),
            received: received.lines(),
            rest: received.rest(),
            ..Snapshot::default()
        }
    }

    /// Nothing is asked for of who has paid, or has nothing to pay.
    fn pay(&self, number: &str, stringer: &stringers::Model) -> Option<Pay> {
        let rest = self.order.rest();
        if self.order.paid_at.is_some() || rest.minor() <= 0 {
            return None;
        }
        let Paying { account, link } = stringer.paying();
        let by_account = account.and_then(|account| self.pay_to(&account, rest, number));
        let by_link = link.map(|link| PayBy {
            lines: vec![self.named("receipt-pay-link", link.clone())],
            says: link,
            has_cross: false,
        });
        let ways: Vec<_> = by_account.into_iter().chain(by_link).collect();
        (!ways.is_empty()).then(|| Pay { title: self.text("receipt-pay"), ways })
    }

    fn pay_to(&self, account: &Account, amount: Money, number: &str) -> Option<PayBy> {
        let (code, says) = payment::payload(account, amount, number)?;
        let lines = vec![
            self.named("receipt-pay-account", account.iban.to_string()),
            self.named("receipt-pay-to", account.holder.clone()),
            self.named("receipt-pay-reference", payment::reference(number)),
            self.named("receipt-pay-amount", self.region.money(amount)),
        ];
        Some(PayBy { says, has_cross: code == Code::Swiss, lines })
    }

    fn named(&self, key: &str, value: String) -> Line {
        Line { label: self.text(key), value }
    }

    fn text(&self, key: &str) -> String {
        self.region.locale().t(key)
    }

    fn side(&self, label: &str, tension: Option<Tension>, side: &Side<Option<String>>) -> Strung {
        strung(self.region, label, tension, side.string.as_ref())
    }

    fn details(&self) -> Vec<Line> {
        let done = Done {
            method: self.order.method.as_deref(),
            pieces: self.order.pieces(),
            dt_before: self.order.dt_before,
            dt_after: self.order.dt_after,
            device: self.order.dt_device.as_deref(),
        };
        let lines = done.lines(self.region.locale()).into_iter();
        lines.chain(self.life.lines(self.region)).collect()
    }

    fn line(&self, line: &PriceLine) -> Line {
        let t = |key: &str| self.text(key);
        let key = match line.part {
            PricePart::Labor => "receipt-labor",
            PricePart::Mains if self.bed.has_one_string() => "receipt-string",
            PricePart::Mains => "receipt-string-mains",
            PricePart::Crosses => "receipt-string-crosses",
            PricePart::Discount => "receipt-discount",
            PricePart::Adjustment => "receipt-adjustment",
        };
        let value = match (line.part, line.amount) {
            (_, None) => t("receipt-own-string"),
            (PricePart::Discount | PricePart::Adjustment, Some(amount)) => {
                self.region.signed(amount)
            }
            (_, Some(amount)) => self.region.amount(amount),
        };
        Line { label: t(key), value }
    }
}

/// How a racket was strung, whoever reads of it.
pub(in crate::models) struct Done<'o> {
    pub(in crate::models) method: Option<&'o str>,
    pub(in crate::models) pieces: i64,
    pub(in crate::models) dt_before: Option<i64>,
    pub(in crate::models) dt_after: Option<i64>,
    pub(in crate::models) device: Option<&'o str>,
}

impl Done<'_> {
    pub(in crate::models) fn lines(&self, locale: Locale) -> Vec<Line> {
        let t = |key: &str| locale.t(key);
        let pieces = t(if self.pieces == 2 { "receipt-two-pieces" } else { "receipt-one-piece" });
        let how = match self.method {
            Some(method) => format!("{method}, {pieces}"),
            None => pieces,
        };
        let measured = |dt: i64| match self.device {
            Some(device) => format!("{dt} ({device})"),
            None => dt.to_string(),
        };
        let before = self.dt_before.map(|dt| (t("receipt-dt-before"), measured(dt)));
        let after = self.dt_after.map(|dt| (t("receipt-dt"), measured(dt)));
        let lines = [Some((t("receipt-method"), how)), before, after].into_iter().flatten();
        lines.map(|(label, value)| Line { label, value }).collect()
    }
}

/// One side of its stringbed.
pub(in crate::models) fn strung(
    region: Region,
    label: &str,
    tension: Option<Tension>,
    string: Option<&String>,
) -> Strung {
    let shown =
        |tension: Tension| format!("{}\u{a0}{}", region.tension(tension), tension.unit().code());
    Strung {
        label: region.locale().t(label),
        tension: tension.map(shown),
        string: string.cloned().unwrap_or_default(),
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
