mod entities;

use migration::{Migrator, MigratorTrait};
use sea_orm::{ConnectionTrait, Statement};

use crate::support::World;

#[tokio::test]
async fn the_schema_goes_up_and_down_and_up_again() {
    let world = World::empty().await;
    let raw = world.raw().await;
    Migrator::down(&raw, None).await.expect("down");
    let count = "SELECT count(*) AS n FROM seaql_migrations";
    let row = raw
        .query_one_raw(Statement::from_string(raw.get_database_backend(), count))
        .await
        .unwrap()
        .unwrap();
    assert_eq!(row.try_get::<i64>("", "n").unwrap(), 0);
    Migrator::up(&raw, None).await.expect("up again");
}
