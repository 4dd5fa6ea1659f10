//! What hands do to a workbook in seven years: nothing of it is lost or read otherwise in
//! silence.

use rbo::v1::Pull;
use rust_xlsxwriter::{Formula, Workbook};

use super::{Held, held};

const GROUPS: &str = "||||||||Main||||Cross||||Price||";
const FIELDS: &str = "ID|Ordered|Strung|Returned|Paid|Last Name|First Name|Racket\
    |Model|Tension|Price|BYO|Model|Tension|Price|BYO|Labor|Strings|Total";
const ORDER: &str = "7|2024-04-03|2024-04-04|||Frei|Sara|Head Speed\
    |4G|24|12|No|4G|23|12|No|20||";

const OWN_GROUPS: &str = "||Racket|Main||Cross|";
const OWN_FIELDS: &str = "ID|Strung|ID|Model|Tension|Model|Tension";
const OWN: &str = "1|2024-04-04|PA1|4G|24|4G|23";
const LISTS: [&str; 2] =
    ["ID|Racket|String Pattern|Head Size|Year|Current", "PA1|Head Speed|16/19|645|2020|Yes"];

/// Sheets with their rows; `=1+1>2` is a formula and its result, `=1+1` one without.
fn book(sheets: &[(&str, &[&str])]) -> Held {
    let mut file = Workbook::new();
    for (name, rows) in sheets {
        let sheet = file.add_worksheet();
        sheet.set_name(*name).unwrap();
        for (row, cells) in (0..).zip(*rows) {
            for (column, said) in (0..).zip(cells.split('|')) {
                if said.starts_with('=') {
                    let (text, result) = said.split_once('>').unwrap_or((said, ""));
                    let formula = Formula::new(text).set_result(result);
                    sheet.write_formula(row, column, formula).unwrap();
                } else if let Ok(number) = said.parse::<f64>() {
                    sheet.write_number(row, column, number).unwrap();
                } else if !said.is_empty() {
                    sheet.write_string(row, column, said).unwrap();
                }
            }
        }
    }
    held(&file.save_to_buffer().unwrap()).unwrap()
}

/// A whole workbook with this client order.
fn with(order: &str) -> Held {
    book(&[
        ("Client-Stringing-Orders", &[GROUPS, FIELDS, order]),
        ("Self-Stringing-Orders", &[OWN_GROUPS, OWN_FIELDS, OWN]),
        ("Lists", &LISTS),
    ])
}

/// The order with other cells.
fn changed(cells: &[(usize, &str)]) -> String {
    let mut order: Vec<&str> = ORDER.split('|').collect();
    cells.iter().for_each(|(column, said)| order[*column] = said);
    order.join("|")
}

#[test]
fn nothing_is_said_where_nothing_is_the_matter() {
    let held = with(ORDER);
    assert_eq!(held.complaints, []);
    assert_eq!((held.clients.len(), held.own.len(), held.rackets.len()), (1, 1, 1));
    assert_eq!((held.clients[0].computed, held.clients[0].total), (4400, None));
}

#[test]
fn a_sum_that_was_typed_counts_and_a_formula_follows_its_rule() {
    for (strings, total, computed, own, warnings) in [
        ("26", "", 4600, None, 0),
        ("", "40", 4400, Some(4000), 0),
        ("=K3+O3>24", "=Q3+R3>44", 4400, None, 0),
        ("=K3+O3>20", "=Q3+R3>40", 4400, None, 2),
    ] {
        let held = with(&changed(&[(17, strings), (18, total)]));
        assert_eq!(held.faults(), Vec::<String>::new(), "{strings} {total}");
        let job = &held.clients[0];
        assert_eq!((job.computed, job.total), (computed, own), "{strings} {total}");
        assert_eq!(held.warnings().len(), warnings, "{:?}", held.warnings());
    }
}

#[test]
fn a_pair_of_tensions_is_both_sides_or_is_asked_about() {
    let kg = |hundredths| Some(Pull { hundredths, is_in_pounds: false });
    for (mains, crosses, read) in [
        ("24/23", "", Some((kg(2400), kg(2300)))),
        ("", "24/23", Some((kg(2400), kg(2300)))),
        ("24/23", "24/23", Some((kg(2400), kg(2300)))),
        ("24/23", "23", Some((kg(2400), kg(2300)))),
        ("24/23", "24", None),
        ("25", "24/23", None),
        ("30", "40", None),
    ] {
        let held = with(&changed(&[(9, mains), (13, crosses)]));
        let job = &held.clients[0];
        match read {
            Some(read) => {
                assert_eq!(held.faults(), Vec::<String>::new(), "{mains} {crosses}");
                assert_eq!((job.mains.tension, job.crosses.tension), read, "{mains} {crosses}");
            }
            None => assert_eq!(held.faults(), ["N3 two-tensions"], "{mains} {crosses}"),
        }
    }
}

#[test]
fn no_sheet_of_orders_is_passed_over() {
    let (clients, own) = ([GROUPS, FIELDS, ORDER], [OWN_GROUPS, OWN_FIELDS, OWN]);
    let twice = book(&[
        ("Client-Stringing-Orders", &clients),
        ("Last year", &clients),
        ("Self-Stringing-Orders", &own),
        ("Lists", &LISTS),
    ]);
    assert_eq!(twice.faults(), [" second-sheet"]);
    assert_eq!(twice.complaints[0].sheet, "Last year");
    assert_eq!(twice.clients.len(), 1);
    let before = book(&[
        ("Last year", &clients),
        ("Client-Stringing-Orders", &clients),
        ("Self-Stringing-Orders", &own),
        ("Lists", &LISTS),
    ]);
    assert_eq!(before.complaints[0].sheet, "Last year");
    // The racket's column has another name.
    let renamed = book(&[
        ("Client-Stringing-Orders", &clients),
        (
            "Self-Stringing-Orders",
            &[OWN_GROUPS, &OWN_FIELDS.replace("Strung|ID", "Strung|Bat"), OWN],
        ),
        ("Lists", &LISTS),
    ]);
    assert!(renamed.faults().contains(&" no-column".to_owned()), "{:?}", renamed.faults());
    let without = book(&[("Client-Stringing-Orders", &clients)]);
    assert_eq!(without.warnings(), [" no-own-sheet"]);
}

#[test]
fn a_row_is_an_order_by_what_stands_in_the_columns_of_orders() {
    // Looked up from elsewhere, all of it.
    let looked_up = ORDER.split('|').enumerate().map(|(column, said)| {
        if column == 0 || said.is_empty() { said.to_owned() } else { format!("=A1>{said}") }
    });
    let held = with(&looked_up.collect::<Vec<_>>().join("|"));
    assert_eq!((held.faults(), held.clients.len()), (Vec::new(), 1));
    // A price list beside them, longer than they are.
    let beside = format!("{}|||Preise|20", "|".repeat(18));
    let held = book(&[
        ("Client-Stringing-Orders", &[GROUPS, FIELDS, ORDER, &beside]),
        ("Self-Stringing-Orders", &[OWN_GROUPS, OWN_FIELDS, OWN]),
        ("Lists", &LISTS),
    ]);
    assert_eq!((held.faults(), held.clients.len()), (Vec::new(), 1));
    // Without a number, but somebody's.
    assert_eq!(with("|2024-04-03||||Frei").faults(), ["A3 no-id"]);
    assert_eq!(with("|Preise gelten seit 2023").warnings(), ["3 note"]);
    assert_eq!(with("Stand|2024-04-03").warnings(), ["3 note"]);
}

#[test]
fn the_list_of_rackets_ends_where_it_ends() {
    let lists = |rows: &[&str]| {
        let rows: Vec<&str> =
            [LISTS[0], LISTS[1]].into_iter().chain(rows.iter().copied()).collect();
        book(&[
            ("Client-Stringing-Orders", &[GROUPS, FIELDS, ORDER]),
            ("Self-Stringing-Orders", &[OWN_GROUPS, OWN_FIELDS, &OWN.replace("PA1", "pa1")]),
            ("Lists", &rows),
        ])
    };
    let names = |held: &Held| held.rackets.iter().map(|one| one.id.clone()).collect::<Vec<_>>();
    let gap = lists(&["", "PA2|Head Speed|16/19|645|2021|No"]);
    assert_eq!((names(&gap), gap.faults()), (vec!["PA1".into(), "PA2".into()], Vec::new()));
    let other = lists(&["", "Manufacturer|Model", "Luxilon|4G"]);
    assert_eq!((names(&other), other.faults()), (vec!["PA1".into()], Vec::new()));
    for (row, said) in [
        ("|Head Speed|16/19|645|2021|No", "A3 no-id"),
        ("PA2||16/19|645|2021|No", "B3 no-racket"),
        ("PA1|Head Speed|16/19|645|2021|No", "A3 second-of-id"),
        ("PA2|Head Speed|16/19|645|2021|sold", "F3 neither-yes-nor-no"),
    ] {
        assert_eq!(lists(&[row]).faults(), [said], "{row}");
    }
}

#[test]
fn what_is_merged_is_each_ones_but_for_amounts() {
    let merged = |column: u16, said: &str| {
        let mut file = Workbook::new();
        let sheet = file.add_worksheet();
        sheet.set_name("Client-Stringing-Orders").unwrap();
        let second = ORDER.replacen('7', "8", 1);
        for (row, cells) in (0..).zip([GROUPS, FIELDS, ORDER, &second]) {
            for (at, text) in (0..).zip(cells.split('|')) {
                let is_merged = at == column && row > 1;
                if !text.is_empty() && !is_merged {
                    sheet.write_string(row, at, text).unwrap();
                }
            }
        }
        let plain = rust_xlsxwriter::Format::new();
        sheet.merge_range(2, column, 3, column, said, &plain).unwrap();
        held(&file.save_to_buffer().unwrap()).unwrap()
    };
    let names = merged(5, "Frei");
    let last: Vec<_> = names.clients.iter().map(|job| &*job.last_name).collect();
    assert_eq!((names.faults(), last), (Vec::new(), vec!["Frei", "Frei"]));
    let labor = merged(16, "40");
    assert_eq!(labor.faults(), ["Q4 merged"]);
    assert_eq!((labor.clients[0].labor, labor.clients[1].labor), (Some(4000), None));
}
