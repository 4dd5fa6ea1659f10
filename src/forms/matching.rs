//! What a stringer says of the columns of a table of any shape.

use super::Errors;
use crate::models::v1_imports::Asked;
use crate::units::{Sport, TensionUnit};
use crate::v1::table::{Holds, Unit};
use crate::values::Vocabulary as _;

/// Kilograms that no pounds are; what is asked about where both stand in one column.
const ABOVE: std::ops::RangeInclusive<i64> = 5..=45;

/// What was said, and may be taken.
///
/// # Errors
/// With it, and the fields to correct.
pub fn check(asked: &Asked, fields: &[(String, String)]) -> Result<Asked, (Asked, Errors)> {
    let mut asked = Asked { is_said: true, ..asked.clone() };
    let mut errors = Errors::default();
    let of = |name: &str| fields.iter().find(|(field, _)| field == name).map(|(_, said)| &**said);
    let holds = |at: usize| of(&format!("column-{at}")).and_then(Holds::from_code);
    let columns = (0..asked.heads.len()).map(|at| holds(at).unwrap_or(Holds::Nothing));
    asked.matching.columns = columns.collect();
    asked.matching.sport = of("sport").and_then(Sport::from_code).unwrap_or(asked.matching.sport);
    asked.matching.is_in_cents = of("cents").is_some();
    asked.matching.unit = match of("unit") {
        Some("both") => {
            let above = errors.needed_number("above", of("above").unwrap_or_default(), ABOVE);
            Unit::PoundsAbove(above.and_then(|above| i32::try_from(above).ok()).unwrap_or(35))
        }
        said => said.and_then(TensionUnit::from_code).map_or(asked.matching.unit, Unit::All),
    };
    let columns = &asked.matching.columns;
    let has = |holds: &[Holds]| holds.iter().any(|one| columns.contains(one));
    if !has(&[Holds::Client, Holds::FirstName, Holds::LastName]) {
        errors.mark("columns", "error-column-client");
    } else if !has(&[Holds::Ordered, Holds::Strung]) {
        errors.mark("columns", "error-column-day");
    }
    let is_twice = |holds: &Holds| columns.iter().filter(|other| *other == holds).count() > 1;
    if columns.iter().any(|holds| *holds != Holds::Nothing && is_twice(holds)) {
        errors.mark("columns", "error-column-twice");
    }
    if errors.is_empty() { Ok(asked) } else { Err((asked, errors)) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::v1::table::Matching;

    fn said(fields: &[(&str, &str)]) -> Result<Asked, &'static str> {
        let matching = Matching {
            columns: Vec::new(),
            unit: Unit::All(TensionUnit::Kg),
            sport: Sport::Tennis,
            is_in_cents: false,
        };
        let heads = ["Day", "Who"].map(str::to_owned).to_vec();
        let asked = Asked { heads, samples: Vec::new(), matching, is_said: false };
        let fields: Vec<_> = fields.iter().map(|(a, b)| (a.to_string(), b.to_string())).collect();
        check(&asked, &fields)
            .map_err(|(_, errors)| errors.of("columns").or(errors.of("above")).expect("an error"))
    }

    #[test]
    fn a_table_needs_a_client_and_a_day_and_each_once() {
        let day = ("column-0", "ordered");
        let both = [day, ("column-1", "client")];
        assert_eq!(said(&both).map(|asked| asked.is_said), Ok(true));
        assert_eq!(said(&[day]), Err("error-column-client"));
        assert_eq!(said(&[both[1]]), Err("error-column-day"));
        assert_eq!(said(&[("column-0", "client"), both[1]]), Err("error-column-day"));
        let above = |above| said(&[day, both[1], ("unit", "both"), ("above", above)]);
        assert_eq!(above(""), Err("error-number"));
        assert_eq!(above("35").map(|asked| asked.matching.unit), Ok(Unit::PoundsAbove(35)));
    }
}
