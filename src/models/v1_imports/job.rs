//! An order as a file has it, whatever kind of file: what the write path makes an order of.

use std::collections::HashMap;

use sea_orm::prelude::Uuid;
use serde::Serialize;
use sha2::{Digest as _, Sha256};

use super::named::head_size;
pub use super::named::{Player, RacketSaid};
use crate::models::orders::setup::Setup;
use crate::models::orders::{Crosses, Dates, Prices, Side, StringChoice, Stringbed};
use crate::models::stringers::Member;
use crate::models::{catalogue_strings, search_key};
use crate::units::{Money, Sport, Tension, TensionUnit};
use crate::v1::{self, Complaint, Matter};

/// An order as a file has it.
#[derive(Debug, Clone)]
pub struct Job {
    /// The row as its program counts it.
    pub row: u32,
    /// What it is known by from now on: the sheet, and the sheet's own number.
    pub external_ref: String,
    /// Of all that it says.
    pub digest: String,
    /// Whose racket it is; the stringer's own, where nobody is named.
    pub player: Option<Player>,
    /// Which racket.
    pub racket: RacketSaid,
    /// The sport.
    pub sport: Sport,
    /// Which one of several that are alike in all but their number: a twin is another racket.
    pub twin: u32,
    /// Its strings are texts of a table, and become no entries of the catalogue.
    pub is_of_table: bool,
    /// Pre-stretch in percent.
    pub prestretch: Option<i64>,
    /// Both sides.
    pub sides: [v1::Side; 2],
    /// When it was ordered, strung, returned and paid.
    pub dates: Dates,
    /// The fee without strings, in the smallest unit of the currency.
    pub labor: Option<i64>,
    /// What the client pays by the file's own sum.
    pub total: i64,
    /// How it was strung.
    pub method: Option<String>,
    /// Stiffness before the old string was cut out, and after stringing, in hundredths.
    pub stiffness: [Option<i32>; 2],
    /// In the stringer's words.
    pub comments: Option<String>,
}

/// Of all that a row says, wherever it stands.
fn digest(said: &impl Serialize) -> String {
    let said = serde_json::to_vec(said).unwrap_or_default();
    hex::encode(Sha256::digest(said))
}

impl Job {
    /// A client's order of the workbook.
    #[must_use]
    pub fn of_client(mut job: v1::ClientJob) -> Self {
        let row = std::mem::take(&mut job.row);
        let digest = digest(&job);
        Self {
            row,
            digest,
            external_ref: format!("client/{}", job.id),
            player: Some(Player { first_name: job.first_name, last_name: job.last_name }),
            racket: RacketSaid {
                head_size: head_size(job.head_size.as_deref()),
                pattern: job.pattern,
                name: job.racket,
                is_current: true,
                ..RacketSaid::default()
            },
            sport: job.sport,
            twin: 0,
            is_of_table: false,
            prestretch: None,
            sides: [job.mains, job.crosses],
            dates: Dates {
                ordered: job.ordered,
                strung: job.strung,
                returned: job.returned,
                paid: job.paid,
                ..Dates::default()
            },
            labor: job.labor,
            total: job.total.unwrap_or(job.computed),
            method: None,
            stiffness: [job.stiffness, None],
            comments: job.comments,
        }
    }

    /// A job of a table of any shape.
    #[must_use]
    pub fn of_table(of: v1::table::TableJob) -> Self {
        /// As the uploads before have digested it.
        #[derive(Serialize)]
        struct Said {
            job: v1::ClientJob,
            sport: Sport,
            prestretch: Option<i64>,
        }
        let (sport, prestretch) = (of.job.sport, of.prestretch);
        let job = v1::ClientJob { row: 0, sport: Sport::Tennis, ..of.job.clone() };
        let digest = digest(&Said { job, sport, prestretch });
        let job = Self::of_client(of.job);
        let external_ref = job.external_ref.replacen("client/", "table/", 1);
        Self { digest, external_ref, prestretch, is_of_table: true, ..job }
    }

    /// A job on a racket of the stringer's own, which `Lists` explains.
    #[must_use]
    pub fn of_own(mut job: v1::OwnJob, rackets: &[v1::OwnRacket]) -> Self {
        let row = std::mem::take(&mut job.row);
        let digest = digest(&job);
        let key = search_key([job.racket_id.as_str()]);
        let known = rackets.iter().find(|one| search_key([one.id.as_str()]) == key);
        let said = known.map(|known| RacketSaid {
            name: known.racket.clone(),
            own_id: Some(known.id.clone()),
            head_size: head_size(known.head_size.as_deref()),
            pattern: known.pattern.clone(),
            year: known.year.as_ref().and_then(|year| year.parse().ok()),
            is_current: known.is_current,
        });
        Self {
            row,
            digest,
            external_ref: format!("own/{}", job.id),
            player: None,
            racket: said.unwrap_or_default(),
            sport: job.sport,
            twin: 0,
            is_of_table: false,
            prestretch: None,
            sides: [job.mains, job.crosses],
            dates: Dates { is_self: true, strung: job.strung, ..Dates::default() },
            labor: None,
            total: 0,
            method: job.method,
            stiffness: [job.stiffness, job.stiffness_after],
            comments: job.comments,
        }
    }

    /// The key of an order that was entered in a book of ours and taken along.
    pub(super) fn own_key(&self) -> Option<Uuid> {
        self.external_ref.split_once('/')?.1.parse().ok()
    }

    /// About its row.
    pub(super) fn complaint(&self, what: Matter) -> Complaint {
        Complaint::of_row(self.row, what)
    }

    /// Whether it says all that no order can be without.
    pub(super) fn is_whole(&self) -> bool {
        let has_day = [self.dates.ordered, self.dates.strung, self.dates.returned, self.dates.paid]
            .iter()
            .any(Option::is_some);
        let has_racket = self.is_of_table || !self.racket.name.is_empty();
        let is_somebodys = self.player.as_ref().is_none_or(|player| !player.key().is_empty());
        has_day && is_somebodys && has_racket
    }

    /// What both strings cost, also where the client brought them.
    pub(super) fn string_prices(&self) -> [Option<i64>; 2] {
        [self.sides[0].price, self.sides[1].price]
    }

    /// All that it says besides whose racket it is and which strings.
    pub(super) fn setup(&self, me: &Member) -> Setup {
        let unit = self.unit(me.tension_unit());
        let bed = self.bed(me, unit);
        let money = |minor: i64| Money::from_minor(minor, me.currency());
        let prices = Prices::new(&bed, me.currency(), self.labor.map(money), None, None);
        // A sum that was typed is the stringer's own, where the parts make another.
        let is_typed = self.player.is_some() && prices.total().minor() != self.total;
        let prices = Prices { total_override: is_typed.then_some(self.total), ..prices };
        let [before, after] = self.stiffness;
        let whole = |dt: Option<i32>| dt.map(|dt| i64::from((dt + 50).div_euclid(100)));
        Setup {
            method: self.method.clone(),
            dt_before: whole(before),
            dt_after: whole(after),
            prestretch: self.prestretch,
            comment_private: self.comment(),
            ordered_at: self.dates.ordered,
            ..Setup::new(self.sport, bed, prices)
        }
    }

    /// What was measured to a fraction is kept in words: the book counts whole points.
    pub(super) fn comment(&self) -> Option<String> {
        let fraction = |dt: &&i32| **dt % 100 != 0;
        let said = self.stiffness.iter().flatten().filter(fraction);
        let said = said.map(|dt| format!("DT {}.{:02}", dt / 100, dt % 100));
        let lines: Vec<String> = self.comments.clone().into_iter().chain(said).collect();
        Some(lines.join("\n")).filter(|text| !text.is_empty())
    }

    fn unit(&self, usual: TensionUnit) -> TensionUnit {
        let said = self.sides.iter().find_map(|side| side.tension);
        match said.map(|pull| pull.is_in_pounds) {
            Some(true) => TensionUnit::Lb,
            Some(false) => TensionUnit::Kg,
            None => usual,
        }
    }

    fn bed(&self, me: &Member, unit: TensionUnit) -> Stringbed<StringChoice> {
        let money = |minor: i64| Money::from_minor(minor, me.currency());
        // The strings themselves are looked up by the write path, each once.
        let side = |side: &v1::Side| Side {
            string: StringChoice::Nothing,
            tension: side.tension.map(|pull| Tension::from_hundredths(pull.hundredths, unit)),
            price: side.price.map(money),
            byo: side.byo,
            colour: side.colour.clone(),
        };
        let [mains, crosses] = &self.sides;
        let is_one = string_name(mains) == string_name(crosses)
            && crosses.price.is_none()
            && crosses.byo == mains.byo
            && crosses.colour == mains.colour;
        let own = side(crosses);
        Stringbed {
            unit,
            mains: side(mains),
            crosses: if is_one {
                Crosses::AsMains { tension: own.tension }
            } else {
                Crosses::Own(own)
            },
        }
    }
}

/// Numbers those that are alike in all but their own number and row.
pub(super) fn tell_twins_apart(jobs: &mut [Job]) {
    let mut met: HashMap<String, u32> = HashMap::new();
    for job in jobs.iter_mut().filter(|job| job.player.is_some()) {
        let alike = format!(
            "{:?}",
            Job { row: 0, external_ref: String::new(), digest: String::new(), ..job.clone() }
        );
        let nth = met.entry(hex::encode(Sha256::digest(alike))).or_default();
        job.twin = *nth;
        *nth += 1;
    }
}

/// A side's string as the catalogue would call it; empty where there is none.
pub(super) fn string_name(side: &v1::Side) -> String {
    let gauge = side.gauge.map(i64::from);
    catalogue_strings::name(&side.manufacturer, &side.model, gauge)
}
