//! One client's individual frames.

pub use super::_entities::client_rackets::{ActiveModel, Column, Entity, Model, Relation};
use std::collections::HashMap;

use chrono::{NaiveDate, Utc};
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Expr, NullOrdering};
use sea_orm::{
    FromQueryResult, JoinType, Order, QueryOrder, QuerySelect, QueryTrait, RelationTrait,
};
use sea_orm_tenancy::{Connection, Policy};

use super::_entities::{orders, rackets};
use super::{ModelResult, catalogue, or_not_found, owned, readable, search_key};
use crate::units::Sport;
use crate::values::label;

impl ActiveModelBehavior for ActiveModel {}

/// Mine; the model must be mine or shared.
#[must_use]
pub fn policy() -> Policy {
    owned::<Entity>().reference("racket_id", "rackets", catalogue::USABLE).all_settable_but(&[
        "id",
        "stringer_id",
        "client_profile_id",
        "created_at",
    ])
}

/// A frame as pickers and pages show it.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Frame {
    /// The frame's key.
    pub id: Uuid,
    /// Whose it is.
    pub client_profile_id: Uuid,
    manufacturer: String,
    model: String,
    /// Its sport.
    pub sport: Sport,
    /// What tells it from its twin.
    pub nickname: Option<String>,
    /// What its label says.
    pub label_code: String,
    /// When it was last strung.
    pub last_strung: Option<NaiveDate>,
    /// An order of it that is still to be strung.
    pub waits: Option<Uuid>,
}

/// What can be said of a frame beside its model.
#[derive(Debug)]
pub struct Traits {
    /// What tells it from its twin.
    pub nickname: Option<String>,
    /// The maker's number.
    pub serial: Option<String>,
    /// As it stands on the grip.
    pub grip_size: Option<String>,
    /// It is played; else it rests.
    pub in_rotation: bool,
}

impl Frame {
    /// `Babolat Pure Aero 98`.
    #[must_use]
    pub fn name(&self) -> String {
        catalogue::name([&self.manufacturer, &self.model])
    }

    /// The model without its maker, where space is short.
    #[must_use]
    pub fn short_name(&self) -> &str {
        &self.model
    }
}

impl Frame {
    /// One frame.
    ///
    /// # Errors
    /// When there is none for the caller.
    pub async fn find(db: &impl Connection, id: Uuid) -> ModelResult<Frame> {
        or_not_found(readable::one(frames().filter(Column::Id.eq(id)), db).await?)
    }
}

impl Model {
    /// All that is known of one frame.
    ///
    /// # Errors
    /// When there is none for the caller.
    pub async fn find(db: &impl Connection, id: Uuid) -> ModelResult<Model> {
        or_not_found(Entity::find_by_id(id).one(db).await?)
    }
}

impl Entity {
    /// The latest racket of each of these clients, as it is called: what tells two of a name
    /// apart.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn latest_of(
        db: &impl Connection,
        clients: Vec<Uuid>,
    ) -> Result<HashMap<Uuid, String>, DbErr> {
        if clients.is_empty() {
            return Ok(HashMap::new());
        }
        let rackets = frames().filter(Column::ClientProfileId.is_in(clients));
        let rackets: Vec<Frame> = readable::all(rackets.order_by_asc(Column::Id), db).await?;
        Ok(rackets.iter().map(|frame| (frame.client_profile_id, frame.name())).collect())
    }

    /// A new frame of a client. One of several has a number, and what tells it from its twins
    /// is none of theirs: the next after `#2` is `#3`, a second `red grip` is `red grip 2`.
    ///
    /// # Errors
    /// When the client or the model is not there for the caller.
    pub async fn add(
        db: &impl Connection,
        client: Uuid,
        racket: Uuid,
        nickname: Option<String>,
        number: Option<u32>,
    ) -> ModelResult<Uuid> {
        let twins = Self::find()
            .select_only()
            .column(Column::Nickname)
            .filter(Column::ClientProfileId.eq(client))
            .filter(Column::RacketId.eq(racket))
            .into_tuple::<Option<String>>();
        let twins: Vec<_> = twins.all(db).await?.into_iter().flatten().collect();
        let nickname = told_apart(nickname, number, &twins);
        let traits = Traits { nickname, serial: None, grip_size: None, in_rotation: true };
        Ok(Self::labelled(db, client, racket, traits, &label::new()).await?)
    }

    /// A frame with the label that is on it.
    pub(super) async fn labelled(
        db: &impl Connection,
        client: Uuid,
        racket: Uuid,
        traits: Traits,
        label: &str,
    ) -> Result<Uuid, DbErr> {
        let (id, now) = (Uuid::now_v7(), Utc::now());
        let frame = ActiveModel {
            id: Set(id),
            client_profile_id: Set(client),
            racket_id: Set(racket),
            search_key: Set(traits.nickname.as_deref().map(own_key)),
            nickname: Set(traits.nickname),
            serial: Set(traits.serial),
            grip_size: Set(traits.grip_size),
            label_code: Set(label.to_owned()),
            in_rotation: Set(traits.in_rotation),
            created_at: Set(now.into()),
            updated_at: Set(now.into()),
            ..Default::default()
        };
        Self::insert(frame).exec_without_returning(db).await?;
        Ok(id)
    }

    /// The frames of a model, as those of another.
    pub(super) async fn change_model(
        db: &impl Connection,
        from: Uuid,
        into: Uuid,
    ) -> Result<(), DbErr> {
        Self::update_many()
            .col_expr(Column::RacketId, Expr::value(into))
            .col_expr(Column::UpdatedAt, Expr::value(Utc::now()))
            .filter(Column::RacketId.eq(from))
            .exec(db)
            .await
            .map(drop)
    }

    /// A frame that is not played any more.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn rest(db: &impl Connection, id: Uuid) -> Result<(), DbErr> {
        Self::update_many()
            .col_expr(Column::InRotation, Expr::value(false))
            .filter(Column::Id.eq(id))
            .exec(db)
            .await
            .map(drop)
    }

    /// These frames, in no order.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn frames(db: &impl Connection, ids: Vec<Uuid>) -> Result<Vec<Frame>, DbErr> {
        readable::all(frames().filter(Column::Id.is_in(ids)), db).await
    }

    /// A client's frames, the one that was strung last first (RULES 1.2).
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn of_client(db: &impl Connection, client: Uuid) -> Result<Vec<Frame>, DbErr> {
        let latest_first = frames()
            .filter(Column::ClientProfileId.eq(client))
            .order_by_with_nulls(Expr::col("last_strung"), Order::Desc, NullOrdering::Last)
            .order_by_desc(Column::Id);
        readable::all(latest_first, db).await
    }

    /// The frame with this label: somebody scanned it, or typed what stands on it.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn find_by_label(db: &impl Connection, code: &str) -> Result<Option<Uuid>, DbErr> {
        let known = Self::find()
            .select_only()
            .column(Column::Id)
            .filter(Column::LabelCode.eq(code.replace('\0', "").trim().to_uppercase()));
        known.into_tuple().one(db).await
    }

    /// Keeps what the stringer says of a frame.
    ///
    /// # Errors
    /// When there is none for the caller.
    pub async fn describe(db: &impl Connection, id: Uuid, traits: Traits) -> ModelResult<()> {
        super::orders::Entity::rename_racket(db, id, traits.nickname.clone()).await?;
        let changed = Self::update_many()
            .col_expr(Column::SearchKey, Expr::value(traits.nickname.as_deref().map(own_key)))
            .col_expr(Column::Nickname, Expr::value(traits.nickname))
            .col_expr(Column::Serial, Expr::value(traits.serial))
            .col_expr(Column::GripSize, Expr::value(traits.grip_size))
            .col_expr(Column::InRotation, Expr::value(traits.in_rotation))
            .col_expr(Column::UpdatedAt, Expr::value(Utc::now()))
            .filter(Column::Id.eq(id))
            .exec(db)
            .await?;
        or_not_found((changed.rows_affected == 1).then_some(()))
    }
}

/// What a search among what the stringer calls its rackets looks into.
fn own_key(nickname: &str) -> String {
    search_key([nickname])
}

/// The first name of its kind that none of them has.
fn told_apart(nickname: Option<String>, number: Option<u32>, taken: &[String]) -> Option<String> {
    let numbered = |number: u64| match &nickname {
        Some(nickname) => format!("{nickname} {number}"),
        None => format!("#{number}"),
    };
    let is_free = |name: &String| !taken.contains(name);
    let first = match (number, nickname.clone()) {
        (Some(number), _) => u64::from(number),
        (None, Some(nickname)) if !is_free(&nickname) => 2,
        (None, nickname) => return nickname,
    };
    (first..).map(numbered).find(is_free)
}

fn frames() -> sea_orm::Select<Entity> {
    use sea_orm::ExprTrait as _;
    let of_frame = || {
        let frame = Expr::col((orders::Entity, orders::Column::ClientRacketId));
        orders::Entity::find().select_only().filter(frame.equals((Entity, Column::Id)))
    };
    let last_strung = of_frame().expr(orders::Column::StrungAt.max()).into_query();
    let waits = of_frame()
        .column(orders::Column::Id)
        .filter(orders::Column::StrungAt.is_null())
        .filter(orders::Column::CancelledAt.is_null())
        // Of several the first that was entered, and the same one each time.
        .order_by_asc(orders::Column::Id)
        .limit(1)
        .into_query();
    Entity::find()
        .select_only()
        .columns([Column::Id, Column::ClientProfileId, Column::Nickname, Column::LabelCode])
        .join(JoinType::InnerJoin, Relation::Rackets.def())
        .columns([rackets::Column::Manufacturer, rackets::Column::Model, rackets::Column::Sport])
        .expr_as(Expr::SubQuery(None, Box::new(last_strung.into())), "last_strung")
        .expr_as(Expr::SubQuery(None, Box::new(waits.into())), "waits")
}
