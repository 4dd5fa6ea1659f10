//! The list of orders.

use serde::Serialize;

use crate::models::orders::{Filter, Query, Sort};
use crate::values::Vocabulary;
use crate::views::Pages;
use crate::views::job::Job;

/// `orders/index.html` and `orders/_list.html`.
#[derive(Debug, Serialize)]
pub struct Index {
    /// The page's orders.
    pub jobs: Vec<Job>,
    /// What was searched for.
    pub q: String,
    /// The chosen filter.
    pub state: &'static str,
    /// The filters on offer.
    pub filters: Vec<&'static str>,
    /// Only with strings of the client's own.
    pub byo: &'static str,
    /// The chosen year, if one is.
    pub year: String,
    /// The years on offer.
    pub years: Vec<String>,
    /// The chosen order.
    pub sort: &'static str,
    /// The orders on offer.
    pub sorts: Vec<&'static str>,
    /// Where a list's head leads, without its sort.
    pub sort_base: String,
    /// What a link to another page of the same list carries on.
    pub extra: String,
    /// Which page.
    #[serde(flatten)]
    pub pages: Pages,
}

impl Index {
    /// A page of the list.
    #[must_use]
    pub fn new(jobs: Vec<Job>, query: Query, years: &[i32], more: bool) -> Self {
        let rest = rest(&query);
        Self {
            jobs,
            state: query.filter.code(),
            filters: Filter::codes(),
            byo: if query.byo { "1" } else { "" },
            year: query.year.map(|year| year.to_string()).unwrap_or_default(),
            years: years.iter().map(ToString::to_string).collect(),
            sort: query.sort.code(),
            sorts: Sort::codes(),
            sort_base: sort_base(&query),
            extra: format!("&{}{rest}", encoded(&[("state", query.filter.code())])),
            pages: Pages { page: query.page, more },
            q: query.words,
        }
    }
}

/// What was chosen beside the state and the words; empty for what is usual.
fn rest(query: &Query) -> String {
    let year = query.year.map(|year| year.to_string());
    let chosen = [
        query.byo.then_some(("byo", "1")),
        year.as_deref().map(|year| ("year", year)),
        (query.sort != Sort::default()).then(|| ("sort", query.sort.code())),
    ];
    let chosen: Vec<_> = chosen.into_iter().flatten().collect();
    if chosen.is_empty() { String::new() } else { format!("&{}", encoded(&chosen)) }
}

/// The same list, to be sorted otherwise.
fn sort_base(query: &Query) -> String {
    let unsorted = Query { sort: Sort::default(), ..query.clone() };
    let chosen = encoded(&[("q", query.words.as_str()), ("state", query.filter.code())]);
    format!("/orders?{chosen}{}&sort=", rest(&unsorted))
}

fn encoded(pairs: &[(&str, &str)]) -> String {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish()
}
