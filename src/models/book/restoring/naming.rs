//! Whom and what the orders of a document name.

use chrono::Utc;
use sea_orm::ActiveValue::Set;
use sea_orm::EntityTrait as _;
use sea_orm::prelude::Uuid;

use super::Restoring;
use crate::models::book::columns::{facts_of, gauge, said_of};
use crate::models::book::document::{Client, Document};
use crate::models::book::planning::{line, paragraphs, word};
use crate::models::catalogue_strings;
use crate::models::orders::{self, Strung, Whose};
use crate::models::persons::{self, NewPerson};
use crate::models::v1_import_names::{self, Meant};
use crate::models::{ModelResult, client_profiles, client_rackets, or_not_found, rackets};
use crate::values::address;

impl Restoring<'_> {
    pub(super) async fn catalogue(&mut self, document: &Document) -> ModelResult<()> {
        for model in &document.models {
            let facts = rackets::Facts {
                year: model.year,
                head_size: model.head_size_cm2,
                string_pattern: word(&model.string_pattern),
                weight: model.weight_g,
                balance: model.balance_mm,
            };
            let said = said_of(&model.manufacturer, &model.model, facts);
            let place = (model.sport, said.key());
            let own = rackets::Entity::own_or_add(self.txn, model.sport, said).await?;
            self.models.insert(place, own);
        }
        for string in &document.strings {
            let said = catalogue_strings::Said {
                manufacturer: line(&string.manufacturer).unwrap_or_default(),
                model: line(&string.model).unwrap_or_default(),
                gauge: gauge(&string.gauge_mm).flatten(),
                material: word(&string.material),
                colour: word(&string.colour),
                length: string.length_cm,
            };
            let own = catalogue_strings::Entity::own_or_add(self.txn, string.sport, said).await?;
            let strung = Strung { entry: Some(own.id), text: None, name: Some(own.name()) };
            self.strings.insert((string.sport, own.name()), strung);
        }
        Ok(())
    }

    pub(super) async fn client(&mut self, client: &Client) -> ModelResult<()> {
        let text = |text: &str| line(text).unwrap_or_default();
        let person = NewPerson {
            first_name: text(&client.first_name),
            last_name: text(&client.last_name),
            email: client.email.as_deref().and_then(address),
            locale: client.locale,
        };
        let nickname = word(&client.nickname);
        let key = match client.is_myself {
            true => String::new(),
            false => person.search_key(nickname.as_deref()),
        };
        let profile = client_profiles::ActiveModel {
            nickname: Set(nickname),
            contact: Set(paragraphs(&client.contact)),
            internal_notes: Set(paragraphs(&client.notes)),
            default_tension_memo: Set(word(&client.tension_memo)),
            search_key: Set(key.clone()),
            touched_at: Set(Some(client.touched_at.unwrap_or(client.created_at).into())),
            updated_at: Set(Utc::now().into()),
            ..Default::default()
        };
        let (id, name) = if client.is_myself {
            (self.myself(client, profile).await?, None)
        } else {
            let name = Some(person.name());
            let person = persons::Entity::add(self.txn, &person).await?;
            (self.file(client, Some(person), profile).await?, name)
        };
        self.clients.insert(client.id, Whose { id, is_self: client.is_myself, name, key });
        Ok(())
    }

    /// The file on oneself, which a first racket of one's own may have made already.
    async fn myself(
        &self,
        client: &Client,
        profile: client_profiles::ActiveModel,
    ) -> ModelResult<Uuid> {
        let Some(known) = client_profiles::Entity::find_myself(self.txn).await? else {
            return self.file(client, None, profile).await;
        };
        client_profiles::Entity::overwrite(self.txn, known, profile).await?;
        Ok(known)
    }

    async fn file(
        &self,
        client: &Client,
        person: Option<Uuid>,
        profile: client_profiles::ActiveModel,
    ) -> ModelResult<Uuid> {
        let id = Uuid::now_v7();
        let profile = client_profiles::ActiveModel {
            id: Set(id),
            person_id: Set(person),
            is_self_for_stringer: Set(client.is_myself),
            created_at: Set(client.created_at.into()),
            ..profile
        };
        client_profiles::Entity::insert(profile).exec_without_returning(self.txn).await?;
        Ok(id)
    }

    pub(super) async fn rackets(&mut self, document: &Document) -> ModelResult<()> {
        for racket in &document.rackets {
            let facts = facts_of(racket);
            let said = said_of(&racket.manufacturer, &racket.model, facts);
            let sport = or_not_found(racket.sport)?;
            let model = match self.models.get(&(sport, said.key())) {
                Some(own) => *own,
                None => rackets::Entity::find_or_add(self.txn, sport, said).await?,
            };
            let client = or_not_found(self.clients.get(&racket.client))?.id;
            let traits = client_rackets::Traits {
                nickname: word(&racket.nickname),
                serial: word(&racket.serial),
                grip_size: word(&racket.grip_size),
                in_rotation: racket.in_rotation,
            };
            let id = client_rackets::Entity::labelled(
                self.txn,
                client,
                model,
                traits,
                &racket.label_code,
            )
            .await?;
            let (framed, _) = orders::Framed::hold(self.txn, id).await?;
            self.frames.insert(racket.id, framed);
        }
        Ok(())
    }

    /// What the spellings of an older book stand for.
    pub(super) async fn names(&self, document: &Document) -> ModelResult<()> {
        let names = document.names.iter().map(|name| {
            let meant = Meant {
                text: line(&name.meant).unwrap_or_default(),
                client: name.client.and_then(|id| Some(self.clients.get(&id)?.id)),
                frame: name.racket.and_then(|id| Some(self.frames.get(&id)?.id)),
            };
            ((name.kind, line(&name.spelling).unwrap_or_default()), meant)
        });
        Ok(v1_import_names::Entity::remember(self.txn, names.collect()).await?)
    }
}
