//! Which names a qualifier or a source may use, from the inside out.

use std::sync::Arc;

/// A source's columns, where the policy tells them.
pub(super) type Columns = Option<Arc<[String]>>;

/// The aliases of one query and the CTEs above it, and those of the queries around it.
pub(super) struct Names<'outer> {
    outer: Option<&'outer Names<'outer>>,
    visible: Vec<(String, Columns)>,
    ctes: Vec<String>,
}

impl<'outer> Names<'outer> {
    pub(super) const fn root() -> Self {
        Self { outer: None, visible: Vec::new(), ctes: Vec::new() }
    }

    pub(super) const fn inside(outer: &'outer Names<'outer>) -> Self {
        Self { outer: Some(outer), visible: Vec::new(), ctes: Vec::new() }
    }

    /// The names around this query: all that a derived table in its FROM sees of it.
    pub(super) const fn around(&self) -> Option<&'outer Names<'outer>> {
        self.outer
    }

    pub(super) fn add(&mut self, name: String, columns: Columns) {
        self.visible.push((name, columns));
    }

    pub(super) fn add_cte(&mut self, name: String) {
        self.ctes.push(name);
    }

    /// Whether this very query has a source of that name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.visible.iter().any(|(visible, _)| visible == name)
    }

    pub(super) fn into_visible(self) -> Vec<(String, Columns)> {
        self.visible
    }

    pub(super) fn sees(&self, name: &str) -> bool {
        self.has(name) || self.outer.is_some_and(|outer| outer.sees(name))
    }

    /// Whether `name` may have such a column. On a source that is not known by its
    /// columns PostgreSQL would take `name.function` for a call.
    pub(super) fn may_have(&self, name: &str, column: &str) -> bool {
        let own = self.visible.iter().find(|(visible, _)| visible == name);
        match (own, self.outer) {
            (Some((_, Some(columns))), _) => columns.iter().any(|known| known == column),
            (Some((_, None)), _) => true,
            (None, Some(outer)) => outer.may_have(name, column),
            (None, None) => false,
        }
    }

    pub(super) fn sees_cte(&self, name: &str) -> bool {
        self.ctes.iter().any(|cte| cte == name)
            || self.outer.is_some_and(|outer| outer.sees_cte(name))
    }
}
