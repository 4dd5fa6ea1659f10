//! What a document says of an order, as the columns of its row; or the field that says what no
//! book of ours has.

use chrono::{DateTime, Datelike as _, NaiveDate, Timelike as _, Utc};
use sea_orm::ActiveValue::Set;

use super::document::{Order, Racket, Side};
use super::planning::{Named, line, paragraphs, word};
use crate::models::catalogue_strings as strings;
use crate::models::orders::pricing::StringPrice;
use crate::models::orders::{self, Prices};
use crate::models::rackets;
use crate::units::{Currency, Gauge, Money, Tension};
use crate::values::{YEARS, typed};

/// What a field says that cannot be so.
pub(super) type Read<T> = Result<T, &'static str>;

pub(super) fn ensure(holds: bool, field: &'static str) -> Read<()> {
    if holds { Ok(()) } else { Err(field) }
}

pub(super) fn is_day(day: NaiveDate) -> bool {
    YEARS.contains(&day.year())
}

pub(super) fn is_moment(at: DateTime<Utc>) -> bool {
    is_day(at.date_naive())
}

/// All columns that need no other row; and its total, in the smallest unit of its currency.
pub(super) fn of_order(order: &Order) -> Read<(orders::ActiveModel, i64)> {
    let (row, total) = priced(order)?;
    Ok((lived(order, measured(order, tensed(order, row)?)?)?, total))
}

/// A string is an entry of the catalogue where the document says so; one that is older than
/// that word has a maker or a gauge then.
pub(super) fn named(side: &Side, field: &'static str) -> Read<Option<Named>> {
    let is_entry =
        side.is_of_catalogue.unwrap_or(!side.manufacturer.is_empty() || side.gauge_mm.is_some());
    let (manufacturer, model) = (typed::line(&side.manufacturer), typed::line(&side.model));
    if !is_entry {
        let text = line(&format!("{manufacturer} {model}"));
        return Ok(text.map(Named::Text));
    }
    ensure(!model.is_empty(), field)?;
    let gauge = gauge(&side.gauge_mm).ok_or(field)?;
    Ok(Some(Named::Entry(strings::Said { manufacturer, model, gauge, ..Default::default() })))
}

/// In hundredths of a millimetre, where it is said; `None` where it is no gauge.
pub(super) fn gauge(text: &Option<String>) -> Option<Option<i64>> {
    let Some(text) = text else { return Some(None) };
    Some(Some(Gauge::parse(text).ok()?.hundredths().into()))
}

/// What is known of a model, without what cannot be.
pub(super) fn facts_of(racket: &Racket) -> rackets::Facts {
    rackets::Facts {
        year: racket.year,
        head_size: racket.head_size_cm2,
        string_pattern: word(&racket.string_pattern),
        ..rackets::Facts::default()
    }
}

/// A model of a document.
pub(super) fn said_of(manufacturer: &str, model: &str, facts: rackets::Facts) -> rackets::Said {
    rackets::Said {
        manufacturer: line(manufacturer).unwrap_or_default(),
        model: line(model).unwrap_or_default(),
        facts,
    }
}

/// Nobody pays for a job on a racket of one's own, or fetches it.
pub(super) fn is_nobodys(order: &Order) -> bool {
    let prices = [&order.labor, &order.discount, &order.total_by_hand];
    let prices = prices.into_iter().chain([&order.mains.price, &order.crosses.price]);
    prices.flatten().next().is_none()
        && order.paid_at.or(order.returned_at).is_none()
        && order.payment.is_none()
        && order.receipt_number.is_none()
        && !order.paid_in_advance
}

pub(super) fn money(
    text: &Option<String>,
    currency: Currency,
    field: &'static str,
) -> Read<Option<i64>> {
    let parsed = |text: &String| Money::parse(text, currency).map(Money::minor);
    text.as_ref().map(parsed).transpose().map_err(|_| field)
}

/// The columns of its price, and its total.
fn priced(order: &Order) -> Read<(orders::ActiveModel, i64)> {
    let money = |text, field| money(text, order.currency, field);
    let (mains, crosses) = (&order.mains, &order.crosses);
    let (mains_price, crosses_price) =
        (money(&mains.price, "mains")?, money(&crosses.price, "crosses")?);
    let prices = Prices {
        currency: order.currency,
        labor: money(&order.labor, "labor")?,
        mains: StringPrice::new(mains.byo, mains_price),
        crosses: StringPrice::new(crosses.byo, crosses_price),
        discount: money(&order.discount, "discount")?,
        total_override: money(&order.total_by_hand, "total_by_hand")?,
    };
    let total = prices.total();
    ensure(total.plain() == order.total, "total")?;
    let row = orders::ActiveModel {
        currency: Set(order.currency),
        labor: Set(prices.labor),
        discount: Set(prices.discount),
        total_override: Set(prices.total_override),
        total: Set((!order.is_own).then_some(total.minor())),
        mains_price: Set(mains_price),
        crosses_price: Set(crosses_price),
        mains_byo: Set(mains.byo),
        crosses_byo: Set(crosses.byo),
        payment_kind: Set(order.payment),
        paid_in_advance: Set(order.paid_in_advance),
        ..Default::default()
    };
    Ok((row, total.minor()))
}

/// Nothing is pulled harder, in hundredths of either unit.
const HARDEST: i64 = 80_00;

/// How hard it is pulled.
fn tensed(order: &Order, row: orders::ActiveModel) -> Read<orders::ActiveModel> {
    let tension = |side: &Side, field| {
        let parsed = side.tension.as_ref().map(|text| Tension::parse(text, order.tension_unit));
        let parsed: Option<Tension> = parsed.transpose().map_err(|_| field)?;
        let hundredths = parsed.map(|tension| i64::from(tension.hundredths()));
        ensure(hundredths.is_none_or(|it| (1..=HARDEST).contains(&it)), field)?;
        Read::Ok(hundredths)
    };
    let (mains, crosses) = (&order.mains, &order.crosses);
    Ok(orders::ActiveModel {
        sport: Set(order.sport),
        tension_unit: Set(order.tension_unit),
        mains_tension: Set(tension(mains, "mains")?),
        crosses_tension: Set(tension(crosses, "crosses")?),
        mains_colour: Set(word(&mains.colour)),
        crosses_colour: Set(word(&crosses.colour)),
        mains_prestretch: Set(number(mains.prestretch_percent, "mains")?),
        crosses_prestretch: Set(number(crosses.prestretch_percent, "crosses")?),
        prestretch_kind: Set(order.prestretch_kind),
        pieces: Set(number(order.pieces, "pieces")?),
        knots: Set(number(order.knots, "knots")?),
        method: Set(word(&order.method)),
        ..row
    })
}

/// No count of anybody's is larger.
pub(super) const MOST: i64 = 10_000;

pub(super) fn number(number: Option<i64>, field: &'static str) -> Read<Option<i64>> {
    ensure(number.is_none_or(|number| (0..=MOST).contains(&number)), field)?;
    Ok(number)
}

/// As the old workbook had it, which knew no bounds.
fn stiffness(dt: Option<i64>, field: &'static str) -> Read<Option<i64>> {
    ensure(dt.is_none_or(|dt| (-100 * MOST..=100 * MOST).contains(&dt)), field)?;
    Ok(dt)
}

/// What was measured, and what is said besides.
fn measured(order: &Order, row: orders::ActiveModel) -> Read<orders::ActiveModel> {
    Ok(orders::ActiveModel {
        dt_before: Set(stiffness(order.dt_before, "dt_before")?),
        dt_after: Set(stiffness(order.dt_after, "dt_after")?),
        dt_device: Set(word(&order.dt_device)),
        comment_public: Set(paragraphs(&order.comment_public)),
        comment_private: Set(paragraphs(&order.comment_private)),
        ..row
    })
}

/// Its dates. They may be out of their order, as those of an older book.
fn lived(order: &Order, row: orders::ActiveModel) -> Read<orders::ActiveModel> {
    let days = [
        (order.ordered_at, "ordered_at"),
        (order.strung_at, "strung_at"),
        (order.returned_at, "returned_at"),
        (order.paid_at, "paid_at"),
        (order.cancelled_at, "cancelled_at"),
        (order.due_at, "due_at"),
    ];
    for (day, field) in days {
        ensure(day.is_none_or(is_day), field)?;
    }
    ensure(is_moment(order.created_at), "created_at")?;
    // A leap second is none of a clock's on the wall.
    let is_time = order.due_time.is_none_or(|time| time.nanosecond() < 1_000_000_000);
    ensure(is_time, "due_time")?;
    Ok(orders::ActiveModel {
        ordered_at: Set(order.ordered_at),
        strung_at: Set(order.strung_at),
        returned_at: Set(order.returned_at),
        paid_at: Set(order.paid_at),
        cancelled_at: Set(order.cancelled_at),
        due_at: Set(order.due_at),
        due_time: Set(order.due_time),
        void_reason: Set(word(&order.void_reason)),
        created_at: Set(order.created_at.into()),
        updated_at: Set(order.created_at.into()),
        ..row
    })
}
