//! Whom the words of a file name.

use sea_orm::prelude::{Expr, Uuid};
use sea_orm::{
    ColumnTrait as _, DbErr, EntityTrait as _, JoinType, QueryFilter as _, QueryOrder as _,
    QuerySelect as _, RelationTrait as _,
};

use super::Finding;
use crate::models::client_profiles::{self, NewClient};
use crate::models::orders::Whose;
use crate::models::persons::{self, NewPerson, name_of};
use crate::models::v1_import_names::{Meant, NameKind};
use crate::models::v1_imports::job::{Job, Player};
use crate::models::{ModelResult, search_key};

type ClientRow = (Uuid, bool, String, Option<String>, Option<String>);

impl Finding<'_> {
    pub(super) async fn read_clients(&mut self) -> Result<(), DbErr> {
        let rows = client_profiles::Entity::find()
            .select_only()
            .columns([
                client_profiles::Column::Id,
                client_profiles::Column::IsSelfForStringer,
                client_profiles::Column::SearchKey,
            ])
            .join(JoinType::LeftJoin, client_profiles::Relation::Persons.def())
            .columns([persons::Column::DisplayFirstName, persons::Column::DisplayLastName])
            .order_by_asc(client_profiles::Column::TouchedAt);
        for (id, is_self, key, first, last) in rows.into_tuple::<ClientRow>().all(self.txn).await? {
            let name = name_of(first.as_deref(), last.as_deref());
            let named = search_key(name.as_deref());
            let whose = Whose { id, is_self, name, key };
            self.clients_by_id.insert(id, whose.clone());
            if is_self {
                self.myself = Some(whose);
            } else {
                self.clients.entry(named).or_default().push(whose);
            }
        }
        Ok(())
    }

    /// Whose racket it is.
    pub(in crate::models::v1_imports) async fn client(&mut self, job: &Job) -> ModelResult<Whose> {
        let Some(player) = &job.player else { return self.me().await };
        let text = player.text();
        let place = (NameKind::Player, search_key([text.as_str()]));
        if let Some(known) = self.taught.get(&place).and_then(|meant| meant.client) {
            return Ok(self.of_id(known, job));
        }
        let meant = Player::from_text(&self.meant(NameKind::Player, &text));
        // One who was joined with another is that one, whoever it was before.
        let before = if self.joined.contains_key(&place) { None } else { self.known.get(&place) };
        let before = before.and_then(|meant| self.clients_by_id.get(&meant.client?));
        let whose = match before.cloned() {
            Some(whose) => whose,
            None => self.named(&meant).await?,
        };
        let (client, id) = (Some(whose.id), whose.id);
        self.clients_by_id.insert(id, whose);
        self.teach(NameKind::Player, &text, Meant { text: meant.text(), client, frame: None });
        Ok(self.of_id(id, job))
    }

    /// What the client of a row is called, who may not be in the book yet.
    pub(in crate::models::v1_imports) fn called(&self, job: &Job) -> String {
        let Some(player) = &job.player else { return String::new() };
        let text = player.text();
        let place = (NameKind::Player, search_key([text.as_str()]));
        let known = self.taught.get(&place).or_else(|| self.known.get(&place));
        let known = known.filter(|_| !self.joined.contains_key(&place));
        let client = known.and_then(|meant| self.clients_by_id.get(&meant.client?)?.name.clone());
        client.unwrap_or_else(|| {
            let meant = Player::from_text(&self.meant(NameKind::Player, &text));
            persons::full_name(&meant.first_name, &meant.last_name)
        })
    }

    /// All names of clients that the book has.
    pub(in crate::models::v1_imports) fn client_names(&self) -> impl Iterator<Item = &str> {
        self.clients.values().flatten().filter_map(|whose| whose.name.as_deref())
    }

    fn of_id(&mut self, id: Uuid, job: &Job) -> Whose {
        let days = [job.dates.ordered, job.dates.strung];
        if let Some(day) = days.into_iter().flatten().max() {
            let latest = self.latest.entry(id).or_insert(day);
            *latest = day.max(*latest);
        }
        self.clients_by_id.get(&id).cloned().unwrap_or(Whose {
            id,
            is_self: false,
            name: None,
            key: String::new(),
        })
    }

    /// A client of this name: of several who have it the one who was here last.
    async fn named(&mut self, player: &Player) -> ModelResult<Whose> {
        let key = player.key();
        if let Some(whose) = self.clients.get(&key).and_then(|all| all.last()) {
            self.known_clients.extend(whose.name.clone());
            return Ok(whose.clone());
        }
        let person = NewPerson {
            first_name: player.first_name.clone(),
            last_name: player.last_name.clone(),
            ..NewPerson::default()
        };
        let name = Some(person.name());
        let client = NewClient { person, ..NewClient::default() };
        let id = client_profiles::Entity::add(self.txn, &client).await?;
        let whose = Whose { id, is_self: false, name, key: key.clone() };
        self.clients.entry(key).or_default().push(whose.clone());
        self.new_clients.insert(id);
        Ok(whose)
    }

    async fn me(&mut self) -> ModelResult<Whose> {
        if let Some(me) = &self.myself {
            return Ok(me.clone());
        }
        let id = client_profiles::Entity::myself(self.txn).await?;
        let me = Whose { id, is_self: true, name: None, key: String::new() };
        self.myself = Some(me.clone());
        Ok(me)
    }

    /// Clients stand in their list by what was last strung for them: who has come since stands
    /// before them, and one who is new was here on that day for the last time.
    pub(super) async fn touch(&self) -> Result<(), DbErr> {
        use client_profiles::{Column, Entity};
        for (client, day) in &self.latest {
            let noon = day.and_hms_opt(12, 0, 0).unwrap_or_default().and_utc();
            let mut touch = Entity::update_many()
                .col_expr(Column::TouchedAt, Expr::value(noon))
                .filter(Column::Id.eq(*client));
            if !self.new_clients.contains(client) {
                touch = touch.filter(Column::TouchedAt.lt(noon));
            }
            touch.exec(self.txn).await?;
        }
        Ok(())
    }
}
