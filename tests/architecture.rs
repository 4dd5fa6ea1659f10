//! What may know what: the arrows between the parts of `src`, what each part may use from
//! outside, how long a file and a function are, and where the tests of each file stand.
//! `docs/ARCHITECTURE.md` draws the same.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may fail loudly"
)]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use proc_macro2::{TokenStream, TokenTree};
use syn::spanned::Spanned as _;
use syn::visit::{self, Visit};

/// From the bottom up: a part knows those of the layers below its own, and nobody else.
const LAYERS: [&[&str]; 16] = [
    &["values"],
    &["units", "settings"],
    &["i18n"],
    &["typeset", "confined"],
    &["receipts", "labels", "tables", "pictures", "v1"],
    &["models"],
    &["database"],
    &["auth"],
    &["forms"],
    &["views"],
    &["web"],
    &["mailers", "starter", "demo"],
    &["workers"],
    &["tasks", "controllers"],
    &["initializers"],
    &["app", "bin"],
];

/// What a part must not use from outside: leaves are plain data, models know no HTTP and no
/// template, forms and views ask no database.
const FOREIGN: [(&[&str], &[&str]); 4] = [
    (
        &[
            "values", "units", "i18n", "typeset", "confined", "receipts", "labels", "tables",
            "pictures", "v1",
        ],
        &["axum", "loco_rs", "tera", "sea_orm_tenancy", "jsonwebtoken", "reqwest"],
    ),
    (&["typeset", "receipts", "labels", "tables", "pictures", "v1"], &["sea_orm"]),
    (&["models"], &["axum", "axum_extra", "loco_rs", "tera", "jsonwebtoken", "reqwest"]),
    (&["forms", "views"], &["axum", "loco_rs", "tera", "sea_orm", "sea_orm_tenancy"]),
];

/// Marks to steer by: something longer misses a noun or a private step.
const FILE: usize = 300;
const FUNCTION: usize = 40;

/// What is longer, and why that is right.
const LONGER: [(&str, &str); 12] = [
    ("benches/receipts/main.rs: snapshot", "one receipt, a field a line"),
    ("src/receipts/cases.rs", "what a receipt looks like, a field a line"),
    ("src/receipts/cases.rs: settled", "one receipt, a field a line"),
    ("src/receipts/cases.rs: snapshot", "one receipt, a field a line"),
    ("migration/src/lib.rs: migrations", "one migration a line"),
    ("src/models/book/telling.rs: order_document", "one document, a field a line"),
    ("tenancy/src/rewrite/expr.rs: expr", "an exhaustive match of all expressions"),
    ("tenancy/src/rewrite/table.rs: factor", "an exhaustive match of all sources"),
    ("tenancy/src/rewrite/query.rs: select", "takes every part of a SELECT apart"),
    ("tenancy/src/rewrite/insert.rs: insert", "takes every part of an INSERT apart"),
    ("migration/src/m20261124_000008_shares.rs", "an applied migration stays as it was"),
    ("migration/src/m20261124_000004_orders.rs: orders", "one table, a column a line"),
];

/// Where what a file does is tested, if neither in itself nor in `tests/` under its own path
/// (`requests/` for controllers).
const TESTED_IN: [(&str, &[&str]); 60] = [
    ("requests/dev_mail.rs", &["mailers/kept.rs", "views/dev_mail.rs"]),
    ("requests/print.rs", &["models/receipt_emissions/printing.rs"]),
    ("requests/logo.rs", &["models/logos.rs", "views/logo.rs"]),
    (
        "pictures/mod.rs",
        &["confined.rs", "pictures/child.rs", "pictures/drawing.rs", "pictures/pixels.rs"],
    ),
    ("requests/taxes.rs", &["models/taxes.rs", "views/taxes.rs"]),
    ("requests/payments.rs", &["models/orders/received.rs", "views/orders/paid.rs"]),
    ("workers/check_receipts.rs", &["tasks/check_receipts.rs"]),
    (
        "workers/mail_receipts.rs",
        &[
            "mailers/post.rs",
            "mailers/receipt.rs",
            "models/receipt_mails/mod.rs",
            "models/receipt_mails/recipient.rs",
        ],
    ),
    ("requests/paying.rs", &["models/orders/reissue.rs", "models/stringers/paying.rs"]),
    ("requests/ready.rs", &["models/stringers/ready.rs"]),
    ("requests/admin/audit.rs", &["views/admin/audit.rs"]),
    ("requests/admin/stringers.rs", &["models/stringers/listed.rs", "views/admin/stringers.rs"]),
    ("requests/identity/leaving.rs", &["models/stringers/leaving.rs"]),
    (
        "requests/news.rs",
        &[
            "models/notifications.rs",
            "models/orders/tally.rs",
            "models/stringers/notices.rs",
            "views/news.rs",
            "workers/news.rs",
        ],
    ),
    (
        "requests/reels.rs",
        &[
            "models/reels/drawing.rs",
            "models/reels/stock.rs",
            "models/reels/uses.rs",
            "views/reels.rs",
        ],
    ),
    (
        "requests/proofs.rs",
        &[
            "auth/mail_desk.rs",
            "values/mail_kind.rs",
            "models/person_answers.rs",
            "models/person_proofs.rs",
            "models/persons/address.rs",
            "models/persons/mod.rs",
            "models/sharing/ending.rs",
            "controllers/mine/proof.rs",
            "views/mine/settings.rs",
        ],
    ),
    (
        "requests/admin/persons.rs",
        &[
            "database/wiping.rs",
            "models/dsar_log.rs",
            "models/person_merges.rs",
            "models/persons/dealings.rs",
            "models/persons/erasing.rs",
            "models/persons/joining.rs",
            "models/persons/known.rs",
            "models/persons/portrait.rs",
            "models/persons/scrubbing.rs",
            "controllers/admin/privacy.rs",
            "views/persons/mod.rs",
            "views/persons/privacy.rs",
        ],
    ),
    ("requests/admin/failures.rs", &["models/failures.rs", "views/failures.rs"]),
    (
        "requests/mine.rs",
        &[
            "auth/clients.rs",
            "models/mine.rs",
            "models/person_claims/knowing.rs",
            "models/person_claims/mod.rs",
            "models/sharing/own.rs",
            "models/client_reads.rs",
            "models/client_receipts.rs",
            "controllers/mine/link.rs",
            "controllers/mine/mod.rs",
            "controllers/mine/settings.rs",
            "controllers/mine/sharing.rs",
            "views/mine/mod.rs",
            "views/mine/order.rs",
            "views/mine/sharing.rs",
        ],
    ),
    (
        "requests/admin/feeds.rs",
        &[
            "tasks/catalogue_stage.rs",
            "models/catalogue_imports/deciding.rs",
            "models/catalogue_imports/mod.rs",
            "models/catalogue_imports/standing.rs",
            "views/feeds.rs",
            "controllers/admin/entries.rs",
        ],
    ),
    (
        "requests/shares.rs",
        &[
            "models/sharing/mod.rs",
            "models/sharing/received.rs",
            "models/sharing/sheet.rs",
            "views/shares/log.rs",
            "views/shares/mod.rs",
            "views/shares/order.rs",
        ],
    ),
    (
        "requests/admin/catalogue.rs",
        &[
            "models/catalogue/merging.rs",
            "models/catalogue_submissions.rs",
            "models/looking_after.rs",
            "views/catalogue/queue.rs",
        ],
    ),
    ("workers/sweep.rs", &["models/owing.rs"]),
    (
        "requests/catalogue.rs",
        &[
            "forms/entry.rs",
            "models/catalogue/entries.rs",
            "models/catalogue/entry.rs",
            "models/orders/used.rs",
            "views/catalogue/mod.rs",
        ],
    ),
    ("requests/tables.rs", &["v1/table/mod.rs", "v1/table/parts.rs", "views/imports/columns.rs"]),
    ("requests/reports.rs", &["models/orders/report/debts.rs", "models/orders/report/sums.rs"]),
    (
        "requests/whole_book.rs",
        &[
            "models/book/paid.rs",
            "models/book/stock.rs",
            "models/book/restoring/stock.rs",
            "models/book/checking.rs",
            "models/book/columns.rs",
            "models/book/planning.rs",
            "models/book/restoring/mod.rs",
            "models/book/restoring/naming.rs",
            "models/v1_imports/whole.rs",
        ],
    ),
    (
        "requests/exports.rs",
        &[
            "models/book/document.rs",
            "models/book/jobs.rs",
            "models/book/mod.rs",
            "models/book/telling.rs",
            "models/book/workshop.rs",
            "models/exports/mod.rs",
            "models/exports/parts.rs",
            "v1/writer/cells.rs",
            "v1/writer/lists.rs",
            "v1/writer/mod.rs",
            "views/exports.rs",
            "workers/export.rs",
        ],
    ),
    (
        "requests/imports.rs",
        &[
            "models/orders/migrate.rs",
            "models/v1_import_names.rs",
            "models/v1_import_rows.rs",
            "models/v1_imports/changes.rs",
            "models/v1_imports/choices.rs",
            "models/v1_imports/finding/clients.rs",
            "models/v1_imports/finding/mod.rs",
            "models/v1_imports/job.rs",
            "models/v1_imports/mod.rs",
            "models/v1_imports/pace.rs",
            "models/v1_imports/reckoning.rs",
            "models/v1_imports/taking.rs",
            "models/v1_imports/upload.rs",
            "models/v1_imports/keeping.rs",
            "views/imports/found.rs",
            "workers/v1_import/mod.rs",
        ],
    ),
    ("v1/apart.rs", &["v1/child.rs", "workers/workbook.rs"]),
    ("v1/odd.rs", &["v1/complaint.rs", "v1/header.rs", "v1/jobs.rs", "v1/reader.rs"]),
    ("v1/written.rs", &["v1/rackets.rs"]),
    (
        "browser/pages.rs",
        &[
            "controllers/styleguide.rs",
            "views/chart/tensions.rs",
            "views/job.rs",
            "views/orders/form.rs",
            "views/orders/index.rs",
            "views/orders/receipt.rs",
            "views/orders/show.rs",
            "views/people.rs",
            "views/styleguide.rs",
            "views/client_rackets.rs",
            "views/clients.rs",
            "views/days.rs",
            "views/home.rs",
            "views/reports.rs",
        ],
    ),
    (
        "forms/order.rs",
        &[
            "forms/order/filling.rs",
            "forms/order/mod.rs",
            "forms/order/parsing.rs",
            "models/orders/setup.rs",
        ],
    ),
    ("models/orders/receipt.rs", &["models/orders/stringbed.rs"]),
    ("models/orders/transitions.rs", &["models/order_state_audit.rs", "models/orders/step.rs"]),
    (
        "process/mod.rs",
        &[
            "bin/main.rs",
            "models/receipt_emissions/mod.rs",
            "models/receipt_emissions/rendering.rs",
            "tasks/demo.rs",
        ],
    ),
    ("browser/hands.rs", &["controllers/bench.rs", "views/bench.rs"]),
    ("requests/bad_input.rs", &["forms/field.rs"]),
    ("requests/form_life.rs", &["models/drafts.rs", "models/submissions.rs"]),
    (
        "requests/checks.rs",
        &[
            "controllers/pickers.rs",
            "models/catalogue/mod.rs",
            "models/orders/tensions.rs",
            "models/rackets.rs",
            "views/checks.rs",
            "views/pickers.rs",
        ],
    ),
    (
        "requests/client_rackets.rs",
        &[
            "forms/racket.rs",
            "forms/workshop.rs",
            "models/client_rackets.rs",
            "models/stringers/workshop.rs",
        ],
    ),
    ("requests/clients.rs", &["models/client_profiles.rs", "models/orders/search.rs"]),
    (
        "requests/first_run.rs",
        &[
            "demo/mod.rs",
            "forms/founder.rs",
            "initializers/starter_catalogue.rs",
            "models/stringers/mod.rs",
            "tasks/first_admin.rs",
        ],
    ),
    (
        "requests/identity/accounts.rs",
        &[
            "auth/embedded/mod.rs",
            "auth/embedded/provider.rs",
            "auth/keyed.rs",
            "controllers/health.rs",
            "controllers/settings.rs",
            "initializers/edge.rs",
            "models/passwords.rs",
            "models/sessions.rs",
            "models/users.rs",
            "web/request_id.rs",
            "web/security_headers.rs",
        ],
    ),
    (
        "requests/identity/api.rs",
        &[
            "auth/wire.rs",
            "controllers/auth_v1/endpoint.rs",
            "controllers/auth_v1/mod.rs",
            "controllers/auth_v1/refusals.rs",
            "models/refresh_tokens.rs",
        ],
    ),
    (
        "requests/identity/attacks.rs",
        &["auth/authenticator.rs", "auth/network.rs", "auth/token.rs", "web/extractors.rs"],
    ),
    ("requests/identity/gotrue.rs", &["auth/gotrue.rs", "auth/http.rs", "auth/provider.rs"]),
    (
        "requests/identity/invitations.rs",
        &[
            "auth/embedded/account.rs",
            "controllers/access.rs",
            "controllers/admin/invitations.rs",
            "controllers/welcome.rs",
            "models/invitations/mod.rs",
            "models/invitations/secret.rs",
            "views/admin/invitations.rs",
        ],
    ),
    (
        "requests/identity/links.rs",
        &[
            "controllers/links.rs",
            "initializers/mail_sender.rs",
            "mailers/mod.rs",
            "models/link_tokens.rs",
            "models/outbox.rs",
        ],
    ),
    ("requests/isolation.rs", &["app.rs"]),
    (
        "requests/orders.rs",
        &[
            "controllers/days.rs",
            "controllers/emissions.rs",
            "controllers/home.rs",
            "controllers/orders/form.rs",
            "controllers/orders/mod.rs",
            "initializers/sweeper.rs",
            "models/orders/entry.rs",
            "models/orders/filter.rs",
            "models/orders/list.rs",
            "models/orders/row.rs",
        ],
    ),
    ("requests/refusals.rs", &["initializers/metrics.rs", "web/error.rs", "web/error_pages.rs"]),
    ("requests/steps.rs", &["forms/step.rs"]),
    ("requests/sessions.rs", &["models/stringers/member.rs"]),
    ("tasks/scaffold.rs", &["tasks/scaffold/field.rs", "tasks/scaffold/mod.rs"]),
    ("tenancy/bypass.rs", &["models/admin_audit_log.rs"]),
    (
        "tenancy/shares.rs",
        &[
            "models/client_orders.rs",
            "models/notifications.rs",
            "models/order_shares.rs",
            "models/person_stringer_shares.rs",
            "models/share_audit.rs",
            "models/shared_orders.rs",
            "models/stringer_cards.rs",
        ],
    ),
    ("views/mod.rs", &["web/layout.rs", "web/templates.rs"]),
    ("workers/render_receipt.rs", &["tasks/sweep.rs"]),
];

#[test]
fn no_part_knows_one_of_its_own_layer_or_above() {
    let mut wrong = Vec::new();
    for (path, code) in sources("src") {
        if path != "lib.rs" {
            wrong.extend(arrows_back(&path, &code));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// All arrows that pointed back before the parts were put in order.
#[test]
fn an_arrow_back_is_found_however_it_is_written() {
    for (path, code) in [
        ("models/invitations/mod.rs", "use crate::auth::token::Identity;"),
        ("models/link_tokens.rs", "use crate::{auth::link::LinkKind, units::Sport};"),
        ("models/outbox.rs", "fn of(kind: crate::auth::link::LinkKind) {}"),
        ("auth/authenticator.rs", "use crate::initializers::database::door;"),
        ("auth/provider.rs", "use crate::web::AppError;"),
        ("web/templates.rs", "mod tests { use crate::controllers::home; }"),
        ("views/job.rs", "use super::super::web::Views;"),
        ("tasks/demo.rs", "async fn run() { crate::app::open_database().await; }"),
        ("values/secret.rs", "fn text() -> String { format!(\"{}\", crate::models::WORDS) }"),
        ("settings.rs", "use super::database;"),
        ("forms/order/mod.rs", "pub use super::super::views::orders::Form;"),
        ("models/orders/mod.rs", "impl From<crate::forms::Errors> for Model {}"),
    ] {
        let code = syn::parse_file(code).expect(path);
        assert_eq!(arrows_back(path, &code).len(), 1, "{path}");
    }
    let fine =
        syn::parse_file("use super::orders; use crate::units::Sport; use super::super::values;");
    assert_eq!(arrows_back("models/users.rs", &fine.unwrap()), Vec::<String>::new());
}

#[test]
fn no_part_uses_what_is_none_of_its_business() {
    let mut wrong = Vec::new();
    for (path, code) in sources("src") {
        let forbidden = FOREIGN.iter().filter(|(parts, _)| parts.contains(&part_of(&path)));
        let forbidden: BTreeSet<_> = forbidden.flat_map(|(_, crates)| crates.iter()).collect();
        let used = Uses::of(&path, &code).crates;
        let used = used.iter().filter(|name| forbidden.contains(&name.as_str()));
        wrong.extend(used.map(|name| format!("{path} uses {name}")));
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn files_and_functions_are_as_long_as_they_should_be_or_say_why() {
    let mut longer = BTreeSet::new();
    for root in ["src", "tenancy/src", "tenancy/benches", "migration/src", "benches", "examples"] {
        for (path, code) in sources(root) {
            let path = format!("{root}/{path}");
            if path.contains("/_entities/") {
                continue;
            }
            if std::fs::read_to_string(root_folder().join(&path)).unwrap().lines().count() > FILE {
                longer.insert(path.clone());
            }
            let mut functions = Functions::default();
            functions.visit_file(&code);
            let long = functions.0.into_iter().filter(|(_, lines)| *lines > FUNCTION);
            longer.extend(long.map(|(name, _)| format!("{path}: {name}")));
        }
    }
    let known: BTreeSet<_> = LONGER.iter().map(|(what, _)| (*what).to_owned()).collect();
    let new: Vec<_> = longer.difference(&known).collect();
    let gone: Vec<_> = known.difference(&longer).collect();
    assert!(new.is_empty() && gone.is_empty(), "too long: {new:#?}\nnot any more: {gone:#?}");
}

#[test]
fn every_file_is_tested_in_itself_beside_itself_or_where_the_table_says() {
    let is_there = |path: &Path| root_folder().join("tests").join(path).exists();
    let mut untwinned = BTreeSet::new();
    for (path, code) in sources("src") {
        if path.starts_with("models/_entities") || path == "lib.rs" || !has_behaviour(&code) {
            continue;
        }
        let twin = PathBuf::from(path.replacen("controllers/", "requests/", 1));
        if !has_tests(&code) && !is_there(&twin) && !is_there(&twin.with_extension("")) {
            untwinned.insert(path);
        }
    }
    let named = TESTED_IN.iter().flat_map(|(_, files)| files.iter());
    let named: BTreeSet<_> = named.map(|file| (*file).to_owned()).collect();
    let missing: Vec<_> = untwinned.difference(&named).collect();
    let needless: Vec<_> = named.difference(&untwinned).collect();
    assert!(missing.is_empty(), "no tests beside, and none named: {missing:#?}");
    assert!(needless.is_empty(), "gone, or tested beside itself: {needless:#?}");
    for (tests, _) in TESTED_IN {
        assert!(is_there(Path::new(tests)), "{tests} is gone");
    }
}

fn root_folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// All Rust files below a folder, by their path in it.
fn sources(below: &str) -> Vec<(String, syn::File)> {
    let below = root_folder().join(below);
    let files = walkdir::WalkDir::new(&below).sort_by_file_name().into_iter();
    let files = files.map(|file| file.unwrap().into_path());
    let files = files.filter(|path| path.extension().is_some_and(|kind| kind == "rs"));
    let read = |path: PathBuf| {
        let code = std::fs::read_to_string(&path).unwrap();
        let name = path.strip_prefix(&below).unwrap().display().to_string();
        let code = syn::parse_file(&code).unwrap_or_else(|error| panic!("{name}: {error}"));
        (name, code)
    };
    files.map(read).collect()
}

/// `models/orders/row.rs` is of `models`.
fn part_of(path: &str) -> &str {
    path.split('/').next().unwrap().trim_end_matches(".rs")
}

fn layer_of(part: &str) -> usize {
    let layer = LAYERS.iter().position(|layer| layer.contains(&part));
    layer.unwrap_or_else(|| panic!("`{part}` stands in no layer"))
}

fn arrows_back(path: &str, code: &syn::File) -> Vec<String> {
    let own = part_of(path);
    let parts = Uses::of(path, code).parts;
    let back = parts.iter().filter(|part| *part != own && layer_of(part) >= layer_of(own));
    back.map(|part| format!("{path} knows {part}")).collect()
}

/// What a file names: parts of this crate, and other crates.
struct Uses {
    /// How many modules are around the code that is looked at.
    depth: usize,
    parts: BTreeSet<String>,
    crates: BTreeSet<String>,
}

impl Uses {
    fn of(path: &str, code: &syn::File) -> Self {
        let folders = path.split('/').count();
        let is_root_of_folder = path.ends_with("/mod.rs");
        let depth = if is_root_of_folder { folders - 1 } else { folders };
        let mut uses = Self { depth, parts: BTreeSet::new(), crates: BTreeSet::new() };
        uses.visit_file(code);
        uses
    }

    /// A path by its names, as it stands in the code.
    fn path(&mut self, names: &[String]) {
        let up = names.iter().take_while(|name| *name == "super").count();
        let part = match names.first().map(String::as_str) {
            Some("crate") => names.get(1),
            Some("super") if up >= self.depth => names.get(up),
            Some("super" | "self" | "Self") | None => None,
            Some(name) => {
                self.crates.insert(name.to_owned());
                None
            }
        };
        if let Some(part) = part.filter(|part| LAYERS.iter().any(|l| l.contains(&part.as_str()))) {
            self.parts.insert(part.clone());
        }
    }

    fn tree(&mut self, before: &[String], tree: &syn::UseTree) {
        let with = |name: &syn::Ident| [before, &[name.to_string()]].concat();
        match tree {
            syn::UseTree::Path(path) => self.tree(&with(&path.ident), &path.tree),
            syn::UseTree::Name(name) => self.path(&with(&name.ident)),
            syn::UseTree::Rename(rename) => self.path(&with(&rename.ident)),
            syn::UseTree::Glob(_) => self.path(before),
            syn::UseTree::Group(group) => {
                group.items.iter().for_each(|tree| self.tree(before, tree));
            }
        }
    }

    /// Paths in what a macro is given, which is no code before it has been expanded.
    fn tokens(&mut self, tokens: TokenStream) {
        let mut names = Vec::new();
        let mut colons = 0;
        for token in tokens {
            match token {
                TokenTree::Ident(ident) => {
                    if colons != 2 {
                        self.path(&std::mem::take(&mut names));
                    }
                    names.push(ident.to_string());
                    colons = 0;
                }
                TokenTree::Punct(punct) if punct.as_char() == ':' => colons += 1,
                TokenTree::Group(group) => self.tokens(group.stream()),
                TokenTree::Punct(_) | TokenTree::Literal(_) => colons = 0,
            }
        }
        self.path(&names);
    }
}

impl<'ast> Visit<'ast> for Uses {
    fn visit_item_mod(&mut self, module: &'ast syn::ItemMod) {
        self.depth += 1;
        visit::visit_item_mod(self, module);
        self.depth -= 1;
    }

    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        self.tree(&[], &item.tree);
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        // A single name is a value or a type in sight, not another crate.
        if path.segments.len() > 1 {
            let names: Vec<_> = path.segments.iter().map(|one| one.ident.to_string()).collect();
            self.path(&names);
        }
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, call: &'ast syn::Macro) {
        self.tokens(call.tokens.clone());
        visit::visit_macro(self, call);
    }
}

/// Names and lines of functions, their signatures left aside.
#[derive(Default)]
struct Functions(Vec<(String, usize)>);

impl Functions {
    fn add(&mut self, name: &syn::Ident, body: &syn::Block) {
        let span = body.span();
        self.0.push((name.to_string(), span.end().line - span.start().line + 1));
    }
}

impl<'ast> Visit<'ast> for Functions {
    fn visit_item_fn(&mut self, function: &'ast syn::ItemFn) {
        self.add(&function.sig.ident, &function.block);
        visit::visit_item_fn(self, function);
    }

    fn visit_impl_item_fn(&mut self, function: &'ast syn::ImplItemFn) {
        self.add(&function.sig.ident, &function.block);
        visit::visit_impl_item_fn(self, function);
    }
}

/// Whether there is anything to test: a file of types, constants and names has nothing.
fn has_behaviour(code: &syn::File) -> bool {
    let mut functions = Functions::default();
    functions.visit_file(code);
    !functions.0.is_empty()
}

fn has_tests(code: &syn::File) -> bool {
    let is_test = |attribute: &syn::Attribute| match &attribute.meta {
        syn::Meta::List(list) => list.path.is_ident("cfg") && list.tokens.to_string() == "test",
        syn::Meta::Path(_) | syn::Meta::NameValue(_) => false,
    };
    code.items.iter().any(|item| match item {
        syn::Item::Mod(module) => module.attrs.iter().any(is_test),
        _ => false,
    })
}
