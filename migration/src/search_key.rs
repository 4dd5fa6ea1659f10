//! How texts are compared in searches. It stands below the application, which builds upon the
//! migrations, since one of them renews the keys that are kept.

use unicode_normalization::UnicodeNormalization as _;

/// Lower case, one space between words, without accents; ligatures are their letters, however
/// a letter is composed, and no apostrophe counts. The same on every database, which know
/// other letters each.
#[must_use]
pub fn search_key<'t>(parts: impl IntoIterator<Item = &'t str>) -> String {
    let joined = parts.into_iter().collect::<Vec<_>>().join(" ");
    let mut folded = String::with_capacity(joined.len());
    for letter in joined.to_lowercase().nfkd().filter(|letter| !is_passed_over(*letter)) {
        match spelt_out(letter) {
            Some(letters) => folded.push_str(letters),
            None => folded.extend(letter.to_lowercase()),
        }
    }
    folded.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Combining accents (U+0300 to U+036F, of Latin, Greek and Cyrillic; in other scripts marks
/// make the word), apostrophes, what is not seen, and NUL, which no database of ours takes.
fn is_passed_over(letter: char) -> bool {
    matches!(
        letter,
        '\u{0300}'..='\u{036f}'
            | '\'' | '`' | '´' | 'ʹ' | 'ʻ' | 'ʼ' | 'ʽ' | 'ˈ' | '‘' | '’' | '‛' | '′' | '＇'
            | '\0' | '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{2069}' | '\u{feff}'
    )
}

/// Letters that Unicode does not take apart, and people do.
const fn spelt_out(letter: char) -> Option<&'static str> {
    Some(match letter {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ø' => "o",
        'ł' => "l",
        'đ' | 'ð' => "d",
        'ħ' => "h",
        'ı' => "i",
        'þ' => "th",
        'ς' => "σ",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::search_key;

    #[test]
    fn what_people_take_for_the_same_is_the_same() {
        for (typed, key) in [
            ("  Max   Müller ", "max muller"),
            ("Andre\u{301}", "andre"),
            ("André", "andre"),
            ("STRAẞE", "strasse"),
            ("Straße", "strasse"),
            ("O’Brien", "obrien"),
            ("O'Brien", "obrien"),
            ("Łukasz Sørensen", "lukasz sorensen"),
            ("Şener İpek", "sener ipek"),
            ("ﬁne Æther", "fine aether"),
            ("Ｂａｂｏｌａｔ", "babolat"),
            ("Σίσυφος", "σισυφοσ"),
            ("ΣΊΣΥΦΟΣ", "σισυφοσ"),
            ("Văn Ẩn", "van an"),
            ("nul\0l\u{200b}", "null"),
            ("100 % _ \\", "100 % _ \\"),
        ] {
            assert_eq!(search_key([typed]), key, "{typed}");
            assert_eq!(search_key([key]), key, "a key is its own key");
        }
    }

    #[test]
    fn other_scripts_keep_what_makes_their_words() {
        assert_eq!(search_key(["ที่"]), search_key(["ที่"]));
        assert_ne!(search_key(["กิน"]), search_key(["กน"]));
        assert_ne!(search_key(["李"]), search_key(["里"]));
        assert_eq!(search_key(["한국"]), search_key(["\u{1112}\u{1161}\u{11ab}국"]));
    }
}
