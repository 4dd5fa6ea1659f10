//! Workbooks as no program of ours writes them: other namespaces, other kinds of text, formulas
//! without results, cells at the end of the world.

use std::io::{Cursor, Write as _};

use chrono::NaiveDate;
use rbo::v1::Refused;
use zip::write::SimpleFileOptions;

use super::held;

/// How a workbook's XML is written.
#[derive(Clone, Copy)]
struct Dialect {
    /// `x:` before each name.
    prefix: &'static str,
    main: &'static str,
    relationships: &'static str,
}

const TRANSITIONAL: Dialect = Dialect {
    prefix: "",
    main: "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    relationships: "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
};
const PREFIXED: Dialect = Dialect { prefix: "x:", ..TRANSITIONAL };
const STRICT: Dialect = Dialect {
    prefix: "",
    main: "http://purl.oclc.org/ooxml/spreadsheetml/main",
    relationships: "http://purl.oclc.org/ooxml/officeDocument/relationships",
};

/// A workbook of one sheet that has these rows below its headers.
pub(super) fn of_rows(rows: &str) -> Vec<u8> {
    workbook(TRANSITIONAL, "", &(head("") + rows), "")
}

/// A workbook of one sheet with these rows, and these shared strings.
fn workbook(dialect: Dialect, properties: &str, rows: &str, strings: &str) -> Vec<u8> {
    let Dialect { prefix: p, main, relationships } = dialect;
    let xmlns = if p.is_empty() { "xmlns".to_owned() } else { format!("xmlns:{}", &p[..1]) };
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let package = "http://schemas.openxmlformats.org/package/2006";
    for (name, content) in [
        (
            "[Content_Types].xml",
            format!(
                "<Types xmlns=\"{package}/content-types\"><Default Extension=\"xml\" \
                 ContentType=\"application/xml\"/></Types>"
            ),
        ),
        (
            "_rels/.rels",
            format!(
                "<Relationships xmlns=\"{package}/relationships\"><Relationship Id=\"r1\" \
                 Type=\"{relationships}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/workbook.xml",
            format!(
                "<{p}workbook {xmlns}=\"{main}\" xmlns:r=\"{relationships}\">{properties}<{p}sheets>\
                 <{p}sheet name=\"Client-Stringing-Orders\" sheetId=\"1\" r:id=\"r1\"/></{p}sheets>\
                 </{p}workbook>"
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            format!(
                "<Relationships xmlns=\"{package}/relationships\"><Relationship Id=\"r1\" \
                 Type=\"{relationships}/worksheet\" Target=\"worksheets/sheet1.xml\"/>\
                 <Relationship Id=\"r2\" Type=\"{relationships}/sharedStrings\" \
                 Target=\"sharedStrings.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/worksheets/sheet1.xml",
            format!(
                "<{p}worksheet {xmlns}=\"{main}\"><{p}sheetData>{rows}</{p}sheetData></{p}worksheet>"
            ),
        ),
        ("xl/sharedStrings.xml", format!("<{p}sst {xmlns}=\"{main}\">{strings}</{p}sst>")),
    ] {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(content.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

const GROUPS: [&str; 13] =
    ["", "", "", "", "", "", "", "", "Main", "Main", "Cross", "Cross", "Price"];
const FIELDS: [&str; 13] = [
    "ID",
    "Ordered",
    "Strung",
    "Returned",
    "Paid",
    "Last Name",
    "First Name",
    "Racket",
    "Model",
    "Tension",
    "Model",
    "Tension",
    "Labor",
];

fn cell(p: &str, column: usize, row: usize, inner: &str) -> String {
    let at = format!("{}{row}", char::from(b'A' + u8::try_from(column).unwrap()));
    let (kind, inner) = inner.split_once('|').unwrap_or(("", inner));
    let kind = if kind.is_empty() { String::new() } else { format!(" t=\"{kind}\"") };
    format!("<{p}c r=\"{at}\"{kind}>{inner}</{p}c>")
}

fn row(p: &str, number: usize, cells: &[String]) -> String {
    let cells: String = cells
        .iter()
        .enumerate()
        .filter(|(_, inner)| !inner.is_empty())
        .map(|(column, inner)| cell(p, column, number, inner))
        .collect();
    format!("<{p}row r=\"{number}\">{cells}</{p}row>")
}

fn text(p: &str, text: &str) -> String {
    if text.is_empty() {
        String::new()
    } else {
        format!("inlineStr|<{p}is><{p}t>{text}</{p}t></{p}is>")
    }
}

fn number(p: &str, number: &str) -> String {
    format!("<{p}v>{number}</{p}v>")
}

fn head(p: &str) -> String {
    let texts = |texts: [&str; 13]| texts.map(|one| text(p, one));
    row(p, 1, &texts(GROUPS)) + &row(p, 2, &texts(FIELDS))
}

/// An order of Sara Frei's, with this in the place of one cell.
fn order(p: &str, place: usize, other: &str) -> Vec<String> {
    let mut cells = [
        number(p, "7"),
        number(p, "45385"),
        number(p, "45386"),
        String::new(),
        String::new(),
        text(p, "Frei"),
        text(p, "Sara"),
        text(p, "Head Speed"),
        text(p, "4G"),
        number(p, "24"),
        text(p, "4G"),
        number(p, "23.5"),
        number(p, "20"),
    ];
    if place < cells.len() {
        other.clone_into(&mut cells[place]);
    }
    cells.into()
}

/// One order, with this in the place of one cell.
fn with(place: usize, other: &str) -> super::Held {
    let rows = head("") + &row("", 3, &order("", place, other));
    held(&workbook(TRANSITIONAL, "", &rows, "")).unwrap()
}

#[test]
fn other_namespaces_hold_the_same() {
    for (name, dialect) in [("plain", TRANSITIONAL), ("prefixed", PREFIXED), ("strict", STRICT)] {
        let p = dialect.prefix;
        let rows = head(p) + &row(p, 3, &order(p, 99, ""));
        let held = held(&workbook(dialect, "", &rows, "")).unwrap();
        assert_eq!(held.faults(), Vec::<String>::new(), "{name}");
        assert_eq!(held.clients.len(), 1, "{name}");
        let job = &held.clients[0];
        assert_eq!(
            (&*job.id, &*job.last_name, &*job.racket),
            ("7", "Frei", "Head Speed"),
            "{name}"
        );
        assert_eq!(job.ordered, NaiveDate::from_ymd_opt(2024, 4, 3), "{name}");
    }
}

#[test]
fn a_sheet_whose_orders_are_not_seen_is_never_fine() {
    let empty = workbook(TRANSITIONAL, "", "", "");
    assert_eq!(held(&empty).unwrap().faults(), [" no-column", " no-client-sheet"]);
    let torn = workbook(TRANSITIONAL, "", &(head("") + "<row r=\"3\"><c r=\"A3\"><v>1</v>"), "");
    let said = held(&torn).unwrap().faults();
    assert!(said.iter().any(|fault| fault == "2 torn"), "{said:?}");
}

#[test]
fn a_date_counts_from_1904_where_the_workbook_says_so() {
    let rows = head("") + &row("", 3, &order("", 1, &number("", "43923")));
    let held = held(&workbook(TRANSITIONAL, "<workbookPr date1904=\"1\"/>", &rows, "")).unwrap();
    assert_eq!(held.clients[0].ordered, NaiveDate::from_ymd_opt(2024, 4, 3));
}

#[test]
fn every_kind_of_text_is_read() {
    let rows = head("")
        + &row("", 3, &order("", 5, "s|<v>0</v>"))
        + &row("", 4, &{
            let mut cells = order("", 5, "s|<v>1</v>");
            cells[0] = number("", "8");
            cells[6] = "s|<v>2</v>".to_owned();
            cells
        });
    let strings = "<si><r><t>Fr</t></r><r><rPr><b/></rPr><t>ei</t></r></si>\
        <si><t>山田</t><rPh sb=\"0\" eb=\"2\"><t>ヤマダ</t></rPh><phoneticPr fontId=\"1\"/></si>\
        <si/>";
    let held = held(&workbook(TRANSITIONAL, "", &rows, strings)).unwrap();
    assert_eq!(held.faults(), Vec::<String>::new());
    let names: Vec<_> =
        held.clients.iter().map(|job| (&*job.last_name, &*job.first_name)).collect();
    assert_eq!(names, [("Frei", "Sara"), ("山田", "")]);
}

#[test]
fn a_formula_without_a_result_is_named_and_never_nought() {
    assert_eq!(with(12, "<f>A1*2</f>").faults(), ["M3 no-result"]);
    assert_eq!(with(1, "<f>TODAY()</f>").faults(), ["B3 no-result"]);
    let cached = with(12, "<f>A1*2</f><v>20</v>");
    assert_eq!((cached.faults().len(), cached.clients[0].labor), (0, Some(2000)));
    // A result that is an empty text is one.
    for empty in ["str|<f>IF(A1,1,\"\")</f><v></v>", "str|<f>IF(A1,1,\"\")</f><v/>"] {
        let held = with(3, empty);
        assert_eq!((held.faults().len(), held.clients[0].returned), (0, None), "{empty}");
    }
}

#[test]
fn what_is_no_value_of_its_column_is_named_by_its_cell() {
    for (place, other, said) in [
        (1, text("", "gestern"), "B3 no-date"),
        (1, text("", "03/04/2024"), "B3 date-of-two-readings"),
        (2, text("", "12.12.1912"), "C3 far-date"),
        (5, "e|<v>#N/A</v>".to_owned(), "F3 error-value"),
        (9, text("", "hart"), "J3 no-tension"),
        (12, text("", "gratis"), "M3 no-amount"),
        (0, String::new(), "A3 no-id"),
        (7, String::new(), "H3 no-racket"),
    ] {
        assert_eq!(with(place, &other).faults(), [said], "{other}");
    }
    assert_eq!(with(2, &number("", "45386.5")).warnings(), ["C3 time-of-day", " no-own-sheet"]);
    assert_eq!(with(9, "b|<v>1</v>").faults(), ["J3 true-or-false"]);
}

#[test]
fn two_equal_rows_are_two_rackets_and_two_equal_numbers_a_fault() {
    let mut second = order("", 99, "");
    second[0] = number("", "8");
    let rows = |second: &[String]| head("") + &row("", 3, &order("", 99, "")) + &row("", 4, second);
    let both = held(&workbook(TRANSITIONAL, "", &rows(&second), "")).unwrap();
    assert_eq!((both.clients.len(), both.faults().len()), (2, 0));
    let twice = held(&workbook(TRANSITIONAL, "", &rows(&order("", 99, "")), "")).unwrap();
    assert_eq!(twice.faults(), ["A4 second-of-id"]);
}

/// calamine issue 693: a range that holds both asks for half a terabyte.
#[test]
fn a_cell_at_the_end_of_the_world_takes_no_memory() {
    let rows = head("")
        + &row("", 3, &order("", 99, ""))
        + "<row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row>";
    let held = held(&workbook(TRANSITIONAL, "", &rows, "")).unwrap();
    assert_eq!((held.clients.len(), held.faults().len()), (1, 0));
}

#[test]
fn what_is_no_workbook_is_refused_by_its_kind() {
    for (bytes, refused) in [
        (&b"ID,Name\n1,Sara\n"[..], Refused::Text),
        (&workbook(TRANSITIONAL, "", "", "")[..300], Refused::Damaged),
    ] {
        assert_eq!(held(bytes).err(), Some(refused));
    }
}
