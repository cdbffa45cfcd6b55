//! The tables are the same on both databases.

use std::collections::BTreeMap;

use db::{Conn, Db};
use test_kit::TestDatabase;

/// Columns by table: name, kind of type, and whether null is allowed.
type Tables = BTreeMap<String, Vec<(String, &'static str, bool)>>;

/// What a declared type holds, whichever database declares it. SQLite has one integer, and no booleans or ids.
fn kind(declared: &str) -> &'static str {
    match declared.to_lowercase().as_str() {
        "integer" | "bigint" | "boolean" => "number",
        "blob" | "uuid" | "bytea" => "bytes",
        "text" => "text",
        other => panic!("a type that no migration should use: {other}"),
    }
}

async fn tables(db: &Db) -> Tables {
    let mut conn = db.read().await.unwrap();
    let rows: Vec<(String, String, String, bool)> = match &mut conn {
        Conn::Sqlite(conn) => sqlx::query_as(
            "SELECT t.name, c.name, c.type, c.\"notnull\" = 0
             FROM auth.sqlite_master t, pragma_table_info(t.name, 'auth') c
             WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%' AND t.name <> 'schema_migrations'
             ORDER BY t.name, c.name",
        )
        .fetch_all(&mut **conn)
        .await
        .unwrap(),
        Conn::Postgres(conn) => sqlx::query_as(
            "SELECT table_name::text, column_name::text, data_type::text, is_nullable = 'YES'
             FROM information_schema.columns
             WHERE table_schema = 'auth' AND table_name <> 'schema_migrations'
             ORDER BY table_name, column_name",
        )
        .fetch_all(&mut **conn)
        .await
        .unwrap(),
    };
    let mut tables = Tables::new();
    for (table, column, declared, nullable) in rows {
        tables.entry(table).or_default().push((column, kind(&declared), nullable));
    }
    tables.values_mut().for_each(|columns| columns.sort());
    tables
}

#[test]
fn sqlite_and_postgresql_have_the_same_tables() {
    test_kit::run(async {
        let Some(postgres) = TestDatabase::postgres().await else { return };
        let sqlite = TestDatabase::sqlite();
        let ours = tables(&sqlite.open(&auth_service::schema()).await).await;
        assert!(ours.contains_key("accounts") && ours.contains_key("outbox"), "{ours:?}");
        assert_eq!(ours, tables(&postgres.open(&auth_service::schema()).await).await);
    });
}
