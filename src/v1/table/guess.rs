//! What a column holds, guessed from its name in two languages, and from the look of its cells.

use super::Holds;
use crate::v1::header::plain;

/// Words of a column's name, and what it holds then. The first that fits is taken, so the
/// longer ones stand first.
const NAMES: [(&str, Holds); 62] = [
    ("tensionc", Holds::CrossesTension),
    ("crosstension", Holds::CrossesTension),
    ("querharte", Holds::CrossesTension),
    ("hartequer", Holds::CrossesTension),
    ("pretension", Holds::Prestretch),
    ("prestretch", Holds::Prestretch),
    ("vorspannung", Holds::Prestretch),
    ("vordehnung", Holds::Prestretch),
    ("tension", Holds::MainsTension),
    ("harte", Holds::MainsTension),
    ("haerte", Holds::MainsTension),
    ("besaitungsharte", Holds::MainsTension),
    ("lbs", Holds::MainsTension),
    ("kg", Holds::MainsTension),
    ("ownersupplied", Holds::Byo),
    ("eigenesaite", Holds::Byo),
    ("byo", Holds::Byo),
    ("stringcross", Holds::Crosses),
    ("crosses", Holds::Crosses),
    ("cross", Holds::Crosses),
    ("quersaite", Holds::Crosses),
    ("quer", Holds::Crosses),
    ("stringsport", Holds::Sport),
    ("sport", Holds::Sport),
    ("firstname", Holds::FirstName),
    ("vorname", Holds::FirstName),
    ("lastname", Holds::LastName),
    ("surname", Holds::LastName),
    ("nachname", Holds::LastName),
    ("customer", Holds::Client),
    ("client", Holds::Client),
    ("kunde", Holds::Client),
    ("player", Holds::Client),
    ("spieler", Holds::Client),
    ("name", Holds::Client),
    ("rackets", Holds::Rackets),
    ("anzahl", Holds::Rackets),
    ("quantity", Holds::Rackets),
    ("racket", Holds::Racket),
    ("racquet", Holds::Racket),
    ("schlager", Holds::Racket),
    ("schlaeger", Holds::Racket),
    ("collection", Holds::Ordered),
    ("order", Holds::Ordered),
    ("bestellt", Holds::Ordered),
    ("auftrag", Holds::Ordered),
    ("angenommen", Holds::Ordered),
    ("deliverydate", Holds::Strung),
    ("strung", Holds::Strung),
    ("bespannt", Holds::Strung),
    ("besaitet", Holds::Strung),
    ("delivered", Holds::Returned),
    ("returned", Holds::Returned),
    ("abgeholt", Holds::Returned),
    ("paid", Holds::Paid),
    ("bezahlt", Holds::Paid),
    ("price", Holds::Price),
    ("preis", Holds::Price),
    ("total", Holds::Price),
    ("comment", Holds::Comments),
    ("bemerkung", Holds::Comments),
    ("notiz", Holds::Comments),
];

/// Names that are whole words, or nothing: `id` is within too many others.
const WHOLE: [(&str, Holds); 9] = [
    ("id", Holds::Number),
    ("jobid", Holds::Number),
    ("nr", Holds::Number),
    ("no", Holds::Number),
    ("nummer", Holds::Number),
    ("date", Holds::Ordered),
    ("datum", Holds::Ordered),
    ("string", Holds::Mains),
    ("dt", Holds::Stiffness),
];

/// What each column holds, by its name; no two hold the same.
#[must_use]
pub fn by_names(heads: &[String]) -> Vec<Holds> {
    let mut taken = Vec::new();
    let mut guessed = Vec::with_capacity(heads.len());
    for head in heads {
        let name = plain(head);
        let whole = WHOLE.iter().find(|(word, _)| *word == name);
        let within = || NAMES.iter().find(|(word, _)| name.contains(word));
        let string = || {
            let is_string = ["string", "saite", "mains", "langs"].iter().any(|w| name.contains(w));
            (is_string && !name.contains("pattern")).then_some(Holds::Mains)
        };
        let holds = whole.or_else(within).map(|(_, holds)| *holds).or_else(string);
        let holds = holds.filter(|holds| !taken.contains(holds)).unwrap_or(Holds::Nothing);
        taken.push(holds);
        guessed.push(holds);
    }
    guessed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_real_log_is_guessed_as_its_stringer_means_it() {
        let heads = "job_id,customer,collection_date,delivery_date,racket,string_mains,\
                     string_crosses,string_sport,owner_supplied,pre_tension,tension,tensionc,\
                     price,grip_required,paid,delivered,free_job,comments";
        let heads: Vec<String> = heads.split(',').map(str::to_owned).collect();
        use Holds::*;
        assert_eq!(
            by_names(&heads),
            [
                Number,
                Client,
                Ordered,
                Strung,
                Racket,
                Mains,
                Crosses,
                Sport,
                Byo,
                Prestretch,
                MainsTension,
                CrossesTension,
                Price,
                Nothing,
                Paid,
                Returned,
                Nothing,
                Comments
            ]
        );
    }

    #[test]
    fn german_names_are_known_and_no_two_columns_are_one() {
        let heads = ["Datum", "Kunde", "Schläger", "Saite", "Härte", "Preis", "Bezahlt", "Kunde 2"];
        let heads = heads.map(str::to_owned);
        use Holds::*;
        assert_eq!(
            by_names(&heads),
            [Ordered, Client, Racket, Mains, MainsTension, Price, Paid, Nothing]
        );
    }
}
