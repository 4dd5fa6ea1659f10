//! All controls on one page, while developing.

use loco_rs::prelude::*;

use super::Answer;
use crate::auth::Desk;
use crate::models::orders;
use crate::models::orders::list::Query;
use crate::views::job::Job;
use crate::views::styleguide::Show;

async fn show(desk: Desk) -> Answer {
    let (rows, _more) = orders::Entity::search(&desk.db, &Query::default()).await?;
    let jobs = Job::list(&desk.me, rows.get(..3).unwrap_or(&rows));
    desk.render("styleguide/show.html", Show::new(&desk.me, jobs))
}

/// `/styleguide`, in debug builds alone.
pub fn routes() -> Routes {
    Routes::new().add("/styleguide", get(show))
}
