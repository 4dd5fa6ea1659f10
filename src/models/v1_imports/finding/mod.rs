//! Whom and what the words of a file name: a client, a racket, a string of the book, found by
//! what earlier uploads have taught and by being written the same; or made. Each once.

mod clients;

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use sea_orm::prelude::Uuid;
use sea_orm::{
    DbErr, EntityTrait as _, JoinType, QueryOrder as _, QuerySelect as _, RelationTrait as _,
};
use sea_orm_tenancy::Txn;

use crate::models::orders::{Framed, OnSides, Strung, Whose};
use crate::models::v1_import_names::{self, Known, Meant, NameKind};
use crate::models::v1_imports::job::{Job, RacketSaid, string_name};
use crate::models::{
    ModelResult, catalogue, catalogue_strings, client_rackets, or_not_found, rackets, search_key,
};
use crate::units::Sport;
use crate::v1::Side;

/// Looks words up, and remembers what they were taken for.
pub(in crate::models::v1_imports) struct Finding<'t> {
    txn: &'t Txn,
    known: Known,
    /// What the stringer has said in this upload: spellings that stand for another.
    joined: HashMap<(NameKind, String), String>,
    /// How the file mostly writes it.
    usual: HashMap<(NameKind, String), String>,
    clients: HashMap<String, Vec<Whose>>,
    clients_by_id: HashMap<Uuid, Whose>,
    /// By client, sport and name; those of one name in the order in which they came.
    frames: HashMap<(Uuid, Sport, String), Vec<Framed>>,
    own_frames: HashMap<String, Framed>,
    models: HashMap<(Sport, String), Uuid>,
    strings: HashMap<(Sport, String), Strung>,
    myself: Option<Whose>,
    taught: HashMap<(NameKind, String), Meant>,
    latest: HashMap<Uuid, NaiveDate>,
    new_clients: HashSet<Uuid>,
    /// Those who were known by their name.
    known_clients: Vec<String>,
    /// A name for a racket that none is named for.
    unnamed: String,
}

type FrameRow = (Uuid, Uuid, Option<String>, String, String, Sport);

impl<'t> Finding<'t> {
    /// Reads what the book has.
    pub(in crate::models::v1_imports) async fn open(
        txn: &'t Txn,
        joined: HashMap<(NameKind, String), String>,
        usual: HashMap<(NameKind, String), String>,
        unnamed: String,
    ) -> Result<Self, DbErr> {
        let known = v1_import_names::Entity::known(txn).await?;
        let mut finding = Self {
            txn,
            known,
            joined,
            usual,
            clients: HashMap::new(),
            clients_by_id: HashMap::new(),
            frames: HashMap::new(),
            own_frames: HashMap::new(),
            models: HashMap::new(),
            strings: HashMap::new(),
            myself: None,
            taught: HashMap::new(),
            latest: HashMap::new(),
            new_clients: HashSet::new(),
            known_clients: Vec::new(),
            unnamed,
        };
        finding.read_clients().await?;
        finding.read_frames().await?;
        Ok(finding)
    }

    async fn read_frames(&mut self) -> Result<(), DbErr> {
        let rows = client_rackets::Entity::find()
            .select_only()
            .columns([
                client_rackets::Column::Id,
                client_rackets::Column::ClientProfileId,
                client_rackets::Column::Nickname,
            ])
            .join(JoinType::InnerJoin, client_rackets::Relation::Rackets.def())
            .columns([
                rackets::Column::Manufacturer,
                rackets::Column::Model,
                rackets::Column::Sport,
            ])
            .order_by_asc(client_rackets::Column::Id);
        let myself = self.myself.as_ref().map(|whose| whose.id);
        for row in rows.into_tuple::<FrameRow>().all(self.txn).await? {
            let (id, client, nickname, manufacturer, model, sport) = row;
            let name = catalogue::name([manufacturer.as_str(), model.as_str()]);
            let framed = Framed { id, name, nickname };
            if Some(client) == myself
                && let Some(nickname) = &framed.nickname
            {
                self.own_frames.insert(search_key([nickname.as_str()]), framed.clone());
            }
            let place = (client, sport, search_key([framed.name.as_str()]));
            self.frames.entry(place).or_default().push(framed);
        }
        Ok(())
    }

    /// What a spelling stands for: what was said now, what was taught before, or itself.
    pub(in crate::models::v1_imports) fn meant(&self, kind: NameKind, text: &str) -> String {
        let place = (kind, search_key([text]));
        let said = self.joined.get(&place);
        let before = self.known.get(&place).map(|meant| &meant.text);
        let usual = self.usual.get(&place);
        said.or(before).or(usual).map_or_else(|| text.to_owned(), Clone::clone)
    }

    /// Whether an earlier upload had this spelling.
    pub(in crate::models::v1_imports) fn is_taught(&self, kind: NameKind, text: &str) -> bool {
        self.known.contains_key(&(kind, search_key([text])))
    }

    fn teach(&mut self, kind: NameKind, spelling: &str, meant: Meant) {
        self.taught.insert((kind, search_key([spelling])), meant);
    }

    /// Which racket it is.
    pub(in crate::models::v1_imports) async fn frame(
        &mut self,
        client: &Whose,
        job: &Job,
    ) -> ModelResult<Framed> {
        let said = &job.racket;
        if let Some(own_id) = &said.own_id {
            return self.own_frame(client, job.sport, said, own_id).await;
        }
        let name = if said.name.is_empty() { self.unnamed.clone() } else { said.name.clone() };
        let meant = self.meant(NameKind::Racket, &name);
        let place = (client.id, job.sport, search_key([meant.as_str()]));
        let twin = usize::try_from(job.twin).unwrap_or_default();
        let known = self.frames.entry(place).or_default();
        if let Some(framed) = known.get(twin) {
            return Ok(framed.clone());
        }
        // The first of a name needs no number, and each further one has its own.
        let mut number = known.len();
        let mut framed = None;
        while number <= twin {
            let racket = self.model(job.sport, &meant, said).await?;
            let nth = (number > 0).then(|| u32::try_from(number + 1).unwrap_or(u32::MAX));
            let frame = client_rackets::Entity::add(self.txn, client.id, racket, None, nth).await?;
            let (held, _) = Framed::hold(self.txn, frame).await?;
            let place = (client.id, job.sport, search_key([meant.as_str()]));
            self.frames.entry(place).or_default().push(held.clone());
            (framed, number) = (Some(held), number + 1);
        }
        let framed = or_not_found(framed)?;
        let meant = Meant { text: meant, ..Meant::default() };
        self.teach(NameKind::Racket, &name, meant);
        Ok(framed)
    }

    async fn own_frame(
        &mut self,
        me: &Whose,
        sport: Sport,
        said: &RacketSaid,
        own_id: &str,
    ) -> ModelResult<Framed> {
        let key = search_key([own_id]);
        if let Some(framed) = self.own_frames.get(&key) {
            return Ok(framed.clone());
        }
        let known = self.known.get(&(NameKind::Own, key.clone())).and_then(|meant| meant.frame);
        let frame = match known {
            Some(frame) => frame,
            None => {
                let name = self.meant(NameKind::Racket, &said.name);
                let racket = self.model(sport, &name, said).await?;
                let nickname = Some(own_id.to_owned());
                let frame =
                    client_rackets::Entity::add(self.txn, me.id, racket, nickname, None).await?;
                if !said.is_current {
                    client_rackets::Entity::rest(self.txn, frame).await?;
                }
                frame
            }
        };
        let (framed, _) = Framed::hold(self.txn, frame).await?;
        self.own_frames.insert(key, framed.clone());
        let meant = Meant { text: own_id.to_owned(), client: None, frame: Some(frame) };
        self.teach(NameKind::Own, own_id, meant);
        Ok(framed)
    }

    async fn model(&mut self, sport: Sport, name: &str, said: &RacketSaid) -> ModelResult<Uuid> {
        let place = (sport, search_key([name]));
        if let Some(racket) = self.models.get(&place) {
            return Ok(*racket);
        }
        let facts = rackets::Facts {
            year: said.year,
            head_size: said.head_size,
            string_pattern: said.pattern.clone(),
            ..rackets::Facts::default()
        };
        let racket = rackets::Entity::find_or_create_with(self.txn, sport, name, facts).await?;
        self.models.insert(place, racket);
        Ok(racket)
    }

    /// The strings of both sides.
    pub(in crate::models::v1_imports) async fn strings(
        &mut self,
        job: &Job,
    ) -> ModelResult<OnSides> {
        let [mains, crosses] = &job.sides;
        let free = job.is_of_table;
        let mains = self.string(job.sport, mains, free).await?;
        Ok(OnSides { mains, crosses: self.string(job.sport, crosses, free).await? })
    }

    async fn string(&mut self, sport: Sport, side: &Side, free: bool) -> ModelResult<Strung> {
        let name = string_name(side);
        if side.manufacturer.is_empty() && side.model.is_empty() {
            let text = Some(name).filter(|name| !name.is_empty());
            return Ok(Strung { entry: None, name: text.clone(), text });
        }
        let place = (sport, search_key([name.as_str()]));
        if let Some(strung) = self.strings.get(&place) {
            return Ok(strung.clone());
        }
        let meant = self.meant(NameKind::String, &name);
        let (maker, model, gauge) = (&side.manufacturer, &side.model, side.gauge.map(i64::from));
        let strung = if free {
            let known = catalogue_strings::Entity::find_by_name(self.txn, &meant).await?;
            let text = known.is_none().then(|| meant.clone());
            let entry = known.as_ref().map(|entry| entry.id);
            Strung { entry, text, name: Some(known.map_or(meant, |it| it.name())) }
        } else {
            let entry = if meant == name {
                let said = catalogue_strings::Said::of_parts(maker, model, gauge);
                catalogue_strings::Entity::find_or_add(self.txn, sport, said).await?
            } else {
                catalogue_strings::Entity::find_or_add_named(self.txn, sport, &meant).await?
            };
            self.teach(NameKind::String, &name, Meant { text: meant, ..Meant::default() });
            Strung { entry: Some(entry.id), text: None, name: Some(entry.name()) }
        };
        self.strings.insert(place, strung.clone());
        Ok(strung)
    }

    /// Remembers what was found for the next upload; and clients stand in their list by what was
    /// last strung for them.
    pub(in crate::models::v1_imports) async fn close(
        mut self,
    ) -> Result<(usize, Vec<String>), DbErr> {
        let taught = std::mem::take(&mut self.taught);
        v1_import_names::Entity::remember(self.txn, taught).await?;
        self.touch().await?;
        Ok((self.new_clients.len(), self.known_clients))
    }
}
