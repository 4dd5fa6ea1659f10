//! Stringers who work at the same time.

use rbo::demo;
use rbo::models::{passwords, stringers, users};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait, DatabaseConnection, EntityTrait, IntoActiveModel as _,
    QueryFilter,
};
use uuid::Uuid;

/// Where the stringers are: it is not the same day everywhere.
const ZONES: [&str; 3] = ["Europe/Zurich", "Pacific/Auckland", "Pacific/Honolulu"];

/// Further stringers, with Marco's password.
pub async fn joined_by(raw: &DatabaseConnection, so_many: usize) -> Vec<String> {
    let user = users::Entity::find().filter(users::Column::Email.eq(demo::MARCO)).one(raw);
    let user = user.await.unwrap().expect("Marco");
    let password = passwords::Entity::find().filter(passwords::Column::UserId.eq(user.id)).one(raw);
    let password = password.await.unwrap().expect("his password");
    let marco = stringers::Entity::find().filter(stringers::Column::Email.eq(demo::MARCO));
    let marco = marco.one(raw).await.unwrap().expect("Marco");
    let mut all = vec![demo::STEFAN.to_owned(), demo::MARCO.to_owned()];
    for nth in 0..so_many {
        let (id, email) = (Uuid::now_v7(), format!("stringer-{nth}@example.ch"));
        let mut another = user.clone().into_active_model().reset_all();
        (another.id, another.email) = (Set(id), Set(email.clone()));
        users::Entity::insert(another).exec(raw).await.unwrap();
        let mut another = password.clone().into_active_model().reset_all();
        (another.id, another.user_id) = (Set(Uuid::now_v7()), Set(id));
        passwords::Entity::insert(another).exec_without_returning(raw).await.unwrap();
        let mut another = marco.clone().into_active_model().reset_all();
        (another.id, another.subject) = (Set(Uuid::now_v7()), Set(id.to_string()));
        another.email = Set(email.clone());
        stringers::Entity::insert(another).exec(raw).await.unwrap();
        all.push(email);
    }
    for (nth, email) in all.iter().enumerate() {
        stringers::Entity::update_many()
            .col_expr(stringers::Column::TimeZone, Expr::value(ZONES[nth % ZONES.len()]))
            .filter(stringers::Column::Email.eq(email))
            .exec(raw)
            .await
            .unwrap();
    }
    all
}
