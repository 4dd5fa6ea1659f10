//! Rows that are in the book already, and of which the file says something else now: book and
//! file side by side, and the file's word taken over where the stringer says so.

use chrono::NaiveDate;
use sea_orm::prelude::Uuid;
use sea_orm_tenancy::Txn;

use super::Choices;
use super::finding::Finding;
use super::job::{Job, string_name};
use super::report::{Change, Difference, Many};
use super::taking::migrated;
use crate::models::orders::setup::Setup;
use crate::models::orders::{self, Model};
use crate::models::stringers::Member;
use crate::models::v1_import_rows;
use crate::models::{ModelResult, v1_import_names::NameKind};
use crate::units::Money;
use crate::v1::{Complaint, Matter};
use crate::values::Vocabulary as _;

/// Compares, and takes over what was chosen.
pub(super) async fn take(
    txn: &Txn,
    me: &Member,
    import: Uuid,
    finding: &mut Finding<'_>,
    changed: Vec<(Job, Uuid)>,
    choices: &Choices,
    others: &mut Vec<Complaint>,
) -> ModelResult<Many<Change>> {
    let mut changes = Many::default();
    for (job, order) in changed {
        let now = Model::find(txn, order).await?;
        let is_taken = choices.takes(&job.external_ref);
        let fields = differences(me, finding, &now, &job);
        let differs = |field: &str| fields.iter().any(|one| one.field == field);
        if job.is_of_table && differs("import-field-client") && differs("import-field-ordered") {
            others.push(job.complaint(Matter::OtherTable));
            continue;
        }
        if is_taken && !fields.is_empty() {
            let said = migrated(me, finding, &job, None).await?;
            orders::Entity::overwrite(txn, me, &now, said).await?;
        }
        // What makes no difference here need not be asked about again.
        if is_taken || fields.is_empty() {
            v1_import_rows::Entity::renew(txn, import, &job.external_ref, &job.digest).await?;
        }
        if !fields.is_empty() {
            let Job { row, external_ref, .. } = job;
            changes.extend([Change { row, external_ref, order, fields, is_taken }]);
        }
    }
    Ok(changes)
}

/// Two texts of a field, as people read them.
type Pair = (&'static str, [String; 2]);

fn differences(me: &Member, finding: &Finding<'_>, now: &Model, job: &Job) -> Vec<Difference> {
    let pairs = dates(me, now, job).into_iter().chain(names(finding, now, job));
    let setup = job.setup(me);
    let pairs = pairs.chain(measures(me, now, job, &setup)).chain(amounts(me, now, &setup));
    let different = pairs.filter(|(_, [book, file])| book != file);
    let different =
        different.map(|(field, [book, file])| Difference { field: field.to_owned(), book, file });
    different.collect()
}

fn dates(me: &Member, now: &Model, job: &Job) -> [Pair; 4] {
    let text =
        |day: Option<NaiveDate>| day.map(|day| me.region().long_date(day)).unwrap_or_default();
    let pair = |field, book, file| (field, [text(book), text(file)]);
    let taken = now.paid_at.filter(|_| now.received > 0);
    [
        pair("import-field-ordered", now.ordered_at, job.dates.ordered),
        pair("import-field-strung", now.strung_at, job.dates.strung),
        pair("import-field-returned", now.returned_at, job.dates.returned),
        // What was taken here stays, whatever an older book does not know of it.
        pair("import-field-paid", now.paid_at, job.dates.paid.or(taken)),
    ]
}

fn names(finding: &Finding<'_>, now: &Model, job: &Job) -> [Pair; 6] {
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let string = |nth: usize| {
        let name = string_name(&job.sides[nth]);
        if name.is_empty() { name } else { finding.meant(NameKind::String, &name) }
    };
    let racket = match &job.racket.own_id {
        // Its own number stands for it, whatever its model is called.
        Some(_) => now.racket_name.clone(),
        None => finding.meant(NameKind::Racket, &job.racket.name),
    };
    [
        ("import-field-client", [text(&now.client_name), finding.called(job)]),
        ("import-field-racket", [now.racket_name.clone(), racket]),
        ("import-field-mains", [text(&now.mains_name), string(0)]),
        ("import-field-crosses", [text(&now.crosses_name), string(1)]),
        // The old workbook says it of own jobs alone.
        (
            "import-field-method",
            [text(&now.method), text(&job.method)]
                .map(|said| if now.is_self { said } else { String::new() }),
        ),
        ("import-field-comment", [text(&now.comments()), text(&job.comment())]),
    ]
}

fn measures(me: &Member, now: &Model, job: &Job, setup: &Setup) -> [Pair; 4] {
    let tension = |tensions: orders::Tensions| {
        let both = [tensions.mains(), tensions.crosses()].into_iter().flatten();
        let both = both.map(|one| format!("{} {}", me.region().tension(one), one.unit().code()));
        both.collect::<Vec<_>>().join(" / ")
    };
    let number = |number: Option<i64>| number.map(|it| it.to_string()).unwrap_or_default();
    let byo = |mains: bool, crosses: bool| {
        let text = |is: bool| me.locale().t(if is { "yes" } else { "no" });
        format!("{} / {}", text(mains), text(crosses))
    };
    let [mains, crosses] = &job.sides;
    let byos = [byo(now.mains_byo, now.crosses_byo), byo(mains.byo, crosses.byo)];
    [
        ("import-field-tension", [tension(now.tensions()), tension(setup.bed.tensions())]),
        ("import-field-byo", byos),
        ("import-field-dt-before", [number(now.stiffness()), number(setup.dt_before)]),
        (
            "import-field-dt-after",
            [now.dt_after, setup.dt_after].map(|dt| number(dt.filter(|_| now.is_self))),
        ),
    ]
}

fn amounts(me: &Member, now: &Model, setup: &Setup) -> Vec<Pair> {
    if now.is_self {
        return Vec::new();
    }
    let money = |minor: i64| me.region().money(Money::from_minor(minor, now.currency));
    let labor = |labor: Option<i64>| labor.map(money).unwrap_or_default();
    let (book, file) = (now.prices().total().minor(), setup.prices.total().minor());
    vec![
        ("import-field-labor", [labor(now.labor), labor(setup.prices.labor)]),
        ("import-field-total", [money(book), money(file)]),
    ]
}
