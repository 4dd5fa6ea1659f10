//! RBO (racket-book): the workshop book of people who string rackets.

pub mod i18n;
pub mod models;
pub mod receipts;
pub mod settings;
pub mod tenancy;
pub mod units;
