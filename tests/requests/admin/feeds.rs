//! Rows of outside feeds: staged, compared, taken, left out, matched; staged again without a trace.

use loco_rs::task::{Task as _, Vars};
use rbo::models::catalogue::{self, Entry, Kind, Said, Source, Visibility};
use rbo::models::catalogue_imports::{self, Brought, Staged, StagedState};
use rbo::models::purposes::STAGE_FEED;
use rbo::models::{catalogue_strings, client_rackets, orders, rackets};
use rbo::tasks::catalogue_stage::CatalogueStage;
use rbo::units::Sport;
use rbo::{database, demo};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use sea_orm_tenancy::Scope;
use uuid::Uuid;

use crate::support::World;

fn racket(number: Option<&str>, model: &str, weight: Option<i64>) -> Brought {
    let facts = rackets::Facts { weight, ..rackets::Facts::default() };
    let said = rackets::Said { manufacturer: "Zugspitz".into(), model: model.into(), facts };
    Brought {
        external_id: number.map(str::to_owned),
        sport: Sport::Tennis,
        said: Said::Racket(said),
    }
}

async fn stage(world: &World, rows: Vec<Brought>, is_dry: bool) -> Staged {
    let db = database::scoped_db(&world.ctx, Scope::System(&STAGE_FEED)).expect("a handle");
    catalogue_imports::stage(&db, "club list", rows, is_dry).await.expect("staged")
}

/// The key of a row that waits.
pub(super) async fn staged_row(world: &World) -> Uuid {
    stage(world, vec![racket(None, "Cell 8", None)], false).await;
    rows(world).await.remove(0).id
}

async fn rows(world: &World) -> Vec<catalogue_imports::Model> {
    catalogue_imports::Entity::find().all(&world.beneath().await).await.unwrap()
}

/// What everybody has of the feed's maker.
async fn shared(world: &World) -> Vec<rackets::Model> {
    let found = rackets::Entity::find()
        .filter(rackets::Column::Manufacturer.eq("Zugspitz"))
        .filter(rackets::Column::Visibility.eq(Visibility::CatalogueShared));
    let mut found = found.all(&world.beneath().await).await.unwrap();
    found.sort_by(|one, other| one.model.cmp(&other.model));
    found
}

#[tokio::test]
async fn a_feed_is_staged_once_taken_and_asked_about_again_where_it_says_otherwise() {
    let world = World::demo().await;
    let feed = || vec![racket(Some("1"), "Cell 8", Some(300)), racket(Some("2"), "Cell 9", None)];
    let dry = stage(&world, feed(), true).await;
    assert_eq!(dry, Staged { staged: 2, new: 2, ..Staged::default() });
    assert_eq!(world.rows("catalogue_imports").await, 0, "a dry run leaves nothing");
    let twice = feed().into_iter().chain(feed()).collect();
    let first = Staged { staged: 2, new: 2, twice: 2, ..Staged::default() };
    assert_eq!(stage(&world, twice, false).await, first);
    let known = Staged { known: 2, ..Staged::default() };
    assert_eq!(stage(&world, feed(), false).await, known);

    let (mut stefan, mut marco) = (world.stefan().await, world.marco().await);
    let page = stefan.get("/admin/feeds").await.sees(200);
    assert!(page.contains("Zugspitz Cell 8") && page.contains("club list"));
    marco.get("/admin/feeds").await.sees(404);
    marco.post("/admin/feeds/taking", &[("all", "1")]).await.sees(404);
    let taken = stefan.post("/admin/feeds/taking", &[("all", "1")]).await.sees(303).location();
    assert_eq!(taken, "/admin/feeds?done=taken-2-0-0");
    assert!(stefan.get(&taken).await.sees(200).contains("2 neu"));
    let [eight, nine] = <[_; 2]>::try_from(shared(&world).await).expect("two");
    assert_eq!((eight.source, eight.weight), (Source::Imported, Some(300)));
    assert_eq!((eight.created_by_stringer_id, nine.weight), (None, None));
    assert_eq!(stage(&world, feed(), false).await, known, "and nothing of it is asked again");

    // It says of one thing another weight, and that weight is everybody's when it is taken.
    let anew = || vec![racket(Some("1"), "Cell 8", Some(305)), racket(Some("2"), "Cell 9", None)];
    let renews = Staged { staged: 1, renews: 1, known: 1, ..Staged::default() };
    assert_eq!(stage(&world, anew(), false).await, renews);
    stefan.post("/admin/feeds/taking", &[("all", "1"), ("source", "club list")]).await.sees(303);
    assert_eq!(shared(&world).await[0].weight, Some(305));
    // What a person has said since stays, whatever the feed says.
    let said = [(rackets::Column::Source, Source::ManualEditedFromImport)];
    let mut edit = rackets::Entity::update_many().filter(rackets::Column::Id.eq(eight.id));
    for (column, value) in said {
        edit = edit.col_expr(column, sea_orm::sea_query::Expr::value(value));
    }
    edit.exec(&world.beneath().await).await.unwrap();
    let third = || vec![racket(Some("1"), "Cell 8", Some(299))];
    assert_eq!(stage(&world, third(), false).await.kept, 1);
    let taken = stefan.post("/admin/feeds/taking", &[("all", "1")]).await.location();
    assert_eq!(taken, "/admin/feeds?done=taken-0-0-1");
    assert_eq!(shared(&world).await[0].weight, Some(305));
    // Back to what it said first: it is asked about, and still changes nothing.
    assert_eq!(
        stage(&world, feed(), false).await,
        Staged { staged: 1, kept: 1, known: 1, ..Staged::default() }
    );
}

#[tokio::test]
async fn what_is_left_out_has_a_reason_and_what_is_there_is_matched() {
    let world = World::demo().await;
    let (mut stefan, mut marco) = (world.stefan().await, world.marco().await);
    let known = {
        let (_, db) = world.at_work(demo::STEFAN).await;
        let shared = rackets::Column::Visibility.eq(Visibility::CatalogueShared);
        let tennis = rackets::Column::Sport.eq(Sport::Tennis);
        rackets::Entity::find().filter(shared).filter(tennis).one(&db).await.unwrap().expect("one")
    };
    let same = Brought {
        external_id: None,
        sport: known.sport,
        said: Said::Racket(rackets::Said {
            manufacturer: known.manufacturer.clone(),
            model: known.model.clone(),
            facts: rackets::Facts { year: known.year, ..rackets::Facts::default() },
        }),
    };
    let feed = vec![same, racket(None, "Cel 8", None), racket(None, "Junk", None)];
    let staged = stage(&world, feed.clone(), false).await;
    assert_eq!((staged.same, staged.new), (1, 2));
    let waiting = rows(&world).await;
    let id_of =
        |model: &str| waiting.iter().find(|row| row.model == model).expect("a row").id.to_string();

    // No reason, no decision; and what was chosen stays chosen.
    let junk = id_of("Junk");
    let page = stefan.post("/admin/feeds/rejection", &[("row", &junk)]).await.sees(422);
    assert!(page.marked("reason").is_some());
    assert!(page.contains(&format!("value=\"{junk}\" checked")));
    let why = [("row", junk.as_str()), ("reason", "no racket")];
    let done = stefan.post("/admin/feeds/rejection", &why).await.sees(303).location();
    assert_eq!(done, "/admin/feeds?done=rejected");
    let done = stefan.post("/admin/feeds/rejection", &why).await.sees(303).location();
    assert_eq!(done, "/admin/feeds?done=changed");
    let none = stefan.post("/admin/feeds/taking", &[("row", "junk")]).await.sees(303).location();
    assert_eq!(none, "/admin/feeds?done=none-chosen");

    // A spelling that is another entry's.
    let row = id_of("Cel 8");
    let path = format!("/admin/feeds/{row}");
    marco.get(&path).await.sees(404);
    let page = stefan.get(&format!("{path}?q={}", known.manufacturer)).await.sees(200);
    assert!(page.contains(&known.id.to_string()));
    let matching = format!("{path}/matching");
    let own = {
        let (_, db) = world.at_work(demo::MARCO).await;
        rackets::Entity::find_or_create(&db, Sport::Tennis, "Own Racket").await.unwrap()
    };
    let wrong = [("entry", &*own.to_string())];
    let done = stefan.post(&matching, &wrong).await.sees(303).location();
    assert_eq!(done, "/admin/feeds?done=changed", "nobody else has it");
    let entry = [("entry", &*known.id.to_string())];
    marco.post(&matching, &entry).await.sees(404);
    let done = stefan.post(&matching, &entry).await.sees(303).location();
    assert_eq!(done, "/admin/feeds?done=matched");

    let taken = stefan.post("/admin/feeds/taking", &[("all", "1")]).await.location();
    assert_eq!(taken, "/admin/feeds?done=taken-0-0-1");
    assert!(shared(&world).await.is_empty(), "nothing new came of it");
    assert_eq!(stage(&world, feed, false).await, Staged { known: 3, ..Staged::default() });
    let decided = rows(&world).await;
    assert!(
        decided.iter().all(|row| row.state != StagedState::Pending && row.decided_by.is_some())
    );
    assert!(stefan.get("/admin/feeds").await.sees(200).contains("Keine Zeile"));
    stefan.get(&path).await.sees(404);
}

#[tokio::test]
async fn a_feed_that_tells_no_years_means_the_model_that_everybody_has() {
    let world = World::demo().await;
    let with_year = racket(Some("1"), "Cell 8", None);
    let year = |year| match with_year.clone() {
        Brought { said: Said::Racket(said), .. } => {
            let facts = rackets::Facts { year: Some(year), ..said.facts.clone() };
            let said = Said::Racket(rackets::Said { facts, ..said });
            Brought { external_id: Some(year.to_string()), said, sport: Sport::Tennis }
        }
        string => string,
    };
    let staged = stage(&world, vec![year(2021), year(2024)], false).await;
    assert_eq!(staged.new, 2, "two years are two entries");
    let mut stefan = world.stefan().await;
    stefan.post("/admin/feeds/taking", &[("all", "1")]).await.sees(303);
    let yearless = racket(None, "Cell 8", Some(300));
    assert_eq!(stage(&world, vec![yearless], false).await.renews, 1);
    stefan.post("/admin/feeds/taking", &[("all", "1")]).await.sees(303);
    let shared = shared(&world).await;
    assert_eq!(shared.len(), 2);
    let of_year = |year| shared.iter().find(|one| one.year == Some(year)).expect("one").weight;
    assert_eq!((of_year(2021), of_year(2024)), (None, Some(300)), "the latest, and its year stays");
    let latest = shared.iter().find(|one| one.year == Some(2024)).expect("one");
    assert_eq!(latest.search_key, "zugspitz cell 8 2024");
}

#[tokio::test]
async fn what_a_feed_takes_back_and_says_again_stays_the_entry_that_it_was() {
    let world = World::demo().await;
    let mut stefan = world.stefan().await;
    let say = async |weight| stage(&world, vec![racket(Some("1"), "Cell 8", weight)], false).await;
    say(Some(300)).await;
    stefan.post("/admin/feeds/taking", &[("all", "1")]).await.sees(303);
    // Said anew, back to what it was, and said a third time, before anybody has decided.
    for weight in [Some(301), Some(300), Some(302)] {
        let staged = say(weight).await;
        assert_eq!((staged.new, staged.staged), (0, 1), "{weight:?}");
    }
    say(Some(300)).await;
    stefan.post("/admin/feeds/taking", &[("all", "1")]).await.sees(303);
    assert_eq!(shared(&world).await.len(), 1);
}

#[tokio::test]
async fn a_feed_does_not_say_anew_what_another_one_has_brought() {
    let world = World::demo().await;
    let mut stefan = world.stefan().await;
    stage(&world, vec![racket(Some("1"), "Cell 8", Some(300))], false).await;
    stefan.post("/admin/feeds/taking", &[("all", "1")]).await.sees(303);
    let db = database::scoped_db(&world.ctx, Scope::System(&STAGE_FEED)).expect("a handle");
    let other = vec![racket(Some("9"), "Cell 8", Some(310))];
    let staged = catalogue_imports::stage(&db, "another list", other, false).await.unwrap();
    assert_eq!((staged.kept, staged.renews), (1, 0));
    stefan.post("/admin/feeds/taking", &[("all", "1")]).await.sees(303);
    assert_eq!(shared(&world).await[0].weight, Some(300));
}

#[tokio::test]
async fn a_gauge_and_a_maker_that_a_feed_tells_no_more_are_not_taken_away() {
    let world = World::demo().await;
    let mut stefan = world.stefan().await;
    let string = |maker: &str, gauge, colour: &str| {
        let said = catalogue_strings::Said {
            colour: Some(colour.to_owned()),
            ..catalogue_strings::Said::of_parts(maker, "Coil", gauge)
        };
        let external_id = Some("7".to_owned());
        vec![Brought { external_id, sport: Sport::Tennis, said: Said::String(said) }]
    };
    stage(&world, string("Kelvin", Some(125), "red"), false).await;
    stefan.post("/admin/feeds/taking", &[("all", "1")]).await.sees(303);
    assert_eq!(stage(&world, string("", None, "blue"), false).await.renews, 1);
    stefan.post("/admin/feeds/taking", &[("all", "1")]).await.sees(303);
    let (_, db) = world.at_work(demo::STEFAN).await;
    let found = catalogue_strings::Entity::find_by_name(&db, "Kelvin Coil 1.25").await.unwrap();
    assert_eq!(found.expect("as it is called").colour.as_deref(), Some("blue"));
}

#[tokio::test]
async fn a_new_name_of_a_feed_is_in_every_book_and_its_own_spelling_of_a_merged_one_is_not_new() {
    let world = World::demo().await;
    let mut stefan = world.stefan().await;
    stage(&world, vec![racket(Some("1"), "Cell 8", None)], false).await;
    stefan.post("/admin/feeds/taking", &[("all", "1")]).await.sees(303);
    let entry = shared(&world).await.remove(0);
    let (_, marcos) = world.at_work(demo::MARCO).await;
    let frame = rbo::models::client_rackets::Entity::find().one(&marcos).await.unwrap().unwrap();
    let change = rbo::models::client_rackets::ActiveModel {
        id: sea_orm::Set(frame.id),
        racket_id: sea_orm::Set(entry.id),
        ..Default::default()
    };
    sea_orm::EntityTrait::update(change).exec(&marcos).await.unwrap();

    stage(&world, vec![racket(Some("1"), "Cell Eight", None)], false).await;
    stefan.post("/admin/feeds/taking", &[("all", "1")]).await.sees(303);
    let named = orders::Entity::find()
        .filter(orders::Column::ClientRacketId.eq(frame.id))
        .filter(orders::Column::RacketName.eq("Zugspitz Cell Eight"));
    let of_frame = orders::Entity::find().filter(orders::Column::ClientRacketId.eq(frame.id));
    let count = of_frame.count(&marcos).await.unwrap();
    assert!(count > 0);
    assert_eq!(named.count(&marcos).await.unwrap(), count);
    assert_eq!(shared(&world).await.len(), 1);
}

#[tokio::test]
async fn the_task_reads_a_file_and_says_what_is_wrong_with_what_it_is_told() {
    let world = World::demo().await;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("strings.csv");
    std::fs::write(&file, "brand,name,kind\nKelvin,Coil 1.25,Natural Gut\n,,\n").unwrap();
    let file = file.display().to_string();
    let run = async |args: &[(&str, &str)]| {
        let args = args.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        CatalogueStage.run(&world.ctx, &Vars::from_cli_args(args.collect())).await
    };
    let good = [
        ("kind", "strings"),
        ("source", "shop"),
        ("file", &*file),
        ("sport", "tennis"),
        ("map", "manufacturer=brand,model=name,material=kind"),
    ];
    let with = |name: &'static str, value: &'static str| {
        let others = good.iter().copied().filter(move |(other, _)| *other != name);
        others.chain([(name, value)]).collect::<Vec<_>>()
    };
    for (name, value) in [
        ("kind", "balls"),
        ("source", " "),
        ("file", "/nowhere/feed.csv"),
        ("map", "model=title"),
        ("map", "name"),
        ("dry_run", "perhaps"),
    ] {
        assert!(run(&with(name, value)).await.is_err(), "{name} {value}");
    }
    run(&with("dry_run", "true")).await.unwrap();
    assert_eq!(world.rows("catalogue_imports").await, 0);
    run(&good).await.unwrap();
    let [row] = <[_; 1]>::try_from(rows(&world).await).expect("one");
    assert_eq!((row.kind, row.material.as_deref()), (Kind::Strings, Some("natural_gut")));
    let mut stefan = world.stefan().await;
    stefan.post("/admin/feeds/taking", &[("row", &*row.id.to_string())]).await.sees(303);
    let (_, db) = world.at_work(demo::STEFAN).await;
    let found = catalogue_strings::Entity::find_by_name(&db, "Kelvin Coil 1.25").await.unwrap();
    let found = Entry::String(found.expect("everybody has it"));
    assert!(found.is_shared() && found.source() == Source::Imported);
}

#[tokio::test]
async fn what_an_admin_edits_is_so_in_every_book_and_no_feed_says_it_anew() {
    let world = World::demo().await;
    let (_, db) = world.at_work(demo::MARCO).await;
    let frames = client_rackets::Entity::find().all(&db).await.unwrap();
    let mut shared = None;
    for frame in frames {
        let entry = catalogue::find(&db, Kind::Rackets, frame.racket_id).await.unwrap();
        shared = entry.is_shared().then_some((frame, entry)).or(shared);
    }
    let (frame, entry) = shared.expect("a racket of everybody's");
    let raw = world.beneath().await;
    rackets::Entity::update_many()
        .col_expr(rackets::Column::Source, Expr::value(Source::Imported))
        .filter(rackets::Column::Id.eq(entry.id()))
        .exec(&raw)
        .await
        .unwrap();
    let page = format!("/admin/entries/rackets/{}", entry.id());
    let mut stefan = world.stefan().await;
    let mut fields = stefan.get(&page).await.sees(200).form("#entry-form");
    let set = |fields: &mut Vec<(String, String)>, name: &str, value: &str| {
        fields.retain(|(field, _)| field != name);
        fields.push((name.to_owned(), value.to_owned()));
    };
    set(&mut fields, "model", "Edited Here");
    set(&mut fields, "reason", "");
    let refused = stefan.post_fields(&page, &fields).await.sees(422);
    assert!(refused.marked("reason").is_some() && refused.contains("Edited Here"));
    set(&mut fields, "reason", "a slip of the feed");
    world.marco().await.get(&page).await.sees(404);
    stefan.post_fields(&page, &fields).await.sees(303);
    // Made of what it was before: nothing is taken over another's word.
    stefan.post_fields(&page, &fields).await.sees(422);
    let row = rackets::Entity::find_by_id(entry.id()).one(&raw).await.unwrap().expect("there");
    assert_eq!(row.source, Source::ManualEditedFromImport);
    assert_eq!(row.model, "Edited Here");
    let order = orders::Entity::find().filter(orders::Column::ClientRacketId.eq(frame.id));
    let order = order.one(&db).await.unwrap().expect("an order");
    assert!(order.racket_name.contains("Edited Here"), "{}", order.racket_name);
    // An own entry is its stringer's to say.
    let own = rackets::Entity::find_or_create(&db, Sport::Tennis, "Mine Alone").await.unwrap();
    stefan.get(&format!("/admin/entries/rackets/{own}")).await.sees(404);
    stefan.get(&format!("/admin/entries/pigeons/{own}")).await.sees(404);
}
