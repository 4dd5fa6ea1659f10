//! Orders as the old workbook has them.

use sea_orm::prelude::Uuid;

use super::Book;
use crate::models::_entities::client_rackets;
use crate::models::orders::Model;
use crate::models::{catalogue, search_key};
use crate::units::{Sport, TensionUnit};
use crate::v1::{ClientJob, OwnJob, OwnRacket, Pull, Side};

impl Book {
    /// A client's order. It keeps the number that it came with; one that was entered here has
    /// its own key, by which it is known again.
    #[must_use]
    pub fn client_job(&self, order: &Model) -> ClientJob {
        let person = self.person_of(order.client_profile_id);
        let racket = self.racket_of(order.client_racket_id);
        let [mains, crosses] = self.sides(order);
        let computed = order.labor.unwrap_or(0) + mains.cost() + crosses.cost();
        let total = order.prices().total().minor();
        ClientJob {
            row: 0,
            id: number(order, "client/"),
            ordered: order.ordered_at,
            strung: order.strung_at,
            returned: order.returned_at,
            paid: order.paid_at,
            last_name: person.map(|one| one.display_last_name.clone()).unwrap_or_default(),
            first_name: person.map(|one| one.display_first_name.clone()).unwrap_or_default(),
            racket: order.racket_name.clone(),
            sport: order.sport,
            head_size: racket.and_then(|model| model.head_size).map(|size| size.to_string()),
            pattern: racket.and_then(|model| model.string_pattern.clone()),
            mains,
            crosses,
            labor: order.labor,
            computed,
            total: (total != computed).then_some(total),
            stiffness: hundredths(order.stiffness()),
            comments: order.comments(),
        }
    }

    /// A job on one of the stringer's own rackets.
    #[must_use]
    pub fn own_job(&self, order: &Model) -> OwnJob {
        let [mains, crosses] = self.sides(order);
        OwnJob {
            row: 0,
            id: number(order, "own/"),
            strung: order.strung_at,
            racket_id: self.own_id(order.client_racket_id),
            sport: order.sport,
            mains,
            crosses,
            method: order.method.clone(),
            stiffness: hundredths(order.dt_before),
            stiffness_after: hundredths(order.dt_after),
            comments: order.comments(),
        }
    }

    /// Whether it is a book of other sports than the old workbook's, which was of tennis alone.
    #[must_use]
    pub fn has_other_sports(&self) -> bool {
        let models = self.frames.values().filter_map(|frame| self.rackets.get(&frame.racket_id));
        models.into_iter().any(|model| model.sport != Sport::Tennis)
    }

    /// The stringer's own rackets.
    #[must_use]
    pub fn own_rackets(&self) -> Vec<OwnRacket> {
        let is_own = |client: Uuid| {
            self.clients.get(&client).is_some_and(|profile| profile.is_self_for_stringer)
        };
        let own = self.frames.values().filter(|frame| is_own(frame.client_profile_id));
        let mut own: Vec<OwnRacket> = own
            .map(|frame| {
                let model = self.rackets.get(&frame.racket_id);
                let named = model.map(|model| catalogue::name([&model.manufacturer, &model.model]));
                OwnRacket {
                    id: self.own_id(frame.id),
                    racket: named.unwrap_or_default(),
                    pattern: model.and_then(|model| model.string_pattern.clone()),
                    head_size: model.and_then(|model| model.head_size).map(|it| it.to_string()),
                    year: model.and_then(|model| model.year).map(|year| year.to_string()),
                    is_current: frame.in_rotation,
                    jobs: None,
                }
            })
            .collect();
        own.sort_by(|one, other| one.id.cmp(&other.id));
        own
    }

    /// What tells a racket of the stringer's own apart: what it alone is called, or its label.
    fn own_id(&self, frame: Uuid) -> String {
        let Some(frame) = self.frames.get(&frame) else { return String::new() };
        let is_its_own = |nickname: &&String| {
            let key = search_key([nickname.as_str()]);
            let named = |other: &&client_rackets::Model| {
                other.client_profile_id == frame.client_profile_id
                    && other
                        .nickname
                        .as_ref()
                        .is_some_and(|name| search_key([name.as_str()]) == key)
            };
            self.frames.values().filter(named).count() == 1
        };
        frame.nickname.as_ref().filter(is_its_own).unwrap_or(&frame.label_code).clone()
    }

    pub(super) fn sides(&self, order: &Model) -> [Side; 2] {
        let mains = Side {
            tension: pull(order.mains_tension, order.tension_unit),
            price: order.mains_price,
            byo: order.mains_byo,
            colour: order.mains_colour.clone(),
            ..self.string(order.mains_string_id, order.mains_string_text.as_ref())
        };
        let crosses = Side {
            tension: pull(order.crosses_tension, order.tension_unit),
            price: order.crosses_price,
            byo: order.crosses_byo,
            colour: order.crosses_colour.clone(),
            ..self.string(order.crosses_string_id, order.crosses_string_text.as_ref())
        };
        [mains, crosses]
    }

    fn string(&self, entry: Option<Uuid>, text: Option<&String>) -> Side {
        let entry = entry.and_then(|entry| self.strings.get(&entry));
        match entry {
            Some(entry) => Side {
                manufacturer: entry.manufacturer.clone(),
                model: entry.model.clone(),
                gauge: entry.gauge.and_then(|gauge| i32::try_from(gauge).ok()),
                ..Side::default()
            },
            None => Side { model: text.cloned().unwrap_or_default(), ..Side::default() },
        }
    }
}

fn number(order: &Model, sheet: &str) -> String {
    let came_with = order.external_ref.as_deref().and_then(|said| said.strip_prefix(sheet));
    came_with.map_or_else(|| order.id.to_string(), str::to_owned)
}

fn pull(hundredths: Option<i64>, unit: TensionUnit) -> Option<Pull> {
    let hundredths = i32::try_from(hundredths?).ok()?;
    Some(Pull { hundredths, is_in_pounds: unit == TensionUnit::Lb })
}

fn hundredths(points: Option<i64>) -> Option<i32> {
    i32::try_from(points? * 100).ok()
}
