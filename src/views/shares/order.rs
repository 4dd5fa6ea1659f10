//! An order of another stringer's, as it is shared.

use serde::Serialize;
use uuid::Uuid;

use crate::i18n::Region;
use crate::models::shared_orders::Model;
use crate::models::stringers::Member;
use crate::units::Tension;
use crate::views::client_rackets::Head;

/// `shares/show.html`: an order that somebody lets me read.
#[derive(Debug, Serialize)]
pub struct Show {
    share: Uuid,
    order: Uuid,
    stringer: String,
    client: Option<String>,
    racket: String,
    year: Option<i64>,
    head_size: Option<Head>,
    pattern: Option<String>,
    sport: String,
    unit: String,
    mains: Side,
    crosses: Side,
    prestretch_kind: Option<String>,
    pieces: Option<i64>,
    knots: Option<i64>,
    method: Option<String>,
    dt_before: Option<i64>,
    dt_after: Option<i64>,
    dt_device: Option<String>,
    ordered: Option<String>,
    strung: Option<String>,
    ends_all: bool,
}

/// One side of its stringbed.
#[derive(Debug, Serialize)]
struct Side {
    string: Option<String>,
    tension: Option<String>,
    colour: Option<String>,
    prestretch: Option<i64>,
}

impl Show {
    /// For one reader.
    #[must_use]
    pub fn new(me: &Member, row: &Model) -> Self {
        let (region, today) = (me.region(), me.today());
        let [mains, crosses] = sides(region, row);
        Self {
            share: row.share_id,
            order: row.id,
            stringer: row.stringer_name.clone(),
            client: row.client_first_name.clone(),
            racket: row.racket(),
            year: row.racket_year,
            head_size: row.racket_head_size.map(Head::new),
            pattern: row.racket_pattern.clone(),
            sport: row.sport.clone(),
            unit: row.tension_unit.clone(),
            mains,
            crosses,
            prestretch_kind: row.prestretch_kind.clone(),
            pieces: row.pieces,
            knots: row.knots,
            method: row.method.clone(),
            dt_before: row.dt_before,
            dt_after: row.dt_after,
            dt_device: row.dt_device.clone(),
            ordered: row.ordered_at.map(|date| region.date(date, today)),
            strung: row.strung_at.map(|date| region.date(date, today)),
            ends_all: row.rule == 3,
        }
    }
}

fn sides(region: Region, row: &Model) -> [Side; 2] {
    let [mains, crosses] = row.strings();
    let [on_mains, on_crosses] = row.tensions();
    let shown = |tension: Option<Tension>| tension.map(|tension| region.tension(tension));
    [
        Side {
            string: mains,
            tension: shown(on_mains),
            colour: row.mains_colour.clone(),
            prestretch: row.mains_prestretch,
        },
        Side {
            string: crosses,
            tension: shown(on_crosses),
            colour: row.crosses_colour.clone(),
            prestretch: row.crosses_prestretch,
        },
    ]
}
