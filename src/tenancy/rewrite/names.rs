//! Which names a qualifier may use, from the inside out.

/// The aliases of one query, and of the queries around it.
pub(super) struct Names<'outer> {
    outer: Option<&'outer Names<'outer>>,
    visible: Vec<String>,
}

impl<'outer> Names<'outer> {
    pub(super) const fn root() -> Self {
        Self { outer: None, visible: Vec::new() }
    }

    pub(super) const fn inside(outer: &'outer Names<'outer>) -> Self {
        Self { outer: Some(outer), visible: Vec::new() }
    }

    pub(super) fn add(&mut self, name: String) {
        self.visible.push(name);
    }

    pub(super) fn sees(&self, name: &str) -> bool {
        self.visible.iter().any(|visible| visible == name)
            || self.outer.is_some_and(|outer| outer.sees(name))
    }
}
