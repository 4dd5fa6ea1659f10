//! How an order is paid.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

/// How an order is paid.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    EnumIter,
    DeriveActiveEnum,
    EnumString,
    IntoStaticStr,
    VariantArray,
    Serialize,
    Deserialize,
)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum Payment {
    /// Coins and notes.
    Cash,
    /// The Swiss banks' way between two phones.
    Twint,
    /// A card at a terminal.
    Card,
    /// From bank to bank.
    Transfer,
    /// Anything else.
    Other,
}
