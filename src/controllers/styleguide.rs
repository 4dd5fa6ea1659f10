//! All controls on one page, while developing.

use loco_rs::prelude::*;

use super::Answer;
use crate::models::orders::{self, Query};
use crate::views::job::Job;
use crate::views::styleguide::Show;
use crate::web::CurrentStringer;

async fn show(current: CurrentStringer) -> Answer {
    let (rows, _more) = orders::Entity::search(&current.db, &Query::default()).await?;
    let jobs = Job::list(&current.me, rows.get(..3).unwrap_or(&rows));
    current.render("styleguide/show.html", Show::new(&current.me, jobs))
}

/// `/styleguide`, in debug builds alone.
pub fn routes() -> Routes {
    Routes::new().add("/styleguide", get(show))
}
