//! What a stringer says of its workshop, and how it wants to work.

use chrono::Utc;
use chrono_tz::Tz;
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::Expr;
use sea_orm_tenancy::Connection;

use super::{ActiveModel, Column, Entity, Model};
use crate::i18n::Locale;
use crate::models::ModelResult;
use crate::models::book::document;
use crate::receipts::PRINTED;
use crate::units::{Currency, Money, TensionUnit};
use crate::values::typed::{LINE, TEXT};
use crate::values::{stored_words, typed};

stored_words! {
    "snake_case";

    /// By which rule a stringer wants a racket restrung.
    pub enum RestringBy {
        /// So many days after it was strung.
        Days,
        /// As often as its jobs came so far.
        Usual,
        /// When the stringbed has lost so many percent of its stiffness (DT).
        Loss,
    }
}

/// When a stringer wants a racket restrung.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Restring {
    /// So many days after it was strung.
    Days(i64),
    /// As often as its jobs came so far.
    Usual,
    /// When the stringbed has lost so many percent of its stiffness (DT).
    Loss(i64),
}

/// What a stringer says of its workshop, and how it wants to work.
#[derive(Debug)]
pub struct Workshop {
    /// How it is called.
    pub display_name: String,
    /// Its name on receipts, where it is another.
    pub business_name: Option<String>,
    /// Where other stringers find it.
    pub town: Option<String>,
    /// On receipts.
    pub phone: Option<String>,
    /// On receipts, line by line.
    pub business_address: Option<String>,
    /// On receipts.
    pub thanks: Option<String>,
    /// The language of its pages.
    pub locale: Locale,
    /// What new orders are paid in.
    pub currency: Currency,
    /// Where its days begin.
    pub time_zone: Tz,
    /// What its machine is set to.
    pub tension_unit: TensionUnit,
    /// What it takes for stringing, without strings.
    pub standard_labor: Money,
    /// Which of the three counts.
    pub restring_by: RestringBy,
    /// For [`Restring::Days`].
    pub restring_days: i64,
    /// For [`Restring::Loss`], in percent.
    pub restring_loss: i64,
}

impl Entity {
    /// Keeps what a stringer says of its workshop.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn describe(db: &impl Connection, id: Uuid, workshop: Workshop) -> Result<(), DbErr> {
        let change = ActiveModel {
            display_name: Set(workshop.display_name),
            business_name: Set(workshop.business_name),
            town: Set(workshop.town),
            phone: Set(workshop.phone),
            business_address: Set(workshop.business_address),
            receipt_thankyou_text: Set(workshop.thanks),
            default_locale: Set(workshop.locale),
            currency: Set(workshop.currency),
            time_zone: Set(workshop.time_zone.name().to_owned()),
            tension_unit: Set(workshop.tension_unit),
            standard_labor: Set(workshop.standard_labor.minor()),
            restring_by: Set(workshop.restring_by),
            restring_days: Set(workshop.restring_days),
            restring_loss: Set(workshop.restring_loss),
            updated_at: Set(Utc::now().into()),
            ..Default::default()
        };
        Self::update_many().set(change).filter(Column::Id.eq(id)).exec(db).await.map(drop)
    }
}

impl Entity {
    /// Keeps what a stringer takes for stringing, in the smallest unit of its currency, where
    /// it has not said so yet.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn remember_labor(db: &impl Connection, id: Uuid, labor: i64) -> Result<(), DbErr> {
        Self::update_many()
            .col_expr(Column::StandardLabor, Expr::value(labor))
            .filter(Column::Id.eq(id))
            .filter(Column::StandardLabor.eq(0))
            .exec(db)
            .await
            .map(drop)
    }
}

impl Entity {
    /// Has a workshop be as its book comes from elsewhere: what its numbers are counted in, and
    /// how it works. What it has said of itself already stays.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn take_over(
        db: &impl Connection,
        id: Uuid,
        said: &document::Workshop,
    ) -> ModelResult<()> {
        let is = Model::find(db, id).await?;
        let line = |text: &Option<String>| text.as_deref().map(typed::line);
        let text = |text: &Option<String>| text.as_deref().map(typed::paragraphs);
        let or = |is: Option<String>, said: Option<String>, most: usize| {
            let fits = |said: &String| !said.is_empty() && said.chars().count() <= most;
            Set(is.or_else(|| said.filter(fits)))
        };
        let labor = Money::parse(&said.standard_labor, said.currency).map(Money::minor);
        let zone: Option<Tz> = said.time_zone.parse().ok();
        let mut change = ActiveModel {
            business_name: or(is.business_name, line(&said.business_name), LINE),
            town: or(is.town, line(&said.town), LINE),
            phone: or(is.phone, line(&said.phone), LINE),
            business_address: or(is.business_address, text(&said.business_address), TEXT),
            receipt_thankyou_text: or(is.receipt_thankyou_text, text(&said.thanks), PRINTED),
            currency: Set(said.currency),
            tension_unit: Set(said.tension_unit),
            time_zone: Set(zone.map_or(is.time_zone, |zone| zone.name().to_owned())),
            standard_labor: Set(labor.unwrap_or(is.standard_labor)),
            updated_at: Set(Utc::now().into()),
            ..Default::default()
        };
        if let (Some(by), Some(days @ 1..=1000), Some(loss @ 1..=90)) =
            (said.restring_by, said.restring_days, said.restring_loss)
        {
            change.restring_by = Set(by);
            change.restring_days = Set(days);
            change.restring_loss = Set(loss);
        }
        Self::update_many().set(change).filter(Column::Id.eq(id)).exec(db).await?;
        Ok(())
    }
}

impl Model {
    /// When it wants a racket restrung.
    #[must_use]
    pub fn restring(&self) -> Restring {
        match self.restring_by {
            RestringBy::Days => Restring::Days(self.restring_days),
            RestringBy::Usual => Restring::Usual,
            RestringBy::Loss => Restring::Loss(self.restring_loss),
        }
    }
}
