app-name = racket-book
skip-to-content = Skip to the content
nav-label = Main
nav-clients = Clients
nav-orders = Orders
nav-menu = Menu
sign-in = Sign in
sign-out = Sign out
sign-in-wrong = E-mail and password do not go together. Check both and try again.
sign-in-lapsed = You were signed out. Sign in again to go on.
email = E-mail
password = Password
password-rule = 12 characters or more, with lower and upper case, a digit and a symbol.
language = Language
currency = Currency
back = Back
back-home = Back to today
search = Search
search-orders = Search: name, racket, string, receipt
search-name = Search by name
filter = Filter
pages = Pages
page-newer = Back
page-older = Next
reload = Reload
undo = Undo
edit = Edit
only-you = Only you see this.
picker-suggestions = Suggestions
picker-add = Add “{ $q }” to my strings

first-run-title = Set up your workshop
first-run-intro = This takes a minute. You will be the administrator of this racket-book.
first-run-token = Setup token
first-run-token-hint = It is in the server's log, so that nobody else can set this place up.
first-run-name = Name of your workshop
first-run-name-hint = Printed on every receipt, unless you give another name for receipts. Your own name is fine.
first-run-submit = Start

mails-failed = { $count ->
    [one] A mail could not be sent today
   *[other] { $count } mails could not be sent today
}: look after the mail server.
home-title = Today
home-to-string = { $count } to string
home-empty-title = Your first stringjob
home-empty = Tap “Add stringjob” below. Client, racket and strings are entered on the way; nothing has to be prepared.
home-nothing = Nothing to string. Enjoy the quiet.
home-ready = Ready
home-ready-hint = to pick up or to pay
home-ready-all = All { $count }
add-stringjob = Add stringjob

client-self = My own racket
client-new = New client
client-new-named = New client “{ $q }”
client-first-name = First name
client-last-name = Last name
client-nickname = Nickname
client-email = E-mail
client-email-hint = For the receipt. May be left empty.
client-language = Language
language-mine = As mine
client-contact = Telephone, address
client-notes = Notes
client-tension-memo = Usual tension
client-save = Save client
client-history = Stringjobs
client-no-jobs = No stringjob yet.
client-rackets = Rackets
client-usual = Good to know
clients-empty = No clients yet. They are made with their first stringjob, or here.
clients-order = The latest order entered comes first
clients-none-found = Nobody is called “{ $q }”.
jobs-many = more than { $count } jobs
jobs-count = { $count ->
    [one] { $count } job
   *[other] { $count } jobs
}
last-strung = last strung { $date }
never-strung = never strung yet

choose-client = Who is it for?
job-for = Stringjob for { $name }
job-for-new = Stringjob for a new client
job-for-myself = For myself
copy-last = Copy last
copy-this = String it again like this
copied-from = Copied from { $date }
copied-hint = Change what differs.
racket = Racket
racket-new = Racket
rackets-older = More rackets
racket-waits = { $racket } already waits to be strung.
racket-model = Model
racket-model-hint = Type two letters, or write any name.
racket-nickname = Mark
racket-nickname-hint = No. 2, red grip … May be left empty.
sport = Sport
sport-tennis = Tennis
sport-badminton = Badminton
sport-squash = Squash
tension-unit = Unit
tension-unusual = unusual tension
mains = Mains
crosses = Crosses
as-mains = same string
hybrid = hybrid
string = String
string-same = String as mains
string-add = Add it to my strings
byo = BYO
byo-both = BYO both
byo-mains = BYO mains
byo-crosses = BYO crosses
byo-own = client’s own string
nudge-less = { $label }: { $nudge } { $unit } less
nudge-more = { $label }: { $nudge } { $unit } more
price-string = Price of the string, { $currency }
labor-first = Your price for stringing. It is remembered for the next one.
price-labor-in = Labour, { $currency }
price-discount-in = Discount, { $currency }
price-total-in = Total by hand, { $currency }
price-total-hint = In place of the sum. Mostly empty.
price-labor = Labour
price-string-one = String
price-mains = String, mains
price-crosses = String, crosses
price-discount = Discount
price-adjustment = Adjustment
head-client = Client
head-strings = Strings
head-tension = Tension
head-last-strung = Last strung
head-state = State
times-alike = { $count ->
    [one] one more alike
   *[other] { $count } more alike
}
bench = At the bench
bench-place = { $number } of { $of }
bench-before = The racket before
bench-after = The next racket
call = Call
last-setups = Earlier set-ups
due-shortcut-today = Today
due-shortcut-tomorrow = Tomorrow
due = Due
due-time = Time
due-late = due since { $date }
due-today = due today
due-tomorrow = due tomorrow
due-on = { $date }
rarer-fields = Colour, method, pre-stretch, DT, comments, more
ordered-date = Ordered on
colour-mains = Colour, mains
colour-crosses = Colour, crosses
method = Method
method-hint = Around the world, box, ATW …
knots = Knots
knots-of = { $count ->
    [one] one knot
   *[other] { $count } knots
}
pieces-label = Pieces
not-said = –
prestretch = Pre-stretch, percent
prestretch-kind = Pre-stretched
prestretch-by-machine = by machine
prestretch-by-hand = by hand
prestretch-of = { $percent } % pre-stretch
dt-before = DT before
dt-after = DT after
dt-device = DT device
dt-device-hint = ERT 300, RacquetTune … Copying brings it back.
dt-before-of = DT { $dt } before
dt-after-of = DT { $dt } after stringing
comment-public = Comment on the receipt
comment-public-hint = May be printed.
comment-private = Private comment
paid-in-advance = Paid in advance
payment = Paid how
paid-part = Amount, if not all
paid-deposit = Deposit
paid-so-far = Paid so far
paid-on = Paid { $day }
paid-on-by = Paid { $day }, { $how }
paid-back = Take back
paid-rest = Still open
payment-cash = cash
payment-twint = TWINT
payment-card = card
payment-transfer = bank transfer
payment-other = other
order-save = Save order
order-saved = Saved.
order-edit = Edit order
order-reissues = Saving issues the receipt again if it would show something else. The earlier one is kept.
order-more = Label, dates, history
show-all = Show all
orders-none = No orders here.
form-errors = Something needs a second look; it is marked below.
form-kept = Your sign-in had ended. Here is what you typed; nothing of it is saved yet.
form-saved-before = This form was saved already, saying something else. If you save again, it makes a second entry.
form-see-saved = See what was saved
error-changed-meanwhile = Somebody has changed this meanwhile, perhaps you in another tab. Below is what you typed; if you save again, it takes the place of the other.
pieces = { $count ->
    [one] one piece
   *[other] { $count } pieces
}

filter-all = All
filter-open = To string
filter-ready = Ready
filter-unpaid = Unpaid
filter-cancelled = Cancelled
filter-void = Void
state-void = Void
do-void = Set aside as void
void-reason = Why is it void?
void-hint = Its number stays taken and is explained by this.
in-cash = in cash { $amount }
paid-how = Paid by
dt-short = DT
free-price = Enter a price
free-strung = Strung, for nothing
to-the-order = To the order
step-free = This costs nothing so far. Is that meant so?
step-set-aside = Only an order with a receipt number that is not strung any more is set aside. Take back “Strung” first; without a number, cancel it.
step-void-reason = Say in a few words why it is void.
state-draft = Draft
state-ordered = Ordered
state-strung = Ready
state-returned = Returned
state-paid = Paid, not picked up
state-done = Done
state-cancelled = Cancelled
unpaid = unpaid
ordered-on = ordered { $date }
strung-on = strung { $date }
milestone-ordered = Ordered
milestone-strung = Strung
milestone-returned = Returned
milestone-paid = Paid
milestone-cancelled = Cancelled
milestone-open = not yet
do-strung = Strung
do-returned = Returned
do-paid = Paid
do-cancelled = Cancel order
done-ordered = Ordered.
done-strung = Strung. The receipt is being made.
done-strung-self = Strung.
done-returned = Returned.
done-paid = Paid.
done-moved = The date is changed.
done-cancelled = Cancelled.
undo-strung = Not strung after all
undo-returned = Not returned after all
undo-paid = Not paid after all
undo-cancelled = Take it up again
undo-ordered = Not ordered after all
date-change = another date
date-save = Change
audit-title = History
audit-undone = { $date } taken back

step-future = That date is in the future. Choose today or an earlier day.
step-strung-before-ordered = That would be before the order date. Choose a later day, or change the order date first.
step-returned-before-strung = It can be returned once it is strung, on that day or later.
step-paid-before-strung = It can be paid once it is strung. Tick “Paid in advance” in the order if it was paid before.
step-is-cancelled = This order is cancelled. Take it up again first.
step-cancel-strung = A strung order is not cancelled. Take back “Strung”, then set it aside as void.
step-cancel-numbered = This order has a receipt number and stays, as void, so that no number is missing.
step-paid-too-much = That much is not open any more. Enter no more than what is still open.
step-paid-meanwhile = Something has changed here meanwhile. Look what is still open, and enter it again then.
step-undo-paid = It would be paid without the last payment too. Take back the payment that was none, at the price.
step-paid-nothing = Enter how much was paid, or leave the field empty: then all is paid.
step-paid-how = Tap how it was paid.
step-cancel-paid = Something was paid for it already. Give the money back and take the payment back here; then it can be done.
step-undo-strung = It was returned or paid already. Take that back first.
step-undo-ordered = An order keeps its order date. Change the date instead.
step-self-job = Your own racket is neither returned nor paid.

error-choice = Choose one of the list.
error-required = Please fill this in.
error-too-long-for-paper = The receipt has room for 400 characters. Please shorten it.
error-string-of-price = Which string is it? A price needs one; or leave the price empty.
error-too-long = That is too long. Please shorten it.
error-email = That is no e-mail address. It looks like name@example.com.
error-password-weak = Too easy to guess: 12 characters or more, with lower and upper case, a digit and a symbol.
error-setup-token = That is not the token in the server's log.
error-price = Enter an amount like 25.00, at most 100,000.
error-tension = Enter a number like 24 or 22.5.
error-two-readings = That can be read in two ways. Write it without a mark for thousands, as 1200 or 1.20.
error-other-unit = That is in the other unit. Choose it under Unit, or enter the number in this one.
error-tension-impossible = No racket of this sport takes that. Check number, unit and sport.
error-number = Enter a whole number within reason.
error-date = Enter a date like 2026-11-24.
error-time = Enter a time like 09:30.
error-other-sport = That racket is for another sport. Choose its sport, or another racket.
error-racket = Which racket is it? Any name will do.
error-one-racket = That belongs to one racket alone. Leave it empty, or enter the rackets one by one.

receipt-title = Receipt
receipt-for = For
receipt-strung = Strung
receipt-replaced = Replaced
receipt-open = Open
receipt-open-amount = open
receipt-paid-on = paid on { $day }
receipt-still-open = still open { $amount }
receipt-paid-earlier = Paid earlier, { $count } times
receipt-rounding = Rounded to 5 rappen, cash
receipt-too-much = Paid too much
receipt-setup = Stringing
receipt-mains = Mains
receipt-crosses = Crosses
receipt-method = Method
receipt-one-piece = one piece
receipt-two-pieces = two pieces
receipt-dt-before = DT before
receipt-dt = DT after stringing
receipt-string-before = String before
receipt-held = { $days ->
    [one] held a day
   *[other] held { $days } days
}
receipt-held-and-lost = { $days ->
    [one] held a day, { $percent }% less DT
   *[other] held { $days } days, { $percent }% less DT
}
receipt-string-again = String again
receipt-about = about { $day }
receipt-price = Price
receipt-labor = Labour
receipt-string = String
receipt-string-mains = String, mains
receipt-string-crosses = String, crosses
receipt-own-string = client’s own string
receipt-discount = Discount
receipt-adjustment = Adjustment
receipt-total = Total
receipt-unprintable = The receipt has no letters for { $letters } yet; paper would show boxes in their place.
receipt-pending = being made …
receipt-failed = not made; being looked after
receipt-again = Issue again
receipts-issue-hint = Receipts that are still open say what was so before.
receipts-issue-more = The later ones are done; there are older ones.
receipts-issue = Issue open receipts again
receipts-issued = Open receipts that say something else now are issued again. The earlier ones are kept.
emissions-count = { $count ->
    [one] issued once
   *[other] issued { $count } times
}
cause-first = when strung
cause-edit = after a change
cause-by_hand = by hand
tax-not-registered = Not VAT-registered.
tax-small = Exempt from VAT as a small business, section 19 UStG (Germany).
tax-in-prices = All prices include VAT.
tax-included = { $rate }% { $tax }, included in { $amount }
tax-name-switzerland = VAT
tax-name-germany = VAT
tax-name-austria = VAT
tax-name-european_union = VAT
tax-number-switzerland = VAT no. { $number }
tax-number-austria = UID { $number }
tax-number-europe = VAT ID { $number }
tax-number-germany = Tax no. { $number }
tax-regime-not_registered = Not VAT-registered
tax-regime-switzerland = Switzerland, VAT-registered
tax-regime-germany_small = Germany, small business (section 19 UStG)
tax-regime-germany = Germany, with VAT
tax-regime-austria = Austria, with VAT
tax-regime-european_union = Another country of the EU, with VAT
logo = Logo
logo-hint = A logo stands at the top left of every receipt that is issued from then on, with your name below it. What was issued stays as it is.
logo-now = So it looks on paper:
logo-alt = Your logo
logo-take-off = Take the logo off
logo-file = Picture
logo-another = Another picture
logo-file-hint = PNG, JPEG or SVG, up to 12 MB. Wide pictures suit best: the place is 81 mm by 11 mm. Words of an SVG are set in our own font, unless they are drawn as paths. Printers without colour make greys of colours.
logo-take = Use this picture
logo-saved = The logo is saved. Receipts that are issued from now on show it.
logo-gone = The logo is gone. Receipts that are issued from now on have your name instead.
logo-coarse = This picture has few dots: on paper its edges will show. A larger one, or an SVG, looks better.
logo-refused-file = This file is larger than 12 MB. Save the picture smaller, and choose that.
logo-refused-many = The logo was changed very often. Please wait an hour, and try again.
logo-refused-kind = This is no PNG, JPEG or SVG. Save the picture as one of these, and choose that.
logo-refused-damaged = This picture cannot be read. Open it, save it as PNG, and choose that.
logo-refused-large = This picture is too large. Make it 2,000 dots wide or less, and choose it again.
logo-refused-empty = Nothing is to be seen of this picture on white paper. Choose one in dark colours.
logo-refused-hard = This picture takes more time or memory than a logo may. Save it smaller, as PNG, and choose that.
taxes = VAT
taxes-what = What your receipt says of tax: registered or not, number and rates.
taxes-edit = Set up VAT
taxes-hint = What held on the day of stringing holds. When a rate changes, enter the new one with its day; what was issued stays as it is. Prices always include the tax.
taxes-none = Receipts say “Not VAT-registered” so far. If that is right, there is nothing to do here.
taxes-now = holds now
taxes-since = from { $day }
taxes-forget = Delete
taxes-say = From a day on
taxes-from = From
taxes-regime = VAT
taxes-number = Number
taxes-number-hint = Switzerland: CHE-123.456.789. Germany: tax number or VAT ID. Elsewhere the VAT ID.
taxes-labor-rate = Rate in %, labour
taxes-labor-rate-hint = Empty: 8.1 in Switzerland, 19 in Germany, 20 in Austria.
taxes-strings-rate = Rate in %, strings
taxes-strings-rate-hint = Empty: as labour.
taxes-saved = Saved. Receipts that are issued from now on say so.
error-tax-number-swiss = This is no Swiss VAT number. It has nine digits: CHE-123.456.789.
error-tax-number-german = Enter a tax number (12/345/67890) or a VAT ID (DE and nine digits), or leave the field empty.
error-tax-number-austrian = Enter a UID (ATU and eight digits), or leave the field empty.
error-tax-number-european = Enter the VAT ID with its country (FR…, IT…), or leave the field empty.
error-rate = Enter a rate like 8.1, at most 30.

problem-not-found-title = Not found
problem-not-found = There is nothing here, or nothing of yours.
problem-sign-in-title = Sign in
problem-sign-in = Sign in to see this page.
problem-foreign-form-title = That page was too old
problem-foreign-form = Nothing was changed. Go back; what you typed is still there. Copy what is long, open the page anew and enter it again.
problem-too-large-title = Too much at once
problem-too-large = That was more than a form may send. Nothing was changed.
problem-stale-title = Changed meanwhile
problem-stale = Somebody changed this since you opened it. Go back, reload and enter your change again.
problem-reference-title = No longer there
problem-reference = The form names something that is not there any more. Go back, reload and choose again.
problem-bad-request-title = That did not arrive in one piece
problem-bad-request = Go back, reload the page and try again. Nothing was changed.
problem-internal-title = Something broke
problem-internal = It was our fault and has been noted. Try again in a moment.

sign-in-or = or
sign-in-by-link = Mail me a link
sign-in-wait = Too many attempts. Try again in { $seconds ->
    [one] one second
   *[other] { $seconds } seconds
}, or have a link mailed.
password-forgotten = Forgot the password?
mailed-title = Look into your mail
mailed-to = If there is an account with this address, a mail with a link is on its way to it:
mailed = The link is good once, for 15 minutes.
mailed-hint = Nothing there after a minute? Look among the spam, and check the address.
link-magiclink-title = Sign in
link-magiclink = With this button you sign in as
link-magiclink-button = Sign in
link-recovery-title = New password
link-recovery = With this button you sign in, and choose a new password, as
link-recovery-button = Choose a new password
link-invite-title = You are invited
link-invite = Welcome to racket-book. With this button you accept the invitation for
link-invite-button = Accept
link-instead = You are signed in as { $email }. That ends with it.
link-not-me = Not your address? Then close this page; nothing happens.
link-spent-title = This link is used up
link-spent = This link cannot be used any more: a link to sign in is good once, for 15 minutes, and only the newest one. Have a new one mailed.
link-spent-invitation = This link cannot be used any more: an invitation’s link is good once, for 7 days, and only the newest one. Your invitation still stands: have a new link mailed to the invited address.
link-again = Mail me a new link
welcome-title = Your workshop
welcome-intro = One page, then you can start. Everything can be changed later.
time-zone = Time zone
time-zone-hint = Such as Europe/Zurich. It decides when a day begins.
access-title = No workshop yet
access-intro = You are signed in as { $email }, but no workshop here belongs to you. You can ask the administrator for access.
access-message = Message
access-message-hint = Who you are. May be left empty.
access-ask = Ask for access
access-asked = The administrator sees that { $email } asks for access, and decides about it.
settings = Settings
account = Account
password-change = Change password
password-change-hint = This signs out all your other devices.
password-current = Current password
password-new = New password
password-by-link = I have none, or forgot it: mail me a link
password-save = Save password
password-changed = The password is changed. All other devices are signed out.
sessions = Signed-in devices
sessions-ended = Signed out there.
sessions-end-others = Sign out everywhere else
session-unknown = Unknown browser
session-this = this one
session-times = Since { $since }, last seen { $seen }
session-end = Sign out
invitations = Invitations
invitations-asked = Ask for access
invitations-known = So far
invitation-email = Invite by e-mail
invitation-email-hint = A mail with a link goes there. It is good for 7 days; the invitation stays.
invitation-by-hand-hint = No mail server is set up: you get a link to hand over.
invitation-locale = Language of the mail
invitation-send = Invite
invitation-again = Mail again
invitation-withdraw = Withdraw
invitation-decline = Decline
invitation-just-mailed = A mail went out less than a minute ago. Look among the spam, or try again in a minute.
invitation-mailed = The invitation is on its way.
invitation-withdrawn = The invitation is withdrawn.
invitation-by-hand = No mail server is set up. Hand this link over yourself; it is good once, for 7 days.
invitation-link = Link
invitation-state-sent = invited
invitation-state-accepted = accepted, first page still open
invitation-state-joined = strings here
invitation-state-asked = asks for access
invitation-state-withdrawn = withdrawn
stringers = Stringers
stringer-since = since { $at }
stringer-close = Deactivate
stringer-close-hint = Nobody can sign in any more; nothing is deleted. You can undo it at any time.
stringer-closed-at = deactivated { $at }
stringer-closed = Deactivated. All its devices are signed out.
stringer-link = Link for a new password
stringer-link-by-hand = Hand this link over yourself: whoever opens it is signed in as this stringer and sets a new password. It is good once, for 15 minutes, and stands in the audit log.
stringer-open = Activate again
stringer-opened = Active again.
role-admin = administrator
that-is-you = you
reason = Reason
mail-greeting = Hello
mail-magiclink-subject = Your link to sign in
mail-magiclink = Somebody, probably you, wants to sign in to racket-book. Open this link to do it:
mail-magiclink-button = Sign in
mail-recovery-subject = Choose a new password
mail-recovery = Somebody, probably you, has forgotten the password of racket-book. Open this link to choose a new one:
mail-recovery-button = Choose a new password
mail-invite-subject = You are invited to racket-book
mail-invite = You are invited to keep your workshop's book in racket-book. Open this link to accept:
mail-invite-button = Accept
mail-validity-minutes = The link is good once, for { $number } minutes.
mail-validity-days = The link is good once, for { $number } days.
mail-not-me = If that was not you, do nothing.
error-password-wrong = That is not the password until now.
error-password-same = That is the password that you have. Choose another.
error-address-taken = Somebody strings here with this address already.
error-time-zone = Choose a time zone from the list, as Europe/Zurich.

problem-again = Try again in { $seconds ->
    [one] one second
   *[other] { $seconds } seconds
}.
problem-reference-number = For whoever helps you:
deactivated-title = Deactivated
deactivated = Your workshop's access was deactivated. Your book is kept; ask the administrator.
problem-sign-in-unavailable-title = Sign-in is not available
problem-sign-in-unavailable = The sign-in service does not answer just now. Whoever is signed in can go on working. Try again in a minute.
problem-too-many-title = Too often
problem-too-many = That was asked for too often in a short time. Nothing was changed.
problem-slow-title = That took too long
problem-slow = The answer did not come in time. Look whether it was saved before you try again.
problem-link-title = This link is used up
problem-link = A link is good once, for 15 minutes. Have a new one mailed.
problem-address-taken-title = Already here
problem-address-taken = Somebody strings here with this address already.
problem-own-account-title = Not your own
problem-own-account = You cannot deactivate yourself here.

# Rackets, labels, the workshop
copy = Copy the link
copied = Copied
save = Save
racket-saved = Saved.
racket-edit = Edit racket
racket-resting = not played
racket-in-rotation = Is being played
racket-in-it = What is in it now
racket-age = { $days ->
    [0] today
    [one] { $days } day old
   *[other] { $days } days old
}
racket-usual = { $days ->
    [one] So far strung again every day.
   *[other] So far strung again about every { $days } days.
}
racket-lost = The last one lost { $percent } % DT in { $days } days.
racket-history = History
restring-due = Restring by { $date }
restring-was-due = Restring, due { $date }
label-wide = Label, 62 mm
label-throat = Label for the throat
label-code = Code on the label
head-size = Head size
string-pattern = String pattern
grip-size = Grip size
serial = Serial number
chart-tensions = { $count ->
    [one] Tension, one job
   *[other] Tension, last { $count } jobs
}
chart-tensions-says = Tensions of mains and crosses from { $from } to { $to }; the figures are in the table below.
chart-gaps = Days between jobs
chart-gaps-says = Days from one job of a racket to the next, from { $from } to { $to }; the figures are in the table below.
chart-losses = DT lost meanwhile, in percent
chart-losses-says = DT that the strings lost from one job to the next, from { $from } to { $to }; the figures are in the table below.
chart-strung-again = Strung again
chart-loss = DT loss
unit-days = days
chart-as-table = As a table
workshop = Workshop
workshop-hint = Name, labour, unit, when to restring, what receipts say.
workshop-edit = Edit workshop
workshop-saved = The workshop is saved.
workshop-work = At the machine
workshop-receipt = On receipts
workshop-place = Language and place
business-name = Business name
business-name-hint = Where receipts should show another name.
business-address = Address
phone = Telephone
town = Town
town-hint = Other stringers see it beside your name.
thanks = Thank-you text
thanks-hint = At the foot of each receipt.
restring-by = Restring a racket
restring-by-days = after so many days
restring-by-usual = as often as its jobs came so far
restring-by-loss = when it has lost so much DT
restring-days = Days
restring-loss = DT loss in percent
also-title = String others of theirs as well
also-not = not now
also-same = the same
also-hint = Each gets an order of its own; both tensions move.
racket-count = How many alike
racket-several = More than one, or a mark
racket-count-hint = Twins are numbered.
jobs-saved = { $count ->
    [one] { $count } job saved.
   *[other] { $count } jobs saved.
}
days = Days
day-left = { $count ->
    [one] { $left } of { $count } job to string
   *[other] { $left } of { $count } jobs to string
}
day-before = Previous
day-after = Next
day-receipts = { $count ->
    [one] Print the open receipt (strung that day)
   *[other] Print { $count } open receipts (strung that day)
}
day-receipts-title = Open receipts, { $day }
day-receipts-file = Receipts
day-receipts-failed = A receipt of this day could not be made. Open its order to see which one.
day-labels = All labels
day-none = Nothing is promised for this day.
nth-racket = { $number } of { $of } rackets
keys = Keys at the desk
keys-hint = / searches, n begins a job. For this browser.
client-edit = Edit client
error-not-yours-to-say = This person speaks for themselves, or was erased: name, e-mail and language can't be changed here.
list-more = Year, sorting, own strings
list-year = Year
list-all-years = all years
list-sort = Sort by
list-sort-ordered = latest ordered
list-sort-strung = latest strung
list-sort-due = due first
list-sort-client = by client
list-byo = Only with the client's own string
reports = Reports
report-jobs = Jobs
report-earned = Earned (strung)
report-received = Received (paid)
report-hybrids = Hybrids
report-clients = Clients who brought most
report-client = Client
report-strings = Strings used
report-strings-hint = from my stock; mains and crosses count half each
report-string = String
report-beds = Rackets
report-metres = Metres
report-debts = Not paid yet
report-debts-all = All unpaid
report-age = Since strung
report-owed = Owed
report-as-file = As a file:
report-turnaround = Ordered to strung
report-days = { $days ->
    [one] { $days } day
   *[other] { $days } days
}
report-byo = With the client's string
report-own = For myself
report-foreign = { $count ->
    [one] { $count } job in another currency is in no sum.
   *[other] { $count } jobs in other currencies are in no sum.
}
report-revenue-says = Revenue by month in { $year }; the figures are in the table below.
report-jobs-says = Jobs by month in { $year }; the figures are in the table below.
report-month = Month
report-this-year = This year
report-voids = Numbers without a receipt
report-none = Nothing was strung in { $year }.
offline = The server cannot be reached. What you have typed is kept on this page; save when it is back.
receipts-stay = Receipts that were issued stay as they are; “Issue again” makes a new one.

imports = Bring in a table
home-import = Bring in my table
import-intro = Your orders of the past years can come along. Choose the workbook (stringing_orders.xlsx), any table of yours (Excel or CSV), or a whole book that you have taken along elsewhere (JSON): the file is read and checked first, and nothing is written before you have seen the report and said yes.
import-file = File
import-file-hint = Excel (.xlsx), CSV, or a whole book (.json; a large one as .zip), 12 MB at the most. The file is kept for 30 days, for you alone.
import-read = Check the file
import-uploads = So far
import-nameless = Workbook
import-state-matching = Match the columns
import-state-uploaded = Being read
import-state-read = Waits for you
import-state-approved = Being taken over
import-state-done = In the book
import-state-refused = Not readable
import-state-failed = Failed
import-state-cancelled = Called off
import-running-uploaded = The file is being read and tried out. Nothing is written yet.
import-running-approved = The orders are being taken over: all of them, or none.
import-progress = How far it is
import-rows-of = { $done } of { $of } rows
import-pace = { $pace } rows a second
import-left = { $seconds ->
    [0] nearly done
    [one] one second left
   *[other] { $seconds } seconds left
}
import-cancel = Cancel
import-was-cancelled = This upload was called off. Nothing of it is in the book.
import-was-failed = This upload failed several times for a reason that is ours. Nothing of it is in the book. Please tell the administrator, or try again.
import-was-matching = This is a table of a shape of its own. Say what its columns hold; what could be guessed is chosen already.
import-another = Choose another file
import-forgotten = The file was erased after 30 days. What was taken over stays in the book.
import-done = It is done.
import-done-what = { $new ->
    [one] One order is new in the book;
   *[other] { $new } orders are new in the book;
} { $known } were there already.
import-to-orders = To the orders
import-fail = The file cannot be taken over as it is. Nothing was written. Please mend what is named below in the file, and upload it again.
import-mended = Upload the mended file
import-ok = { $new ->
    [one] One order can be taken over.
   *[other] { $new } orders can be taken over.
} Nothing is written yet.
import-nothing-new = All { $known } orders of this file are in the book already. There is nothing to do.
import-approve = Add to my book
import-faults = To be mended
import-faults-hint = in the file, not here
import-more = { $count ->
    [one] And one more.
   *[other] And { $count } more.
}
import-counts = Orders
import-in-file = File
import-in-book = Book
import-new = New
import-known = { $count ->
    [one] One order was there already.
   *[other] { $count } orders were there already.
}
import-client-orders = For clients
import-own-jobs = My own rackets
import-new-clients = { $count ->
    [one] One client is new.
   *[other] { $count } clients are new.
}
import-known-clients = { $count ->
    [one] One client is in the book already, and gets these orders added:
   *[other] { $count } clients are in the book already, and get these orders added:
}
import-turnaround = Ordered to strung, on average: { $file } days in the file, { $book } in the book.
import-numbers = { $count ->
    [one] One order gets a receipt number:
   *[other] { $count } orders get receipt numbers:
}
import-took = Checked in { $seconds } seconds.
import-revenue = Revenue by year
import-groups = The same, or not?
import-groups-hint = Written differently in the file. Nothing is joined unless you say so.
import-kind-player = Client
import-kind-racket = Racket
import-kind-string = String
import-kind-own = Own racket
import-is-known = in the book
import-keep-apart = Keep apart
import-all-are = All are: { $text }
import-choose = Keep these choices and check again
import-changes = Changed in the workbook
import-changes-hint = These orders are in the book. It keeps what it has, unless you say otherwise.
import-take = Take the workbook’s word
import-row = row { $row }
import-odd = Dates out of order
import-odd-hint = { $count ->
    [one] One row; it is kept as it is.
   *[other] { $count } rows; they are kept as they are.
}
import-remarks = Worth knowing
import-remarks-hint = For your information
import-show = Show
import-no-racket = Racket not named
import-field-ordered = Ordered
import-field-strung = Strung
import-field-returned = Returned
import-field-paid = Paid
import-field-client = Client
import-field-racket = Racket
import-field-mains = Mains
import-field-crosses = Crosses
import-field-method = Method
import-field-comment = Comment
import-field-tension = Tension
import-field-byo = Own string, mains / crosses
import-field-dt-before = DT before
import-field-dt-after = DT after
import-field-labor = Labour
import-field-total = Total
error-no-file = Choose a file first.
error-file-too-large = This file is larger than 12 MB. Save the sheets with your orders alone in a new file, and choose that.
refused-empty = There is nothing in this file. Please choose another.
refused-old-or-encrypted = This is a workbook in the old format (.xls), or one with a password. Open it in Excel or LibreOffice, take the password off, save it as “Excel workbook (.xlsx)”, and upload that.
refused-open-document = This is an OpenDocument file. Open it in LibreOffice, save it as “Excel 2007–365 (.xlsx)”, and upload that.
refused-text = No table was found in this file: it needs a header row, at least two columns and one row below. Choose another file (Excel or CSV).
refused-unknown = No table of jobs was found in this file. Choose another file (Excel or CSV).
refused-too-much = There is more in this file than in any workbook of orders. Please save the sheets with your orders alone as a new workbook, and upload that.
refused-damaged = This file is damaged or incomplete. Open it in Excel or LibreOffice, save it anew as “Excel workbook (.xlsx)”, and upload that.
refused-book-damaged = This book (JSON) is incomplete, or somebody has changed it. Take it along anew (“Download my data”), and upload it as it is.
refused-book-newer = A later program has written this book, and this one cannot read it yet. Please tell the administrator.
refused-book-too-large = This book is larger than can be taken in here at once. Please tell the administrator.
refused-book-not-empty = This is a whole book, and yours has clients or orders already. A whole book goes into an empty one alone. If you have taken it over before, there is nothing to do; else bring the orders in as a workbook.
refused-too-hard = Reading this file took too long or too much memory. Copy the rows of your orders alone into a new workbook, and upload that.
matter-no-client-sheet = No sheet has the columns of client orders (ID, Ordered, Strung, Last Name, Model, Tension …). Give the sheet its two header rows again.
matter-no-own-sheet = No sheet has the columns of jobs on your own rackets. If you have none, all is well.
matter-second-sheet = Two sheets have the columns of orders. Put all orders into one, or take the header off the other.
matter-no-column = This column is missing. Add it with its header, even if it is empty.
matter-two-columns = Two columns have the same header. Rename or remove one.
matter-error-value = Excel has an error here. Mend the formula, or type the value.
matter-no-result = This formula has no saved result. Open the workbook in Excel or LibreOffice, and save it again.
matter-no-date = This is no date. Type day, month and year, as 24.11.2026.
matter-date-of-two-readings = Day and month can be read either way. Type the date as 24.11.2026, or the month as a word.
matter-far-date = This date is too far away. Check the year.
matter-no-tension = This is no tension. Type a number, as 24.5, or with its unit, as 52 lbs.
matter-two-tensions = The tensions of mains and crosses contradict each other, or have two units. Type one number into each cell.
matter-merged = This cell is merged over several rows. Unmerge it, and type each row’s own amount.
matter-true-or-false = TRUE or FALSE stands here, where something else is wanted. Type the value.
matter-no-amount = This is no amount. Type a number, as 27.50.
matter-neither-yes-nor-no = Type Yes or No.
matter-no-gauge = This is no gauge. Type millimetres, as 1.25.
matter-no-stiffness = This is no measured stiffness. Type a number, as 38.
matter-no-id = This order has no ID. Give it a number that no other order has.
matter-second-of-id = Another row has the same ID. Give this one a number of its own.
matter-no-player = Nobody is named here. Type the player’s last name.
matter-no-racket = No racket is named here. Type its model.
matter-unknown-racket = The list “My Racquets” has no racket with this ID. Add it there, or mend the ID.
matter-torn = The file ends in the middle of this sheet, or has a value here that cannot be read. Open it in Excel, and save it again.
matter-no-dates = This order has no date at all. Type when it was ordered or strung.
matter-taken-for-pounds = So many kilograms nobody strings with: taken for pounds.
matter-recomputed = The formula’s saved result is not what its rule gives. It was computed anew.
matter-empty-job = This row has an ID and nothing else. It was left out.
matter-note = A note among the rows. It was left out.
matter-unknown-column = This column is unknown. It was left out.
matter-renamed-sheet = The sheet has another name, and was known by its columns.
matter-time-of-day = A time of day stands with the date. It was left out.
matter-contradiction = This place does not fit to the rest of the book. Take the book along anew, instead of changing the file.
matter-unknown-sport = There is no such sport here. The job is taken in with the usual one.
yes = Yes
no = No

exports = Download my data
export-intro = Your book is yours. Each file is made from all that is in it now; it appears below and stays for a day.
export-make = Prepare
export-ready = Prepared files
export-fetch = Download
export-until = until { $until }
export-kind-workbook = Workbook (Excel)
export-kind-json = Everything (JSON)
export-kind-receipts = All receipts (PDFs in a ZIP)
export-what-workbook = Orders and own rackets in the familiar shape. It can be brought in again.
export-what-json = Complete: clients, rackets, orders, every step, every receipt; for other programs.
export-what-receipts = Each receipt as it was issued, in one archive.
export-state-owed = Being prepared
export-state-made = Ready
export-state-failed = Failed
export-settings = Orders, clients and receipts as files of your own; and what you had in a table so far.
import-groups-below = { $count ->
    [one] Check one name
   *[other] Check { $count } names
}
import-columns = What the columns hold
import-columns-again = Say it otherwise
import-how = How it is written
import-sport = Sport, where no column says it
import-unit = Tensions are in
import-unit-both = kg and lb mixed
import-above = Numbers above this are pounds
import-above-hint = Only where both stand in one column: a higher number is in pounds. For tennis 35 is a good limit.
import-cents = Prices are in cents
import-try = Try it out
error-column-client = No column has the client. Choose which one names whom a racket belongs to.
error-column-day = No column has a day. Choose when a racket was ordered or strung.
error-column-twice = Two columns hold the same. Choose “not taken over” for one of them.
column-nothing = not taken over
column-number = Number of the job
column-client = Client, whole name
column-first-name = Client, first name
column-last-name = Client, last name
column-racket = Racket
column-rackets = How many rackets
column-sport = Sport
column-ordered = Ordered on
column-strung = Strung on
column-returned = Returned: a day, or a mark
column-paid = Paid: a day, or a mark
column-mains = String (mains)
column-crosses = Crosses’ string
column-mains-tension = Tension (mains)
column-crosses-tension = Crosses’ tension
column-byo = Client’s own string (yes/no)
column-prestretch = Pre-stretch in percent
column-price = Price
column-stiffness = DT
column-comments = Comment
import-in-book-then = In the book then
import-state-fail = To be mended
import-chosen = Your choices are kept and checked. Look at the report, and then add it to your book.
import-faults-table = in the file, or match the columns below anew
my-data = My data
report-table-months = Months
report-table-clients = Clients
report-table-strings = Strings
report-table-debts = Unpaid
matter-too-long = This text is too long for its field. Shorten it.
matter-other-table = Another order with this number is in the book already, from another table. Give the orders of this table numbers of their own, or do not take its column of numbers over.

catalogue = Catalogue
catalogue-rackets = Rackets
catalogue-strings = Strings
catalogue-search-rackets = Search: maker, model, year
catalogue-search-strings = Search: maker, model, gauge
catalogue-own-alone = My own entries only
catalogue-own = Yours
catalogue-shared = Everybody’s
catalogue-name = Name
catalogue-facts = Facts
catalogue-whose = Seen by
catalogue-new-rackets = Add a racket
catalogue-new-strings = Add a string
catalogue-none = The catalogue is still empty.
catalogue-none-so = No entry is like that.
catalogue-none-own = You have no entries of your own yet. They come by themselves when you type a new name into a job.
catalogue-none-found = Nothing in the catalogue is called “{ $q }”.
catalogue-maker = Maker
catalogue-model = Model
catalogue-saved = Saved.
catalogue-used = In your jobs
catalogue-not-used = Never strung yet.
catalogue-see-jobs = See the jobs
catalogue-is-shared = Everybody sees this entry. Only an admin can change it.
catalogue-is-own = Only you see this entry.
catalogue-back = To the catalogue
catalogue-renames = Your jobs are called so as well from then on. Receipts that were issued stay as they are.
choose = Please choose
racket-year = Year
racket-year-hint = The model’s year, where there are several.
racket-weight = Weight
racket-balance = Balance
head-size-hint = 98, or with its unit: 632 cm²
string-gauge = Gauge
string-material = Material
string-colour = Colour
string-length = Length
string-length-hint = Set or reel
material-polyester = Polyester
material-multifilament = Multifilament
material-synthetic_gut = Synthetic gut
material-natural_gut = Natural gut
material-nylon = Nylon
material-aramid = Aramid
error-gauge = Type millimetres, as 1.25.
error-head-size = Type square inches, as 98, or the unit with it: 632 cm².
error-length = Type metres, as 12.2 or 200.

audit = Audit log
audit-intro = Who looked or acted across all stringers, when and why. This look stands in it as well.
audit-words = Reason or request contains
audit-at = Time (UTC)
audit-act = Act
audit-admin = Who
audit-reason = Reason
audit-request = Request
audit-outcome = Outcome
audit-from = From
audit-to = To
audit-cut = There are more than these. Ask for a shorter time.
audit-none = Nothing of that stands in the log.
audit-done = Done
audit-failed = Failed
audit-open = Open
act-read_audit_log = Read the audit log
act-list_stringers = Listed stringers
act-hand_over_link = Handed over a link
act-list_invitations = Listed invitations
act-invite_stringer = Invited somebody
act-deactivate_stringer = Deactivated or opened

submissions = Submissions
submissions-none = Nothing waits.
submissions-more = More are waiting; they come when these are decided.
submission-offer = Offer to everybody
submission-take-back = Take the offer back
submission-waits = Offered. The admins have not decided yet; until then only you see it.
submission-rejected = Not taken for everybody: { $reason }
submission-thanks = You offered it, thank you.
submission-accept = Take for everybody
submission-reject = Reject
submission-why = Why not? Whoever offered it reads this.
submission-alike = Everybody has already:
submission-merge = Same as { $name }
submissions-accept = Take the chosen ones for everybody
submissions-were-accepted = The chosen entries are everybody’s now.
submissions-were-some = Some of the chosen entries were changed or taken back meanwhile and still wait; the others are everybody’s now.
submissions-none-chosen = Nothing was chosen. Tick the entries first.
submission-was-merged = Joined. Rackets and orders with the offered entry have the other one now.
catalogue-joined = The entry that you looked for was joined with this one. Your rackets and orders have it.
share = Share
shares = Shared
shares-received = With me
shares-given = By me
shares-from = By whom
shares-received-none = Nobody shares an order with you. Whoever does finds you by your name and town.
shares-given-none = You share nothing. A client’s page has the way to it.
share-somebody = Somebody
news-share_granted_to_me = { $who } shares an order with you.
news-share_revoked_from_me = { $who } has ended the sharing of an order.
news-my_order_visible_to_third_party = A client shows orders of yours to another stringer.
news-seen = Understood
share-title = Share with another stringer
share-nothing = Nothing was strung for this client yet.
share-whom = With whom?
share-whom-hint = Name or town of a stringer here; two letters are enough.
share-nobody = No stringer here is called “{ $q }”.
share-with = With { $name }
share-another = Somebody else
share-which = Which jobs?
share-choose = Choose at least one job.
share-what = They see racket, strings, tensions, colours, DT, method, the days of order and stringing, and the first name. Never: last name, addresses, comments, prices.
share-do = Share
share-granted = Shared.
share-revoked = Ended.
share-revoke = End
share-end-all = Leave all of this client’s
share-end = Leave
share-from = { $stringer } lets you read this
share-print = Print
share-copy = String it so
share-copy-hint = It becomes a client, a racket and an order of your own; nothing changes at the other stringer’s.
home-shares = { $count ->
    [one] One piece of news about orders that are shared with you.
   *[other] { $count } pieces of news about orders that are shared with you.
}
home-look = To look at
home-offers = { $count ->
    [one] One entry of the catalogue was offered to everybody.
   *[other] { $count } entries of the catalogue were offered to everybody.
}
submission-was-accepted = The entry is everybody’s now.
submission-was-rejected = Rejected. The entry stays whose it is.
submission-was-changed = The entry was changed or taken back meanwhile. Look at it again.
act-list_submissions = Listed submissions
act-moderate_catalogue = Decided about a submission
feeds = Catalogue feeds
feeds-none = No row of a feed waits.
feeds-how = A feed is a list that somebody else keeps. It is staged on the server with “rbo task catalogue_stage”, first as a dry run; its rows then wait here.
feed-search = Maker or model
feed-is-new = new
feed-is-same = is there
feed-is-renews = said anew
feed-is-kept = said otherwise here
feed-known = Everybody has:
feed-look = Compare
feed-take = Take the chosen ones
feed-take-all = Take all that wait
feed-take-new = Take for everybody
feed-take-same = It is the same
feed-take-renews = Take what is said anew
feed-take-kept = Leave ours as it is
feed-reject = Leave out
feed-taken = Taken: { $new } new, { $renewed } said anew, { $matched } that everybody had.
feed-rejected = Left out. The feed is not asked about these again.
feed-matched = Noted: everybody has it under that name.
feed-changed = Somebody has decided about it meanwhile.
feed-alike = What everybody has and is called alike
feed-none-alike = Nothing is called so.
feed-match = It is this one
act-list_feeds = Listed rows of feeds
act-decide_feed = Decided about rows of feeds
mine = My rackets
mine-sharing = Who reads
mine-me = Me
mine-hello = Hello { $name }
mine-welcome = Welcome, { $name }
mine-what = { $stringer } shows you here what was strung for you: your rackets, when one is ready, and your receipts. No password is needed; this phone is known from now on.
mine-open = Open my rackets
mine-not-me = If you are not { $name }, close this page.
mine-start = Your stringer gives you a link to this page. Open it once on this phone; afterwards the page opens by itself.
mine-spent = The link was used, or a newer one was made. Ask for another one.
mine-none = Nothing was strung for you yet.
mine-history = History
mine-keep = Keep this page among your bookmarks or on the home screen.
mine-ready = Ready
mine-waiting = At the stringer’s
mine-is-due = Restring
mine-collect = Ready to collect: { $stringer }
mine-at = With { $stringer }
mine-wanted = wanted for { $date }
mine-due = about due on { $date }
mine-unpaid = open
mine-paid = paid on { $date }
mine-byo = own string
mine-receipts = Receipts
mine-show-this = Show this to another stringer
mine-show-order = Show this
mine-show-all = Show everything to another stringer
mine-show-all-to = Show everything
mine-show-all-what = All that is strung for you, wherever, now and in future: rackets, strings, tensions and your first name. Never prices, comments or addresses. You end it with one tap.
mine-whom = Stringer
mine-sharing-title = Who may read
mine-all-orders = Everything, future orders too
mine-one-order = One order
mine-since = since { $date }
mine-nobody-reads = Nobody but your own stringer.
mine-reads = Who has read what
mine-event-granted = { $who } may read
mine-event-revoked = { $who } may read no more
mine-event-read = { $who } has read
mine-saved = Saved.
mine-language-any = As my stringer
mine-by-mail = Receipts by mail
mine-sign-out-hint = Afterwards this phone needs a new link.
client-link-title = Page of their own
client-link-what = { $name } sees there the own rackets, when one is ready, and the receipts. Not your notes.
client-link-make = Make a link
client-link-good = The link is good once, for { $count } days. Send it by message, or let it be opened here.
client-link-then = A new link ends what was opened by the one before.
problem-opens-itself = This client opens its pages by its own address and needs no link from you.
mine-mailed = If a stringer knows this address, a link is on its way; it is good for 15 minutes.
mine-mail = Mail me a link
mine-mail-hint = The address that your stringer knows.
mine-who = Who are you?
mine-who-legend = Known by this address
mine-proof-one = Your rackets and receipts, from every stringer who knows you, at this address:
mine-proof-many = Several are known by this address. Choose yourself; the others stay as they are:
mine-other = { $stringer } has a client { $name } with your address. Is that you? Until you say so, nothing is shown to anybody.
mine-other-me = That is me
mine-other-not = Somebody else
mine-joined = What was strung for you there stands here now.
mine-kept-apart = You stay two.
mine-answered = That was answered before.
mine-asked = It is written down. You are answered within 30 days.
mine-data = My data
mine-data-what = What stringers know of you, as one document, or erased. An admin answers within 30 days; whoever has no mail asks at the counter.
mine-ask-access = Ask for my data
mine-ask-access-what = All that is known of you here, as one file.
mine-ask-erasure = Ask to be erased
mine-ask-erasure-what = Your names, address and comments go, from these pages and from your stringers’ books. Receipts’ numbers and amounts stay: the law wants them kept. It can be undone for 30 days.
mine-request-open = asked
mine-request-answered = answered
mine-request-refused = refused
mine-request-due = answered by { $date }
request-access = My data
request-erasure = Erasure
mail-own_pages-subject = Your rackets
mail-own_pages = Open your rackets, receipts and what is ready: the link knows you from now on.
mail-own_pages-button = Open my rackets
mail-introduction-subject = Another stringer has your address
mail-introduction = A workshop has entered a client with your address. Open your pages and say whether that is you; until then nothing is shown to anybody.
mail-introduction-button = Open my rackets
admin = Admin
admin-invitations = Invitations
admin-stringers = Stringers
admin-catalogue = Submissions
admin-feeds = Feeds
admin-persons = Persons
admin-privacy = Privacy
admin-finalisation = Finalisation
admin-jobs = Failed jobs
admin-refusals = Refused statements
admin-audit = Audit log
admin-opens = This page looks across all stringers, and each look stands in the audit log as:
act-list_persons = Looked for persons
act-merge_persons = Joined two persons
act-list_requests = Listed requests under data protection
act-answer_request = Answered a request under data protection
act-erase_person = Erased a person, or brought it back
act-list_erasures = Listed erasures that are due
act-finalise_erasure = Erased persons for good
person-search = Name or e-mail
person-search-hint = An e-mail is found as a whole, a name by its parts.
persons-none = Nobody is called so.
person-no-email = no e-mail
person-proven = address proven
person-files = { $count ->
    [0] in no book
    [one] in 1 book
   *[other] in { $count } books
 }
person-is-joined = joined
person-is-erased = erased
person-is-final = erased for good
person-since = Known since
person-books = In the books of
person-requests = Asked for
person-merges = Joined
person-merged-into = Another one stands for it
person-merged-from = It stands for another one
person-said-itself = said by the person itself, which had proven the address of both
person-stands-for = Another person stands for this one
person-same = The same human being as somebody else?
person-same-hint = Nobody is proposed: two who resemble each other are two until somebody knows better.
person-wish = A letter or a word under data protection
person-wish-hint = What a person asks for on its own pages is written down by itself.
person-wish-kind = What is asked for
person-wish-how = How it was asked
person-wish-do = Write it down
person-erase = Erase
person-erase-hint = Its pages close, and what leave it gave to read ends. It can be undone; after 30 days it can be made final.
person-restore = Bring back
person-restore-hint = The person is there again. Leave to read it gives anew.
person-done-joined = Joined. The books of both are this person’s now.
person-done-written = Written down.
person-done-erased = Erased. For 30 days it can be undone.
person-done-restored = Brought back.
person-done-changed = Somebody was faster; this is how it stands.
beside = Two persons
beside-what = Compare before you join them: it cannot be undone. A stringer who has both as clients says that they are two, and then they stay two.
beside-stays = Who stays
beside-name = Name of who stays, typed
beside-name-hint = So that nobody is joined by a slip.
beside-join = Join
beside-not = These two cannot be joined: one is gone, or stands for nobody any more.
error-name-of-who-stays = Type the name of the person who stays.
error-two-in-one-book = A stringer has both as clients. There they are two, and stay two.
error-word = Type the word that stands there.
privacy-what = To be answered within 30 days.
privacy-none = Nothing is asked for.
request-due = answer by { $at }
request-event-asked = asked
request-event-handed_out = document made
request-event-answered = answered
request-event-refused = refused
request-event-deleted = erased
request-event-restored = brought back
request-event-scrubbed = erased for good
request-document = Make the document
request-answer = Answered
request-answer-how = How it was handed over
request-refuse = Refuse
request-waits = Erased. It becomes final under “Finalisation”, 30 days later.
request-done-answered = Answered.
request-done-refused = Refused.
request-done-changed = Somebody was faster; this is how it stands.
finalise-what = Erased at least 30 days ago. What is scrubbed does not come back; numbers, amounts and audits stay.
finalise-due = Due
finalise-scrubs = Empties { $files ->
    [one] 1 file
   *[other] { $files } files
 }, { $jobs } jobs’ names, { $comments } comments; makes { $receipts } receipts again without the name.
finalise-word = ERASE
finalise-type = Type { $word }
finalise-do = Erase for good
finalise-none = Nothing is due.
finalise-done = Erased for good.
finalise-changed = Something is not due any more; this is how it stands.
failures-what = What was tried again and again, and given up. Run again, it begins anew; a table that was brought in waits for its stringer’s word once more.
failures-none = Nothing was given up.
failure-attempts = { $count ->
    [one] tried once
   *[other] tried { $count } times
 }
failure-again = Run again
failure-owed = It is run again.
failure-changed = Somebody was faster; this is how it stands.
work-receipt = File of a receipt
work-export = Download
work-import = Table that is brought in
refusals-what = The latest statements that the guard before the database has turned away, in this process since it started; each is a fault of the program. The log has all of them, with the request that they came from.
refusals-none = Nothing was turned away.
act-list_failures = Listed what was given up
act-run_again = Had something run again
act-list_refusals = Listed refused statements
entry-edit = Edit for everybody
entry-renames-all = It is called so in every book from now on, and no feed says it anew. Receipts stay as they were issued.
act-list_entries = Looked at an entry of everybody’s
act-edit_entry = Edited an entry of everybody’s
problem-prove-first = Open your pages by a mailed link first: whoever has your address asks for your data, and nobody else.
mine-prove-first = Open these pages by mail first
mine-sign-out-all = Sign out on every device
error-asked-for-something = The one that goes has asked for something under data protection. Answer that first.
mine-later = An admin has something to do there first. Try again later.

## String in stock
reels = String in stock
reels-open = In stock
reels-finished = Used up
reels-none = No reel and no set yet. What you add here is drawn down by each job that you string, and you are told when it runs low.
reels-none-finished = Nothing is used up yet.
reels-back = All string in stock
reel-new = Add a reel or sets
reel-kind = Bought as
reel-kind-reel = Reel
reel-kind-set = Sets
reel-length = Length of one
reel-length-hint = A reel has 200 or 100, a set 12.
reel-count = How many
reel-count-hint = Empty: one.
reel-price = Price of all, { $currency }
reel-price-hint = What you paid; it gives the cost of each job.
reel-warn = Tell me below
reel-warn-hint = Metres of a reel, or a number of sets. Empty: two rackets' worth.
reel-warn-at = Told below
reel-bought = Bought
reel-bought-hint = What was strung before is not drawn from it.
reel-string-hint = As in the catalogue; what is not there is added as your own.
reel-left = Left
reel-left-now = Left now
reel-left-hint = Metres of a reel, or a number of sets, as you measure it.
reel-has-reel = { $left } m left
reel-has-set = { $left } sets left
reel-has-set-one = 1 set left
reel-of-reel = of { $total } m
reel-of-set = of { $total } sets
reel-of-set-one = of 1 set
reel-amount-reel = { $amount } m
reel-amount-set = { $amount } sets
reel-amount-set-one = 1 set
reel-price-reel = { $price } a metre
reel-price-set = { $price } a set
reel-paid = Paid
reel-lost = Cut off beside all jobs
reel-low = Running low
reel-saved = Saved.
reel-overdrawn = Your jobs have drawn more than it had. Say how much is left, or that it is used up.
reel-finish = Used up
reel-reopen = Back into stock
reel-finished-on = Used up { $date }
reel-uses = Drawn by jobs
reel-uses-none = No job has drawn from it yet.
home-low = { $count ->
  [one] { $count } string is running low
  *[other] { $count } strings are running low
}
draw = String used
draw-title = String used
draw-from = From
draw-none = Not from stock
draw-length = Length, m
draw-byo = The client brought this string.
draw-no-entry = This string is free text; only strings of the catalogue are kept in stock.
draw-no-reel = You have none of this string in stock.
draw-cost = String of this job
draw-not-strung = String is drawn from stock when the racket is strung.
report-string-cost = String from stock
report-margin = Margin
report-margin-hint = Earned less the string that was drawn from stock; string that you do not keep in stock is not in it.
error-rest = Type how much is left, as 41.5.
error-reel-string = Type or choose the string.
error-reels-one-by-one = Add reels of more than a kilometre one by one.
error-more-than-new = That is more than it had when it was new.

## News, and how to be told
news = News
news-none = Nothing yet. What others share with you, and what becomes of the entries that you offer, is told here.
news-new = New
news-count = News: { $count }
news-catalogue_submission_pending = An entry of the catalogue waits for a decision.
news-catalogue_submission_decided = There is a decision about an entry that you offered to everybody.
home-overdue-ready = { $count ->
    [one] One racket has not been collected for long
   *[other] { $count } rackets have not been collected for long
}
home-overdue-unpaid = { $count ->
    [one] One bill has not been paid for long
   *[other] { $count } bills have not been paid for long
}
notices = Notices
notices-what = What you are told of, and whether by mail.
notices-edit = Change notices
notices-saved = Your notices are saved.
notices-waiting = What has waited too long
notices-waiting-hint = It is shown on the page of today.
notices-ready = Rackets not collected after how many days
notices-unpaid = Bills not paid after how many days
notices-off = Empty: you are not told.
notices-mail = By mail
notices-by-mail = Mail me when there is news
notices-mail-hint = Once a day at the most, and only when there is something new. The mail names nobody.
notices-no-mail = There is no mail server here yet; ask your admin.
mail-news-subject = There is news in your racket-book
mail-news = Somebody shares orders with you, there is a decision about an entry of the catalogue, something has waited for longer than you want, or a receipt did not reach its client.
mail-news-button = See the news
mail-news-off = You have asked for these mails; they are turned off under Settings, Notices.

## A stringer leaves
leaving = End my account
leaving-what = You are signed out, and nobody finds you any more when jobs are shared. Your book stays as it is, closed: for { $days } days an admin can open it again for you, and nobody after that. What you have shared stays readable for them; end that first, if you do not want it.
leaving-export = Take your book along first; afterwards you cannot fetch it any more.
leaving-type = To confirm, type: { $word }
leaving-word = END
leaving-do = End my account
leaving-admin = You are an admin. Have another admin deactivate your account, so that somebody is there to open it again.
stringer-left-at = Left { $at }; may come back for 30 days from then
stringer-gone-at = Left { $at }; the account is ended

## What was done with shares
shares-client = Whose racket
shares-log = Log
shares-log-what = Who may read your orders, since when, and each time that one was read. Nothing of it can be taken out.
shares-log-none = Nobody has been let read an order of yours.
share-log-granted = { $who } may read it
share-log-revoked = { $who } may not read it any more
share-log-read = { $who } has read it
share-by-me = by you
share-by-them = by themselves
share-by-client = by the client
share-by-admin = by an admin

## Receipts by mail

receipt-mail = Mail it
receipt-mail-now = Mail it now
receipt-mail-again = Mail it again
receipt-mail-stop = Do not mail it
receipt-mail-owed = Mail: goes out { $at }
receipt-mail-sending = Mail to { $address }: is being sent
receipt-mail-sent = Mailed to { $address }, { $at }
receipt-mail-unknown = Mail to { $address }, { $at }: the mail server did not say whether it took it. It may have arrived; ask before you send it again.
receipt-mail-refused = The mail server does not know { $address }. Correct the address of the client, then mail it again.
receipt-mail-given_up = The mail could not be sent, { $at }.
receipt-mail-put_off = Mail: could not go out yet; tried again { $at }
receipt-mail-called_back = Not mailed: taken back in time.
receipt-mail-nobody = Not mailed: there was no address that takes mails.
receipt-mail-no_server = Not mailed: there was no mail server.
receipt-mail-not-server = No mail server is set up here: print the receipt, or send the file yourself.
receipt-mail-not-address = The client has no e-mail address: nothing is mailed.
receipt-mail-not-wanted = The client wants no mails: nothing is mailed.
receipt-mail-hello = Hello { $name }
receipt-mail-strung = Your racket { $racket } was strung on { $day }.
receipt-mail-attached = The receipt is attached.
news-receipt_not_mailed = A receipt did not reach its client by mail, or nobody knows.
home-unsent = { $count ->
    [one] One receipt did not go out by mail
   *[other] { $count } receipts did not go out by mail
}

## Being paid

paying = Being paid
paying-what = An open receipt carries a code that banking apps read, once your account is here.
paying-edit = Account and link
paying-saved = Saved. Open receipts that are issued from now on carry it; those that were issued stay as they are.
paying-account = Account
paying-account-hint = Without an account number receipts carry no code.
paying-iban = Account number (IBAN)
paying-iban-CHF = Of a bank in Switzerland or Liechtenstein. Not the QR-IBAN.
paying-iban-EUR = Of a bank in the European Economic Area, Switzerland or Liechtenstein.
paying-iban-GBP = There is no code for pounds.
paying-iban-USD = There is no code for dollars.
paying-holder = Account holder
paying-street = Street and number
paying-postcode = Postcode
paying-town = Town
paying-country = Country
paying-country-hint = Two letters, as CH or DE.
paying-link = TWINT or another link
paying-link-label = Link to pay you
paying-link-hint = Printed as a second code. Your app or your bank shows it; it begins with https://.
error-iban = This is no account number. Compare it with your bank card.
error-iban-qr = This is a QR-IBAN. Enter the ordinary IBAN of the same account.
error-iban-swiss = For francs the account must be in Switzerland or Liechtenstein.
error-iban-none = There is no code for this account and your currency. Leave it empty.
error-country = Two letters, as CH or DE.
error-link = A whole address that begins with https://, of at most 300 letters.
error-too-long-for-code = Too long: the code has no room for more.
error-not-in-code = Banks take only Latin letters here.
receipt-pay = Pay here
receipt-pay-account = Account
receipt-pay-to = Payable to
receipt-pay-reference = Reference
receipt-pay-amount = Amount
receipt-pay-link = Or by this link

## Telling that it is ready

ready = When it is ready
ready-what = What clients read when you tell them that their racket is ready, and when you are open.
ready-edit = Words and opening hours
ready-saved = Saved.
ready-tell = Tell that it is ready
ready-message = Message
ready-sms = As a text message
ready-whatsapp = By WhatsApp
ready-mail = By mail
ready-copy = Copy the text
ready-words = Change the words
ready-hours = Opening hours
ready-hours-hint = As: Mon to Fri, 5 to 7 pm, or by arrangement.
ready-german = In German
ready-english = In English
ready-blanks = Filled in for each racket: { $blanks }
ready-subject = Your racket is ready
ready-text =
    Hello { $name }
    Your racket { $racket } is strung and ready to be collected.
    { $pay }
    { $hours }
    { $workshop }
ready-pay = Still to pay: { $amount }.
ready-paid = It is paid.
error-too-long-for-message = At most 1000 letters.
error-unknown-blank = There is a blank in braces that nothing is filled into. Compare it with the list above.
