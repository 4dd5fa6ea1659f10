//! What an order's client, racket and strings are called. It is kept in the order's own row,
//! so that a list is a range of one table: with joins, a page of fifty read six rows for each,
//! and asked the second wall about each person (`benches/pages`).
//!
//! Written with the order, and renewed in the transaction that renames a client or a racket.
//! The tests compare it with what the joins say. It names persons: whatever erases a name
//! erases it here.

use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Expr, LockType};
use sea_orm::{Condition, JoinType, QuerySelect, QueryTrait as _, UpdateMany};
use sea_orm_tenancy::{Connection, Txn};

use super::used::on_crosses_alone;
use super::{ActiveModel, Column, Entity};
use crate::models::persons::name_of;
use crate::models::{
    ModelResult, catalogue, client_profiles, client_rackets, or_not_found, persons, rackets,
    search_key,
};
use crate::units::Sport;

/// Whose racket it is.
#[derive(Debug, Clone)]
pub(in crate::models) struct Whose {
    pub(in crate::models) id: Uuid,
    /// The stringer's own, whom the page names.
    pub(in crate::models) is_self: bool,
    pub(in crate::models) name: Option<String>,
    /// What lists are searched and ordered by.
    pub(in crate::models) key: String,
}

impl Whose {
    /// A client, as it is called now.
    pub(super) async fn find(txn: &Txn, id: Uuid) -> ModelResult<Self> {
        type Called = (bool, String, Option<String>, Option<String>);
        let known = client_profiles::Entity::find_by_id(id)
            .select_only()
            .columns([
                client_profiles::Column::IsSelfForStringer,
                client_profiles::Column::SearchKey,
            ])
            .join(JoinType::LeftJoin, client_profiles::Relation::Persons.def())
            .columns([persons::Column::DisplayFirstName, persons::Column::DisplayLastName]);
        let known = known.into_tuple::<Called>().one(txn).await?;
        let (is_self, key, first, last) = or_not_found(known)?;
        let name = name_of(first.as_deref(), last.as_deref());
        Ok(Self { id, is_self, name, key })
    }
}

/// Which racket it is.
#[derive(Debug, Clone)]
pub(in crate::models) struct Framed {
    pub(in crate::models) id: Uuid,
    pub(in crate::models) name: String,
    pub(in crate::models) nickname: Option<String>,
}

impl Framed {
    /// A racket as it is called, which nobody renames before the transaction ends; and its
    /// sport.
    pub(in crate::models) async fn hold(txn: &Txn, id: Uuid) -> ModelResult<(Self, Sport)> {
        type Called = (Option<String>, String, String, Sport);
        let mut known = client_rackets::Entity::find_by_id(id)
            .select_only()
            .column(client_rackets::Column::Nickname)
            .join(JoinType::InnerJoin, client_rackets::Relation::Rackets.def())
            .columns([
                rackets::Column::Manufacturer,
                rackets::Column::Model,
                rackets::Column::Sport,
            ]);
        // The model is the catalogue's: others string the same, and wait for nobody.
        QuerySelect::query(&mut known).lock_with_tables(LockType::Update, [client_rackets::Entity]);
        let known = known.into_tuple::<Called>().one(txn).await?;
        let (nickname, manufacturer, model, sport) = or_not_found(known)?;
        let name = catalogue::name([manufacturer.as_str(), model.as_str()]);
        Ok((Self { id, name, nickname }, sport))
    }
}

/// A string as an order has it: the catalogue's entry or free text, and its name either way.
#[derive(Debug, Clone, Default)]
pub(in crate::models) struct Strung {
    pub(in crate::models) entry: Option<Uuid>,
    pub(in crate::models) text: Option<String>,
    pub(in crate::models) name: Option<String>,
}

/// The strings of both sides.
#[derive(Debug, Clone, Default)]
pub(in crate::models) struct OnSides {
    pub(in crate::models) mains: Strung,
    pub(in crate::models) crosses: Strung,
}

/// What a search for strings looks into.
fn key_of(mains: &Option<String>, crosses: &Option<String>) -> Option<String> {
    let names = [mains, crosses].into_iter().flatten();
    Some(search_key(names.map(String::as_str))).filter(|key| !key.is_empty())
}

impl OnSides {
    /// What an order's row says of them.
    pub(super) fn columns(self, row: ActiveModel) -> ActiveModel {
        let Self { mains, crosses } = self;
        ActiveModel {
            search_key: Set(key_of(&mains.name, &crosses.name)),
            mains_string_id: Set(mains.entry),
            mains_string_text: Set(mains.text),
            mains_name: Set(mains.name),
            crosses_string_id: Set(crosses.entry),
            crosses_string_text: Set(crosses.text),
            crosses_name: Set(crosses.name),
            ..row
        }
    }
}

impl Entity {
    /// An order's row with all that it names.
    pub(in crate::models) fn called(
        row: ActiveModel,
        client: Whose,
        frame: Framed,
        on: OnSides,
    ) -> ActiveModel {
        ActiveModel {
            client_profile_id: Set(client.id),
            is_self: Set(client.is_self),
            client_name: Set(client.name),
            client_key: Set(client.key),
            client_racket_id: Set(frame.id),
            racket_name: Set(frame.name),
            racket_nickname: Set(frame.nickname),
            ..on.columns(row)
        }
    }

    /// A client's orders, under another name.
    pub(in crate::models) async fn rename_client(
        db: &impl Connection,
        client: Uuid,
        name: Option<String>,
        key: String,
    ) -> Result<(), DbErr> {
        Self::calling(client, name, key).exec(db).await.map(drop)
    }

    /// The same in a stringer's book that is not the caller's.
    pub(in crate::models) async fn rename_client_of(
        db: &impl Connection,
        stringer: Uuid,
        client: Uuid,
        name: Option<String>,
        key: String,
    ) -> Result<(), DbErr> {
        let renamed = Self::calling(client, name, key).filter(Column::StringerId.eq(stringer));
        renamed.exec(db).await.map(drop)
    }

    fn calling(client: Uuid, name: Option<String>, key: String) -> UpdateMany<Self> {
        Self::update_many()
            .col_expr(Column::ClientName, Expr::value(name))
            .col_expr(Column::ClientKey, Expr::value(key))
            .filter(Column::ClientProfileId.eq(client))
    }

    /// The orders of a model's rackets, under its other name.
    pub(in crate::models) async fn rename_model(
        db: &impl Connection,
        model: Uuid,
        name: &str,
    ) -> Result<(), DbErr> {
        let frames = client_rackets::Entity::find()
            .select_only()
            .column(client_rackets::Column::Id)
            .filter(client_rackets::Column::RacketId.eq(model));
        Self::update_many()
            .col_expr(Column::RacketName, Expr::value(name))
            .filter(Column::ClientRacketId.in_subquery(frames.into_query()))
            .exec(db)
            .await
            .map(drop)
    }

    /// The orders with a string of the catalogue, under its other name.
    pub(in crate::models) async fn rename_string(
        db: &impl Connection,
        string: Uuid,
        name: &str,
    ) -> Result<(), DbErr> {
        let on_mains = || Condition::all().add(Column::MainsStringId.eq(string));
        let on_both = on_mains().add(Column::CrossesStringId.eq(string));
        for (called, with_it) in [
            (Column::CrossesName, on_both),
            (Column::CrossesName, on_crosses_alone(string)),
            (Column::MainsName, on_mains()),
        ] {
            let renamed = Self::update_many().col_expr(called, Expr::value(name));
            renamed.filter(with_it).exec(db).await?;
        }
        for with_it in [on_mains(), on_crosses_alone(string)] {
            Self::find_by_their_names(db, with_it).await?;
        }
        Ok(())
    }

    /// A search looks into what both strings of these orders are called.
    async fn find_by_their_names(db: &impl Connection, which: Condition) -> Result<(), DbErr> {
        type Names = (Option<String>, Option<String>);
        let pairs = Self::find()
            .select_only()
            .columns([Column::MainsName, Column::CrossesName])
            .filter(which.clone())
            .distinct();
        let pairs: Vec<Names> = pairs.into_tuple().all(db).await?;
        let is = |column: Column, name: &Option<String>| match name {
            Some(name) => column.eq(name.as_str()),
            None => column.is_null(),
        };
        for (mains, crosses) in pairs {
            Self::update_many()
                .col_expr(Column::SearchKey, Expr::value(key_of(&mains, &crosses)))
                .filter(which.clone())
                .filter(is(Column::MainsName, &mains))
                .filter(is(Column::CrossesName, &crosses))
                .exec(db)
                .await?;
        }
        Ok(())
    }

    /// The orders with a string of the catalogue, with another one, whose name they have
    /// already.
    pub(in crate::models) async fn change_string(
        db: &impl Connection,
        from: Uuid,
        into: Uuid,
    ) -> Result<(), DbErr> {
        for column in [Column::CrossesStringId, Column::MainsStringId] {
            let changed = Self::update_many().col_expr(column, Expr::value(into));
            changed.filter(column.eq(from)).exec(db).await?;
        }
        Ok(())
    }

    /// A racket's orders, under another nickname.
    pub(in crate::models) async fn rename_racket(
        db: &impl Connection,
        racket: Uuid,
        nickname: Option<String>,
    ) -> Result<(), DbErr> {
        Self::update_many()
            .col_expr(Column::RacketNickname, Expr::value(nickname))
            .filter(Column::ClientRacketId.eq(racket))
            .exec(db)
            .await
            .map(drop)
    }
}
