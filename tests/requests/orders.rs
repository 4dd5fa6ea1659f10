//! The road: enter, copy, string, receipt, undo.

use rbo::demo;
use rbo::models::receipt_emissions::{self, PdfState};
use rbo::models::{client_rackets, orders};
use rbo::workers::sweep;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use crate::support::road::NEW_JOB;
use crate::support::{Answer, Browser, World};

/// The address of a new order.
async fn entered(browser: &mut Browser) -> String {
    let saved = browser.post("/orders", &NEW_JOB).await.sees(303).location();
    saved.split('?').next().unwrap().to_owned()
}

#[tokio::test]
async fn a_new_client_with_a_new_racket_is_strung_and_has_a_receipt() {
    let world = World::demo().await;
    let mut stefan = world.stefan().await;
    let saved = stefan.post("/orders", &NEW_JOB).await.sees(303).location();
    let page = stefan.get(&saved).await.sees(200);
    assert_eq!(
        page.element(".twin").as_deref(),
        Some("Längs 23.5 kg Luxilon ALU Power 1.25 Quer 22.5 kg gleiche Saite")
    );
    assert_eq!(page.element(".total b").as_deref(), Some("CHF 25.00"));

    let order = saved.split('?').next().unwrap().to_owned();
    let done = stefan.post(&format!("{order}/strung"), &[]).await.sees(303).location();
    let page = stefan.get(&done).await.sees(200);
    let pdf = page.attribute("#receipt li a", "href").expect("a PDF");
    let pdf = stefan.get(&pdf).await.sees(200);
    assert!(pdf.bytes.starts_with(b"%PDF-"));
    assert_eq!(pdf.headers["content-type"], "application/pdf");
    assert!(pdf.headers["content-disposition"].to_str().unwrap().contains("Beleg-20"));
}

#[tokio::test]
async fn copy_last_fills_the_form_with_the_last_setup() {
    let world = World::demo().await;
    let mut stefan = world.stefan().await;
    let found = stefan.fragment("/orders/new?q=luk%20mei").await.sees(200);
    assert!(!found.contains("<html"));
    let form = found.attribute("li a", "href").expect("Lukas");
    let page = stefan.get(&form).await.sees(200);
    assert_eq!(page.value("#f-mains_string").as_deref(), Some("Babolat RPM Blast 1.25"));
    assert_eq!(page.value("#f-crosses_string").as_deref(), Some("Babolat Xcel 1.30"));
    assert_eq!(page.value("#f-mains_tension").as_deref(), Some("24"));
    assert_eq!(page.value("#f-crosses_tension").as_deref(), Some("23"));
    assert!(page.element(".badge--good").is_some());
}

#[tokio::test]
async fn plus_and_minus_work_without_a_script() {
    let world = World::demo().await;
    let mut stefan = world.stefan().await;
    let fields: Vec<_> = NEW_JOB.into_iter().chain([("nudge", "mains_tension:-")]).collect();
    let page = stefan.post("/orders", &fields).await.sees(200);
    assert_eq!(page.value("#f-mains_tension").as_deref(), Some("23"));
    assert_eq!(page.value("#f-first_name").as_deref(), Some("Sara"));
}

#[tokio::test]
async fn stringing_is_undone_and_the_number_is_used_again() {
    let world = World::demo().await;
    let mut stefan = world.stefan().await;
    let order = entered(&mut stefan).await;
    stefan.post(&format!("{order}/strung"), &[]).await.sees(303);
    let number = stefan.get(&order).await.element(".section .badge").expect("a number");
    stefan.delete(&format!("{order}/strung")).await.sees(303);
    stefan.post(&format!("{order}/strung"), &[]).await.sees(303);
    assert_eq!(stefan.get(&order).await.element(".section .badge"), Some(number));
    stefan.post(&format!("{order}/returned"), &[]).await.sees(303);
    let refused = stefan.delete(&format!("{order}/strung")).await.sees(422);
    assert!(refused.element("[role=alert]").expect("a sentence").contains("zurück"));
}

#[tokio::test]
async fn an_edit_of_what_the_receipt_shows_issues_it_again() {
    let world = World::demo().await;
    let mut stefan = world.stefan().await;
    let order = entered(&mut stefan).await;
    stefan.post(&format!("{order}/strung"), &[]).await.sees(303);
    let form = stefan.get(&format!("{order}/edit")).await.sees(200);
    let version = form.value("[name=lock_version]").unwrap();
    let frame = form.value("[name=frame][checked]").unwrap();
    let edit = |labor: &'static str| {
        let fields = NEW_JOB.into_iter().filter(|(name, _)| !["labor", "frame"].contains(name));
        fields.chain([("labor", labor)]).collect::<Vec<_>>()
    };
    let mut fields = edit("30");
    fields.extend([("lock_version", version.as_str()), ("frame", frame.as_str())]);
    stefan.post(&order, &fields).await.sees(303);
    assert!(stefan.get(&order).await.contains("2 Mal ausgegeben"));
    // The second tab still has the old version.
    let told = stefan.post(&order, &fields).await.sees(422);
    assert_eq!(told.value("#f-labor").as_deref(), Some("30"));
}

#[tokio::test]
async fn what_a_crash_left_is_found_and_made_once() {
    let world = World::demo().await;
    let (_me, db) = world.at_work(demo::STEFAN).await;
    // The demo world was written without a worker: every receipt is still owed.
    let pending = || {
        receipt_emissions::Entity::find().filter(receipt_emissions::Column::PdfState.eq("pending"))
    };
    let owed = pending().all(&db).await.unwrap();
    assert!(owed.len() > 1);
    let keep = owed[0].id;
    tokio::join!(async { sweep::sweep(&world.ctx).await.unwrap() }, async {
        receipt_emissions::Entity::render(&db, keep).await.unwrap();
    });
    let made = receipt_emissions::Entity::find_by_id(keep).one(&db).await.unwrap().unwrap();
    assert_eq!(made.pdf_state, PdfState::Rendered);
    assert!(made.pdf.unwrap().starts_with(b"%PDF-"));
}

#[tokio::test]
async fn a_job_on_ones_own_racket_has_no_price_no_receipt_and_is_done_when_strung() {
    let world = World::demo().await;
    let mut stefan = world.stefan().await;
    let mine = [
        ("client", "self"),
        ("frame", "new"),
        ("racket", "Wilson Pro Staff 97"),
        ("mains_tension", "24"),
        ("same_string", "1"),
        ("labor", "25"),
    ];
    let saved = stefan.post("/orders", &mine).await.sees(303).location();
    let order = saved.split('?').next().unwrap().to_owned();
    assert!(stefan.get(&order).await.sees(200).element(".total").is_none());
    for step in ["returned", "paid"] {
        let refused = stefan.post(&format!("{order}/{step}"), &[]).await.sees(422);
        assert!(refused.element("[role=alert]").expect("a sentence").contains("eigener Schläger"));
    }
    stefan.post(&format!("{order}/strung"), &[]).await.sees(303);
    let page = stefan.get(&order).await.sees(200);
    assert_eq!(page.element(".section .badge").as_deref(), None, "no receipt number");
    assert!(page.attribute("#receipt li a", "href").is_none());
    assert!(!stefan.get("/orders?state=ready").await.contains(&order));
}

#[tokio::test]
async fn a_cancelled_order_leaves_the_lists_and_can_be_taken_up_again() {
    let world = World::demo().await;
    let mut stefan = world.stefan().await;
    let order = entered(&mut stefan).await;
    stefan.post(&format!("{order}/cancelled"), &[]).await.sees(303);
    assert!(!stefan.get("/orders").await.contains(&order));
    assert!(stefan.get("/orders?state=cancelled").await.contains(&order));
    stefan.post(&format!("{order}/strung"), &[]).await.sees(422);

    stefan.delete(&format!("{order}/cancelled")).await.sees(303);
    stefan.post(&format!("{order}/strung"), &[]).await.sees(303);
    let refused = stefan.post(&format!("{order}/cancelled"), &[]).await.sees(422);
    assert!(refused.element("[role=alert]").is_some());
    // A void order keeps its number and its place in the book.
    stefan.delete(&format!("{order}/strung")).await.sees(303);
    stefan.post(&format!("{order}/cancelled"), &[]).await.sees(422);
}

#[tokio::test]
async fn what_is_paid_in_advance_is_paid_before_it_is_strung_and_its_receipt_says_so() {
    let world = World::demo().await;
    let mut stefan = world.stefan().await;
    let order = entered(&mut stefan).await;
    stefan.post(&format!("{order}/paid"), &[]).await.sees(422);

    let in_advance: Vec<_> = NEW_JOB.into_iter().chain([("paid_in_advance", "1")]).collect();
    let saved = stefan.post("/orders", &in_advance).await.sees(303).location();
    let order = saved.split('?').next().unwrap().to_owned();
    stefan.post(&format!("{order}/paid"), &[]).await.sees(303);
    stefan.post(&format!("{order}/strung"), &[]).await.sees(303);
    let (_me, db) = world.at_work(demo::STEFAN).await;
    let id: uuid::Uuid = order.rsplit('/').next().unwrap().parse().unwrap();
    let emission = receipt_emissions::Entity::find()
        .filter(receipt_emissions::Column::OrderId.eq(id))
        .one(&db)
        .await
        .unwrap()
        .expect("a receipt");
    let snapshot: serde_json::Value = serde_json::from_str(&emission.snapshot).unwrap();
    assert_eq!(snapshot["paid"], true);
}

#[tokio::test]
async fn a_whole_page_that_is_pasted_into_a_search_finds_what_its_first_words_say() {
    let world = World::demo().await;
    let mut stefan = world.stefan().await;
    for path in ["/clients", "/orders", "/orders/new"] {
        let pasted = format!("{path}?q=anna{}", "+keller".repeat(400));
        assert!(stefan.get(&pasted).await.sees(200).contains("Anna Keller"), "{path}");
    }
}

#[tokio::test]
async fn a_name_with_any_sign_in_it_survives_in_a_link() {
    let world = World::demo().await;
    let mut stefan = world.stefan().await;
    let q = "Frei & Söhne+Co #1 100%";
    let query: String =
        form_urlencoded::Serializer::new(String::new()).append_pair("q", q).finish();
    let page = stefan.get(&format!("/clients?{query}")).await.sees(200);
    let link = page.attribute(".empty a", "href").expect("a link");
    assert_eq!(stefan.get(&link).await.value("#f-first_name").as_deref(), Some(q));
    let page = stefan.get(&format!("/orders/new?{query}")).await.sees(200);
    let link = page.attribute("a[href*='client=new']", "href").expect("a link");
    assert_eq!(
        stefan.get(&link).await.value("#f-last_name").as_deref(),
        q.split_once(' ').map(|(_, rest)| rest)
    );
    let page = stefan.get(&format!("/orders?{query}")).await.sees(200);
    assert_eq!(page.value("#f-q").as_deref(), Some(q));
}

#[tokio::test]
async fn several_rackets_of_a_client_are_entered_in_one_go() {
    let world = World::demo().await;
    let (me, db) = world.at_work(demo::STEFAN).await;
    let mut stefan = world.stefan().await;
    // Three alike, everything new: twins are numbered.
    let fields = [
        ("client", "new"),
        ("first_name", "Vera"),
        ("frame", "new"),
        ("racket", "Head Boom MP"),
        ("racket_count", "3"),
        ("same_string", "1"),
        ("mains_string", "Head Lynx Tour 1.25"),
        ("mains_tension", "24"),
        ("due_at", "2031-03-01"),
        ("due_time", "09:00"),
    ];
    let many = fields.map(|(f, v)| (f, if f == "racket_count" { "10" } else { v }));
    let page = stefan.post("/orders", &many).await.sees(422);
    assert!(page.marked("racket_count").is_some());
    let to = stefan.post("/orders", &fields).await.sees(303).location();
    let page = stefan.get(&to).await.sees(200);
    assert!(page.element("[role=status]").is_some());
    for twin in ["#1", "#2", "#3"] {
        assert!(page.contains(twin), "{twin}");
    }
    let client: uuid::Uuid = to["/clients/".len()..].split('?').next().unwrap().parse().unwrap();
    let frames = client_rackets::Entity::of_client(&db, client).await.unwrap();
    assert_eq!(frames.len(), 3);

    // The same again for all of them, one a kilogram less.
    let (first, second, third) = (&frames[0].id, &frames[1].id, &frames[2].id);
    let (same, softer) = (format!("also.{second}"), format!("also.{third}"));
    let (client, first) = (client.to_string(), first.to_string());
    let again = |by: &'static str| {
        vec![
            ("client", client.as_str()),
            ("frame", first.as_str()),
            ("same_string", "1"),
            ("mains_tension", "23.5"),
            (same.as_str(), "0"),
            (softer.as_str(), by),
        ]
    };
    // Out of the question for one of them: nothing is written, and the choice is kept.
    for by in ["-9999", "much"] {
        stefan.post("/orders", &again(by)).await.sees(422);
    }
    assert_eq!(orders::Entity::beds(&db, client.parse().unwrap()).await.unwrap().len(), 0);
    stefan.post("/orders", &again("-100")).await.sees(303);
    let (rows, _more) = orders::Entity::of_client(&db, client.parse().unwrap(), 0).await.unwrap();
    assert_eq!(rows.len(), 6);
    let tensions: Vec<_> =
        rows.iter().take(3).map(|row| row.tensions.mains().unwrap().hundredths()).collect();
    assert_eq!((tensions.iter().min(), tensions.iter().max()), (Some(&2250), Some(&2350)));
    assert!(rows.iter().take(3).all(|row| row.tensions.crosses().is_some()));
    // Each says which racket it is: three, which wait twice.
    assert!(stefan.get("/").await.sees(200).contains("1 von 3 Schlägern"));
    // And the day on which they are wanted shows three.
    let page = stefan.get("/days/2031-03-01").await.sees(200);
    assert!(page.contains("3 von 3 Aufträgen") && page.contains("09:00"));
    assert!(!world.marco().await.get("/days/2031-03-01").await.sees(200).contains("Vera"));
    stefan.get("/days/2031-02-30").await.sees(404);
    assert_eq!(me.email, demo::STEFAN);
}

#[tokio::test]
async fn anothers_racket_is_not_strung_along() {
    let world = World::demo().await;
    let (_me, db) = world.at_work(demo::MARCO).await;
    let theirs = client_rackets::Entity::find().one(&db).await.unwrap().expect("a racket");
    let mut stefan = world.stefan().await;
    let also = format!("also.{}", theirs.id);
    let before = world.rows("orders").await;
    let fields = [
        ("client", "self"),
        ("frame", "new"),
        ("racket", "Head Boom MP"),
        ("mains_tension", "24"),
        (also.as_str(), "0"),
    ];
    stefan.post("/orders", &fields).await.sees(404);
    assert_eq!(world.rows("orders").await, before);
}

#[tokio::test]
async fn a_list_is_filtered_sorted_and_paged_and_its_address_says_how() {
    let world = World::demo().await;
    let (_me, db) = world.at_work(demo::STEFAN).await;
    let mut stefan = world.stefan().await;
    let all = orders::Entity::find().all(&db).await.unwrap();
    let years = orders::Entity::years(&db).await.unwrap();
    let (last, first) = (years[0], years[1]);
    let list = stefan.get(&format!("/orders?year={first}&sort=client&byo=1")).await.sees(200);
    let shown = |order: &orders::Model| list.contains(&format!("href=\"/orders/{}\"", order.id));
    let (mut in_it, mut out_of_it) = (0, 0);
    for order in all.iter().filter(|order| order.cancelled_at.is_none()) {
        use chrono::Datelike as _;
        let is_meant = order.ordered_at.is_some_and(|date| date.year() == first)
            && (order.mains_byo || order.crosses_byo);
        // A page has fifty; what is shown is meant.
        assert!(is_meant || !shown(order));
        if shown(order) { in_it += 1 } else { out_of_it += 1 }
    }
    assert!(in_it > 0 && out_of_it > 0, "{in_it} shown, {out_of_it} not");
    // The form that chooses another filter sends the rest along, as does another page.
    let form = list.form("#search");
    for chosen in [("state", "all"), ("byo", "1")] {
        let sent = form.iter().any(|(f, v)| (f.as_str(), v.as_str()) == chosen);
        assert!(sent, "{chosen:?} in {form:?}");
    }
    assert_eq!(list.attribute("#f-sort option[selected]", "value").as_deref(), Some("client"));
    let page = stefan.get(&format!("/orders?year={last}")).await.sees(200);
    let further = page.attribute("nav a[href*='page=1']", "href").expect("a further page");
    assert!(further.contains(&format!("year={last}")), "{further}");
    stefan.get(&further).await.sees(200);
    // Whatever else is asked for shows a list, too.
    for odd in
        ["year=x", "year=-5000", "sort=x", "state=x", "byo=x&page=400000000000000000", "q=%00"]
    {
        stefan.get(&format!("/orders?{odd}")).await.sees(200);
        stefan.get(&format!("/clients?{odd}")).await.sees(200);
    }
    for odd in ["/days/-5000-01-01", "/days/9999-01-01", "/r/%00"] {
        stefan.get(odd).await.sees(404);
    }
}

#[tokio::test]
async fn ones_own_racket_is_strung_again_by_copying() {
    let world = World::demo().await;
    let mut stefan = world.stefan().await;
    let first =
        [("client", "self"), ("frame", "new"), ("racket", "Head Boom MP"), ("mains_tension", "24")];
    let saved = stefan.post("/orders", &first).await.sees(303).location();
    let order = saved.split('?').next().unwrap().to_owned();
    for way in [
        format!("/orders/new?from={}", &order["/orders/".len()..]),
        "/orders/new?client=self".to_owned(),
    ] {
        let form = stefan.get(&way).await.sees(200);
        let value = |css: &str| form.attribute(css, "value").expect("a value");
        assert_eq!(value("#f-mains_tension"), "24", "{way}");
        let (client, frame) = (value("[name=client]"), value("[name=frame][checked]"));
        let fields = [("client", client.as_str()), ("frame", &frame), ("mains_tension", "24")];
        let saved = stefan.post("/orders", &fields).await.sees(303).location();
        let page = stefan.get(&saved).await.sees(200);
        // A self job: two knots, no price.
        assert!(page.element(".thread li:nth-child(3)").is_none(), "{way}");
    }
}

#[tokio::test]
async fn the_rarer_fields_are_kept_shown_and_copied_as_far_as_they_are_not_of_the_day() {
    let world = World::demo().await;
    let mut stefan = world.stefan().await;
    let rarer = [
        ("pieces", "2"),
        ("knots", "4"),
        ("method", "Around the World"),
        ("mains_colour", "gelb"),
        ("prestretch", "10"),
        ("prestretch_kind", "hand"),
        ("dt_after", "37"),
        ("dt_device", "ERT 300"),
        ("total", "22.50"),
        ("payment", "twint"),
    ];
    let fields: Vec<_> = NEW_JOB.into_iter().chain(rarer).collect();
    let saved = stefan.post("/orders", &fields).await.sees(303).location();
    let order = saved.split('?').next().unwrap().to_owned();
    stefan.post(&format!("{order}/strung"), &[]).await.sees(303);
    // An edit has them all again.
    let edit = stefan.get(&format!("{order}/edit")).await.sees(200);
    stefan.post(&format!("{order}/paid"), &[]).await.sees(303);
    let page = stefan.get(&order).await.sees(200);
    for said in [
        "2 Stücke",
        "4 Knoten",
        "Around the World",
        "gelb",
        "10 % vorgereckt, von Hand",
        "DT 37 nach dem Bespannen, ERT 300",
        "TWINT",
        "-2.50",
    ] {
        assert!(page.contains(said), "{said} in {}", page.text());
    }
    assert_eq!(page.element(".total b").as_deref(), Some("CHF 22.50"));

    // What is paid says itself how; a copy leaves out what was of that day.
    let paid = stefan.get(&format!("{order}/edit")).await.sees(200);
    assert!(paid.element("#f-payment").is_none());
    let chosen = |page: &Answer, field: &str| {
        page.attribute(&format!("#f-{field} option[selected]"), "value").unwrap_or_default()
    };
    assert_eq!(edit.value("#f-total").as_deref(), Some("22.50"));
    assert_eq!(chosen(&edit, "payment"), "twint");
    let copy = stefan.get(&format!("/orders/new?from={}", &order["/orders/".len()..])).await;
    for (field, kept) in [("pieces", "2"), ("prestretch_kind", "hand"), ("payment", "")] {
        assert_eq!(chosen(&copy, field), kept, "{field}");
    }
    for (field, kept) in [("dt_device", "ERT 300"), ("dt_after", ""), ("total", "")] {
        assert_eq!(copy.value(&format!("#f-{field}")).as_deref(), Some(kept), "{field}");
    }
    // Two strings are two pieces, whatever was said before.
    let hybrid = NEW_JOB.into_iter().filter(|(field, _)| *field != "same_string");
    let fields: Vec<_> =
        hybrid.chain([("pieces", "1"), ("crosses_string", "Babolat Xcel 1.30")]).collect();
    let saved = stefan.post("/orders", &fields).await.sees(303).location();
    assert!(stefan.get(&saved).await.contains("2 Stücke"));
    // Ones own racket is paid by nobody.
    let mine = [("client", "self"), ("frame", "new"), ("racket", "Head Boom MP")];
    let fields: Vec<_> = mine.into_iter().chain(rarer).collect();
    let saved = stefan.post("/orders", &fields).await.sees(303).location();
    assert!(!stefan.get(&saved).await.contains("TWINT"));
}

#[tokio::test]
async fn a_page_says_that_no_labor_was_asked_for() {
    let world = World::demo().await;
    let mut stefan = world.stefan().await;
    let fields = NEW_JOB.map(|(name, typed)| (name, if name == "labor" { "" } else { typed }));
    let saved = stefan.post("/orders", &fields).await.sees(303).location();
    let page = stefan.get(&saved).await.sees(200);
    assert_eq!(page.element("section[aria-label='Preis'] .row").as_deref(), Some("Arbeit 0.00"));
}

#[tokio::test]
async fn what_nobody_chose_is_not_stored() {
    let world = World::demo().await;
    let (_me, db) = world.at_work(demo::STEFAN).await;
    let mut stefan = world.stefan().await;
    let list = stefan.get("/orders").await.sees(200);
    assert_eq!(list.element("#f-year option[value='']").as_deref(), Some("alle Jahre"));
    let form = stefan.get("/orders/new?client=new").await.sees(200);
    for field in ["pieces", "prestretch_kind", "payment"] {
        let unset = form.element(&format!("#f-{field} option[value='']"));
        assert_eq!(unset.as_deref(), Some("–"), "{field}");
    }
    // What was typed replaces what the page had; the rest goes as it stood.
    let mut fields = form.form("#order-form");
    fields.retain(|(name, _)| NEW_JOB.iter().all(|(typed, _)| typed != name));
    fields.extend(NEW_JOB.map(|(name, typed)| (name.to_owned(), typed.to_owned())));
    let saved = stefan.post_fields("/orders", &fields).await.sees(303).location();
    let id = saved.split(['/', '?']).nth(2).expect("an id");
    let id = uuid::Uuid::parse_str(id).expect("an id");
    let order = orders::Entity::find_by_id(id).one(&db).await.unwrap().expect("the order");
    assert_eq!(order.payment_kind, None);
    assert_eq!(order.prestretch_kind, None);
    assert_eq!(order.pieces, None);
}

#[tokio::test]
async fn a_step_taken_at_home_swaps_todays_list_and_is_undone_there() {
    let world = World::demo().await;
    let mut stefan = world.stefan().await;
    let home = stefan.get("/").await.sees(200);
    let paid = home.attribute("form[action$='/paid']", "hx-post").expect("somebody owes");
    let today = stefan.swap(&paid, &[("back", "home")]).await.sees(200);
    assert!(!today.contains("<html") && today.element("#today").is_some());
    assert!(today.attribute(&format!(".job form[action='{paid}']"), "action").is_none());
    assert_eq!(today.attribute(".toast form", "hx-post"), Some(paid.clone()));
    // Loading the page again says the same.
    let address = today.headers["hx-replace-url"].to_str().unwrap().to_owned();
    assert!(stefan.get(&address).await.sees(200).attribute(".toast form", "action").is_some());
    // A second tap, on a phone that was slow, changes nothing.
    let again = stefan.swap(&paid, &[("back", "home")]).await.sees(200);
    assert_eq!(again.attribute(".toast form", "hx-post"), Some(paid.clone()));
    // What is refused is said in the same place.
    let order = paid.trim_end_matches("/paid").to_owned();
    let strung = format!("{order}/strung");
    let refused = stefan.swap(&strung, &[("back", "home"), ("date", "x")]).await;
    assert!(refused.sees(422).element("#today [role=alert]").is_some());
    let undo = [("back", "home"), ("_method", "DELETE")];
    let today = stefan.swap(&paid, &undo).await.sees(200);
    assert_eq!(today.attribute(&format!("form[action='{paid}']"), "hx-post"), Some(paid));
    assert!(today.element(".toast").is_none());
    // Going back to an address that tells of what was taken back since.
    assert!(stefan.get(&address).await.sees(200).element(".toast").is_none());
    assert!(stefan.get(&format!("{order}?done=paid")).await.sees(200).element(".toast").is_none());
}

#[tokio::test]
async fn the_day_of_stringing_is_moved_and_moved_back_and_the_receipt_says_so() {
    let world = World::demo().await;
    let (me, _db) = world.at_work(demo::STEFAN).await;
    let mut stefan = world.stefan().await;
    let ordered = (me.today() - chrono::Days::new(9)).to_string();
    let fields: Vec<_> = NEW_JOB.into_iter().chain([("ordered_at", ordered.as_str())]).collect();
    let saved = stefan.post("/orders", &fields).await.sees(303).location();
    let order = saved.split('?').next().unwrap().to_owned();
    let strung = format!("{order}/strung");
    stefan.post(&strung, &[]).await.sees(303);
    let earlier = (me.today() - chrono::Days::new(3)).to_string();
    let part = stefan.swap(&strung, &[("date", &earlier)]).await.sees(200);
    assert!(part.contains("2 Mal ausgegeben"));
    assert!(part.element(".toast").expect("a toast").contains("Datum"));
    // Undo gives the former date again; it does not take the stringing away.
    let former = part.value(".toast [name=date]").expect("a date");
    assert_eq!(former, me.today().to_string());
    assert!(part.attribute(".toast [name=_method]", "value").is_none());
    let part = stefan.swap(&strung, &[("date", &former)]).await.sees(200);
    assert!(part.contains("3 Mal ausgegeben"));
    // The same date again does nothing, and says nothing.
    let part = stefan.swap(&strung, &[("date", &former)]).await.sees(200);
    assert!(part.contains("3 Mal ausgegeben") && part.element(".toast").is_none());
    // An address that tells of a move which is past is not believed.
    let past = stefan.get(&format!("{order}?done=strung&former={former}")).await.sees(200);
    assert!(past.element(".toast").is_none());
    // A date that is refused stays where it was typed.
    let future = (me.today() + chrono::Days::new(1)).to_string();
    let part = stefan.swap(&strung, &[("date", &future)]).await.sees(422);
    assert_eq!(part.value("#d-strung"), Some(future));
    assert!(part.attribute("details.fold[open] #d-strung", "id").is_some());
}

#[tokio::test]
async fn what_the_crosses_cost_alone_survives_an_edit_and_a_copy() {
    let world = World::demo().await;
    let mut stefan = world.stefan().await;
    let job = [
        ("client", "new"),
        ("first_name", "Vera"),
        ("frame", "new"),
        ("racket", "Head Boom MP"),
        ("mains_byo", "1"),
        ("crosses_price", "10"),
        ("labor", "25"),
    ];
    let page = stefan.post("/orders", &job).await.sees(422);
    assert!(page.marked("crosses_string").is_some(), "what is paid for has a name");
    let named = [("crosses_string", "Tecnifibre X-One")];
    let job: Vec<_> = job.into_iter().chain(named).collect();
    let saved = stefan.post("/orders", &job).await.sees(303).location();
    let order = saved.split('?').next().unwrap().to_owned();
    let total = stefan.get(&order).await.element(".total b");
    assert_eq!(total.as_deref(), Some("CHF 35.00"));
    for way in [format!("{order}/edit"), format!("/orders/new?from={}", &order["/orders/".len()..])]
    {
        let form = stefan.get(&way).await.sees(200);
        assert!(form.attribute("#same-string[checked]", "id").is_none(), "{way}");
        assert_eq!(form.value("#f-crosses_price").as_deref(), Some("10.00"), "{way}");
        assert_eq!(form.element("#form-total").as_deref(), Some("CHF 35.00"), "{way}");
    }
}

#[tokio::test]
async fn a_racket_of_another_sport_is_not_strung_by_mistake() {
    let world = World::demo().await;
    let mut stefan = world.stefan().await;
    let job = |sport: &'static str, racket: &'static str| {
        [("client", "self"), ("frame", "new"), ("racket", racket), ("sport", sport)]
    };
    for (sport, racket) in [("tennis", "Head Boom MP"), ("badminton", "Yonex Arcsaber 11")] {
        stefan.post("/orders", &job(sport, racket)).await.sees(303);
    }
    let form = stefan.get("/orders/new?client=self").await.sees(200);
    let client = form.value("[name=client]").expect("myself");
    let frame = |sport: &str| form.value(&format!("[name=frame][data-sport={sport}]"));
    let (tennis, badminton) = (frame("tennis").unwrap(), frame("badminton").unwrap());
    let before = world.rows("orders").await;
    let also = format!("also.{badminton}");
    for (frame, along, marked) in [(&badminton, None, "sport"), (&tennis, Some(&also), "also")] {
        let mut fields = vec![("client", client.as_str()), ("frame", frame), ("sport", "tennis")];
        fields.extend(along.map(|also| (also.as_str(), "0")));
        let page = stefan.post("/orders", &fields).await.sees(422);
        assert!(page.marked(marked).is_some(), "{marked}");
    }
    assert_eq!(world.rows("orders").await, before);
    let fields = [("client", client.as_str()), ("frame", &tennis), ("sport", "tennis")];
    let saved = stefan.post("/orders", &fields).await.sees(303).location();
    let order = saved.split('?').next().unwrap().to_owned();
    let version = stefan.get(&format!("{order}/edit")).await.value("[name=lock_version]").unwrap();
    let fields =
        [("frame", badminton.as_str()), ("sport", "tennis"), ("lock_version", version.as_str())];
    assert!(stefan.post(&order, &fields).await.sees(422).marked("sport").is_some());
    // A racket that was never strung says itself what it is for.
    let form = stefan.get(&format!("/orders/new?client={client}&frame={badminton}")).await;
    assert_eq!(form.attribute("#f-sport option[selected]", "value").as_deref(), Some("badminton"));
}

#[tokio::test]
async fn what_is_of_one_racket_alone_is_not_entered_for_several() {
    let world = World::demo().await;
    let mut stefan = world.stefan().await;
    for (field, typed) in [("total", "20"), ("dt_before", "35"), ("dt_after", "38")] {
        let two = [("racket_count", "2"), (field, typed)];
        let fields: Vec<_> = NEW_JOB.into_iter().chain(two).collect();
        assert!(stefan.post("/orders", &fields).await.sees(422).marked(field).is_some(), "{field}");
    }
}

#[tokio::test]
async fn long_histories_and_days_are_paged_and_twins_are_numbered_on() {
    let world = World::demo().await;
    let mut stefan = world.stefan().await;
    let new = [
        ("client", "new"),
        ("first_name", "Vera"),
        ("frame", "new"),
        ("racket", "Head Boom MP"),
        ("racket_count", "9"),
        ("due_at", "2031-03-01"),
    ];
    let to = stefan.post("/orders", &new).await.sees(303).location();
    let client = to["/clients/".len()..].split('?').next().unwrap().to_owned();
    for _ in 0..5 {
        let again = new.map(|(f, v)| (f, if f == "client" { client.as_str() } else { v }));
        stefan.post("/orders", &again).await.sees(303);
    }
    // Fifty-four rackets, no two alike.
    let (_me, db) = world.at_work(demo::STEFAN).await;
    let frames = client_rackets::Entity::of_client(&db, client.parse().unwrap()).await.unwrap();
    let names: std::collections::BTreeSet<_> =
        frames.iter().map(|frame| frame.nickname.clone().expect("a number")).collect();
    assert_eq!((frames.len(), names.len()), (54, 54));
    assert!(names.contains("#54"));
    for (path, count) in [
        (format!("/clients/{client}"), "54 Aufträge"),
        ("/days/2031-03-01".to_owned(), "54 von 54 Aufträgen"),
    ] {
        let page = stefan.get(&path).await.sees(200);
        assert_eq!(page.text().matches("class=\"job\"").count(), 50, "{path}");
        assert!(page.element(".section .muted").expect("a count").contains(count), "{path}");
        let further = page.attribute("nav a[href*='page=1']", "href").expect("a further page");
        let page = stefan.get(&further).await.sees(200);
        assert_eq!(page.text().matches("class=\"job\"").count(), 4, "{path}");
        assert!(page.attribute("nav a[href*='page=0']", "href").is_some(), "{path}");
        assert!(page.attribute("nav a[href*='page=2']", "href").is_none(), "{path}");
    }
}

#[tokio::test]
async fn the_first_price_for_stringing_is_remembered_and_no_later_one_is() {
    let world = World::demo().await;
    let mut stefan = world.stefan().await;
    let mut workshop = stefan.get("/settings/workshop").await.sees(200).form("#workshop-form");
    for (name, value) in &mut workshop {
        if name == "standard_labor" {
            value.clear();
        }
    }
    let workshop: Vec<_> = workshop.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    stefan.post("/settings/workshop", &workshop).await.sees(303);
    for (labor, asked) in [("", ""), ("27.50", "27.50"), ("31", "27.50")] {
        let fields = [
            ("client", "new"),
            ("first_name", "Vera"),
            ("frame", "new"),
            ("racket", "Head Boom MP"),
            ("labor", labor),
        ];
        stefan.post("/orders", &fields).await.sees(303);
        let form = stefan.get("/orders/new?client=new").await.sees(200);
        assert_eq!(form.value("#f-labor").unwrap_or_default(), asked, "after {labor}");
    }
}
