//! One stringer's private file on one person.

pub use super::_entities::client_profiles::{ActiveModel, Column, Entity, Model, Relation};
use chrono::{NaiveDate, Utc};
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Asterisk, Expr, Func, OnConflict};
use sea_orm::{
    FromQueryResult, JoinType, QueryOrder, QuerySelect, QueryTrait, RelationTrait, Select,
    TransactionSession,
};
use sea_orm_tenancy::{Connection, Policy};

use super::_entities::{orders, persons as person};
use super::persons::{self, MADE_BY_ME, NewPerson, name_of};
use super::{ModelResult, contains_words, or_not_found, owned, readable};
use crate::i18n::Locale;

impl ActiveModelBehavior for ActiveModel {}

/// Rows a page of the list.
pub const PAGE: u64 = 50;

/// Mine; the person must be one that I made (a link to another comes from it alone, RULES 4).
#[must_use]
pub fn policy() -> Policy {
    owned::<Entity>().reference("person_id", "persons", MADE_BY_ME).all_settable_but(&[
        "id",
        "stringer_id",
        "person_id",
        "is_self_for_stringer",
        "created_at",
    ])
}

/// What a stringer types about a new client.
#[derive(Debug, Clone, Default)]
pub struct NewClient {
    /// The human being.
    pub person: NewPerson,
    /// What the stringer calls them.
    pub nickname: Option<String>,
    /// Telephone, address, whatever helps.
    pub contact: Option<String>,
    /// Never shown to anybody else.
    pub notes: Option<String>,
    /// The usual tension, in the stringer's words.
    pub tension_memo: Option<String>,
}

/// A client as lists and pages show it.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Client {
    /// The profile's key.
    pub id: Uuid,
    /// The person, but for the stringer itself.
    pub person_id: Option<Uuid>,
    /// The person's first name.
    pub first_name: Option<String>,
    /// The person's last name; may be empty.
    pub last_name: Option<String>,
    /// What the stringer calls them.
    pub nickname: Option<String>,
    /// The address, where known.
    pub email: Option<String>,
    /// The language of mails and receipts, where chosen.
    pub locale: Option<Locale>,
    /// Telephone, address, whatever helps.
    pub contact: Option<String>,
    /// Never shown to anybody else.
    pub internal_notes: Option<String>,
    /// The usual tension, in the stringer's words.
    pub default_tension_memo: Option<String>,
    /// The stringer's own rackets.
    pub is_self_for_stringer: bool,
    /// Orders so far, cancelled ones aside.
    pub jobs: i64,
    /// When a racket of theirs was last strung.
    pub last_strung: Option<NaiveDate>,
}

impl Client {
    /// Who it is, as far as the stringer knows.
    #[must_use]
    pub fn person(&self) -> NewPerson {
        NewPerson {
            first_name: self.first_name.clone().unwrap_or_default(),
            last_name: self.last_name.clone().unwrap_or_default(),
            email: self.email.clone(),
            locale: self.locale,
        }
    }

    /// `Sara Frei`; `None` for the stringer itself, whom the page names.
    #[must_use]
    pub fn name(&self) -> Option<String> {
        name_of(self.first_name.as_deref(), self.last_name.as_deref())
    }

    /// One client.
    ///
    /// # Errors
    /// When there is none for the caller.
    pub async fn find(db: &impl Connection, id: Uuid) -> ModelResult<Client> {
        or_not_found(readable::one(clients().filter(Column::Id.eq(id)), db).await?)
    }
}

impl Entity {
    /// Makes a person and the file on them, in the caller's transaction.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn add(db: &impl Connection, client: &NewClient) -> ModelResult<Uuid> {
        let person_id = persons::Entity::add(db, &client.person).await?;
        let (id, now) = (Uuid::now_v7(), Utc::now());
        let profile = ActiveModel {
            id: Set(id),
            person_id: Set(Some(person_id)),
            nickname: Set(client.nickname.clone()),
            contact: Set(client.contact.clone()),
            internal_notes: Set(client.notes.clone()),
            default_tension_memo: Set(client.tension_memo.clone()),
            is_self_for_stringer: Set(false),
            search_key: Set(client.person.search_key(client.nickname.as_deref())),
            created_at: Set(now.into()),
            updated_at: Set(now.into()),
            touched_at: Set(Some(now.into())),
            ..Default::default()
        };
        Self::insert(profile).exec_without_returning(db).await?;
        Ok(id)
    }

    /// Changes the file on a client, and the person's names and address as long as those are
    /// the stringer's to say; all or nothing. `false` where they are not, and would change.
    ///
    /// # Errors
    /// When there is none for the caller.
    pub async fn edit(db: &impl Connection, id: Uuid, client: &NewClient) -> ModelResult<bool> {
        let txn = db.begin().await?;
        let known = Client::find(&txn, id).await?;
        let person = or_not_found(known.person_id)?;
        let (said, is) = (&client.person, known.person());
        if *said != is {
            let has_new_email = said.email != is.email;
            if !persons::Entity::describe(&txn, person, said, has_new_email).await? {
                return Ok(false);
            }
        }
        let key = said.search_key(client.nickname.as_deref());
        let change = ActiveModel {
            nickname: Set(client.nickname.clone()),
            contact: Set(client.contact.clone()),
            internal_notes: Set(client.notes.clone()),
            default_tension_memo: Set(client.tension_memo.clone()),
            search_key: Set(key.clone()),
            updated_at: Set(Utc::now().into()),
            ..Default::default()
        };
        Self::overwrite(&txn, id, change).await?;
        // A note on a client is no reason to write all the orders anew.
        if said.name() != is.name() || key != is.search_key(known.nickname.as_deref()) {
            super::orders::Entity::rename_client(&txn, id, Some(said.name()), key).await?;
        }
        txn.commit().await?;
        Ok(true)
    }

    /// The stringer's file on itself, made on first use.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn myself(db: &impl Connection) -> ModelResult<Uuid> {
        if let Some(known) = Self::find_myself(db).await? {
            return Ok(known);
        }
        let now = Utc::now();
        let profile = ActiveModel {
            id: Set(Uuid::now_v7()),
            is_self_for_stringer: Set(true),
            search_key: Set(String::new()),
            created_at: Set(now.into()),
            updated_at: Set(now.into()),
            touched_at: Set(Some(now.into())),
            ..Default::default()
        };
        // Two tabs may get here at once; the unique key lets one row stand.
        let once = OnConflict::new().do_nothing().to_owned();
        Self::insert(profile).on_conflict(once).exec_without_returning(db).await?;
        or_not_found(Self::find_myself(db).await?)
    }

    /// Has a file say these things.
    pub(super) async fn overwrite(
        db: &impl Connection,
        id: Uuid,
        said: ActiveModel,
    ) -> Result<(), DbErr> {
        Self::update_many().set(said).filter(Column::Id.eq(id)).exec(db).await.map(drop)
    }

    /// The stringer's file on itself, where a first racket of its own has made one.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn find_myself(db: &impl Connection) -> Result<Option<Uuid>, DbErr> {
        let mine = Self::find().select_only().column(Column::Id);
        // As its index says it (`says`).
        mine.filter(Column::IsSelfForStringer.into_expr()).into_tuple().one(db).await
    }

    /// Notes that a job was entered for a client, who stands first in lists from now on.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn touch(db: &impl Connection, id: Uuid) -> Result<(), DbErr> {
        let touched =
            ActiveModel { touched_at: Set(Some(Utc::now().into())), ..Default::default() };
        Self::overwrite(db, id, touched).await
    }

    /// The clients whose names contain all words of a query, if they are no more than
    /// `at_most`.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn few_named(
        db: &impl Connection,
        query: &str,
        at_most: u64,
    ) -> Result<Option<Vec<Uuid>>, DbErr> {
        let found: Vec<Uuid> = Self::find()
            .select_only()
            .column(Column::Id)
            .filter(contains_words(Column::SearchKey, query))
            .limit(at_most + 1)
            .into_tuple()
            .all(db)
            .await?;
        Ok((found.len() as u64 <= at_most).then_some(found))
    }

    /// A page of clients whose names contain all words of the query, those with the
    /// latest stringjob first; and whether there are more.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn search(
        db: &impl Connection,
        query: &str,
        page: u64,
    ) -> Result<(Vec<Client>, bool), DbErr> {
        let latest_first = clients()
            .filter(Column::IsSelfForStringer.eq(false))
            .filter(contains_words(Column::SearchKey, query))
            .order_by_desc(Column::TouchedAt)
            .order_by_desc(Column::Id);
        readable::page(latest_first, page, PAGE, db).await
    }
}

/// The columns of [`Client`].
fn clients() -> Select<Entity> {
    use sea_orm::ExprTrait as _;
    let of_client = || {
        orders::Entity::find().select_only().filter(
            Expr::col((orders::Entity, orders::Column::ClientProfileId))
                .equals((Entity, Column::Id)),
        )
    };
    let jobs = of_client()
        .expr(Func::count(Expr::col(Asterisk)))
        .filter(orders::Column::CancelledAt.is_null())
        .into_query();
    let last_strung = of_client().expr(orders::Column::StrungAt.max()).into_query();
    Entity::find()
        .select_only()
        .columns([
            Column::Id,
            Column::PersonId,
            Column::Nickname,
            Column::Contact,
            Column::InternalNotes,
            Column::DefaultTensionMemo,
            Column::IsSelfForStringer,
        ])
        .join(JoinType::LeftJoin, Relation::Persons.def())
        .column_as(person::Column::DisplayFirstName, "first_name")
        .column_as(person::Column::DisplayLastName, "last_name")
        .column_as(person::Column::Email, "email")
        .column_as(person::Column::DefaultLocale, "locale")
        .expr_as(Expr::SubQuery(None, Box::new(jobs.into())), "jobs")
        .expr_as(Expr::SubQuery(None, Box::new(last_strung.into())), "last_strung")
}
