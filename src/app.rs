//! How the parts are wired; nothing else.

use std::path::Path;

use async_trait::async_trait;
use loco_rs::app::{AppContext, Hooks, Initializer};
use loco_rs::bgworker::{BackgroundWorker, Queue};
use loco_rs::boot::{BootResult, StartMode, create_app};
use loco_rs::config::Config;
use loco_rs::controller::AppRoutes;
use loco_rs::environment::Environment;
use loco_rs::task::Tasks;
use loco_rs::{Error, Result};
use migration::Migrator;
use sea_orm_tenancy::Scope;

use crate::initializers::{edge, mail_sender, metrics, starter_catalogue, sweeper};
use crate::models::purposes::SEED;
use crate::workers::export::Export;
use crate::workers::render_receipt::RenderReceipt;
use crate::workers::v1_import::V1Import;
use crate::{controllers, database, mailers, starter, tasks};

/// RBO.
pub struct App;

#[async_trait]
impl Hooks for App {
    fn app_name() -> &'static str {
        env!("CARGO_CRATE_NAME")
    }

    fn app_version() -> String {
        env!("CARGO_PKG_VERSION").to_owned()
    }

    async fn boot(
        mode: StartMode,
        environment: &Environment,
        config: Config,
    ) -> Result<BootResult> {
        create_app::<Self, Migrator>(mode, environment, config).await
    }

    async fn initializers(ctx: &AppContext) -> Result<Vec<Box<dyn Initializer>>> {
        database::open_once(ctx).await?;
        Ok(vec![
            Box::new(metrics::Metrics),
            Box::new(starter_catalogue::StarterCatalogue),
            Box::new(edge::Edge),
            Box::new(mail_sender::MailSender),
            Box::new(sweeper::Sweeper),
        ])
    }

    fn routes(ctx: &AppContext) -> AppRoutes {
        let routes = AppRoutes::empty()
            .add_route(controllers::assets::routes())
            .add_route(controllers::health::routes())
            .add_route(controllers::first_run::routes())
            .add_route(controllers::sessions::routes())
            .add_route(controllers::links::routes())
            .add_route(controllers::welcome::routes())
            .add_route(controllers::access::routes())
            .add_route(controllers::settings::routes())
            .add_route(controllers::taxes::routes())
            .add_route(controllers::logo::routes())
            .add_route(controllers::admin::routes())
            .add_route(controllers::auth_v1::routes())
            .add_route(controllers::home::routes())
            .add_route(controllers::clients::routes())
            .add_route(controllers::catalogue::routes())
            .add_route(controllers::news::routes())
            .add_route(controllers::reels::routes())
            .add_route(controllers::client_rackets::routes())
            .add_route(controllers::days::routes())
            .add_route(controllers::bench::routes())
            .add_route(controllers::shares::routes())
            .add_route(controllers::mine::routes())
            .add_route(controllers::orders::routes())
            .add_route(controllers::steps::routes())
            .add_route(controllers::emissions::routes())
            .add_route(controllers::ready::routes())
            .add_route(controllers::pickers::routes())
            .add_route(controllers::checks::routes())
            .add_route(controllers::reports::routes())
            .add_route(controllers::imports::routes())
            .add_route(controllers::exports::routes());
        #[cfg(debug_assertions)]
        let routes = routes.add_route(controllers::styleguide::routes());
        if mailers::kept::is_wished(ctx) {
            return routes.add_route(controllers::dev_mail::routes());
        }
        routes
    }

    async fn connect_workers(ctx: &AppContext, queue: &Queue) -> Result<()> {
        queue.register(RenderReceipt::build(ctx)).await?;
        queue.register(V1Import::build(ctx)).await?;
        queue.register(Export::build(ctx)).await?;
        Ok(())
    }

    fn register_tasks(tasks: &mut Tasks) {
        tasks.register(tasks::audit_log::AuditLog);
        tasks.register(tasks::catalogue_stage::CatalogueStage);
        tasks.register(tasks::check_receipts::CheckReceipts);
        tasks.register(tasks::demo::Demo);
        tasks.register(tasks::first_admin::FirstAdmin);
        tasks.register(tasks::sweep::Sweep);
        #[cfg(debug_assertions)]
        tasks.register(tasks::scaffold::Scaffold);
        // tasks-inject (do not remove)
    }

    async fn truncate(_ctx: &AppContext) -> Result<()> {
        Err(Error::string("no command empties a workshop's book; drop the database instead"))
    }

    async fn seed(ctx: &AppContext, _base: &Path) -> Result<()> {
        database::open_once(ctx).await?;
        starter::fill(&database::scoped_db(ctx, Scope::System(&SEED))?).await
    }

    async fn on_shutdown(ctx: &AppContext) {
        if let Some(sweeper) = ctx.shared_store.get::<sweeper::SweeperHandle>() {
            sweeper.stop();
        }
        if let Some(mail_sender) = ctx.shared_store.get::<mail_sender::MailSenderHandle>() {
            mail_sender.stop().await;
        }
    }
}
