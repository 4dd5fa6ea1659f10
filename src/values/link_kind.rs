//! Kinds of links that are mailed.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

/// What a link is for, as gotrue calls it. Its clients call a magic link `email` as well, and
/// gotrue sends `signup` to an address that it has not seen confirmed yet; both are read.
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
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "lowercase")]
#[strum(serialize_all = "lowercase")]
#[serde(rename_all = "lowercase")]
pub enum LinkKind {
    /// Signs in.
    #[strum(to_string = "magiclink", serialize = "email", serialize = "signup")]
    MagicLink,
    /// Signs in and asks for a new password.
    Recovery,
    /// Makes the account of somebody who was invited good.
    Invite,
}
