//! A small world with named people: to look at, and for the tests to stand on. It is
//! made through the same models as real work, by two stringers who never meet.

mod people;

use chrono::{Datelike, Days, NaiveDate};
use loco_rs::{Error, Result};
use sea_orm::{TransactionSession, TransactionTrait};
use sea_orm_tenancy::{Db, Scope, TenantId};
use uuid::Uuid;

use self::people::{Habit, MARCOS, STEFANS};
use crate::auth::password;
use crate::i18n::Locale;
use crate::models::client_profiles::{self, NewClient};
use crate::models::orders::setup::{ClientChoice, FrameChoice, RacketEntry, Setup};
use crate::models::orders::{
    self, Crosses, Payment, Prices, Said, Side, Step, StringChoice, Stringbed,
};
use crate::models::persons::NewPerson;
use crate::models::purposes::{DEMO, FIND_STRINGER};
use crate::models::stringers::{self, Founder, Member};
use crate::models::{ModelError, client_rackets, passwords, rackets, users};
use crate::units::{Currency, Money, Sport, Tension, TensionUnit};

/// The first stringer, an admin, who works in German and francs.
pub const STEFAN: &str = "stefan@example.ch";
/// The second, who works in English and euros and must never be seen by the first.
pub const MARCO: &str = "marco@example.com";
/// Of both; good for nothing but a demonstration.
pub const PASSWORD: &str = "Saiten-und-24kg";

/// Two years of orders, up to `today`. Only an empty database is filled.
///
/// # Errors
/// When the database does not answer.
pub async fn fill(unbound: &Db, today: NaiveDate) -> Result<bool> {
    let db = unbound.bind(Scope::System(&DEMO));
    if !stringers::Entity::is_empty(&db).await? {
        return Ok(false);
    }
    let hash = password::hash(PASSWORD.to_owned()).await.map_err(Error::wrap)?;
    let stefan =
        settle(&db, STEFAN, "Stefans Besaitungen", Locale::De, Currency::Chf, &hash).await?;
    let marco =
        settle(&db, MARCO, "Marco Tennis Service", Locale::En, Currency::Eur, &hash).await?;
    work(unbound, stefan, STEFANS, today).await?;
    work(unbound, marco, MARCOS, today).await?;
    Ok(true)
}

async fn settle(
    db: &Db,
    email: &str,
    name: &str,
    locale: Locale,
    currency: Currency,
    hash: &str,
) -> Result<Uuid> {
    let txn = db.begin().await?;
    let user = users::Entity::add(&txn, email, users::Origin::Founder).await?;
    passwords::Entity::set(&txn, user, hash.to_owned()).await?;
    let founder = Founder {
        subject: user.to_string(),
        email: email.to_owned(),
        display_name: name.to_owned(),
        locale,
        currency,
        time_zone: chrono_tz::Tz::Europe__Zurich,
    };
    let id = if email == STEFAN {
        stringers::Entity::create_founder(&txn, founder).await?
    } else {
        stringers::Entity::create(&txn, founder).await?
    };
    txn.commit().await?;
    Ok(id)
}

/// One stringer's two years, each day in its turn, so that numbers run with the dates.
async fn work(unbound: &Db, stringer: Uuid, habits: &[Habit], today: NaiveDate) -> Result<()> {
    let me = Member::find(&unbound.bind(Scope::System(&FIND_STRINGER)), stringer)
        .await
        .map_err(Error::wrap)?;
    let db = unbound.bind(Scope::Tenant(TenantId::from(stringer)));
    let mut regulars = Vec::new();
    for habit in habits {
        regulars.push((habit, meet(&db, habit).await.map_err(Error::wrap)?));
    }
    let start = today - Days::new(730);
    for day in start.iter_days().take_while(|day| *day <= today) {
        for (habit, (client, frames)) in &regulars {
            if habit.comes_on(start, day, today) {
                let since = (day - start).num_days();
                let job = Job { me: &me, habit, client: *client, frames, day, since, today };
                job.string(&db).await.map_err(Error::wrap)?;
            }
        }
    }
    Ok(())
}

/// A client with all their rackets.
async fn meet(db: &Db, habit: &Habit) -> Result<(Uuid, Vec<Uuid>), ModelError> {
    let txn = db.begin().await?;
    let client = client_profiles::Entity::add(&txn, &habit.client()).await?;
    let mut frames = Vec::new();
    if let Some((_, racket)) = habit.former_racket {
        let racket = rackets::Entity::find_or_create(&txn, habit.sport, racket).await?;
        frames.push(client_rackets::Entity::add(&txn, client, racket, None, None).await?);
    }
    for twin in 1..=habit.rackets {
        let racket = rackets::Entity::find_or_create(&txn, habit.sport, habit.racket).await?;
        let number = (habit.rackets > 1).then_some(u32::from(twin));
        frames.push(client_rackets::Entity::add(&txn, client, racket, None, number).await?);
    }
    txn.commit().await?;
    Ok((client, frames))
}

/// Days from ordered to strung.
const TURNAROUND: u64 = 2;
/// Days from ordered to paid.
const PAYS: u64 = 5;

struct Job<'w> {
    me: &'w Member,
    habit: &'w Habit,
    client: Uuid,
    frames: &'w [Uuid],
    day: NaiveDate,
    /// Days from the world's beginning.
    since: i64,
    today: NaiveDate,
}

impl Job<'_> {
    /// Ordered on the day; strung, returned and paid in the days after, as far as
    /// those have come.
    async fn string(&self, db: &Db) -> Result<(), ModelError> {
        let frames = match self.habit.former_racket {
            Some((until, _)) if self.since < until => &self.frames[..1],
            Some(_) => &self.frames[1..],
            None => self.frames,
        };
        let turn = usize::try_from(self.day.num_days_from_ce()).unwrap_or(0);
        let frame = frames.get(turn % frames.len().max(1)).copied();
        let frame = FrameChoice::Existing(frame.ok_or(ModelError::NotFound)?);
        let client = ClientChoice::Existing(self.client);
        let me = self.me.on(self.day);
        let racket = vec![RacketEntry { frame, by: 0 }];
        let entered = orders::Entity::enter(db, &me, client, racket, self.setup(), None).await?;
        let order = entered.orders[0];
        for (step, after) in [(Step::Strung, TURNAROUND), (Step::Returned, 4), (Step::Paid, PAYS)] {
            let day = self.day + Days::new(after);
            if day > self.today || (step == Step::Paid && self.habit.pays_late) {
                break;
            }
            let said = Said { date: Some(day), is_free: true, ..Said::default() };
            orders::Entity::mark(db, &self.me.on(day), order, step, said).await?;
        }
        Ok(())
    }

    fn money(&self, minor: i64) -> Option<Money> {
        Some(Money::from_minor(minor, self.me.currency()))
    }

    fn bed(&self) -> Stringbed<StringChoice> {
        let habit = self.habit;
        let tension = |hundredths| Some(Tension::from_hundredths(hundredths, habit.unit));
        let side = |string: &str, hundredths, price| Side {
            string: StringChoice::Named(string.to_owned()),
            tension: tension(hundredths),
            price: self.money(price),
            byo: habit.byo,
            colour: None,
        };
        let string_of = match habit.former_string {
            Some((until, string)) if self.since < until => string,
            _ => habit.string,
        };
        // In the heat of the summer half a kilogram more, out of doors.
        let is_hot = habit.sport == Sport::Tennis && (6..=8).contains(&self.day.month());
        let harder = if is_hot { habit.unit.nudge() } else { 0 };
        Stringbed {
            unit: habit.unit,
            mains: side(string_of, habit.mains + harder, 1250),
            crosses: match habit.crosses_string {
                Some(string) => Crosses::Own(side(string, habit.crosses + harder, 1000)),
                None => Crosses::AsMains { tension: tension(habit.crosses + harder) },
            },
        }
    }

    fn setup(&self) -> Setup {
        let (habit, bed) = (self.habit, self.bed());
        let is_open = self.day + Days::new(TURNAROUND) > self.today;
        let is_paid = self.day + Days::new(PAYS) <= self.today && !habit.pays_late;
        let stiffness =
            (habit.sport == Sport::Tennis && !is_open).then(|| i64::from(habit.mains / 100) + 13);
        let prices = Prices::new(&bed, self.me.currency(), self.money(2500), None, None);
        Setup {
            // Of three to five points that the old strings have lost.
            dt_before: stiffness.map(|dt| dt - 3 - i64::from(self.day.ordinal() % 3)),
            dt_after: stiffness,
            dt_device: stiffness.map(|_| "ERT 300".to_owned()),
            ordered_at: Some(self.day),
            due_at: is_open.then(|| self.today + Days::new(1)),
            payment: is_paid.then_some(Payment::Twint),
            ..Setup::new(habit.sport, bed, prices)
        }
    }
}

impl Habit {
    /// About every so many days, from a first visit on, and not in the winter's break, which
    /// those who play indoors do not make; and those who wait today.
    fn comes_on(&self, start: NaiveDate, day: NaiveDate, today: NaiveDate) -> bool {
        let since = (day - start).num_days() - self.first;
        let late = (since / self.every * 7 + self.first) % (self.every / 4).max(1);
        let is_break = self.sport == Sport::Tennis && [12, 1].contains(&day.month());
        (since >= 0 && since % self.every == late && !is_break && (today - day).num_days() > 7)
            || self.waiting == Some((today - day).num_days())
    }

    fn client(&self) -> NewClient {
        NewClient {
            person: NewPerson {
                first_name: self.first_name.to_owned(),
                last_name: self.last_name.to_owned(),
                email: None,
                locale: self.locale,
            },
            tension_memo: self.memo.map(str::to_owned),
            ..NewClient::default()
        }
    }
}

/// Kept here so that the people's file is a table and nothing else.
pub(crate) const KG: TensionUnit = TensionUnit::Kg;
