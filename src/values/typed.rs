//! What people type and paste, without what nobody sees. A text that enters the book goes
//! through one of these.

use unicode_normalization::UnicodeNormalization as _;

/// The longest name or word.
pub const LINE: usize = 120;

/// The longest comment.
pub const TEXT: usize = 2_000;

/// One line: breaks and tabs are spaces, one between words; letters are composed, so that what
/// looks alike is alike.
#[must_use]
pub fn line(text: &str) -> String {
    let plain: String = text.nfc().map(|c| if is_break(c) { ' ' } else { c }).collect();
    let seen: String = plain.chars().filter(|c| !is_unseen(*c)).collect();
    seen.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What is looked for: a line, and no longer than a name. A database's patterns have an end.
#[must_use]
pub fn sought(text: &str) -> String {
    line(text).chars().take(LINE).collect()
}

/// Several lines, each without spaces at its end, and no more than one empty one between.
#[must_use]
pub fn paragraphs(text: &str) -> String {
    let breaks = text.replace("\r\n", "\n").replace('\t', " ").replace(is_break, "\n");
    let seen: String = breaks.nfc().filter(|c| *c == '\n' || !is_unseen(*c)).collect();
    let mut lines: Vec<&str> = seen.lines().map(str::trim_end).collect();
    lines.dedup_by(|one, before| one.is_empty() && before.is_empty());
    lines.join("\n").trim().to_owned()
}

/// A number, a date or a word of a list: letters and digits of full width are those of an
/// ordinary keyboard.
#[must_use]
pub fn sign(text: &str) -> String {
    line(&text.nfkc().collect::<String>())
}

fn is_break(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\t' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// Controls, and marks that turn the direction of all that follows (U+200E and F, U+202A to E,
/// U+2066 to 9), the byte order mark and the space without width. What joins letters and emoji
/// (U+200C and D) is seen by what it does.
#[must_use]
pub fn is_unseen(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}'
                | '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{feff}'
        )
}
