//! How a database says it.

use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, Statement};

/// How a database says it.
#[derive(Clone, Copy)]
pub struct Dialect(pub DbBackend);

impl Dialect {
    pub fn is_postgres(self) -> bool {
        self.0 == DbBackend::Postgres
    }

    pub fn text_id(self, kind: u32, stringer: &str, number: &str) -> String {
        if self.is_postgres() {
            let hex = |value: &str, long: u8| format!("lpad(to_hex({value}), {long}, '0')");
            let (stringer, number) = (hex(stringer, 4), hex(number, 8));
            format!("'{kind:08x}-0000-7000-8000-' || {stringer} || {number}")
        } else {
            format!("printf('{kind:08x}-0000-7000-8000-%04x%08x', {stringer}, {number})")
        }
    }

    pub fn id(self, kind: u32, stringer: &str, number: &str) -> String {
        let text = self.text_id(kind, stringer, number);
        if self.is_postgres() {
            format!("({text})::uuid")
        } else {
            format!("unhex(replace({text}, '-', ''))")
        }
    }

    /// So many days ago.
    pub fn day(self, before: &str) -> String {
        if self.is_postgres() {
            format!("(CURRENT_DATE - ({before})::int)")
        } else {
            format!("date('now', '-' || ({before}) || ' days')")
        }
    }

    pub async fn columns(self, raw: &DatabaseConnection, table: &str) -> Vec<String> {
        let sql = if self.is_postgres() {
            format!(
                "SELECT column_name AS name FROM information_schema.columns WHERE table_schema = 'public' AND table_name = '{table}'"
            )
        } else {
            format!("SELECT name FROM pragma_table_info('{table}')")
        };
        let rows = raw.query_all_raw(Statement::from_string(self.0, sql)).await.expect("columns");
        rows.iter().map(|row| row.try_get("", "name").expect("a name")).collect()
    }

    pub async fn past_the_walls(self, raw: &DatabaseConnection, table: &str, sql: &str) {
        let walls = |how: &str| format!("ALTER TABLE {table} {how}FORCE ROW LEVEL SECURITY");
        for sql in [walls("NO "), sql.to_owned(), walls("")] {
            if self.is_postgres() || !sql.starts_with("ALTER") {
                let done = raw.execute_unprepared(&sql).await;
                done.unwrap_or_else(|error| panic!("{table}: {error}"));
            }
        }
    }
}
