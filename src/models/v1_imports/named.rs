//! Whom and what a file names.

use crate::models::search_key;
use crate::units::HeadSize;

/// A client as a file names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Player {
    /// May be empty.
    pub first_name: String,
    /// May be empty.
    pub last_name: String,
}

/// Between the names of a player, where they are one text: no name has it.
const BETWEEN: char = '\t';

impl Player {
    /// Both names as one text, which tells them apart.
    #[must_use]
    pub fn text(&self) -> String {
        format!("{}{BETWEEN}{}", self.first_name, self.last_name)
    }

    /// From such a text.
    #[must_use]
    pub fn from_text(text: &str) -> Self {
        let (first, last) = text.split_once(BETWEEN).unwrap_or((text, ""));
        // A client needs a first name; of one that has a last name alone, it is that.
        let (first, last) = if first.is_empty() { (last, "") } else { (first, last) };
        Self { first_name: first.to_owned(), last_name: last.to_owned() }
    }

    /// What it is compared by.
    #[must_use]
    pub fn key(&self) -> String {
        search_key([self.first_name.as_str(), &self.last_name])
    }
}

/// A racket as a file names it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RacketSaid {
    /// Maker and model, in the stringer's spelling.
    pub name: String,
    /// The file's own number for a racket of the stringer's.
    pub own_id: Option<String>,
    /// In cm², as the catalogue has it.
    pub head_size: Option<i64>,
    /// `16/19`.
    pub pattern: Option<String>,
    /// Of the model.
    pub year: Option<i64>,
    /// It is played; else it rests.
    pub is_current: bool,
}

/// A head as it stands in a file. Nobody plays 200 in², and nobody a head below 200 cm².
pub(super) fn head_size(text: Option<&str>) -> Option<i64> {
    let digits: String = text?.chars().take_while(char::is_ascii_digit).collect();
    let number: i64 = digits.parse().ok()?;
    match number {
        50..=200 => Some(HeadSize::from_square_inches(number).square_centimetres()),
        201..=1000 => Some(number),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_is_in_either_unit() {
        assert_eq!(head_size(Some("98")), Some(632));
        assert_eq!(head_size(Some("645 cm²")), Some(645));
        assert_eq!(head_size(Some("100 in")), Some(645));
        assert_eq!(head_size(Some("big")), None);
        assert_eq!(head_size(None), None);
    }

    #[test]
    fn a_player_with_one_name_is_called_by_it() {
        for (first, last, called) in
            [("Sara", "Frei", ("Sara", "Frei")), ("", "Frei", ("Frei", "")), ("S", "", ("S", ""))]
        {
            let player = Player { first_name: first.into(), last_name: last.into() };
            let back = Player::from_text(&player.text());
            assert_eq!((back.first_name.as_str(), back.last_name.as_str()), called);
        }
    }
}
