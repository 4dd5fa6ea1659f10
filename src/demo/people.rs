//! Who comes to whom, with what, and how often.

use super::KG;
use crate::i18n::Locale;
use crate::units::{Sport, TensionUnit};

/// A client's habits. Tensions are in hundredths of the unit.
pub(super) struct Habit {
    pub(super) first_name: &'static str,
    pub(super) last_name: &'static str,
    pub(super) locale: Option<Locale>,
    pub(super) sport: Sport,
    pub(super) racket: &'static str,
    pub(super) rackets: u8,
    pub(super) string: &'static str,
    pub(super) crosses_string: Option<&'static str>,
    pub(super) mains: i32,
    pub(super) crosses: i32,
    pub(super) unit: TensionUnit,
    pub(super) byo: bool,
    /// Days from the world's beginning to the first visit.
    pub(super) first: i64,
    /// Days between visits.
    pub(super) every: i64,
    /// Ordered so many days before today, and not done yet.
    pub(super) waiting: Option<i64>,
    pub(super) pays_late: bool,
    pub(super) memo: Option<&'static str>,
    /// Another string until so many days from the world's beginning.
    pub(super) former_string: Option<(i64, &'static str)>,
    /// Another racket until then.
    pub(super) former_racket: Option<(i64, &'static str)>,
}

/// The usual client; the tables below say what differs.
const USUAL: Habit = Habit {
    first_name: "",
    last_name: "",
    locale: None,
    sport: Sport::Tennis,
    racket: "Wilson Blade 98 16×19 v9 2024",
    rackets: 1,
    string: "Luxilon ALU Power 1.25",
    crosses_string: None,
    mains: 2400,
    crosses: 2300,
    unit: KG,
    byo: false,
    first: 30,
    every: 60,
    waiting: None,
    pays_late: false,
    memo: None,
    former_string: None,
    former_racket: None,
};

pub(super) const STEFANS: &[Habit] = &[
    Habit {
        first_name: "Lukas",
        last_name: "Meier",
        racket: "Babolat Pure Aero 98 2023",
        rackets: 3,
        string: "Babolat RPM Blast 1.25",
        crosses_string: Some("Babolat Xcel 1.30"),
        byo: true,
        every: 14,
        waiting: Some(1),
        memo: Some("24 / 23, im Winter weicher"),
        ..USUAL
    },
    Habit {
        first_name: "Anna",
        last_name: "Keller",
        mains: 2250,
        crosses: 2250,
        racket: "Head Boom MP 2024",
        string: "Head Lynx Tour 1.25",
        former_string: Some((400, "Babolat RPM Blast 1.25")),
        waiting: Some(0),
        ..USUAL
    },
    Habit {
        first_name: "Sara",
        last_name: "Frei",
        mains: 2350,
        crosses: 2250,
        every: 45,
        former_racket: Some((450, "Wilson Clash 100 2019")),
        waiting: Some(3),
        ..USUAL
    },
    Habit {
        first_name: "Noah",
        last_name: "Baumann",
        sport: Sport::Badminton,
        racket: "Yonex Astrox 88D",
        string: "Yonex BG80 0.68",
        mains: 2600,
        crosses: 2700,
        unit: TensionUnit::Lb,
        waiting: Some(2),
        ..USUAL
    },
    Habit {
        first_name: "Elena",
        last_name: "Rossi",
        locale: Some(Locale::En),
        every: 90,
        waiting: Some(6),
        pays_late: true,
        ..USUAL
    },
    Habit {
        first_name: "Jonas",
        last_name: "Brunner",
        sport: Sport::Squash,
        racket: "Tecnifibre Carboflex 125",
        string: "Tecnifibre 305 1.20",
        mains: 1200,
        crosses: 1200,
        first: 100,
        ..USUAL
    },
    Habit {
        first_name: "Zoë",
        last_name: "Müller",
        racket: "Head Speed MP 2024",
        byo: true,
        every: 60,
        ..USUAL
    },
    Habit {
        first_name: "Peter",
        last_name: "Huber",
        string: "Wilson NXT 1.30",
        mains: 2500,
        crosses: 2500,
        first: 200,
        every: 120,
        pays_late: true,
        ..USUAL
    },
];

pub(super) const MARCOS: &[Habit] = &[
    Habit {
        first_name: "Giulia",
        last_name: "Ferrari",
        racket: "Yonex EZONE 98 2025",
        string: "Yonex Poly Tour Pro 1.25",
        waiting: Some(1),
        ..USUAL
    },
    Habit { first_name: "Tom", last_name: "Becker", every: 40, waiting: Some(4), ..USUAL },
    Habit {
        first_name: "Mia",
        last_name: "Wagner",
        mains: 2150,
        crosses: 2050,
        every: 80,
        ..USUAL
    },
    Habit { first_name: "Paul", last_name: "Schmid", byo: true, first: 60, every: 100, ..USUAL },
];
