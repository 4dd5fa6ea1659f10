//! Where a stringer is paid.

use chrono::Utc;
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm_tenancy::Connection;

use super::{ActiveModel, Column, Entity, Model};
use crate::receipts::payment::Account;

/// Where a stringer is paid.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Paying {
    /// The account that codes of receipts name.
    pub account: Option<Account>,
    /// A link of its own, of TWINT or another way of paying.
    pub link: Option<String>,
}

impl Model {
    /// Where it is paid.
    #[must_use]
    pub fn paying(&self) -> Paying {
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let account = self.iban.as_deref().and_then(|iban| iban.parse().ok()).map(|iban| Account {
            iban,
            holder: text(&self.pay_holder),
            street: text(&self.pay_street),
            postcode: text(&self.pay_postcode),
            town: text(&self.pay_town),
            country: text(&self.pay_country),
        });
        Paying { account, link: self.pay_link.clone() }
    }
}

impl Entity {
    /// Keeps where a stringer is paid.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn be_paid(db: &impl Connection, id: Uuid, paying: Paying) -> Result<(), DbErr> {
        let (account, link) = (paying.account, paying.link);
        let said = |of: fn(&Account) -> String| {
            Set(account.as_ref().map(of).filter(|text| !text.is_empty()))
        };
        let change = ActiveModel {
            iban: said(|account| iban::IbanLike::electronic_str(&account.iban).to_owned()),
            pay_holder: said(|account| account.holder.clone()),
            pay_street: said(|account| account.street.clone()),
            pay_postcode: said(|account| account.postcode.clone()),
            pay_town: said(|account| account.town.clone()),
            pay_country: said(|account| account.country.clone()),
            pay_link: Set(link),
            updated_at: Set(Utc::now().into()),
            ..Default::default()
        };
        Self::update_many().set(change).filter(Column::Id.eq(id)).exec(db).await.map(drop)
    }
}
