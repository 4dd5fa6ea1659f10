//! How much string a side of a stringbed takes.

use crate::units::Sport;

/// What hangs out of a bed on both ends of a piece to be gripped and knotted, and goes around
/// the frame, in centimetres.
const fn ends(sport: Sport) -> f64 {
    match sport {
        Sport::Tennis => 185.0,
        Sport::Badminton | Sport::Squash => 120.0,
    }
}

/// A head is so many times as long as it is wide.
const SLENDER: f64 = 1.3;

/// Centimetres for mains and crosses, in whole tens: what half of a reel's metre is worth is not
/// known better.
///
/// The figures are ours: a head is taken for an ellipse of its area, whose chords have π/4 of
/// its length on the average. For 16×19 on 100 in² that gives 6.0 and 5.6 m, which are the 20
/// and 18 feet that makers print for such rackets; for 18×20 on 95 in², 6.4 and 5.7. Without
/// area or pattern it is half of a set a side. The stringer's own word counts more than either
/// (see [`super::uses`]).
#[must_use]
pub fn lengths(sport: Sport, head: Option<i64>, pattern: Option<&str>) -> [i64; 2] {
    let half = sport.set_length() / 2;
    match (head, pattern.and_then(counts)) {
        (Some(area), Some([mains, crosses])) => {
            let width = 2.0 * (f64::from(clamped(area)) / (std::f64::consts::PI * SLENDER)).sqrt();
            let along = |count: u8, chord: f64| {
                let bed = f64::from(count) * std::f64::consts::FRAC_PI_4 * chord;
                tens(bed + ends(sport))
            };
            [along(mains, width * SLENDER), along(crosses, width)]
        }
        _ => [half; 2],
    }
}

/// Beyond this no head is one.
fn clamped(area: i64) -> i16 {
    i16::try_from(area).unwrap_or(i16::MAX).clamp(150, 1_500)
}

#[expect(clippy::cast_possible_truncation, reason = "some metres")]
fn tens(centimetres: f64) -> i64 {
    (centimetres / 10.0).round() as i64 * 10
}

/// `16×19`, `16x19`, `16 X 19`: mains and crosses, where they may be meant.
fn counts(pattern: &str) -> Option<[u8; 2]> {
    let (mains, crosses) = pattern.split_once(['×', 'x', 'X', '/'])?;
    let count = |text: &str| text.trim().parse().ok().filter(|count| (8..=30).contains(count));
    Some([count(mains)?, count(crosses)?])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bed_takes_what_makers_print() {
        for (sport, head, pattern, length) in [
            (Sport::Tennis, Some(645), Some("16×19"), [600, 560]),
            (Sport::Tennis, Some(613), Some("18 x 20"), [640, 570]),
            (Sport::Badminton, Some(340), Some("22x21"), [530, 420]),
            // Nothing is known, or what is said is no pattern.
            (Sport::Tennis, None, Some("16x19"), [600, 600]),
            (Sport::Tennis, Some(645), Some("dense"), [600, 600]),
            (Sport::Squash, Some(500), Some("160x19"), [500, 500]),
        ] {
            assert_eq!(lengths(sport, head, pattern), length, "{head:?} {pattern:?}");
        }
        // Nobody's typed head is a length that no reel has.
        let [mains, crosses] = lengths(Sport::Tennis, Some(i64::MAX), Some("30x30"));
        assert!(mains < 2_000 && crosses < 2_000, "{mains} {crosses}");
    }
}
