//! Orders as lists show them: who, which racket, which strings, the two numbers.

use chrono::{Datelike as _, NaiveDate, NaiveTime};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Expr, Func, NullOrdering};
use sea_orm::{
    Condition, ExprTrait as _, FromQueryResult, JoinType, Order, QueryOrder, QuerySelect,
    RelationTrait, Select,
};

use super::pricing::Priced;
use super::{Column, Dates, Entity, Prices, Pulled, Relation};
use crate::models::_entities::{client_profiles, client_rackets, persons, rackets, strings};
use crate::models::persons::full_name;
use crate::models::{ModelResult, catalogue_strings, contains_words, found, year_of};
use crate::units::Sport;
use sea_orm_tenancy::Connection;

/// Rows a page of the list.
pub const PAGE: u64 = 50;

/// An order in a list.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Row {
    /// The order's key.
    pub id: Uuid,
    /// Whose order it is.
    pub client_profile_id: Uuid,
    /// Which racket.
    pub client_racket_id: Uuid,
    is_self: bool,
    first_name: Option<String>,
    last_name: Option<String>,
    manufacturer: String,
    model: String,
    /// What tells the racket from its twin.
    pub nickname: Option<String>,
    sport: String,
    /// How hard it is pulled.
    #[sea_orm(nested)]
    pub pulled: Pulled,
    /// What it costs, and whose strings they are.
    #[sea_orm(nested)]
    pub priced: Priced,
    mains_string_text: Option<String>,
    crosses_string_text: Option<String>,
    mains_maker: Option<String>,
    mains_model: Option<String>,
    mains_gauge: Option<i64>,
    crosses_maker: Option<String>,
    crosses_model: Option<String>,
    crosses_gauge: Option<i64>,
    ordered_at: Option<NaiveDate>,
    strung_at: Option<NaiveDate>,
    returned_at: Option<NaiveDate>,
    paid_at: Option<NaiveDate>,
    cancelled_at: Option<NaiveDate>,
    /// When it is wanted.
    pub due_at: Option<NaiveDate>,
    /// At what time it is wanted.
    pub due_time: Option<NaiveTime>,
    paid_in_advance: bool,
    /// The receipt's number, once strung.
    pub receipt_number: Option<String>,
}

/// Which orders a list shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Filter {
    /// All but the cancelled ones.
    #[default]
    All,
    /// To be strung.
    Open,
    /// Strung; not picked up, or not paid.
    Ready,
    /// Strung and not paid.
    Unpaid,
    /// Called off.
    Cancelled,
}

impl Filter {
    /// All filters, in the order in which they are offered.
    pub const ALL: [Self; 5] = [Self::All, Self::Open, Self::Ready, Self::Unpaid, Self::Cancelled];

    /// As it stands in URLs.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Open => "open",
            Self::Ready => "ready",
            Self::Unpaid => "unpaid",
            Self::Cancelled => "cancelled",
        }
    }

    /// The filter with this code; an unknown one shows all.
    #[must_use]
    pub fn from_code(code: &str) -> Self {
        Self::ALL.into_iter().find(|filter| filter.code() == code).unwrap_or_default()
    }

    fn condition(self) -> Condition {
        let not_cancelled = Condition::all().add(Column::CancelledAt.is_null());
        match self {
            Self::All => not_cancelled,
            Self::Open => not_cancelled.add(Column::StrungAt.is_null()),
            Self::Ready => not_cancelled.add(Column::StrungAt.is_not_null()).add(of_clients()).add(
                Condition::any().add(Column::ReturnedAt.is_null()).add(Column::PaidAt.is_null()),
            ),
            Self::Unpaid => not_cancelled
                .add(Column::StrungAt.is_not_null())
                .add(of_clients())
                .add(Column::PaidAt.is_null()),
            Self::Cancelled => Condition::all().add(Column::CancelledAt.is_not_null()),
        }
    }
}

/// How a list is ordered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sort {
    /// The latest ordered first.
    #[default]
    Ordered,
    /// The latest strung first, what is not strung yet before.
    Strung,
    /// What is wanted soonest first.
    Due,
    /// By the client's name.
    Client,
}

/// By day and hour; what has neither comes last.
fn soonest_first(rows: Select<Entity>) -> Select<Entity> {
    rows.order_by_with_nulls(Column::DueAt, Order::Asc, NullOrdering::Last).order_by_with_nulls(
        Column::DueTime,
        Order::Asc,
        NullOrdering::Last,
    )
}

/// The day by which an order belongs to a year: a self job may have been strung only.
fn day() -> Expr {
    Func::coalesce([Expr::col((Entity, Column::OrderedAt)), Expr::col((Entity, Column::StrungAt))])
        .into()
}

impl Sort {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 4] = [Self::Ordered, Self::Strung, Self::Due, Self::Client];

    /// As it stands in URLs.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Ordered => "ordered",
            Self::Strung => "strung",
            Self::Due => "due",
            Self::Client => "client",
        }
    }

    /// The order with this code; an unknown one is by the date of ordering.
    #[must_use]
    pub fn from_code(code: &str) -> Self {
        Self::ALL.into_iter().find(|sort| sort.code() == code).unwrap_or_default()
    }

    fn apply(self, rows: Select<Entity>) -> Select<Entity> {
        use NullOrdering::{First, Last};
        let rows = match self {
            Self::Ordered => rows.order_by_with_nulls(Column::OrderedAt, Order::Desc, Last),
            Self::Strung => rows.order_by_with_nulls(Column::StrungAt, Order::Desc, First),
            Self::Due => soonest_first(rows),
            Self::Client => rows.order_by_asc(client_profiles::Column::SearchKey),
        };
        rows.order_by_desc(Column::Id)
    }
}

/// What a list shows.
#[derive(Debug, Clone, Default)]
pub struct Query {
    /// In which state.
    pub filter: Filter,
    /// Only those with a string of the client's own.
    pub byo: bool,
    /// Only those that were ordered in this year.
    pub year: Option<i32>,
    /// In which order.
    pub sort: Sort,
    /// Words of the client's names.
    pub words: String,
    /// Counted from nought.
    pub page: u64,
}

impl Query {
    fn condition(&self) -> Condition {
        let year = self.year.and_then(year_of);
        let own = self.byo.then(|| {
            Condition::any().add(Column::MainsByo.eq(true)).add(Column::CrossesByo.eq(true))
        });
        self.filter
            .condition()
            .add_option(own)
            .add_option(year.map(|(first, last)| day().between(first, last)))
    }
}

impl Entity {
    /// What is to be strung, the most urgent first, at most so many.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn queue(db: &impl Connection, at_most: u64) -> Result<Vec<Row>, DbErr> {
        soonest_first(rows().filter(Filter::Open.condition()))
            .order_by_asc(Column::OrderedAt)
            .order_by_asc(Column::Id)
            .limit(at_most)
            .into_model()
            .all(db)
            .await
    }

    /// A page of what is wanted on a day, strung or not, by the hour; what has no hour comes
    /// last.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn due_on(
        db: &impl Connection,
        date: NaiveDate,
        page: u64,
    ) -> Result<(Vec<Row>, bool), DbErr> {
        let wanted = rows()
            .filter(wanted_on(date))
            .order_by_with_nulls(Column::DueTime, Order::Asc, NullOrdering::Last)
            .order_by_asc(Column::ClientProfileId)
            .order_by_asc(Column::Id);
        a_page(db, wanted, page).await
    }

    /// How many are wanted on a day, and how many of them are strung.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn count_due_on(db: &impl Connection, date: NaiveDate) -> Result<(u64, u64), DbErr> {
        let counts = Self::find()
            .select_only()
            .expr(Column::Id.count())
            .expr(Column::StrungAt.count())
            .filter(wanted_on(date));
        let counts: Option<(i64, i64)> = counts.into_tuple().one(db).await?;
        let (all, strung) = counts.unwrap_or_default();
        Ok((u64::try_from(all).unwrap_or(0), u64::try_from(strung).unwrap_or(0)))
    }

    /// What is strung and waits, the latest first, at most so many.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn ready(db: &impl Connection, at_most: u64) -> Result<Vec<Row>, DbErr> {
        rows()
            .filter(Filter::Ready.condition())
            .order_by_desc(Column::StrungAt)
            .order_by_desc(Column::Id)
            .limit(at_most)
            .into_model()
            .all(db)
            .await
    }

    /// How many orders a filter shows.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn count_of(db: &impl Connection, filter: Filter) -> Result<u64, DbErr> {
        count(db, filter.condition()).await
    }

    /// A page of a list, and whether there are more.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn search(db: &impl Connection, query: &Query) -> Result<(Vec<Row>, bool), DbErr> {
        let wanted = rows().filter(query.condition()).filter(whose(db, &query.words).await?);
        a_page(db, query.sort.apply(wanted), query.page).await
    }

    /// The years that the list's orders belong to, the latest first.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn years(db: &impl Connection) -> Result<Vec<i32>, DbErr> {
        Self::span(db, day()).await
    }

    /// From the first to the last year of a date of the stringer's orders, the latest first.
    pub(super) async fn span(db: &impl Connection, date: Expr) -> Result<Vec<i32>, DbErr> {
        let span = Self::find()
            .select_only()
            .expr(Func::min(date.clone()))
            .expr(Func::max(date))
            .into_tuple::<(Option<NaiveDate>, Option<NaiveDate>)>();
        Ok(match span.one(db).await? {
            Some((Some(first), Some(last))) => (first.year()..=last.year()).rev().collect(),
            _ => Vec::new(),
        })
    }

    /// A page of a client's orders, the latest first.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn of_client(
        db: &impl Connection,
        client: Uuid,
        page: u64,
    ) -> Result<(Vec<Row>, bool), DbErr> {
        a_page(db, latest_first().filter(Column::ClientProfileId.eq(client)), page).await
    }

    /// A page of the orders of one racket, the latest first.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn of_racket(
        db: &impl Connection,
        racket: Uuid,
        page: u64,
    ) -> Result<(Vec<Row>, bool), DbErr> {
        a_page(db, latest_first().filter(Column::ClientRacketId.eq(racket)), page).await
    }

    /// How many orders of a racket there are.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn count_of_racket(db: &impl Connection, racket: Uuid) -> Result<u64, DbErr> {
        count(db, Condition::all().add(Column::ClientRacketId.eq(racket))).await
    }

    /// One order as a row.
    ///
    /// # Errors
    /// When there is none for the caller.
    pub async fn row(db: &impl Connection, id: Uuid) -> ModelResult<Row> {
        found(rows().filter(Column::Id.eq(id)).into_model().one(db).await?)
    }
}

/// A page of rows, and whether there are more.
async fn a_page(
    db: &impl Connection,
    rows: Select<Entity>,
    page: u64,
) -> Result<(Vec<Row>, bool), DbErr> {
    let offset = crate::models::offset(page, PAGE);
    let mut found: Vec<Row> = rows.offset(offset).limit(PAGE + 1).into_model().all(db).await?;
    let more = found.len() as u64 > PAGE;
    found.truncate(usize::try_from(PAGE).unwrap_or(found.len()));
    Ok((found, more))
}

async fn count(db: &impl Connection, which: Condition) -> Result<u64, DbErr> {
    let count = Entity::find().select_only().expr(Column::Id.count()).filter(which);
    let count: Option<i64> = count.into_tuple().one(db).await?;
    Ok(u64::try_from(count.unwrap_or(0)).unwrap_or(0))
}

/// Said as `ix_orders_ready` says it: SQLite knows a partial index by its very words.
fn of_clients() -> Expr {
    Column::IsSelf.into_expr().not()
}

/// What is not strung yet, then the latest strung.
fn latest_first() -> Select<Entity> {
    rows()
        .order_by_with_nulls(Column::StrungAt, Order::Desc, NullOrdering::First)
        .order_by_desc(Column::Id)
}

fn wanted_on(date: NaiveDate) -> Condition {
    Condition::all().add(Column::DueAt.eq(date)).add(Column::CancelledAt.is_null())
}

/// A search that few clients answer goes by their orders; one that many answer finds a page
/// of orders soon, whichever way it goes. Either way alone takes a third of a second for a
/// rare or a common name in a book of 100,000 orders (`benches/search.rs`).
async fn whose(db: &impl Connection, words: &str) -> Result<Condition, DbErr> {
    const FEW: u64 = 200;
    if words.trim().is_empty() {
        return Ok(Condition::all());
    }
    Ok(match client_profiles::Entity::few_named(db, words, FEW).await? {
        Some(few) => Condition::all().add(Column::ClientProfileId.is_in(few)),
        None => contains_words(client_profiles::Column::SearchKey, words),
    })
}

/// The columns of [`Row`].
fn rows() -> Select<Entity> {
    use client_profiles::Relation as OfClient;
    use client_rackets::Relation as OfRacket;
    Entity::find()
        .select_only()
        .columns([
            Column::Id,
            Column::ClientProfileId,
            Column::ClientRacketId,
            Column::IsSelf,
            Column::Sport,
            Column::MainsStringText,
            Column::CrossesStringText,
            Column::OrderedAt,
            Column::StrungAt,
            Column::ReturnedAt,
            Column::PaidAt,
            Column::CancelledAt,
            Column::DueAt,
            Column::DueTime,
            Column::PaidInAdvance,
            Column::ReceiptNumber,
        ])
        .columns(Pulled::COLUMNS)
        .columns(Priced::COLUMNS)
        .join(JoinType::InnerJoin, Relation::ClientProfiles.def())
        .join(JoinType::LeftJoin, OfClient::Persons.def())
        .column_as(persons::Column::DisplayFirstName, "first_name")
        .column_as(persons::Column::DisplayLastName, "last_name")
        .join(JoinType::InnerJoin, Relation::ClientRackets.def())
        .column(client_rackets::Column::Nickname)
        .join(JoinType::InnerJoin, OfRacket::Rackets.def())
        .columns([rackets::Column::Manufacturer, rackets::Column::Model])
        .join_as(JoinType::LeftJoin, Relation::Strings1.def(), "on_mains")
        .join_as(JoinType::LeftJoin, Relation::Strings2.def(), "on_crosses")
        .expr_as(Expr::col(("on_mains", strings::Column::Manufacturer)), "mains_maker")
        .expr_as(Expr::col(("on_mains", strings::Column::Model)), "mains_model")
        .expr_as(Expr::col(("on_mains", strings::Column::Gauge)), "mains_gauge")
        .expr_as(Expr::col(("on_crosses", strings::Column::Manufacturer)), "crosses_maker")
        .expr_as(Expr::col(("on_crosses", strings::Column::Model)), "crosses_model")
        .expr_as(Expr::col(("on_crosses", strings::Column::Gauge)), "crosses_gauge")
}

impl Row {
    /// `Sara Frei`; `None` for the stringer itself, whom the page names.
    #[must_use]
    pub fn client(&self) -> Option<String> {
        self.first_name
            .as_deref()
            .map(|first| full_name(first, self.last_name.as_deref().unwrap_or_default()))
    }

    /// `Babolat Pure Aero 98`.
    #[must_use]
    pub fn racket(&self) -> String {
        format!("{} {}", self.manufacturer, self.model).trim().to_owned()
    }

    /// The mains' string as it is called.
    #[must_use]
    pub fn mains_string(&self) -> Option<String> {
        let named = self.mains_maker.as_deref().zip(self.mains_model.as_deref());
        named
            .map(|(maker, model)| catalogue_strings::name(maker, model, self.mains_gauge))
            .or_else(|| self.mains_string_text.clone())
    }

    /// The crosses' string as it is called.
    #[must_use]
    pub fn crosses_string(&self) -> Option<String> {
        let named = self.crosses_maker.as_deref().zip(self.crosses_model.as_deref());
        named
            .map(|(maker, model)| catalogue_strings::name(maker, model, self.crosses_gauge))
            .or_else(|| self.crosses_string_text.clone())
    }

    /// Its sport.
    #[must_use]
    pub fn sport(&self) -> Sport {
        Sport::from_code(&self.sport).unwrap_or(Sport::Tennis)
    }

    /// Its dates.
    #[must_use]
    pub const fn dates(&self) -> Dates {
        Dates {
            is_self: self.is_self,
            ordered: self.ordered_at,
            strung: self.strung_at,
            returned: self.returned_at,
            paid: self.paid_at,
            cancelled: self.cancelled_at,
            paid_in_advance: self.paid_in_advance,
            has_number: self.receipt_number.is_some(),
        }
    }

    /// The parts of its price.
    #[must_use]
    pub fn prices(&self) -> Prices {
        self.priced.prices()
    }
}
