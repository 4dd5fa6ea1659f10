//! Which names a qualifier or a source may use, from the inside out.

/// The aliases of one query and the CTEs above it, and those of the queries around it.
pub(super) struct Names<'outer> {
    outer: Option<&'outer Names<'outer>>,
    visible: Vec<String>,
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

    pub(super) fn add(&mut self, name: String) {
        self.visible.push(name);
    }

    pub(super) fn add_cte(&mut self, name: String) {
        self.ctes.push(name);
    }

    /// Whether this very query has a source of that name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.visible.iter().any(|visible| visible == name)
    }

    pub(super) fn into_visible(self) -> Vec<String> {
        self.visible
    }

    pub(super) fn sees(&self, name: &str) -> bool {
        self.has(name) || self.outer.is_some_and(|outer| outer.sees(name))
    }

    pub(super) fn sees_cte(&self, name: &str) -> bool {
        self.ctes.iter().any(|cte| cte == name)
            || self.outer.is_some_and(|outer| outer.sees_cte(name))
    }
}
