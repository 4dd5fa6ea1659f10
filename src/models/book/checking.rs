//! Looks through a document: whatever its maker has written, it is a book of ours then, or each
//! place is named that is not. Nothing here asks the database.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use sea_orm::prelude::Uuid;

use super::columns::{MOST, Read, ensure, gauge, is_day, is_moment, number};
use super::document::{CatalogueModel, CatalogueString, Client, Document, Name, Order, Racket};
use super::paid;
use super::planning::{Planned, line, says, word};
use crate::pictures::Picture;
use crate::receipts;
use crate::v1::Complaint;
use crate::v1::table::MOST as MOST_ORDERS;
use crate::values::typed::{LINE, TEXT};
use crate::values::{YEARS, label};

/// Entries of one's own in a catalogue. The work of writing them is what counts: each is looked
/// for before it is made.
const MOST_ENTRIES: usize = 5_000;

/// Each is read to see that it is one.
const MOST_LOGOS: usize = 100;

/// No page names more places.
const MOST_FAULTS: usize = 1_000;

/// Every place that contradicts another, or says what no book of ours has.
pub(super) fn faults(document: &Document) -> Vec<Complaint> {
    let mut lists = Lists::default();
    for (list, is, most) in [
        ("clients", document.clients.len(), MOST_ORDERS),
        ("models", document.models.len(), MOST_ENTRIES),
        ("strings", document.strings.len(), MOST_ENTRIES),
        ("rackets", document.rackets.len(), MOST_ORDERS),
        ("steps", document.steps.len(), 20 * MOST_ORDERS),
        ("receipts", document.receipts.len(), 5 * MOST_ORDERS),
        ("names", document.names.len(), MOST_ORDERS),
        ("reels", document.reels.len(), MOST_ENTRIES),
        ("drawn", document.drawn.len(), 2 * MOST_ORDERS),
        ("payments", document.payments.len(), 2 * MOST_ORDERS),
        ("taxes", document.taxes.len(), MOST_ENTRIES),
        ("logos", document.logos.len(), MOST_LOGOS),
    ] {
        if is > most {
            lists.fault(list, most, list);
        }
    }
    if lists.faults.is_empty() {
        lists.take(document);
        lists.orders(document);
        lists.steps(document);
        lists.logos(document);
        lists.receipts(document);
        lists.stock(document);
        lists.each("taxes", &document.taxes, |_, one| one.tax().map(drop));
        paid::look_through(document, |list, nth, field| lists.fault(list, nth, field));
    }
    lists.faults
}

/// Texts of one line, each no longer than a form takes it.
fn lines<const N: usize>(texts: [(&'static str, Option<&String>); N]) -> Read<()> {
    within(LINE, texts)
}

fn within<const N: usize>(most: usize, texts: [(&'static str, Option<&String>); N]) -> Read<()> {
    texts.into_iter().try_for_each(|(field, text)| {
        ensure(text.is_none_or(|text| text.chars().count() <= most), field)
    })
}

fn moments<const N: usize>(moments: [Option<DateTime<Utc>>; N], field: &'static str) -> Read<()> {
    ensure(moments.into_iter().flatten().all(is_moment), field)
}

fn year(year: Option<i64>) -> Read<()> {
    let is_one = |year: i64| i32::try_from(year).is_ok_and(|it| it > 1_900 && it <= *YEARS.end());
    ensure(year.is_none_or(is_one), "year")
}

fn client(client: &Client) -> Read<()> {
    let name = format!("{} {}", client.first_name, client.last_name);
    ensure(client.is_myself || line(&name).is_some(), "first_name")?;
    lines([
        ("first_name", Some(&client.first_name)),
        ("last_name", Some(&client.last_name)),
        ("nickname", client.nickname.as_ref()),
        ("tension_memo", client.tension_memo.as_ref()),
    ])?;
    within(TEXT, [("contact", client.contact.as_ref()), ("notes", client.notes.as_ref())])?;
    moments([Some(client.created_at), client.touched_at], "created_at")
}

fn model(model: &CatalogueModel) -> Read<()> {
    ensure(line(&model.model).is_some(), "model")?;
    lines([
        ("manufacturer", Some(&model.manufacturer)),
        ("model", Some(&model.model)),
        ("string_pattern", model.string_pattern.as_ref()),
    ])?;
    year(model.year)?;
    number(model.head_size_cm2, "head_size_cm2")?;
    number(model.weight_g, "weight_g")?;
    number(model.balance_mm, "balance_mm").map(drop)
}

fn string(string: &CatalogueString) -> Read<()> {
    ensure(line(&string.model).is_some(), "model")?;
    lines([
        ("manufacturer", Some(&string.manufacturer)),
        ("model", Some(&string.model)),
        ("material", string.material.as_ref()),
        ("colour", string.colour.as_ref()),
    ])?;
    gauge(&string.gauge_mm).ok_or("gauge_mm")?;
    // Reels of a kilometre.
    ensure(string.length_cm.is_none_or(|it| (0..=10 * MOST).contains(&it)), "length_cm")
}

/// Who and what the document knows, by its keys.
#[derive(Default)]
struct Lists<'d> {
    clients: HashMap<Uuid, &'d Client>,
    rackets: HashMap<Uuid, &'d Racket>,
    labels: HashSet<&'d str>,
    entered: HashSet<Uuid>,
    /// Orders that may have drawn string.
    strung: HashSet<Uuid>,
    /// Whose each receipt number is.
    numbers: HashMap<&'d str, Uuid>,
    /// By their digests.
    logos: HashSet<&'d str>,
    faults: Vec<Complaint>,
}

impl<'d> Lists<'d> {
    fn fault(&mut self, list: &'static str, nth: usize, field: &str) {
        if self.faults.len() < MOST_FAULTS {
            self.faults.push(Complaint::of_book(list, nth, field));
        }
    }

    fn each<T>(
        &mut self,
        list: &'static str,
        all: &'d [T],
        check: impl Fn(&mut Self, &'d T) -> Read<()>,
    ) {
        for (nth, one) in all.iter().enumerate() {
            if let Err(field) = check(self, one) {
                self.fault(list, nth, field);
            }
        }
    }

    fn take(&mut self, document: &'d Document) {
        self.each("clients", &document.clients, |lists, one| {
            ensure(lists.clients.insert(one.id, one).is_none(), "id")?;
            client(one)
        });
        let myself = document.clients.iter().filter(|client| client.is_myself).count();
        if myself > 1 {
            self.fault("clients", 0, "is_myself");
        }
        self.each("models", &document.models, |_, one| model(one));
        self.each("strings", &document.strings, |_, one| string(one));
        self.each("rackets", &document.rackets, Self::racket);
        self.each("names", &document.names, Self::name);
        self.each("orders", &document.orders, |lists, one| {
            ensure(lists.entered.insert(one.id), "id")
        });
    }

    fn racket(&mut self, racket: &'d Racket) -> Read<()> {
        ensure(self.rackets.insert(racket.id, racket).is_none(), "id")?;
        ensure(self.clients.contains_key(&racket.client), "client")?;
        ensure(racket.sport.is_some(), "sport")?;
        ensure(line(&racket.model).is_some(), "model")?;
        let is_label = label::is_one(&racket.label_code) && self.labels.insert(&racket.label_code);
        ensure(is_label, "label_code")?;
        lines([
            ("manufacturer", Some(&racket.manufacturer)),
            ("model", Some(&racket.model)),
            ("string_pattern", racket.string_pattern.as_ref()),
            ("nickname", racket.nickname.as_ref()),
            ("serial", racket.serial.as_ref()),
            ("grip_size", racket.grip_size.as_ref()),
        ])?;
        year(racket.year)?;
        number(racket.head_size_cm2, "head_size_cm2").map(drop)
    }

    fn name(&mut self, name: &'d Name) -> Read<()> {
        lines([("spelling", Some(&name.spelling)), ("meant", Some(&name.meant))])?;
        ensure(name.client.is_none_or(|id| self.clients.contains_key(&id)), "client")?;
        ensure(name.racket.is_none_or(|id| self.rackets.contains_key(&id)), "racket")
    }

    fn orders(&mut self, document: &'d Document) {
        let mut refs = HashSet::new();
        for (nth, order) in document.orders.iter().enumerate() {
            self.strung.extend(order.strung_at.map(|_| order.id));
            let number = order.receipt_number.as_deref();
            let is_second = number.is_some_and(|it| self.numbers.insert(it, order.id).is_some());
            let is_known = word(&order.external_ref).is_some_and(|name| !refs.insert(name));
            let checked = ensure(!is_second, "receipt_number")
                .and_then(|()| ensure(!is_known, "external_ref"))
                .and_then(|()| self.order(order));
            if let Err(field) = checked {
                self.fault("orders", nth, field);
            }
        }
    }

    fn order(&self, order: &Order) -> Read<()> {
        let client = self.clients.get(&order.client).ok_or("client")?;
        let racket = self.rackets.get(&order.racket).ok_or("racket")?;
        ensure(racket.client == order.client, "racket")?;
        ensure(client.is_myself == order.is_own, "is_own")?;
        ensure(racket.sport == Some(order.sport), "sport")?;
        lines([
            ("external_ref", order.external_ref.as_ref()),
            ("mains", Some(&order.mains.manufacturer)),
            ("mains", Some(&order.mains.model)),
            ("mains", order.mains.colour.as_ref()),
            ("crosses", Some(&order.crosses.manufacturer)),
            ("crosses", Some(&order.crosses.model)),
            ("crosses", order.crosses.colour.as_ref()),
            ("method", order.method.as_ref()),
            ("dt_device", order.dt_device.as_ref()),
        ])?;
        within(
            TEXT,
            [
                ("comment_public", order.comment_public.as_ref()),
                ("comment_private", order.comment_private.as_ref()),
                ("void_reason", order.void_reason.as_ref()),
            ],
        )?;
        Planned::new(order).map(drop)
    }

    fn steps(&mut self, document: &'d Document) {
        self.each("steps", &document.steps, |lists, step| {
            let days = [step.from, step.to, Some(step.at.date_naive())];
            ensure(lists.entered.contains(&step.order), "order")?;
            ensure(days.into_iter().flatten().all(is_day), "at")
        });
    }

    fn stock(&mut self, document: &'d Document) {
        let (mut reels, mut sides) = (HashSet::new(), HashSet::new());
        for (nth, reel) in document.reels.iter().enumerate() {
            if let Err(field) = ensure(reels.insert(reel.id), "id").and_then(|()| reel.check()) {
                self.fault("reels", nth, field);
            }
        }
        for (nth, drawn) in document.drawn.iter().enumerate() {
            let checked = ensure(self.strung.contains(&drawn.order), "order")
                .and_then(|()| ensure(reels.contains(&drawn.reel), "reel"))
                .and_then(|()| ensure(sides.insert((drawn.order, drawn.side)), "side"))
                .and_then(|()| drawn.check());
            if let Err(field) = checked {
                self.fault("drawn", nth, field);
            }
        }
    }

    /// Before the receipts that show them.
    fn logos(&mut self, document: &'d Document) {
        self.each("logos", &document.logos, |lists, logo| {
            ensure(logo.digest.len() == 64, "digest")?;
            ensure(logo.digest.bytes().all(|letter| letter.is_ascii_hexdigit()), "digest")?;
            ensure(lists.logos.insert(&logo.digest), "digest")?;
            ensure(Picture::kept(&logo.png).is_ok(), "png")
        });
        let logo = document.workshop.logo.as_ref();
        if logo.is_some_and(|logo| !self.logos.contains(logo.as_str())) {
            self.fault("workshop", 0, "logo");
        }
    }

    fn receipts(&mut self, document: &'d Document) {
        self.each("receipts", &document.receipts, |lists, receipt| {
            ensure(lists.numbers.get(&*receipt.number) == Some(&receipt.order), "number")?;
            moments([Some(receipt.issued_at)], "issued_at")?;
            let says = says(receipt).ok_or("says")?;
            let logo = receipts::logo(&says);
            ensure(logo.is_none_or(|logo| lists.logos.contains(logo.as_str())), "says")
        });
    }
}
