//! Texts with blanks, as `Hello {name}`: filled once, so that what is filled in is never taken for
//! a blank itself.

/// A piece of a text: words, or the name of a blank.
enum Piece<'t> {
    Words(&'t str),
    Blank(&'t str),
}

fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some((words, after)) = rest.split_once('{') {
        let Some((name, next)) = after.split_once('}') else { break };
        pieces.push(Piece::Words(words));
        pieces.push(Piece::Blank(name.trim()));
        rest = next;
    }
    pieces.push(Piece::Words(rest));
    pieces
}

/// The first blank that is none of these.
#[must_use]
pub fn unknown<'t>(text: &'t str, known: &[&str]) -> Option<&'t str> {
    pieces(text).into_iter().find_map(|piece| match piece {
        Piece::Blank(name) if !known.contains(&name) => Some(name),
        _ => None,
    })
}

/// The text with its blanks filled in; lines of which nothing is left go.
#[must_use]
pub fn filled(text: &str, with: impl Fn(&str) -> String) -> String {
    let whole: String = pieces(text)
        .into_iter()
        .map(|piece| match piece {
            Piece::Words(words) => words.to_owned(),
            Piece::Blank(name) => with(name),
        })
        .collect();
    let lines = whole.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
    lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_are_filled_once_and_what_is_no_blank_stays() {
        let with = |name: &str| match name {
            "name" => "{total}".to_owned(),
            "total" => "CHF 5".to_owned(),
            _ => String::new(),
        };
        assert_eq!(
            filled("Hello {name}, { total }!\n{hours}\nBye {", with),
            "Hello {total}, CHF 5!\nBye {"
        );
        assert_eq!(unknown("{name} {nam}", &["name"]), Some("nam"));
        assert_eq!(unknown("{name} {", &["name"]), None);
    }
}
