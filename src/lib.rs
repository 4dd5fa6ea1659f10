//! RBO (racket-book): the workshop book of people who string rackets.
//!
//! ```text
//! controllers -> auth -> models -> tenancy -> database
//! workers, tasks -> models          views <- data from models
//! models -> receipts (a leaf: plain data in, bytes out)
//! ```

pub mod app;
pub mod auth;
pub mod confined;
pub mod controllers;
pub mod database;
pub mod demo;
pub mod forms;
pub mod i18n;
pub mod initializers;
pub mod labels;
pub mod mailers;
pub mod models;
pub mod pictures;
pub mod receipts;
pub mod settings;
pub mod starter;
pub mod tables;
pub mod tasks;
pub mod typeset;
pub mod units;
pub mod v1;
pub mod values;
pub mod views;
pub mod web;
pub mod workers;
