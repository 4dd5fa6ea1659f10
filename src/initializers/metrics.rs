//! Figures for whoever watches the process, on an address of their own.

use std::net::SocketAddr;

use async_trait::async_trait;
use loco_rs::app::{AppContext, Initializer};
use loco_rs::{Error, Result};
use metrics_exporter_prometheus::PrometheusBuilder;
use sea_orm_tenancy::REFUSED;

use crate::settings::Settings;

/// Serves `/metrics` where `METRICS_BINDING` says, and nowhere by default: never on the
/// address that browsers reach.
pub struct Metrics;

#[async_trait]
impl Initializer for Metrics {
    fn name(&self) -> String {
        "metrics".to_owned()
    }

    async fn before_run(&self, ctx: &AppContext) -> Result<()> {
        let settings = Settings::from_context(ctx)?;
        let Some(binding) = settings.metrics_binding.filter(|binding| !binding.is_empty()) else {
            return Ok(());
        };
        let address: SocketAddr = binding.parse().map_err(|_| {
            Error::string("METRICS_BINDING must be an address and a port, as 127.0.0.1:9464.")
        })?;
        PrometheusBuilder::new()
            .with_http_listener(address)
            .install()
            .map_err(|error| Error::string(&format!("METRICS_BINDING {address}: {error}")))?;
        metrics::describe_counter!(REFUSED, "statements that the chokepoint turned away");
        Ok(())
    }
}
