app-name = racket-book
skip-to-content = Zum Inhalt
nav-label = Haupt
nav-clients = Kunden
nav-orders = Aufträge
nav-menu = Menü
sign-in = Anmelden
sign-out = Abmelden
sign-in-wrong = E-Mail und Passwort passen nicht zusammen. Bitte beide prüfen und noch einmal versuchen.
sign-in-lapsed = Du wurdest abgemeldet. Melde dich wieder an, um weiterzumachen.
email = E-Mail
password = Passwort
password-rule = Mindestens 12 Zeichen, mit Klein- und Grossbuchstaben, Ziffer und Sonderzeichen.
language = Sprache
currency = Währung
back = Zurück
back-home = Zurück zu Heute
search = Suchen
search-orders = Suchen: Name, Schläger, Saite, Beleg
search-name = Nach Namen suchen
filter = Filter
pages = Seiten
page-newer = Zurück
page-older = Weiter
reload = Neu laden
undo = Rückgängig
edit = Bearbeiten
only-you = Das siehst nur du.
picker-suggestions = Vorschläge
picker-add = «{ $q }» zu meinen Saiten

first-run-title = Richte deine Werkstatt ein
first-run-intro = Es dauert eine Minute. Du verwaltest dann dieses racket-book.
first-run-token = Einrichtungscode
first-run-token-hint = Er steht im Protokoll des Servers, damit niemand anderes diesen Ort einrichtet.
first-run-name = Name deiner Werkstatt
first-run-name-hint = Steht auf jedem Beleg, wenn du für Belege keinen anderen nennst. Dein eigener Name genügt.
first-run-submit = Los geht's

mails-failed = { $count ->
    [one] Eine Mail konnte heute nicht verschickt werden
   *[other] { $count } Mails konnten heute nicht verschickt werden
}: Schau nach dem Mailserver.
home-title = Heute
home-to-string = { $count } zu bespannen
home-empty-title = Deine erste Bespannung
home-empty = Tippe unten auf «Bespannung erfassen». Kunde, Schläger und Saiten gibst du dabei ein; vorbereiten musst du nichts.
home-nothing = Nichts zu bespannen. Geniess die Ruhe.
home-ready = Bereit
home-ready-hint = abzuholen oder zu zahlen
home-ready-all = Alle { $count }
add-stringjob = Bespannung erfassen

client-self = Mein eigener Schläger
client-new = Neuer Kunde
client-new-named = Neuer Kunde «{ $q }»
client-first-name = Vorname
client-last-name = Nachname
client-nickname = Spitzname
client-email = E-Mail
client-email-hint = Für den Beleg. Darf leer bleiben.
client-language = Sprache
language-mine = Wie meine
client-contact = Telefon, Adresse
client-notes = Notizen
client-tension-memo = Übliche Härte
client-save = Kunden speichern
client-history = Bespannungen
client-no-jobs = Noch keine Bespannung.
client-rackets = Schläger
client-usual = Gut zu wissen
clients-empty = Noch keine Kunden. Sie entstehen mit ihrer ersten Bespannung, oder hier.
clients-order = Wessen Auftrag zuletzt eingetragen wurde, zuerst
clients-none-found = Niemand heisst «{ $q }».
jobs-many = mehr als { $count } Aufträge
jobs-count = { $count ->
    [one] { $count } Auftrag
   *[other] { $count } Aufträge
}
last-strung = zuletzt bespannt { $date }
never-strung = noch nie bespannt

choose-client = Für wen?
job-for = Bespannung für { $name }
job-for-new = Bespannung für neuen Kunden
job-for-myself = Für mich selbst
copy-last = Wie letztes Mal
copy-this = Noch einmal so bespannen
copied-from = Vom { $date } übernommen
copied-hint = Ändere, was anders ist.
racket = Schläger
racket-new = Schläger
rackets-older = Weitere Schläger
racket-waits = { $racket } wartet schon aufs Bespannen.
racket-model = Modell
racket-model-hint = Tippe zwei Buchstaben, oder schreib irgendeinen Namen.
racket-nickname = Kennzeichen
racket-nickname-hint = Nr. 2, rotes Griffband … Darf leer bleiben.
sport = Sport
sport-tennis = Tennis
sport-badminton = Badminton
sport-squash = Squash
tension-unit = Einheit
tension-unusual = ungewohnte Härte
mains = Längs
crosses = Quer
as-mains = gleiche Saite
hybrid = hybrid
string = Saite
string-same = Saite wie längs
string-add = Zu meinen Saiten
byo = vom Kunden
byo-both = Saiten vom Kunden
byo-mains = Längssaite vom Kunden
byo-crosses = Quersaite vom Kunden
byo-own = Saite vom Kunden
nudge-less = { $label }: { $nudge } { $unit } weniger
nudge-more = { $label }: { $nudge } { $unit } mehr
price-string = Preis der Saite, { $currency }
labor-first = Dein Preis fürs Bespannen. Er wird für das nächste Mal gemerkt.
price-labor-in = Arbeit, { $currency }
price-discount-in = Rabatt, { $currency }
price-total-in = Total von Hand, { $currency }
price-total-hint = Statt der Summe. Meist leer.
price-labor = Arbeit
price-string-one = Saite
price-mains = Saite längs
price-crosses = Saite quer
price-adjustment = Anpassung
price-discount = Rabatt
head-client = Kunde
head-strings = Saiten
head-tension = Härte
head-last-strung = Zuletzt bespannt
head-state = Stand
times-alike = { $count ->
    [one] ein gleicher davor
   *[other] { $count } gleiche davor
}
bench = An der Maschine
bench-place = { $number } von { $of }
bench-before = Der Schläger davor
bench-after = Der nächste Schläger
call = Anrufen
last-setups = Frühere Bespannungen
due-shortcut-today = Heute
due-shortcut-tomorrow = Morgen
due = Fällig
due-time = Zeit
due-late = fällig seit { $date }
due-today = heute fällig
due-tomorrow = morgen fällig
due-on = { $date }
rarer-fields = Farbe, Verfahren, Vorreckung, DT, Kommentare, mehr
ordered-date = Bestellt am
colour-mains = Farbe längs
colour-crosses = Farbe quer
method = Verfahren
method-hint = Around the World, ATW, Kasten …
knots = Knoten
knots-of = { $count ->
    [one] ein Knoten
   *[other] { $count } Knoten
}
pieces-label = Stücke
not-said = –
prestretch = Vorreckung, Prozent
prestretch-kind = Vorgereckt
prestretch-by-machine = maschinell
prestretch-by-hand = von Hand
prestretch-of = { $percent } % vorgereckt
dt-before = DT vorher
dt-after = DT nachher
dt-device = DT-Messgerät
dt-device-hint = ERT 300, RacquetTune … Beim Kopieren steht es wieder da.
dt-before-of = DT { $dt } vorher
dt-after-of = DT { $dt } nach dem Bespannen
comment-public = Kommentar auf dem Beleg
comment-public-hint = Darf gedruckt werden.
comment-private = Privater Kommentar
payment = Wie bezahlt
paid-part = Betrag, wenn nicht alles
paid-deposit = Anzahlung
paid-so-far = Bezahlt bis jetzt
paid-on = Bezahlt { $day }
paid-on-by = Bezahlt { $day }, { $how }
paid-back = Zurücknehmen
paid-rest = Noch offen
payment-cash = bar
payment-twint = TWINT
payment-card = Karte
payment-transfer = Überweisung
payment-other = anders
paid-in-advance = Im Voraus bezahlt
order-save = Auftrag speichern
order-saved = Gespeichert.
order-edit = Auftrag bearbeiten
order-reissues = Zeigt der Beleg danach etwas anderes, wird er beim Speichern neu ausgegeben. Der frühere bleibt erhalten.
order-more = Etikett, Termine, Verlauf
show-all = Alle zeigen
orders-none = Keine Aufträge hier.
form-errors = Etwas braucht einen zweiten Blick; es ist unten markiert.
form-kept = Deine Anmeldung war abgelaufen. Hier ist, was du getippt hast; gespeichert ist davon noch nichts.
form-saved-before = Dieses Formular wurde schon gespeichert, mit anderem Inhalt. Speicherst du nochmals, entsteht ein zweiter Eintrag.
form-see-saved = Das Gespeicherte ansehen
error-changed-meanwhile = Das wurde inzwischen geändert, vielleicht von dir in einem anderen Fenster. Unten steht, was du getippt hast; speicherst du nochmals, ersetzt es das andere.
pieces = { $count ->
    [one] ein Stück
   *[other] { $count } Stücke
}

filter-all = Alle
filter-open = Zu bespannen
filter-ready = Bereit
filter-unpaid = Unbezahlt
filter-cancelled = Storniert
filter-void = Ungültig
state-void = Ungültig
do-void = Als ungültig ablegen
void-reason = Warum ist er ungültig?
void-hint = Die Nummer bleibt vergeben und ist damit erklärt.
in-cash = bar { $amount }
paid-how = Bezahlt mit
dt-short = DT
free-price = Preis eingeben
free-strung = Bespannt, gratis
to-the-order = Zum Auftrag
step-free = Das kostet bis jetzt nichts. Ist das so gemeint?
step-set-aside = Abgelegt wird nur ein Auftrag mit Belegnummer, der nicht mehr bespannt ist. Nimm zuerst «Bespannt» zurück; ohne Nummer storniere ihn.
step-void-reason = Sag mit ein paar Worten, warum er ungültig ist.
state-draft = Entwurf
state-ordered = Bestellt
state-strung = Bereit
state-returned = Abgeholt
state-paid = Bezahlt, nicht abgeholt
state-done = Erledigt
state-cancelled = Storniert
unpaid = offen
ordered-on = bestellt { $date }
strung-on = bespannt { $date }
milestone-ordered = Bestellt
milestone-strung = Bespannt
milestone-returned = Abgeholt
milestone-paid = Bezahlt
milestone-cancelled = Storniert
milestone-open = offen
do-strung = Bespannt
do-returned = Abgeholt
do-paid = Bezahlt
do-cancelled = Auftrag stornieren
done-ordered = Bestellt.
done-strung = Bespannt. Der Beleg wird gemacht.
done-strung-self = Bespannt.
done-returned = Abgeholt.
done-paid = Bezahlt.
done-moved = Das Datum ist geändert.
done-cancelled = Storniert.
undo-strung = Doch nicht bespannt
undo-returned = Doch nicht abgeholt
undo-paid = Doch nicht bezahlt
undo-cancelled = Wieder aufnehmen
undo-ordered = Doch nicht bestellt
date-change = anderes Datum
date-save = Ändern
audit-title = Verlauf
audit-undone = { $date } zurückgenommen

step-future = Dieses Datum liegt in der Zukunft. Wähle heute oder einen früheren Tag.
step-strung-before-ordered = Das wäre vor dem Bestelldatum. Wähle einen späteren Tag, oder ändere zuerst das Bestelldatum.
step-returned-before-strung = Abgeholt werden kann er, sobald er bespannt ist, an diesem Tag oder später.
step-paid-before-strung = Bezahlt werden kann, sobald bespannt ist. Wurde vorher bezahlt, setze im Auftrag «Im Voraus bezahlt».
step-is-cancelled = Dieser Auftrag ist storniert. Nimm ihn zuerst wieder auf.
step-cancel-strung = Ein bespannter Auftrag wird nicht storniert. Nimm «Bespannt» zurück und lege ihn als ungültig ab.
step-cancel-numbered = Dieser Auftrag hat eine Belegnummer und bleibt, als ungültig, damit keine Nummer fehlt.
step-paid-too-much = So viel ist nicht mehr offen. Trag höchstens ein, was noch offen ist.
step-paid-meanwhile = Hier hat sich inzwischen etwas geändert. Schau, was noch offen ist, und trag es dann nochmals ein.
step-undo-paid = Auch ohne die letzte Zahlung wäre alles bezahlt. Nimm beim Preis die Zahlung zurück, die keine war.
step-paid-nothing = Trag ein, wie viel bezahlt wurde, oder lass das Feld leer: Dann ist alles bezahlt.
step-paid-how = Tipp an, wie bezahlt wurde.
step-cancel-paid = Dafür wurde schon etwas bezahlt. Gib das Geld zurück und nimm die Zahlung hier zurück; danach geht es.
step-undo-strung = Er wurde schon abgeholt oder bezahlt. Nimm das zuerst zurück.
step-undo-ordered = Ein Auftrag behält sein Bestelldatum. Ändere stattdessen das Datum.
step-self-job = Dein eigener Schläger wird weder abgeholt noch bezahlt.

error-choice = Wähle etwas aus der Liste.
error-required = Bitte ausfüllen.
error-too-long-for-paper = Auf dem Beleg haben 400 Zeichen Platz. Bitte kürze den Text.
error-string-of-price = Welche Saite ist es? Zu einem Preis gehört eine; oder lass den Preis leer.
error-too-long = Das ist zu lang. Bitte kürzen.
error-email = Das ist keine E-Mail-Adresse. Sie sieht aus wie name@beispiel.ch.
error-password-weak = Zu leicht zu erraten: mindestens 12 Zeichen, mit Klein- und Grossbuchstaben, Ziffer und Sonderzeichen.
error-setup-token = Das ist nicht der Code aus dem Protokoll des Servers.
error-price = Gib einen Betrag ein wie 25.00, höchstens 100'000.
error-tension = Gib eine Zahl ein wie 24 oder 22.5.
error-two-readings = Das lässt sich auf zwei Arten lesen. Schreib es ohne Tausenderzeichen, also 1200 oder 1.20.
error-other-unit = Das ist die andere Einheit. Wähle sie unter Einheit, oder gib die Zahl in dieser ein.
error-tension-impossible = Das hält kein Schläger dieser Sportart aus. Prüfe Zahl, Einheit und Sport.
error-number = Gib eine sinnvolle ganze Zahl ein.
error-date = Gib ein Datum ein wie 2026-11-24.
error-time = Gib eine Zeit ein wie 09:30.
error-other-sport = Dieser Schläger ist für eine andere Sportart. Wähle seine, oder einen anderen Schläger.
error-racket = Welcher Schläger ist es? Irgendein Name genügt.
error-one-racket = Das gilt für einen Schläger allein. Leer lassen, oder die Schläger einzeln erfassen.

receipt-title = Beleg
receipt-for = Für
receipt-strung = Bespannt
receipt-replaced = Ersetzt
receipt-open = Öffnen
receipt-open-amount = offen
receipt-paid-on = bezahlt am { $day }
receipt-still-open = noch offen { $amount }
receipt-paid-earlier = Früher bezahlt, { $count } Mal
receipt-rounding = Rundung auf 5 Rappen, bar
receipt-too-much = Zu viel bezahlt
receipt-setup = Bespannung
receipt-mains = Längs
receipt-crosses = Quer
receipt-method = Verfahren
receipt-one-piece = ein Stück
receipt-two-pieces = zwei Stücke
receipt-dt-before = DT vorher
receipt-dt = DT nach dem Bespannen
receipt-string-before = Saite davor
receipt-held = { $days ->
    [one] hielt einen Tag
   *[other] hielt { $days } Tage
}
receipt-held-and-lost = { $days ->
    [one] hielt einen Tag, { $percent } % weniger DT
   *[other] hielt { $days } Tage, { $percent } % weniger DT
}
receipt-string-again = Wieder bespannen
receipt-about = etwa am { $day }
receipt-price = Preis
receipt-labor = Arbeit
receipt-string = Saite
receipt-string-mains = Saite längs
receipt-string-crosses = Saite quer
receipt-own-string = Saite vom Kunden
receipt-adjustment = Anpassung
receipt-discount = Rabatt
receipt-total = Total
receipt-unprintable = Für { $letters } hat der Beleg noch keine Schrift; auf dem Papier stünden an der Stelle Kästchen.
receipt-pending = entsteht …
receipt-failed = nicht entstanden; wir kümmern uns
receipt-again = Neu ausgeben
receipts-issue-hint = Belege, die noch offen sind, sagen bis jetzt das Bisherige.
receipts-issue-more = Die neueren sind durchgesehen; es gibt noch ältere.
receipts-issue = Offene Belege neu ausgeben
receipts-issued = Offene Belege, die jetzt etwas anderes sagen, sind neu ausgegeben. Die bisherigen bleiben erhalten.
emissions-count = { $count ->
    [one] einmal ausgegeben
   *[other] { $count } Mal ausgegeben
}
cause-first = beim Bespannen
cause-edit = nach einer Änderung
cause-by_hand = von Hand
tax-not-registered = Nicht mehrwertsteuerpflichtig.
tax-small = Steuerfrei für Kleinunternehmer nach § 19 UStG.
tax-in-prices = Alle Preise enthalten die Umsatzsteuer.
tax-included = { $rate } % { $tax }, enthalten in { $amount }
tax-name-switzerland = MWST
tax-name-germany = USt
tax-name-austria = USt
tax-name-european_union = MwSt.
tax-number-switzerland = MWST-Nr. { $number }
tax-number-austria = UID-Nr. { $number }
tax-number-europe = USt-IdNr. { $number }
tax-number-germany = Steuernummer { $number }
tax-regime-not_registered = Nicht mehrwertsteuerpflichtig
tax-regime-switzerland = Schweiz, mehrwertsteuerpflichtig
tax-regime-germany_small = Deutschland, Kleinunternehmer (§ 19 UStG)
tax-regime-germany = Deutschland, mit Umsatzsteuer
tax-regime-austria = Österreich, mit Umsatzsteuer
tax-regime-european_union = Anderes Land der EU, mit Mehrwertsteuer
logo = Logo
logo-hint = Ein Logo steht oben links auf jedem Beleg, der von da an ausgestellt wird, darunter dein Name. Was ausgestellt ist, bleibt, wie es ist.
logo-now = So sieht es auf dem Papier aus:
logo-alt = Dein Logo
logo-take-off = Logo wegnehmen
logo-file = Bild
logo-another = Anderes Bild
logo-file-hint = PNG, JPEG oder SVG, bis 12 MB. Am besten passen breite Bilder: Der Platz ist 81 mm mal 11 mm. Worte eines SVG stehen in unserer Schrift, ausser sie sind als Pfade gezeichnet. Drucker ohne Farbe machen aus Farben Grautöne.
logo-take = Dieses Bild nehmen
logo-saved = Das Logo ist gespeichert. Belege, die ab jetzt ausgestellt werden, zeigen es.
logo-gone = Das Logo ist weg. Auf Belegen, die ab jetzt ausgestellt werden, steht stattdessen dein Name.
logo-coarse = Dieses Bild hat wenige Punkte: Auf Papier sieht man seine Kanten. Ein grösseres oder ein SVG sieht besser aus.
logo-refused-file = Diese Datei ist grösser als 12 MB. Speichere das Bild kleiner, und wähle dieses.
logo-refused-many = Das Logo wurde sehr oft gewechselt. Warte bitte eine Stunde, und versuche es noch einmal.
logo-refused-kind = Das ist kein PNG, JPEG oder SVG. Speichere das Bild als eines davon, und wähle dieses.
logo-refused-damaged = Dieses Bild lässt sich nicht lesen. Öffne es, speichere es als PNG, und wähle dieses.
logo-refused-large = Dieses Bild ist zu gross. Verkleinere es auf höchstens 2000 Punkte Breite, und wähle es noch einmal.
logo-refused-empty = Von diesem Bild ist auf weissem Papier nichts zu sehen. Wähle eines in dunklen Farben.
logo-refused-hard = Dieses Bild braucht mehr Zeit oder Speicher, als ein Logo darf. Speichere es kleiner, als PNG, und wähle dieses.
taxes = Mehrwertsteuer
taxes-what = Was dein Beleg zur Steuer sagt: pflichtig oder nicht, Nummer und Sätze.
taxes-edit = Steuer einrichten
taxes-hint = Es gilt, was am Tag der Bespannung galt. Ändert sich ein Satz, trag den neuen mit seinem Tag ein; was ausgegeben ist, bleibt, wie es ist. Preise sind immer inklusive Steuer.
taxes-none = Bis jetzt steht auf Belegen «Nicht mehrwertsteuerpflichtig». Ist das richtig, musst du hier nichts tun.
taxes-now = gilt jetzt
taxes-since = ab { $day }
taxes-forget = Löschen
taxes-say = Ab einem Tag gilt
taxes-from = Ab
taxes-regime = Steuer
taxes-number = Nummer
taxes-number-hint = Schweiz: CHE-123.456.789. Deutschland: Steuernummer oder USt-IdNr. Sonst die USt-IdNr.
taxes-labor-rate = Satz in %, Arbeit
taxes-labor-rate-hint = Leer: 8.1 in der Schweiz, 19 in Deutschland, 20 in Österreich.
taxes-strings-rate = Satz in %, Saiten
taxes-strings-rate-hint = Leer: wie die Arbeit.
taxes-saved = Gespeichert. Belege, die ab jetzt ausgegeben werden, sagen es so.
error-tax-number-swiss = Das ist keine Schweizer MWST-Nummer. Sie hat neun Ziffern: CHE-123.456.789.
error-tax-number-german = Gib eine Steuernummer (12/345/67890) oder eine USt-IdNr. ein (DE und neun Ziffern), oder lass das Feld leer.
error-tax-number-austrian = Gib eine UID ein (ATU und acht Ziffern), oder lass das Feld leer.
error-tax-number-european = Gib die USt-IdNr. mit ihrem Land ein (FR…, IT…), oder lass das Feld leer.
error-rate = Gib einen Satz ein wie 8.1, höchstens 30.

problem-not-found-title = Nicht gefunden
problem-not-found = Hier ist nichts, oder nichts von dir.
problem-sign-in-title = Anmelden
problem-sign-in = Melde dich an, um diese Seite zu sehen.
problem-foreign-form-title = Diese Seite war zu alt
problem-foreign-form = Geändert wurde nichts. Geh zurück; was du getippt hast, steht noch dort. Kopier, was lang ist, öffne die Seite neu und gib es nochmals ein.
problem-too-large-title = Zu viel auf einmal
problem-too-large = Das war mehr, als ein Formular senden darf. Geändert wurde nichts.
problem-stale-title = Inzwischen geändert
problem-stale = Jemand hat das geändert, seit du es geöffnet hast. Geh zurück, lade neu und gib deine Änderung noch einmal ein.
problem-reference-title = Nicht mehr da
problem-reference = Das Formular nennt etwas, das es nicht mehr gibt. Geh zurück, lade neu und wähle noch einmal.
problem-bad-request-title = Das kam nicht ganz an
problem-bad-request = Geh zurück, lade die Seite neu und versuch es noch einmal. Geändert wurde nichts.
problem-internal-title = Etwas ist schiefgegangen
problem-internal = Es war unser Fehler und ist notiert. Versuch es gleich noch einmal.

sign-in-or = oder
sign-in-by-link = Link per Mail schicken
sign-in-wait = Zu viele Versuche. Versuch es in { $seconds ->
    [one] einer Sekunde
   *[other] { $seconds } Sekunden
} noch einmal, oder lass dir einen Link schicken.
password-forgotten = Passwort vergessen?
mailed-title = Schau in deine Mails
mailed-to = Wenn es zu dieser Adresse ein Konto gibt, ist eine Mail mit einem Link dorthin unterwegs:
mailed = Der Link gilt einmal, 15 Minuten lang.
mailed-hint = Nach einer Minute noch nichts da? Schau im Spam nach und prüf die Adresse.
link-magiclink-title = Anmelden
link-magiclink = Mit diesem Knopf meldest du dich an als
link-magiclink-button = Anmelden
link-recovery-title = Neues Passwort
link-recovery = Mit diesem Knopf meldest du dich an und wählst ein neues Passwort, als
link-recovery-button = Neues Passwort wählen
link-invite-title = Du bist eingeladen
link-invite = Willkommen bei racket-book. Mit diesem Knopf nimmst du die Einladung an für
link-invite-button = Annehmen
link-instead = Du bist als { $email } angemeldet. Das endet damit.
link-not-me = Nicht deine Adresse? Dann schliess diese Seite; es passiert nichts.
link-spent-title = Dieser Link ist verbraucht
link-spent = Dieser Link gilt nicht mehr: Ein Anmeldelink gilt einmal, 15 Minuten lang, und nur der neueste. Lass dir einen neuen schicken.
link-spent-invitation = Dieser Link gilt nicht mehr: Der Link einer Einladung gilt einmal, 7 Tage lang, und nur der neueste. Deine Einladung steht noch: Lass dir einen neuen Link an die eingeladene Adresse schicken.
link-again = Neuen Link schicken
welcome-title = Deine Werkstatt
welcome-intro = Eine Seite, dann kann es losgehen. Alles lässt sich später ändern.
time-zone = Zeitzone
time-zone-hint = Etwa Europe/Zurich. Sie bestimmt, wann ein Tag beginnt.
access-title = Noch keine Werkstatt
access-intro = Du bist als { $email } angemeldet, aber hier gehört dir keine Werkstatt. Du kannst die Verwaltung um Zugang bitten.
access-message = Nachricht
access-message-hint = Wer du bist. Kann leer bleiben.
access-ask = Um Zugang bitten
access-asked = Die Verwaltung sieht, dass { $email } um Zugang bittet, und entscheidet darüber.
settings = Einstellungen
account = Konto
password-change = Passwort ändern
password-change-hint = Alle anderen Geräte werden dabei abgemeldet.
password-current = Bisheriges Passwort
password-new = Neues Passwort
password-by-link = Ich habe keins oder weiss es nicht mehr: Link schicken
password-save = Passwort speichern
password-changed = Das Passwort ist geändert. Alle anderen Geräte sind abgemeldet.
sessions = Angemeldete Geräte
sessions-ended = Dort abgemeldet.
sessions-end-others = Überall sonst abmelden
session-unknown = Unbekannter Browser
session-this = dieses hier
session-times = Seit { $since }, zuletzt gesehen { $seen }
session-end = Abmelden
invitations = Einladungen
invitations-asked = Bitten um Zugang
invitations-known = Bisher
invitation-email = Per E-Mail einladen
invitation-email-hint = Eine Mail mit einem Link geht dorthin. Er gilt 7 Tage; die Einladung bleibt.
invitation-by-hand-hint = Es ist kein Mailserver eingerichtet: Du bekommst einen Link zum Weitergeben.
invitation-locale = Sprache der Mail
invitation-send = Einladen
invitation-again = Nochmals schicken
invitation-withdraw = Zurückziehen
invitation-decline = Ablehnen
invitation-just-mailed = Vor weniger als einer Minute ging eine Mail hinaus. Schau im Spam nach, oder versuch es in einer Minute nochmals.
invitation-mailed = Die Einladung ist unterwegs.
invitation-withdrawn = Die Einladung ist zurückgezogen.
invitation-by-hand = Es ist kein Mailserver eingerichtet. Gib diesen Link selbst weiter; er gilt einmal, 7 Tage lang.
invitation-link = Link
invitation-state-sent = eingeladen
invitation-state-accepted = angenommen, erste Seite noch offen
invitation-state-joined = besaitet hier
invitation-state-asked = bittet um Zugang
invitation-state-withdrawn = zurückgezogen
stringers = Besaiter
stringer-since = seit { $at }
stringer-close = Deaktivieren
stringer-close-hint = Niemand kann sich mehr anmelden; gelöscht wird nichts. Du kannst es jederzeit rückgängig machen.
stringer-closed-at = deaktiviert { $at }
stringer-closed = Deaktiviert. Alle Geräte sind abgemeldet.
stringer-link = Link für ein neues Passwort
stringer-link-by-hand = Gib diesen Link selbst weiter: Wer ihn öffnet, ist als dieser Besaiter angemeldet und setzt ein neues Passwort. Er gilt einmal, 15 Minuten lang, und steht im Protokoll.
stringer-open = Wieder aktivieren
stringer-opened = Wieder aktiv.
role-admin = Verwaltung
that-is-you = du
reason = Grund
mail-greeting = Hallo
mail-magiclink-subject = Dein Link zum Anmelden
mail-magiclink = Jemand, wahrscheinlich du, möchte sich bei racket-book anmelden. Öffne dazu diesen Link:
mail-magiclink-button = Anmelden
mail-recovery-subject = Neues Passwort wählen
mail-recovery = Jemand, wahrscheinlich du, hat das Passwort von racket-book vergessen. Öffne diesen Link, um ein neues zu wählen:
mail-recovery-button = Neues Passwort wählen
mail-invite-subject = Du bist zu racket-book eingeladen
mail-invite = Du bist eingeladen, das Buch deiner Werkstatt in racket-book zu führen. Öffne diesen Link, um anzunehmen:
mail-invite-button = Annehmen
mail-validity-minutes = Der Link gilt einmal, { $number } Minuten lang.
mail-validity-days = Der Link gilt einmal, { $number } Tage lang.
mail-not-me = Wenn du das nicht warst, tu nichts.
error-password-wrong = Das ist nicht das bisherige Passwort.
error-password-same = Das ist das Passwort, das du schon hast. Wähle ein anderes.
error-address-taken = Mit dieser Adresse besaitet hier schon jemand.
error-time-zone = Wähle eine Zeitzone aus der Liste, etwa Europe/Zurich.

problem-again = Versuch es in { $seconds ->
    [one] einer Sekunde
   *[other] { $seconds } Sekunden
} noch einmal.
problem-reference-number = Für alle, die dir helfen:
deactivated-title = Deaktiviert
deactivated = Der Zugang deiner Werkstatt wurde deaktiviert. Dein Buch bleibt erhalten; frag die Verwaltung.
problem-sign-in-unavailable-title = Anmelden geht gerade nicht
problem-sign-in-unavailable = Der Anmeldedienst antwortet gerade nicht. Wer angemeldet ist, kann weiterarbeiten. Versuch es in einer Minute noch einmal.
problem-too-many-title = Zu oft
problem-too-many = Das wurde in kurzer Zeit zu oft verlangt. Geändert wurde nichts.
problem-slow-title = Das dauerte zu lange
problem-slow = Die Antwort kam nicht rechtzeitig. Schau nach, ob es gespeichert wurde, bevor du es nochmals versuchst.
problem-link-title = Dieser Link ist verbraucht
problem-link = Ein Link gilt einmal, 15 Minuten lang. Lass dir einen neuen schicken.
problem-address-taken-title = Schon hier
problem-address-taken = Mit dieser Adresse besaitet hier schon jemand.
problem-own-account-title = Nicht die eigene
problem-own-account = Dich selbst kannst du hier nicht deaktivieren.

# Rackets, labels, the workshop
copy = Link kopieren
copied = Kopiert
save = Speichern
racket-saved = Gespeichert.
racket-edit = Schläger bearbeiten
racket-resting = nicht im Einsatz
racket-in-rotation = Im Einsatz
racket-in-it = Was drin ist
racket-age = { $days ->
    [0] heute
    [one] { $days } Tag alt
   *[other] { $days } Tage alt
}
racket-usual = { $days ->
    [one] Bisher jeden Tag neu bespannt.
   *[other] Bisher etwa alle { $days } Tage neu bespannt.
}
racket-lost = Die letzte verlor { $percent } % DT in { $days } Tagen.
racket-history = Verlauf
restring-due = Neu bespannen bis { $date }
restring-was-due = Neu bespannen, fällig { $date }
label-wide = Etikett, 62 mm
label-throat = Kleines Etikett (Schlägerherz)
label-code = Code auf dem Etikett
head-size = Schlägerkopf
string-pattern = Saitenbild
grip-size = Griffstärke
serial = Seriennummer
chart-tensions = { $count ->
    [one] Härte, ein Auftrag
   *[other] Härte, letzte { $count } Aufträge
}
chart-tensions-says = Härte von Längs- und Quersaiten vom { $from } bis { $to }; die Zahlen stehen in der Tabelle darunter.
chart-gaps = Tage zwischen Bespannungen
chart-gaps-says = Tage von einer Bespannung eines Schlägers zur nächsten, vom { $from } bis zum { $to }; die Zahlen stehen in der Tabelle darunter.
chart-losses = DT-Verlust dazwischen, in Prozent
chart-losses-says = DT, die die Saiten von einer Bespannung zur nächsten verloren haben, vom { $from } bis zum { $to }; die Zahlen stehen in der Tabelle darunter.
chart-strung-again = Neu bespannt
chart-loss = DT-Verlust
unit-days = Tage
chart-as-table = Als Tabelle
workshop = Werkstatt
workshop-hint = Name, Arbeitspreis, Einheit, wann neu bespannt wird, was auf Belegen steht.
workshop-edit = Werkstatt bearbeiten
workshop-saved = Die Werkstatt ist gespeichert.
workshop-work = An der Maschine
workshop-receipt = Auf Belegen
workshop-place = Sprache und Ort
business-name = Geschäftsname
business-name-hint = Wenn auf Belegen ein anderer Name stehen soll.
business-address = Adresse
phone = Telefon
town = Ort
town-hint = Andere Besaiter sehen ihn neben deinem Namen.
thanks = Dankestext
thanks-hint = Am Ende jedes Belegs.
restring-by = Einen Schläger neu bespannen
restring-by-days = nach so vielen Tagen
restring-by-usual = so oft wie bisher
restring-by-loss = wenn es so viel DT verloren hat
restring-days = Tage
restring-loss = DT-Verlust in Prozent
also-title = Weitere Schläger gleich mit bespannen
also-not = jetzt nicht
also-same = gleich
also-hint = Jeder bekommt einen eigenen Auftrag; beide Härten ändern sich.
racket-count = Wie viele gleiche
racket-several = Mehrere gleiche, oder ein Kennzeichen
racket-count-hint = Zwillinge werden nummeriert.
jobs-saved = { $count ->
    [one] { $count } Auftrag gespeichert.
   *[other] { $count } Aufträge gespeichert.
}
days = Tage
day-left = { $count ->
    [one] { $left } von { $count } Auftrag zu bespannen
   *[other] { $left } von { $count } Aufträgen zu bespannen
}
day-before = Vortag
day-after = Folgetag
day-receipts = { $count ->
    [one] Offenen Beleg drucken (an dem Tag bespannt)
   *[other] { $count } offene Belege drucken (an dem Tag bespannt)
}
day-receipts-title = Offene Belege, { $day }
day-receipts-file = Belege
day-receipts-failed = Ein Beleg dieses Tages liess sich nicht herstellen. Öffne seinen Auftrag, um zu sehen, welcher.
day-labels = Alle Etiketten
day-none = Auf diesen Tag ist nichts versprochen.
nth-racket = { $number } von { $of } Schlägern
keys = Tasten am Tisch
keys-hint = / sucht, n beginnt einen Auftrag. Für diesen Browser.
client-edit = Kunde bearbeiten
error-not-yours-to-say = Diese Person spricht für sich selbst oder wurde gelöscht: Name, E-Mail und Sprache lassen sich hier nicht ändern.
list-more = Jahr, Reihenfolge, Saiten vom Kunden
list-year = Jahr
list-all-years = alle Jahre
list-sort = Reihenfolge
list-sort-ordered = zuletzt bestellt
list-sort-strung = zuletzt bespannt
list-sort-due = fällig zuerst
list-sort-client = nach Kunde
list-byo = Nur mit eigener Saite des Kunden
reports = Auswertung
report-jobs = Aufträge
report-earned = Verdient (bespannt)
report-received = Eingenommen (bezahlt)
report-hybrids = Hybride
report-clients = Kunden mit dem grössten Umsatz
report-client = Kunde
report-strings = Verbrauchte Saiten
report-strings-hint = aus meinem Vorrat; längs und quer zählen je halb
report-string = Saite
report-beds = Schläger
report-metres = Meter
report-debts = Noch nicht bezahlt
report-debts-all = Alle unbezahlten
report-age = Seit dem Bespannen
report-owed = Offen
report-as-file = Als Datei:
report-turnaround = Bestellt bis bespannt
report-days = { $days ->
    [one] { $days } Tag
   *[other] { $days } Tage
}
report-byo = Mit Saite vom Kunden
report-own = Für mich
report-foreign = { $count ->
    [one] { $count } Auftrag in anderer Währung steht in keiner Summe.
   *[other] { $count } Aufträge in anderen Währungen stehen in keiner Summe.
}
report-revenue-says = Umsatz nach Monaten { $year }; die Zahlen stehen in der Tabelle darunter.
report-jobs-says = Aufträge nach Monaten { $year }; die Zahlen stehen in der Tabelle darunter.
report-month = Monat
report-this-year = Dieses Jahr
report-voids = Nummern ohne Beleg
report-none = { $year } wurde nichts bespannt.
offline = Der Server ist nicht zu erreichen. Was du getippt hast, bleibt auf dieser Seite; speichere, wenn er wieder da ist.
receipts-stay = Ausgestellte Belege bleiben, wie sie sind; «Neu ausgeben» macht einen neuen.

imports = Tabelle übernehmen
home-import = Meine Tabelle übernehmen
import-intro = Deine Aufträge der letzten Jahre können mitkommen. Wähle die Arbeitsmappe (stringing_orders.xlsx), irgendeine Tabelle von dir (Excel oder CSV) oder ein ganzes Buch, das du anderswo mitgenommen hast (JSON): Die Datei wird zuerst gelesen und geprüft, und nichts wird geschrieben, bevor du den Bericht gesehen und Ja gesagt hast.
import-file = Datei
import-file-hint = Excel (.xlsx), CSV oder ein ganzes Buch (.json; ein grosses als .zip), höchstens 12 MB. Die Datei wird 30 Tage aufbewahrt, nur für dich.
import-read = Datei prüfen
import-uploads = Bisher
import-nameless = Arbeitsmappe
import-state-matching = Spalten zuordnen
import-state-uploaded = Wird gelesen
import-state-read = Wartet auf dich
import-state-approved = Wird übernommen
import-state-done = Im Buch
import-state-refused = Nicht lesbar
import-state-failed = Fehlgeschlagen
import-state-cancelled = Abgebrochen
import-running-uploaded = Die Datei wird gelesen und ausprobiert. Noch wird nichts geschrieben.
import-running-approved = Die Aufträge werden übernommen: alle oder keiner.
import-progress = Wie weit es ist
import-rows-of = { $done } von { $of } Zeilen
import-pace = { $pace } Zeilen pro Sekunde
import-left = { $seconds ->
    [0] gleich fertig
    [one] noch eine Sekunde
   *[other] noch { $seconds } Sekunden
}
import-cancel = Abbrechen
import-was-cancelled = Dieser Versuch wurde abgebrochen. Nichts davon steht im Buch.
import-was-failed = Das ist mehrmals fehlgeschlagen, und zwar unseretwegen. Nichts davon steht im Buch. Bitte sag es dem Administrator, oder versuch es noch einmal.
import-was-matching = Das ist eine Tabelle in eigener Form. Sag, was in ihren Spalten steht; was sich erraten liess, ist schon gewählt.
import-another = Andere Datei wählen
import-forgotten = Die Datei wurde nach 30 Tagen gelöscht. Was übernommen wurde, bleibt im Buch.
import-done = Fertig.
import-done-what = { $new ->
    [one] Ein Auftrag ist neu im Buch;
   *[other] { $new } Aufträge sind neu im Buch;
} { $known } waren schon da.
import-to-orders = Zu den Aufträgen
import-fail = So kann die Datei nicht übernommen werden. Nichts wurde geschrieben. Bitte verbessere in der Datei, was unten steht, und lade sie noch einmal hoch.
import-mended = Verbesserte Datei hochladen
import-ok = { $new ->
    [one] Ein Auftrag kann übernommen werden.
   *[other] { $new } Aufträge können übernommen werden.
} Noch ist nichts geschrieben.
import-nothing-new = Alle { $known } Aufträge dieser Datei stehen schon im Buch. Es gibt nichts zu tun.
import-approve = Übernehmen
import-faults = Zu verbessern
import-faults-hint = in der Datei, nicht hier
import-more = { $count ->
    [one] Und noch eine Stelle.
   *[other] Und { $count } weitere Stellen.
}
import-counts = Aufträge
import-in-file = Datei
import-in-book = Buch
import-new = Neu
import-known = { $count ->
    [one] Ein Auftrag war schon da.
   *[other] { $count } Aufträge waren schon da.
}
import-client-orders = Für Kunden
import-own-jobs = Eigene Schläger
import-new-clients = { $count ->
    [one] Ein Kunde ist neu.
   *[other] { $count } Kunden sind neu.
}
import-known-clients = { $count ->
    [one] Ein Kunde steht schon im Buch und bekommt diese Aufträge dazu:
   *[other] { $count } Kunden stehen schon im Buch und bekommen diese Aufträge dazu:
}
import-turnaround = Bestellt bis bespannt, im Mittel: { $file } Tage in der Datei, { $book } im Buch.
import-numbers = { $count ->
    [one] Ein Auftrag bekommt eine Belegnummer:
   *[other] { $count } Aufträge bekommen Belegnummern:
}
import-took = Geprüft in { $seconds } Sekunden.
import-revenue = Umsatz nach Jahren
import-groups = Dasselbe oder nicht?
import-groups-hint = In der Datei verschieden geschrieben. Nichts wird zusammengelegt, ausser du sagst es.
import-kind-player = Kunde
import-kind-racket = Schläger
import-kind-string = Saite
import-kind-own = Eigener Schläger
import-is-known = im Buch
import-keep-apart = Getrennt lassen
import-all-are = Alle sind: { $text }
import-choose = Auswahl merken und neu prüfen
import-changes = In der Arbeitsmappe geändert
import-changes-hint = Diese Aufträge stehen im Buch. Es behält, was es hat, ausser du sagst es anders.
import-take = Arbeitsmappe gilt
import-row = Zeile { $row }
import-odd = Daten in falscher Reihenfolge
import-odd-hint = { $count ->
    [one] Eine Zeile; sie bleibt, wie sie ist.
   *[other] { $count } Zeilen; sie bleiben, wie sie sind.
}
import-remarks = Gut zu wissen
import-remarks-hint = Nur zur Information
import-show = Zeigen
import-no-racket = Schläger nicht genannt
import-field-ordered = Bestellt
import-field-strung = Bespannt
import-field-returned = Abgeholt
import-field-paid = Bezahlt
import-field-client = Kunde
import-field-racket = Schläger
import-field-mains = Längs
import-field-crosses = Quer
import-field-method = Verfahren
import-field-comment = Kommentar
import-field-tension = Härte
import-field-byo = Eigene Saite, längs / quer
import-field-dt-before = DT vorher
import-field-dt-after = DT nachher
import-field-labor = Arbeit
import-field-total = Total
error-no-file = Wähle zuerst eine Datei.
error-file-too-large = Diese Datei ist grösser als 12 MB. Speichere die Blätter mit deinen Aufträgen allein in einer neuen Datei und wähle diese.
refused-empty = In dieser Datei steht nichts. Bitte wähle eine andere.
refused-old-or-encrypted = Das ist eine Arbeitsmappe im alten Format (.xls) oder eine mit Passwort. Öffne sie in Excel oder LibreOffice, entferne das Passwort, speichere sie als «Excel-Arbeitsmappe (.xlsx)» und lade diese hoch.
refused-open-document = Das ist eine OpenDocument-Datei. Öffne sie in LibreOffice, speichere sie als «Excel 2007–365 (.xlsx)» und lade diese hoch.
refused-text = In dieser Datei ist keine Tabelle zu finden: Es braucht eine Kopfzeile, mindestens zwei Spalten und eine Zeile darunter. Wähle eine andere Datei (Excel oder CSV).
refused-unknown = In dieser Datei ist keine Tabelle mit Aufträgen zu finden. Wähle eine andere Datei (Excel oder CSV).
refused-too-much = In dieser Datei steht mehr als in jeder Arbeitsmappe mit Aufträgen. Bitte speichere die Blätter mit deinen Aufträgen allein in einer neuen Arbeitsmappe und lade diese hoch.
refused-damaged = Diese Datei ist beschädigt oder unvollständig. Öffne sie in Excel oder LibreOffice, speichere sie neu als «Excel-Arbeitsmappe (.xlsx)» und lade diese hoch.
refused-book-damaged = Dieses Buch (JSON) ist unvollständig, oder jemand hat es geändert. Nimm es neu mit («Meine Daten mitnehmen») und lade es so hoch, wie es ist.
refused-book-newer = Dieses Buch hat ein neueres Programm geschrieben. Dieses hier kann es noch nicht lesen; bitte sag es dem Administrator.
refused-book-too-large = Dieses Buch ist grösser, als es sich hier auf einmal übernehmen lässt. Bitte sag es dem Administrator.
refused-book-not-empty = Das ist ein ganzes Buch, und deines hat schon Kunden oder Aufträge. Ein ganzes Buch kommt nur in ein leeres. Wenn du es schon übernommen hast, gibt es nichts zu tun; sonst bring die Aufträge als Arbeitsmappe herein.
refused-too-hard = Diese Datei zu lesen braucht zu viel Zeit oder Speicher. Kopiere die Zeilen deiner Aufträge allein in eine neue Arbeitsmappe und lade diese hoch.
matter-no-client-sheet = Kein Blatt hat die Spalten der Kundenaufträge (ID, Ordered, Strung, Last Name, Model, Tension …). Gib dem Blatt seine zwei Kopfzeilen zurück.
matter-no-own-sheet = Kein Blatt hat die Spalten der Bespannungen eigener Schläger. Wenn du keine hast, ist alles gut.
matter-second-sheet = Zwei Blätter haben die Spalten von Aufträgen. Schreib alle in eines, oder nimm dem anderen die Kopfzeile.
matter-no-column = Diese Spalte fehlt. Füge sie mit ihrer Überschrift ein, auch wenn sie leer ist.
matter-two-columns = Zwei Spalten haben dieselbe Überschrift. Benenne eine um, oder lösche sie.
matter-error-value = Excel zeigt hier einen Fehler. Verbessere die Formel, oder schreib den Wert.
matter-no-result = Diese Formel hat kein gespeichertes Ergebnis. Öffne die Arbeitsmappe in Excel oder LibreOffice, und speichere sie noch einmal.
matter-no-date = Das ist kein Datum. Schreib Tag, Monat und Jahr, wie 24.11.2026.
matter-date-of-two-readings = Tag und Monat sind auf zwei Arten lesbar. Schreib das Datum wie 24.11.2026 oder den Monat als Wort.
matter-far-date = Dieses Datum ist zu weit weg. Prüf das Jahr.
matter-no-tension = Das ist keine Härte. Schreib eine Zahl wie 24,5 oder mit Einheit wie 52 lbs.
matter-two-tensions = Die Härten von längs und quer widersprechen sich oder haben zwei Einheiten. Schreib in jede Zelle eine Zahl.
matter-merged = Diese Zelle ist über mehrere Zeilen verbunden. Löse die Verbindung, und schreib jeder Zeile ihren Betrag.
matter-true-or-false = Hier steht WAHR oder FALSCH, wo etwas anderes hingehört. Schreib den Wert.
matter-no-amount = Das ist kein Betrag. Schreib eine Zahl wie 27.50.
matter-neither-yes-nor-no = Schreib Ja oder Nein.
matter-no-gauge = Das ist keine Saitendicke. Schreib Millimeter, wie 1.25.
matter-no-stiffness = Das ist keine gemessene Steifigkeit. Schreib eine Zahl wie 38.
matter-no-id = Dieser Auftrag hat keine ID. Gib ihm eine Nummer, die kein anderer hat.
matter-second-of-id = Eine andere Zeile hat dieselbe ID. Gib dieser eine eigene Nummer.
matter-no-player = Hier steht kein Name. Schreib den Nachnamen des Spielers.
matter-no-racket = Hier steht kein Schläger. Schreib sein Modell.
matter-unknown-racket = Die Liste «My Racquets» hat keinen Schläger mit dieser ID. Füge ihn dort ein, oder verbessere die ID.
matter-torn = Die Datei endet mitten in diesem Blatt oder hat hier einen Wert, der nicht lesbar ist. Öffne sie in Excel, und speichere sie noch einmal.
matter-no-dates = Dieser Auftrag hat gar kein Datum. Schreib, wann er bestellt oder bespannt wurde.
matter-taken-for-pounds = Mit so vielen Kilogramm bespannt niemand: als Pfund gelesen.
matter-recomputed = Das gespeicherte Ergebnis der Formel ist nicht, was ihre Regel ergibt. Es wurde neu gerechnet.
matter-empty-job = Diese Zeile hat eine ID und sonst nichts. Sie wurde weggelassen.
matter-note = Eine Notiz zwischen den Zeilen. Sie wurde weggelassen.
matter-unknown-column = Diese Spalte ist unbekannt. Sie wurde weggelassen.
matter-renamed-sheet = Das Blatt heisst anders und wurde an seinen Spalten erkannt.
matter-time-of-day = Beim Datum steht eine Uhrzeit. Sie wurde weggelassen.
matter-contradiction = Diese Stelle passt nicht zum Rest des Buches. Nimm das Buch neu mit, statt die Datei zu ändern.
matter-unknown-sport = Diese Sportart gibt es hier nicht. Der Auftrag kommt mit der üblichen herein.
yes = Ja
no = Nein

exports = Meine Daten herunterladen
export-intro = Dein Buch gehört dir. Jede Datei entsteht aus allem, was jetzt darin steht; sie erscheint unten und bleibt einen Tag.
export-make = Vorbereiten
export-ready = Vorbereitete Dateien
export-fetch = Herunterladen
export-until = bis { $until }
export-kind-workbook = Arbeitsmappe (Excel)
export-kind-json = Alles (JSON)
export-kind-receipts = Alle Belege (PDF, als ZIP)
export-what-workbook = Aufträge und eigene Schläger in der gewohnten Form. Sie kann wieder übernommen werden.
export-what-json = Vollständig: Kunden, Schläger, Aufträge, jeder Schritt, jeder Beleg; für andere Programme.
export-what-receipts = Jeder Beleg, wie er ausgestellt wurde, in einem Archiv.
export-state-owed = Wird vorbereitet
export-state-made = Bereit
export-state-failed = Fehlgeschlagen
export-settings = Aufträge, Kunden und Belege als eigene Dateien; und was du bisher in einer Tabelle hattest.
import-groups-below = { $count ->
    [one] Einen Namen prüfen
   *[other] { $count } Namen prüfen
}
import-columns = Was in den Spalten steht
import-columns-again = Anders zuordnen
import-how = Wie es geschrieben ist
import-sport = Sport, wo keine Spalte ihn nennt
import-unit = Härten sind in
import-unit-both = kg und lb gemischt
import-above = Zahlen darüber sind Pfund
import-above-hint = Nur wenn beides in einer Spalte steht: Eine grössere Zahl ist in Pfund. Für Tennis ist 35 eine gute Grenze.
import-cents = Preise sind in Rappen oder Cent
import-try = Ausprobieren
error-column-client = Keine Spalte hat den Kunden. Wähle, welche sagt, wem ein Schläger gehört.
error-column-day = Keine Spalte hat einen Tag. Wähle, wann ein Schläger bestellt oder bespannt wurde.
error-column-twice = Zwei Spalten enthalten dasselbe. Wähle für eine «nicht übernehmen».
column-nothing = nicht übernehmen
column-number = Nummer des Auftrags
column-client = Kunde, ganzer Name
column-first-name = Kunde, Vorname
column-last-name = Kunde, Nachname
column-racket = Schläger
column-rackets = Wie viele Schläger
column-sport = Sport
column-ordered = Bestellt am
column-strung = Bespannt am
column-returned = Abgeholt: Tag oder Zeichen
column-paid = Bezahlt: Tag oder Zeichen
column-mains = Saite (längs)
column-crosses = Saite quer
column-mains-tension = Härte (längs)
column-crosses-tension = Härte quer
column-byo = Saite vom Kunden (ja/nein)
column-prestretch = Vorreckung in Prozent
column-price = Preis
column-stiffness = DT
column-comments = Kommentar
import-in-book-then = Danach im Buch
import-state-fail = Zu verbessern
import-chosen = Deine Auswahl ist gemerkt und neu geprüft. Sieh den Bericht an, und übernimm ihn dann.
import-faults-table = in der Datei, oder unten anders zuordnen
my-data = Meine Daten
report-table-months = Monate
report-table-clients = Kunden
report-table-strings = Saiten
report-table-debts = Unbezahlt
matter-too-long = Dieser Text ist zu lang für ein Feld. Kürze ihn.
matter-other-table = Unter dieser Nummer steht schon ein anderer Auftrag im Buch, aus einer anderen Tabelle. Gib den Aufträgen dieser Tabelle eigene Nummern, oder ordne die Spalte mit der Nummer nicht zu.

catalogue = Katalog
catalogue-rackets = Schläger
catalogue-strings = Saiten
catalogue-search-rackets = Suche: Marke, Modell, Jahr
catalogue-search-strings = Suche: Marke, Modell, Stärke
catalogue-own-alone = Nur eigene Einträge
catalogue-own = Eigener
catalogue-shared = Für alle
catalogue-name = Name
catalogue-facts = Angaben
catalogue-whose = Sichtbar
catalogue-new-rackets = Schläger eintragen
catalogue-new-strings = Saite eintragen
catalogue-none = Der Katalog ist noch leer.
catalogue-none-so = Kein Eintrag ist so.
catalogue-none-own = Du hast noch keine eigenen Einträge. Sie entstehen von selbst, wenn du bei einem Auftrag einen neuen Namen schreibst.
catalogue-none-found = Nichts im Katalog heisst «{ $q }».
catalogue-maker = Marke
catalogue-model = Modell
catalogue-saved = Gespeichert.
catalogue-used = In deinen Aufträgen
catalogue-not-used = Noch nie bespannt.
catalogue-see-jobs = Aufträge ansehen
catalogue-is-shared = Diesen Eintrag sehen alle. Ändern kann ihn nur die Verwaltung.
catalogue-is-own = Diesen Eintrag siehst nur du.
catalogue-back = Zum Katalog
catalogue-renames = Deine Aufträge heissen danach auch so. Ausgestellte Belege bleiben, wie sie sind.
choose = Bitte wählen
racket-year = Jahrgang
racket-year-hint = Das Jahr des Modells, falls es mehrere gibt.
racket-weight = Gewicht
racket-balance = Balance
head-size-hint = 98, oder mit Einheit: 632 cm²
string-gauge = Stärke
string-material = Material
string-colour = Farbe
string-length = Länge
string-length-hint = Set oder Rolle
material-polyester = Polyester
material-multifilament = Multifilament
material-synthetic_gut = Synthetikdarm
material-natural_gut = Naturdarm
material-nylon = Nylon
material-aramid = Aramid
error-gauge = Schreib Millimeter, wie 1.25.
error-head-size = Schreib Quadratzoll, wie 98, oder die Einheit dazu: 632 cm².
error-length = Schreib Meter, wie 12.2 oder 200.

audit = Protokoll
audit-intro = Wer über alle Besaiter hinweg etwas angesehen oder getan hat, wann und warum. Auch dieser Blick steht darin.
audit-words = Grund oder Anfrage enthält
audit-at = Zeit (UTC)
audit-act = Handlung
audit-admin = Wer
audit-reason = Grund
audit-request = Anfrage
audit-outcome = Ausgang
audit-from = Vom
audit-to = Bis
audit-cut = Es sind mehr als diese. Frag nach einer kürzeren Zeit.
audit-none = Nichts davon steht im Protokoll.
audit-done = Erledigt
audit-failed = Gescheitert
audit-open = Offen
act-read_audit_log = Protokoll gelesen
act-list_stringers = Besaiter aufgelistet
act-hand_over_link = Link ausgehändigt
act-list_invitations = Einladungen aufgelistet
act-invite_stringer = Eingeladen
act-deactivate_stringer = Gesperrt oder geöffnet

submissions = Vorschläge
submissions-none = Kein Vorschlag wartet.
submissions-more = Weitere warten; sie kommen, wenn über diese entschieden ist.
submission-offer = Für alle vorschlagen
submission-take-back = Vorschlag zurückziehen
submission-waits = Vorgeschlagen. Die Verwaltung hat noch nicht entschieden; bis dahin siehst nur du ihn.
submission-rejected = Nicht für alle übernommen: { $reason }
submission-thanks = Du hast ihn vorgeschlagen, danke.
submission-accept = Für alle übernehmen
submission-reject = Ablehnen
submission-why = Warum nicht? Wer ihn vorschlug, liest es.
submission-alike = Für alle gibt es schon:
submission-merge = Dasselbe wie { $name }
submissions-accept = Ausgewählte für alle übernehmen
submissions-were-accepted = Die ausgewählten Einträge gehören jetzt allen.
submissions-were-some = Manche der ausgewählten Einträge wurden inzwischen geändert oder zurückgezogen und warten noch; die anderen gehören jetzt allen.
submissions-none-chosen = Es war nichts ausgewählt. Kreuze die Einträge zuerst an.
submission-was-merged = Zusammengelegt. Schläger und Aufträge mit dem vorgeschlagenen Eintrag haben jetzt den anderen.
catalogue-joined = Der gesuchte Eintrag wurde mit diesem zusammengelegt. Deine Schläger und Aufträge haben jetzt diesen.
share = Teilen
shares = Geteilt
shares-received = Mit mir
shares-given = Von mir
shares-from = Von wem
shares-received-none = Niemand teilt einen Auftrag mit dir. Wer es tut, findet dich über Namen und Ort.
shares-given-none = Du teilst nichts. Auf der Seite eines Kunden geht es dazu.
share-somebody = Jemand
news-share_granted_to_me = { $who } teilt einen Auftrag mit dir.
news-share_revoked_from_me = { $who } hat das Teilen eines Auftrags beendet.
news-my_order_visible_to_third_party = Jemand deiner Kundschaft zeigt Aufträge von dir einem anderen Besaiter.
news-seen = Verstanden
share-title = Mit jemandem teilen, der auch bespannt
share-nothing = Für diesen Kunden wurde noch nichts bespannt.
share-whom = Mit wem?
share-whom-hint = Name oder Ort; zwei Buchstaben genügen.
share-nobody = Niemand, der hier bespannt, heisst «{ $q }».
share-with = Mit { $name }
share-another = Jemand anderes
share-which = Welche Aufträge?
share-choose = Wähle mindestens einen Auftrag.
share-what = Zu sehen sind Schläger, Saiten, Härten, Farben, DT, Methode, die Tage von Auftrag und Bespannung und der Vorname. Nie: Nachname, Adressen, Kommentare, Preise.
share-do = Teilen
share-granted = Geteilt.
share-revoked = Beendet.
share-revoke = Beenden
share-end-all = Alle dieses Kunden verlassen
share-end = Verlassen
share-from = { $stringer } lässt dich das lesen
share-print = Drucken
share-copy = So bespannen
share-copy-hint = Daraus werden ein Kunde, ein Schläger und ein Auftrag in deinem Buch; drüben ändert sich nichts.
home-shares = { $count ->
    [one] Eine Neuigkeit zu Aufträgen, die mit dir geteilt sind.
   *[other] { $count } Neuigkeiten zu Aufträgen, die mit dir geteilt sind.
}
home-look = Anzuschauen
home-offers = { $count ->
    [one] Ein Eintrag des Katalogs wurde allen vorgeschlagen.
   *[other] { $count } Einträge des Katalogs wurden allen vorgeschlagen.
}
submission-was-accepted = Der Eintrag ist jetzt für alle da.
submission-was-rejected = Abgelehnt. Der Eintrag bleibt, wessen er ist.
submission-was-changed = Der Eintrag wurde inzwischen geändert oder zurückgezogen. Schau ihn noch einmal an.
act-list_submissions = Vorschläge aufgelistet
act-moderate_catalogue = Über einen Vorschlag entschieden
feeds = Katalog-Quellen
feeds-none = Keine Zeile einer Quelle wartet.
feeds-how = Eine Quelle ist eine Liste, die jemand anders führt. Sie wird auf dem Server mit «rbo task catalogue_stage» eingelesen, zuerst zur Probe; danach warten ihre Zeilen hier.
feed-search = Marke oder Modell
feed-is-new = neu
feed-is-same = vorhanden
feed-is-renews = neu beschrieben
feed-is-kept = hier anders beschrieben
feed-known = Alle haben:
feed-look = Vergleichen
feed-take = Gewählte übernehmen
feed-take-all = Alle wartenden übernehmen
feed-take-new = Für alle übernehmen
feed-take-same = Es ist dasselbe
feed-take-renews = Neue Beschreibung übernehmen
feed-take-kept = Unsere so lassen
feed-reject = Weglassen
feed-taken = Übernommen: { $new } neu, { $renewed } neu beschrieben, { $matched } schon vorhanden.
feed-rejected = Weggelassen. Danach wird nicht mehr gefragt.
feed-matched = Vermerkt: alle haben es unter jenem Namen.
feed-changed = Inzwischen hat jemand darüber entschieden.
feed-alike = Was alle haben und ähnlich heisst
feed-none-alike = Nichts heisst so.
feed-match = Es ist dieses
act-list_feeds = Zeilen von Quellen angesehen
act-decide_feed = Über Zeilen von Quellen entschieden
mine = Meine Schläger
mine-sharing = Wer liest
mine-me = Ich
mine-hello = Hallo { $name }
mine-welcome = Willkommen, { $name }
mine-what = { $stringer } zeigt dir hier, was für dich bespannt wurde: deine Schläger, wann einer bereit ist, und deine Quittungen. Es braucht kein Passwort; dieses Gerät wird sich merken, wer du bist.
mine-open = Meine Schläger öffnen
mine-not-me = Bist du nicht { $name }, schliesse diese Seite.
mine-start = Deine Besaiterin oder dein Besaiter gibt dir einen Link auf diese Seite. Öffne ihn einmal auf diesem Gerät; danach geht die Seite von selbst auf.
mine-spent = Der Link wurde gebraucht, oder es gibt einen neueren. Lass dir einen anderen geben.
mine-none = Für dich wurde noch nichts bespannt.
mine-history = Verlauf
mine-keep = Lege diese Seite als Lesezeichen oder auf den Startbildschirm.
mine-ready = Bereit
mine-waiting = Beim Besaiten
mine-is-due = Neu bespannen
mine-collect = Zum Abholen bereit: { $stringer }
mine-at = Bei { $stringer }
mine-wanted = gewünscht auf { $date }
mine-due = fällig etwa { $date }
mine-unpaid = offen
mine-paid = bezahlt am { $date }
mine-byo = eigene Saite
mine-receipts = Quittungen
mine-show-this = Jemand anderem zeigen, der bespannt
mine-show-order = Das zeigen
mine-show-all = Jemand anderem alles zeigen
mine-show-all-to = Alles zeigen
mine-show-all-what = Alles, was für dich bespannt wird, wo auch immer, jetzt und künftig: Schläger, Saiten, Härten und dein Vorname. Nie Preise, Kommentare oder Adressen. Du beendest es mit einem Tippen.
mine-whom = Wer bespannt
mine-sharing-title = Wer lesen darf
mine-all-orders = Alles, auch künftige Aufträge
mine-one-order = Ein Auftrag
mine-since = seit { $date }
mine-nobody-reads = Niemand ausser denen, die für dich bespannen.
mine-reads = Wer was gelesen hat
mine-event-granted = { $who } darf lesen
mine-event-revoked = { $who } darf nicht mehr lesen
mine-event-read = { $who } hat gelesen
mine-saved = Gespeichert.
mine-language-any = Wie beim Bespannen
mine-by-mail = Quittungen per Mail
mine-sign-out-hint = Danach braucht dieses Gerät einen neuen Link.
client-link-title = Eigene Seite
client-link-what = { $name } sieht dort die eigenen Schläger, wann einer bereit ist, und die Quittungen. Nicht deine Notizen.
client-link-make = Link erstellen
client-link-good = Der Link gilt einmal, { $count } Tage lang. Schicke ihn als Nachricht, oder lass ihn hier öffnen.
client-link-then = Ein neuer Link beendet, was mit dem vorigen geöffnet wurde.
problem-opens-itself = Diese Person öffnet ihre Seiten mit ihrer eigenen Adresse und braucht keinen Link von dir.
mine-mailed = Wenn ein Besaiter diese Adresse kennt, ist ein Link unterwegs; er gilt 15 Minuten.
mine-mail = Link mailen
mine-mail-hint = Die Adresse, die dein Besaiter kennt.
mine-who = Wer bist du?
mine-who-legend = Unter dieser Adresse bekannt
mine-proof-one = Deine Schläger und Belege, von allen Besaitern, die dich kennen, unter dieser Adresse:
mine-proof-many = Unter dieser Adresse sind mehrere bekannt. Wähle dich selbst; die anderen bleiben, wie sie sind:
mine-other = { $stringer } führt unter deiner Adresse { $name } als Kundschaft. Bist das du? Bis du es sagst, wird niemandem etwas gezeigt.
mine-other-me = Das bin ich
mine-other-not = Jemand anderes
mine-joined = Was dort für dich bespannt wurde, steht jetzt auch hier.
mine-kept-apart = Ihr bleibt zwei.
mine-answered = Das ist schon beantwortet.
mine-asked = Es ist notiert. Du bekommst innert 30 Tagen Antwort.
mine-data = Meine Daten
mine-data-what = Was Besaiter von dir wissen, als ein Dokument, oder gelöscht. Die Verwaltung antwortet innert 30 Tagen; wer keine Mail hat, fragt in der Werkstatt.
mine-ask-access = Meine Daten verlangen
mine-ask-access-what = Alles, was hier über dich bekannt ist, als eine Datei.
mine-ask-erasure = Löschung verlangen
mine-ask-erasure-what = Namen, Adresse und Bemerkungen verschwinden, von diesen Seiten und aus den Büchern deiner Besaiter. Nummern und Beträge der Belege bleiben: Das Gesetz will sie aufbewahrt. 30 Tage lang lässt es sich rückgängig machen.
mine-request-open = verlangt
mine-request-answered = beantwortet
mine-request-refused = abgelehnt
mine-request-due = Antwort bis { $date }
request-access = Meine Daten
request-erasure = Löschung
mail-own_pages-subject = Deine Schläger
mail-own_pages = Öffne deine Schläger, Belege und was bereit ist: Der Link erkennt dich von jetzt an.
mail-own_pages-button = Meine Schläger öffnen
mail-introduction-subject = Noch ein Besaiter hat deine Adresse
mail-introduction = Eine Werkstatt hat jemanden mit deiner Adresse erfasst. Öffne deine Seiten und sag, ob du das bist; bis dahin wird niemandem etwas gezeigt.
mail-introduction-button = Meine Schläger öffnen
admin = Verwaltung
admin-invitations = Einladungen
admin-stringers = Besaiter
admin-catalogue = Vorschläge
admin-feeds = Fremde Kataloge
admin-persons = Personen
admin-privacy = Datenschutz
admin-finalisation = Endgültig löschen
admin-jobs = Gescheitertes
admin-refusals = Verweigertes
admin-audit = Protokoll
admin-opens = Diese Seite schaut über alle Besaiter hinweg, und jeder Blick steht im Protokoll als:
act-list_persons = Personen gesucht
act-merge_persons = Zwei Personen vereint
act-list_requests = Datenschutz-Anfragen aufgelistet
act-answer_request = Datenschutz-Anfrage beantwortet
act-erase_person = Person gelöscht oder zurückgeholt
act-list_erasures = Fällige Löschungen aufgelistet
act-finalise_erasure = Personen endgültig gelöscht
person-search = Name oder E-Mail
person-search-hint = Eine E-Mail wird als Ganzes gefunden, ein Name auch in Teilen.
persons-none = Niemand heisst so.
person-no-email = keine E-Mail
person-proven = Adresse bestätigt
person-files = { $count ->
    [0] in keinem Buch
    [one] in 1 Buch
   *[other] in { $count } Büchern
 }
person-is-joined = vereint
person-is-erased = gelöscht
person-is-final = endgültig gelöscht
person-since = Bekannt seit
person-books = In den Büchern von
person-requests = Verlangt
person-merges = Vereint
person-merged-into = Eine andere steht für sie
person-merged-from = Sie steht für eine andere
person-said-itself = von der Person selbst gesagt, die die Adresse beider bestätigt hat
person-stands-for = Eine andere Person steht für diese
person-same = Derselbe Mensch wie jemand anderes?
person-same-hint = Vorgeschlagen wird niemand: Wer sich gleicht, ist zwei, bis es jemand besser weiss.
person-wish = Ein Brief oder ein Wort zum Datenschutz
person-wish-hint = Was eine Person auf ihren eigenen Seiten verlangt, ist schon notiert.
person-wish-kind = Was verlangt wird
person-wish-how = Wie es verlangt wurde
person-wish-do = Notieren
person-erase = Löschen
person-erase-hint = Ihre Seiten gehen zu, und was sie zu lesen erlaubt hat, endet. Es lässt sich rückgängig machen; nach 30 Tagen kann es endgültig werden.
person-restore = Zurückholen
person-restore-hint = Die Person ist wieder da. Was sie zu lesen erlaubt, erlaubt sie neu.
person-done-joined = Vereint. Die Bücher beider gehören jetzt zu dieser Person.
person-done-written = Notiert.
person-done-erased = Gelöscht. 30 Tage lang lässt es sich rückgängig machen.
person-done-restored = Zurückgeholt.
person-done-changed = Jemand war schneller; so steht es.
beside = Zwei Personen
beside-what = Vergleiche, bevor du sie vereinst: Rückgängig machen lässt es sich nicht. Wer besaitet und beide als Kundschaft führt, sagt, dass es zwei sind; dann bleiben es zwei.
beside-stays = Wer bleibt
beside-name = Name dessen, der bleibt, getippt
beside-name-hint = Damit niemand aus Versehen vereint wird.
beside-join = Vereinen
beside-not = Diese zwei lassen sich nicht vereinen: Eine ist fort oder steht für niemanden mehr.
error-name-of-who-stays = Tippe den Namen der Person, die bleibt.
error-two-in-one-book = Jemand führt beide als Kundschaft. Dort sind es zwei und bleiben zwei.
error-word = Tippe das Wort, das dort steht.
privacy-what = Innert 30 Tagen zu beantworten.
privacy-none = Nichts ist verlangt.
request-due = Antwort bis { $at }
request-event-asked = verlangt
request-event-handed_out = Dokument erstellt
request-event-answered = beantwortet
request-event-refused = abgelehnt
request-event-deleted = gelöscht
request-event-restored = zurückgeholt
request-event-scrubbed = endgültig gelöscht
request-document = Dokument erstellen
request-answer = Beantwortet
request-answer-how = Wie es übergeben wurde
request-refuse = Ablehnen
request-waits = Gelöscht. Endgültig wird es unter «Endgültig löschen», 30 Tage später.
request-done-answered = Beantwortet.
request-done-refused = Abgelehnt.
request-done-changed = Jemand war schneller; so steht es.
finalise-what = Vor mindestens 30 Tagen gelöscht. Was geleert wird, kommt nicht wieder; Nummern, Beträge und Protokolle bleiben.
finalise-due = Fällig
finalise-scrubs = Leert { $files ->
    [one] 1 Kartei
   *[other] { $files } Karteien
 }, die Namen von { $jobs } Aufträgen, { $comments } Bemerkungen; erstellt { $receipts } Belege ohne den Namen neu.
finalise-word = LÖSCHEN
finalise-type = Tippe { $word }
finalise-do = Endgültig löschen
finalise-none = Nichts ist fällig.
finalise-done = Endgültig gelöscht.
finalise-changed = Etwas ist nicht mehr fällig; so steht es.
failures-what = Was immer wieder versucht und aufgegeben wurde. Neu gestartet beginnt es von vorn; eine übernommene Tabelle wartet dann wieder auf das Wort ihres Besaiters.
failures-none = Nichts wurde aufgegeben.
failure-attempts = { $count ->
    [one] einmal versucht
   *[other] { $count }-mal versucht
 }
failure-again = Neu starten
failure-owed = Es läuft wieder.
failure-changed = Jemand war schneller; so steht es.
work-receipt = Datei eines Belegs
work-export = Herunterladen
work-import = Tabelle, die übernommen wird
refusals-what = Die letzten Anweisungen, die der Wächter vor der Datenbank abgewiesen hat, in diesem Prozess seit seinem Start; jede ist ein Fehler des Programms. Das Protokoll des Servers hat alle, mit der Anfrage, aus der sie kamen.
refusals-none = Nichts wurde abgewiesen.
act-list_failures = Aufgegebenes aufgelistet
act-run_again = Etwas neu gestartet
act-list_refusals = Abgewiesene Anweisungen aufgelistet
entry-edit = Für alle ändern
entry-renames-all = Es heisst von jetzt an in jedem Buch so, und kein fremder Katalog sagt es anders. Belege bleiben, wie sie ausgestellt wurden.
act-list_entries = Gemeinsamen Eintrag angesehen
act-edit_entry = Gemeinsamen Eintrag geändert
problem-prove-first = Öffne deine Seiten zuerst mit einem gemailten Link: Wer deine Adresse hat, verlangt deine Daten, und niemand sonst.
mine-prove-first = Diese Seiten zuerst per Mail öffnen
mine-sign-out-all = Auf allen Geräten abmelden
error-asked-for-something = Wer geht, hat zum Datenschutz etwas verlangt. Beantworte das zuerst.
mine-later = Die Verwaltung hat dort zuerst etwas zu tun. Versuche es später wieder.

## Saiten an Lager
reels = Saitenlager
reels-open = An Lager
reels-finished = Aufgebraucht
reels-none = Noch keine Rolle und kein Set. Was du hier erfasst, nimmt mit jeder Besaitung ab, und du siehst, wenn es knapp wird.
reels-none-finished = Noch nichts ist aufgebraucht.
reels-back = Ganzes Saitenlager
reel-new = Rolle oder Sets erfassen
reel-kind = Gekauft als
reel-kind-reel = Rolle
reel-kind-set = Sets
reel-length = Länge je Stück
reel-length-hint = Eine Rolle hat 200 oder 100, ein Set 12.
reel-count = Anzahl
reel-count-hint = Leer: eines.
reel-price = Preis für alles, { $currency }
reel-price-hint = Was du bezahlt hast; daraus ergeben sich die Kosten jedes Auftrags.
reel-warn = Melden unter
reel-warn-hint = Meter einer Rolle oder Anzahl Sets. Leer: genug für zwei Rackets.
reel-warn-at = Gemeldet unter
reel-bought = Gekauft
reel-bought-hint = Was vorher besaitet wurde, zählt nicht dazu.
reel-string-hint = Wie im Katalog; was dort fehlt, wird als dein eigener Eintrag angelegt.
reel-left = Rest
reel-left-now = Rest jetzt
reel-left-hint = Meter einer Rolle oder Anzahl Sets, so wie du es misst.
reel-has-reel = noch { $left } m
reel-has-set = noch { $left } Sets
reel-has-set-one = noch 1 Set
reel-of-reel = von { $total } m
reel-of-set = von { $total } Sets
reel-of-set-one = von 1 Set
reel-amount-reel = { $amount } m
reel-amount-set = { $amount } Sets
reel-amount-set-one = 1 Set
reel-price-reel = { $price } pro Meter
reel-price-set = { $price } pro Set
reel-paid = Bezahlt
reel-lost = Verschnitt neben den Aufträgen
reel-low = Wird knapp
reel-saved = Gespeichert.
reel-overdrawn = Deine Aufträge haben mehr genommen, als da war. Gib an, wie viel noch da ist, oder dass es aufgebraucht ist.
reel-finish = Aufgebraucht
reel-reopen = Zurück ins Lager
reel-finished-on = Aufgebraucht am { $date }
reel-uses = Verbraucht von Aufträgen
reel-uses-none = Noch kein Auftrag hat davon genommen.
home-low = { $count ->
  [one] { $count } Saite wird knapp
  *[other] { $count } Saiten werden knapp
}
draw = Saite verbraucht
draw-title = Verbrauchte Saite
draw-from = Von
draw-none = Nicht vom Lager
draw-length = Länge, m
draw-byo = Diese Saite hat der Kunde mitgebracht.
draw-no-entry = Diese Saite ist freier Text; im Lager sind nur Saiten des Katalogs.
draw-no-reel = Von dieser Saite hast du nichts an Lager.
draw-cost = Saite dieses Auftrags
draw-not-strung = Die Saite wird vom Lager genommen, wenn das Racket besaitet ist.
report-string-cost = Saite vom Lager
report-margin = Marge
report-margin-hint = Verdient ohne die Saite, die vom Lager kam; Saite, die du nicht im Lager führst, ist nicht enthalten.
error-rest = Gib an, wie viel noch da ist, zum Beispiel 41.5.
error-reel-string = Gib die Saite ein oder wähle sie.
error-reels-one-by-one = Erfasse Rollen von mehr als einem Kilometer einzeln.
error-more-than-new = Das ist mehr, als neu da war.

## Neuigkeiten, und wie sie gemeldet werden
news = Neuigkeiten
news-none = Noch nichts. Was andere mit dir teilen und was aus deinen Vorschlägen wird, steht hier.
news-new = Neu
news-count = Neuigkeiten: { $count }
news-catalogue_submission_pending = Ein Eintrag des Katalogs wartet auf einen Entscheid.
news-catalogue_submission_decided = Über einen Eintrag, den du allen angeboten hast, ist entschieden.
home-overdue-ready = { $count ->
    [one] Ein Racket ist schon lange nicht abgeholt
   *[other] { $count } Rackets sind schon lange nicht abgeholt
}
home-overdue-unpaid = { $count ->
    [one] Eine Rechnung ist schon lange offen
   *[other] { $count } Rechnungen sind schon lange offen
}
notices = Meldungen
notices-what = Was dir gemeldet wird, und ob auch per Mail.
notices-edit = Meldungen ändern
notices-saved = Deine Meldungen sind gespeichert.
notices-waiting = Was zu lange wartet
notices-waiting-hint = Es steht auf der Seite von heute.
notices-ready = Rackets, die nach so vielen Tagen nicht abgeholt sind
notices-unpaid = Rechnungen, die nach so vielen Tagen nicht bezahlt sind
notices-off = Leer: keine Meldung.
notices-mail = Per Mail
notices-by-mail = Schick mir eine Mail, wenn es Neues gibt
notices-mail-hint = Höchstens einmal am Tag, und nur, wenn es Neues gibt. Die Mail nennt niemanden.
notices-no-mail = Hier gibt es noch keinen Mailserver; frag deinen Admin.
mail-news-subject = Es gibt Neues in deinem racket-book
mail-news = Jemand teilt Aufträge mit dir, über einen Eintrag des Katalogs ist entschieden, etwas wartet länger, als du möchtest, oder ein Beleg kam nicht an.
mail-news-button = Neuigkeiten ansehen
mail-news-off = Du hast diese Mails bestellt; abgestellt werden sie unter Einstellungen, Meldungen.

## Ein Besaiter geht
leaving = Mein Konto beenden
leaving-what = Du wirst abgemeldet, und niemand findet dich mehr, wenn Aufträge geteilt werden. Dein Buch bleibt, wie es ist, aber geschlossen: { $days } Tage lang kann ein Admin es wieder für dich öffnen, danach niemand mehr. Was du geteilt hast, bleibt für die anderen lesbar; beende das vorher, wenn du es nicht willst.
leaving-export = Nimm zuerst dein Buch mit; danach kannst du es nicht mehr holen.
leaving-type = Zum Bestätigen eintippen: { $word }
leaving-word = BEENDEN
leaving-do = Mein Konto beenden
leaving-admin = Du bist Admin. Lass dein Konto von einem anderen Admin deaktivieren, damit jemand da ist, der es wieder öffnet.
stringer-left-at = Gegangen { $at }; kann von da an 30 Tage lang zurückkommen
stringer-gone-at = Gegangen { $at }; das Konto ist beendet

## Was mit Geteiltem geschah
shares-client = Wessen Racket
shares-log = Protokoll
shares-log-what = Wer deine Aufträge lesen darf, seit wann, und jedes Mal, wenn einer gelesen wurde. Nichts davon lässt sich entfernen.
shares-log-none = Noch niemand durfte einen Auftrag von dir lesen.
share-log-granted = { $who } darf ihn lesen
share-log-revoked = { $who } darf ihn nicht mehr lesen
share-log-read = { $who } hat ihn gelesen
share-by-me = durch dich
share-by-them = von sich aus
share-by-client = durch die Kundschaft
share-by-admin = durch einen Admin

## Belege per Mail

receipt-mail = Mailen
receipt-mail-now = Jetzt mailen
receipt-mail-again = Nochmals mailen
receipt-mail-stop = Nicht mailen
receipt-mail-owed = Mail: geht raus { $at }
receipt-mail-sending = Mail an { $address }: wird gesendet
receipt-mail-sent = Gemailt an { $address }, { $at }
receipt-mail-unknown = Mail an { $address }, { $at }: Der Mailserver hat nicht gesagt, ob er sie genommen hat. Vielleicht ist sie angekommen; frag nach, bevor du sie nochmals schickst.
receipt-mail-refused = Der Mailserver kennt { $address } nicht. Berichtige die Adresse und maile nochmals.
receipt-mail-given_up = Die Mail konnte nicht gesendet werden, { $at }.
receipt-mail-put_off = Mail: ging noch nicht raus; nächster Versuch { $at }
receipt-mail-called_back = Nicht gemailt: rechtzeitig zurückgenommen.
receipt-mail-nobody = Nicht gemailt: Es gab keine Adresse, die Mails nimmt.
receipt-mail-no_server = Nicht gemailt: Es gab keinen Mailserver.
receipt-mail-not-server = Hier ist kein Mailserver eingerichtet: Druck den Beleg oder schick die Datei selbst.
receipt-mail-not-address = Ohne E-Mail-Adresse: Es wird nichts gemailt.
receipt-mail-not-wanted = Diese Person möchte keine Mails: Es wird nichts gemailt.
receipt-mail-hello = Hallo { $name }
receipt-mail-strung = Dein Schläger { $racket } wurde am { $day } bespannt.
receipt-mail-attached = Der Beleg liegt bei.
news-receipt_not_mailed = Ein Beleg hat den Kunden per Mail nicht erreicht, oder niemand weiss es.
home-unsent = { $count ->
    [one] Ein Beleg ging nicht per Mail raus
   *[other] { $count } Belege gingen nicht per Mail raus
}

## Bezahlt werden

paying = Bezahlt werden
paying-what = Ein offener Beleg trägt einen Code, den Bank-Apps lesen, sobald dein Konto hier steht.
paying-edit = Konto und Link
paying-saved = Gespeichert. Offene Belege, die ab jetzt ausgegeben werden, tragen es; die bisherigen bleiben, wie sie sind.
paying-account = Konto
paying-account-hint = Ohne Kontonummer tragen Belege keinen Code.
paying-iban = Kontonummer (IBAN)
paying-iban-CHF = Einer Bank in der Schweiz oder in Liechtenstein. Nicht die QR-IBAN.
paying-iban-EUR = Einer Bank im Europäischen Wirtschaftsraum, in der Schweiz oder in Liechtenstein.
paying-iban-GBP = Für Pfund gibt es keinen Code.
paying-iban-USD = Für Dollar gibt es keinen Code.
paying-holder = Kontoinhaber
paying-street = Strasse und Nummer
paying-postcode = Postleitzahl
paying-town = Ort
paying-country = Land
paying-country-hint = Zwei Buchstaben, wie CH oder DE.
paying-link = TWINT oder ein anderer Link
paying-link-label = Link, um dich zu bezahlen
paying-link-hint = Wird als zweiter Code gedruckt. Deine App oder deine Bank zeigt ihn; er beginnt mit https://.
error-iban = Das ist keine Kontonummer. Vergleiche sie mit deiner Bankkarte.
error-iban-qr = Das ist eine QR-IBAN. Gib die gewöhnliche IBAN desselben Kontos ein.
error-iban-swiss = Für Franken muss das Konto in der Schweiz oder in Liechtenstein sein.
error-iban-none = Für dieses Konto und deine Währung gibt es keinen Code. Lass es leer.
error-country = Zwei Buchstaben, wie CH oder DE.
error-link = Eine ganze Adresse, die mit https:// beginnt, mit höchstens 300 Zeichen.
error-too-long-for-code = Zu lang: Der Code hat nicht mehr Platz.
error-not-in-code = Banken nehmen hier nur lateinische Buchstaben.
receipt-pay = Hier bezahlen
receipt-pay-account = Konto
receipt-pay-to = Zahlbar an
receipt-pay-reference = Referenz
receipt-pay-amount = Betrag
receipt-pay-link = Oder über diesen Link

## Sagen, dass er bereit ist

ready = Wenn er bereit ist
ready-what = Was deine Kunden lesen, wenn du ihnen sagst, dass ihr Schläger bereit ist, und wann du offen hast.
ready-edit = Worte und Öffnungszeiten
ready-saved = Gespeichert.
ready-tell = Bescheid geben, dass er bereit ist
ready-message = Nachricht
ready-sms = Als SMS
ready-whatsapp = Mit WhatsApp
ready-mail = Per Mail
ready-copy = Text kopieren
ready-words = Worte ändern
ready-hours = Öffnungszeiten
ready-hours-hint = Etwa: Mo bis Fr, 17 bis 19 Uhr, oder nach Absprache.
ready-german = Auf Deutsch
ready-english = Auf Englisch
ready-blanks = Für jeden Schläger eingesetzt: { $blanks }
ready-subject = Dein Schläger ist bereit
ready-text =
    Hallo { $name }
    Dein Schläger { $racket } ist bespannt und kann abgeholt werden.
    { $pay }
    { $hours }
    { $workshop }
ready-pay = Noch zu bezahlen: { $amount }.
ready-paid = Er ist bezahlt.
error-too-long-for-message = Höchstens 1000 Zeichen.
error-unknown-blank = In geschweiften Klammern steht etwas, wofür nichts eingesetzt wird. Vergleiche es mit der Liste oben.
