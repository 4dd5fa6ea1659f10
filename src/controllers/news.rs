//! What a stringer was told: on a page of its own, and counted in the bar of every page.

use axum::Form;
use axum::extract::Query;
use loco_rs::prelude::*;

use super::{Answer, Part};
use crate::models::{notifications, orders, sharing};
use crate::views::news::{Badge, Index};
use crate::web::{CurrentStringer, see_other};

/// So many are known at once.
const AT_ONCE: usize = 100;

async fn index(current: CurrentStringer, Query(part): Query<Part>) -> Answer {
    let db = current.db.reading().await?;
    let (news, more) = notifications::Entity::latest(&db, part.page).await?;
    let actors = news.iter().filter_map(|one| one.actor_id).collect();
    let actors = sharing::cards(&db, actors).await?;
    let overdue = orders::Entity::overdue(&db, current.me.overdue()).await?;
    let view = Index::new(&current.me, &news, &actors, overdue, part.of(more));
    current.render("news/index.html", view)
}

/// How much there is, for the bar.
async fn badge(current: CurrentStringer) -> Answer {
    let unread = notifications::Entity::count_unread(&current.db).await?;
    current.render("news/_badge.html", Badge::of(unread))
}

/// `news` is one that is known now; there may be several.
async fn seen(current: CurrentStringer, Form(fields): Form<Vec<(String, String)>>) -> Answer {
    let news = fields.iter().filter(|(name, _)| name == "news");
    let news: Vec<Uuid> = news.filter_map(|(_, id)| id.parse().ok()).take(AT_ONCE).collect();
    notifications::Entity::seen(&current.db, news).await?;
    Ok(see_other("/news"))
}

/// `/news`.
pub fn routes() -> Routes {
    Routes::new()
        .prefix("news")
        .add("/", get(index))
        .add("/badge", get(badge))
        .add("/seen", post(seen))
}
