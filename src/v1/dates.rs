//! Dates as workbooks have them: true dates, numbers that lost their format, and words.

use calamine::{ExcelDateTime, ExcelDateTimeType};
use chrono::{Datelike as _, NaiveDate, NaiveDateTime, NaiveTime};
use migration::search_key;

use super::Matter;
use super::sheet::Value;
use crate::values::YEARS;

/// Which of the two numbers of `03/04/2024` is the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Slashes {
    DayFirst,
    MonthFirst,
    /// Nothing in the workbook says it, or it says both.
    Unknown,
}

/// How this workbook writes its dates.
#[derive(Debug, Clone, Copy)]
pub(super) struct Calendar {
    pub(super) counts_from_1904: bool,
    pub(super) slashes: Slashes,
}

/// A date that was read, and whether a time of day was left out.
pub(super) type Read = (NaiveDate, bool);

impl Slashes {
    /// As the dates show that can be read in one way alone.
    pub(super) fn of<'t>(texts: impl Iterator<Item = &'t str>) -> Self {
        let (mut day_first, mut month_first) = (false, false);
        for (one, two, _) in texts.filter_map(slashed) {
            day_first |= one > 12;
            month_first |= two > 12;
        }
        match (day_first, month_first) {
            (true, false) => Self::DayFirst,
            (false, true) => Self::MonthFirst,
            _ => Self::Unknown,
        }
    }
}

impl Calendar {
    /// # Errors
    /// With what is the matter.
    pub(super) fn read(self, value: &Value) -> Result<Read, Matter> {
        let (date, has_time) = match value {
            Value::Moment(moment) => parts(*moment),
            Value::Number(serial) => {
                let moment =
                    ExcelDateTime::new(*serial, ExcelDateTimeType::DateTime, self.counts_from_1904);
                parts(moment.as_datetime().ok_or(Matter::NoDate)?)
            }
            Value::Text(text) => self.text(text.trim().trim_end_matches('.'))?,
            Value::Error(_) => return Err(Matter::ErrorValue),
            Value::NoResult => return Err(Matter::NoResult),
            Value::Flag(_) => return Err(Matter::NoDate),
        };
        if YEARS.contains(&date.year()) { Ok((date, has_time)) } else { Err(Matter::FarDate) }
    }

    fn text(self, text: &str) -> Result<Read, Matter> {
        if let Some(moment) = moment(text) {
            return Ok(parts(moment));
        }
        if let Some((one, two, year)) = slashed(text) {
            let (day, month) = match self.slashes {
                _ if one == two => (one, two),
                _ if one > 12 => (one, two),
                _ if two > 12 => (two, one),
                Slashes::DayFirst => (one, two),
                Slashes::MonthFirst => (two, one),
                Slashes::Unknown => return Err(Matter::DateOfTwoReadings),
            };
            let date = NaiveDate::from_ymd_opt(year, month, day);
            return date.map(|date| (date, false)).ok_or(Matter::NoDate);
        }
        named(text).or_else(|| dotted(text)).map(|date| (date, false)).ok_or(Matter::NoDate)
    }
}

fn parts(moment: NaiveDateTime) -> Read {
    (moment.date(), moment.time() != NaiveTime::MIN)
}

/// The year first, or a time behind: `2024-04-03`, `2024/4/3 09:30`, `3.4.2024 09:30`.
fn moment(text: &str) -> Option<NaiveDateTime> {
    if text.starts_with(|c: char| c.is_ascii_digit())
        && text.find(|c: char| !c.is_ascii_digit()) == Some(4)
        && let Ok(date) = NaiveDate::parse_from_str(&text.replace(['/', '.'], "-"), "%Y-%m-%d")
    {
        return Some(date.and_time(NaiveTime::MIN));
    }
    ["%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%d %H:%M:%S%.f", "%Y-%m-%d %H:%M", "%d.%m.%Y %H:%M"]
        .iter()
        .find_map(|form| NaiveDateTime::parse_from_str(text.trim_end_matches('Z'), form).ok())
}

/// `3/4/2024`: two numbers and a year.
fn slashed(text: &str) -> Option<(u32, u32, i32)> {
    let mut parts = text.trim().split('/').map(str::trim);
    let (one, two, last) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() || one.len() > 2 || two.len() > 2 {
        return None;
    }
    Some((one.parse().ok()?, two.parse().ok()?, year(last)?))
}

/// `3.4.2024`, `03.04.24`.
fn dotted(text: &str) -> Option<NaiveDate> {
    let mut parts = text.split('.').map(str::trim);
    let (day, month, last) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() {
        return None;
    }
    NaiveDate::from_ymd_opt(year(last)?, month.parse().ok()?, day.parse().ok()?)
}

/// `3. April 2024`, `Apr 3, 2024`, `3 Apr 24`, in German and English.
fn named(text: &str) -> Option<NaiveDate> {
    let key = search_key([text]);
    let words: Vec<&str> =
        key.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    // A weekday in front says nothing new.
    let words = match words.as_slice() {
        [day, rest @ ..] if rest.len() == 3 && !day.starts_with(|c: char| c.is_ascii_digit()) => {
            rest
        }
        words => words,
    };
    let (day, month, last) = match words {
        [one, two, last] if month(two).is_some() => (one, month(two)?, last),
        [one, two, last] => (two, month(one)?, last),
        _ => return None,
    };
    let day = day.trim_end_matches(|c: char| c.is_alphabetic());
    NaiveDate::from_ymd_opt(year(last)?, month, day.parse().ok()?)
}

/// By its first three letters, without accents.
fn month(word: &str) -> Option<u32> {
    const MONTHS: [&[&str]; 12] = [
        &["jan"],
        &["feb"],
        &["mar", "mrz"],
        &["apr"],
        &["may", "mai"],
        &["jun"],
        &["jul"],
        &["aug"],
        &["sep"],
        &["oct", "okt"],
        &["nov"],
        &["dec", "dez"],
    ];
    let place = MONTHS.iter().position(|names| names.iter().any(|name| word.starts_with(name)))?;
    u32::try_from(place + 1).ok()
}

/// Four digits, or two of this century.
fn year(text: &str) -> Option<i32> {
    match text.len() {
        2 => text.parse::<i32>().ok().map(|year| 2000 + year),
        4 => text.parse().ok(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, slashes: Slashes) -> Result<NaiveDate, Matter> {
        let calendar = Calendar { counts_from_1904: false, slashes };
        calendar.read(&Value::Text(text.to_owned())).map(|(date, _)| date)
    }

    #[test]
    fn a_date_is_read_in_german_english_and_iso() {
        let third = NaiveDate::from_ymd_opt(2024, 4, 3).unwrap();
        for text in [
            "2024-04-03",
            "2024-04-03T00:00:00Z",
            "2024-04-03 09:30",
            "2024/04/03",
            "2024.4.3",
            "3.4.2024 09:30",
            "3.4.2024.",
            "3.4.2024",
            "03.04.24",
            "3. 4. 2024",
            "3. April 2024",
            "3 Apr 2024",
            "3rd April 2024",
            "April 3, 2024",
            "Mittwoch, 3. April 2024",
            "3/4/2024",
            "03/04/24",
        ] {
            assert_eq!(read(text, Slashes::DayFirst), Ok(third), "{text}");
        }
        assert_eq!(read("4/3/2024", Slashes::MonthFirst), Ok(third));
        let may = NaiveDate::from_ymd_opt(2024, 5, 3).unwrap();
        let march = NaiveDate::from_ymd_opt(2024, 3, 3).unwrap();
        assert_eq!(read("3. Mai 2024", Slashes::Unknown), Ok(may));
        assert_eq!(read("3. März 2024", Slashes::Unknown), Ok(march));
        assert_eq!(read("3/3/2024", Slashes::Unknown), Ok(march));
    }

    #[test]
    fn what_is_no_date_or_two_is_said() {
        for (text, matter) in [
            ("3/4/2024", Matter::DateOfTwoReadings),
            ("31.2.2024", Matter::NoDate),
            ("soon", Matter::NoDate),
            ("13/13/2024", Matter::NoDate),
            ("3.4.1924", Matter::FarDate),
            ("", Matter::NoDate),
        ] {
            assert_eq!(read(text, Slashes::Unknown), Err(matter), "{text}");
        }
    }

    #[test]
    fn the_dates_of_one_reading_say_how_the_others_are_read() {
        let of = |texts: &[&str]| Slashes::of(texts.iter().copied());
        assert_eq!(of(&["3/4/2024", "27/4/2024"]), Slashes::DayFirst);
        assert_eq!(of(&["3/4/2024", "4/27/2024"]), Slashes::MonthFirst);
        assert_eq!(of(&["27/4/2024", "4/27/2024"]), Slashes::Unknown);
        assert_eq!(of(&["3/4/2024", "x"]), Slashes::Unknown);
    }

    #[test]
    fn a_number_is_a_day_of_either_calendar() {
        let day = |serial, counts_from_1904| {
            Calendar { counts_from_1904, slashes: Slashes::Unknown }.read(&Value::Number(serial))
        };
        let third = NaiveDate::from_ymd_opt(2024, 4, 3).unwrap();
        assert_eq!(day(45385.0, false), Ok((third, false)));
        assert_eq!(day(45385.5, false), Ok((third, true)));
        assert_eq!(day(43923.0, true), Ok((third, false)));
        assert_eq!(day(24.0, false), Err(Matter::FarDate));
    }
}
