//! Makes the first admin where the platform's gotrue knows the identities.

use chrono_tz::Tz;
use loco_rs::prelude::*;
use sea_orm_tenancy::Scope;

use crate::database;
use crate::i18n::Locale;
use crate::models::purposes::FIRST_RUN;
use crate::models::stringers::{self, Founder};
use crate::settings::Settings;
use crate::units::Currency;
use crate::values::{Vocabulary as _, normalise_email};

/// `rbo task first_admin subject:UUID email:stefan@example.ch name:"Stefans Besaitungen"`:
/// the subject is the user's id at gotrue. Of an empty racket-book only; afterwards
/// stringers come by invitation.
pub struct FirstAdmin;

#[async_trait]
impl Task for FirstAdmin {
    fn task(&self) -> TaskInfo {
        TaskInfo {
            name: "first_admin".to_owned(),
            detail: "Make the first admin of a gotrue user (subject:UUID email:ADDRESS name:NAME)"
                .to_owned(),
        }
    }

    async fn run(&self, ctx: &AppContext, vars: &task::Vars) -> Result<()> {
        database::open_once(ctx).await?;
        if !Settings::from_context(ctx)?.gotrue.is_there() {
            return Err(Error::string(
                "Without GOTRUE_URL the page /first-run makes the first admin.",
            ));
        }
        let subject: Uuid = vars
            .cli_arg("subject")?
            .parse()
            .map_err(|_| Error::string("subject: must be the user's id at gotrue, a UUID."))?;
        let founder = Founder {
            subject: subject.to_string(),
            email: normalise_email(vars.cli_arg("email")?),
            display_name: vars.cli_arg("name")?.to_owned(),
            locale: Locale::default(),
            currency: Currency::ALL[0],
            time_zone: Tz::Europe__Zurich,
        };
        let db = database::scoped_db(ctx, Scope::System(&FIRST_RUN))?;
        match stringers::Entity::create_founder(&db, founder).await {
            Ok(id) => println!("Made the first admin, {id}."),
            Err(error) if crate::models::is_unique_violation(&error) => {
                return Err(Error::string("There is a first admin already."));
            }
            Err(error) => return Err(error.into()),
        }
        Ok(())
    }
}
