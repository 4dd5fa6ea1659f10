use rbo::values::typed::{line, paragraphs, sign};

#[test]
fn a_line_is_one_line_of_what_is_seen() {
    for (typed, kept) in [
        ("  Sara \t Frei ", "Sara Frei"),
        ("Sara\r\nFrei", "Sara Frei"),
        ("Sara\u{2028}Frei\u{85}", "Sara Frei"),
        ("nul\0l\u{7}", "null"),
        ("\u{202e}evil\u{2066}", "evil"),
        ("\u{feff}Andre\u{301}", "André"),
        ("👩\u{200d}🎤 \u{1f3f4}", "👩\u{200d}🎤 \u{1f3f4}"),
        ("\u{a0}\u{200b} ", ""),
    ] {
        assert_eq!(line(typed), kept, "{typed:?}");
    }
}

#[test]
fn a_text_keeps_its_lines() {
    assert_eq!(paragraphs(" one \r\ntwo\t\n\n\n\nthree\u{202e} \n"), "one\ntwo\n\nthree");
    assert_eq!(paragraphs("\n \n"), "");
}

#[test]
fn digits_of_full_width_are_digits() {
    assert_eq!(sign("２５．５０"), "25.50");
    assert_eq!(sign("\u{200e}25\n"), "25");
}
