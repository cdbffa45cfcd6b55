//! A service's tables: its schema's name and its migrations.

use std::borrow::Cow;

use sqlx::{
    AssertSqlSafe, SqlSafeStr as _,
    migrate::{Migration, MigrationType, Migrator},
};

use crate::DbKind;

/// One migration, written once per database. `{schema}` stands for the schema's name.
#[derive(Clone, Copy, Debug)]
pub struct MigrationText {
    /// Orders the migrations of a schema; 1 to 99 belong to the shared crates.
    pub version: i64,
    /// What it does, in a few words.
    pub name: &'static str,
    /// For SQLite.
    pub sqlite: &'static str,
    /// For PostgreSQL.
    pub postgres: &'static str,
}

/// Reads `$folder/sqlite/$name.sql` and `$folder/postgres/$name.sql` (relative to the calling file) as one migration.
#[macro_export]
macro_rules! migration {
    ($version:literal, $folder:literal, $name:literal) => {
        $crate::MigrationText {
            version: $version,
            name: $name,
            sqlite: include_str!(concat!($folder, "/sqlite/", $name, ".sql")),
            postgres: include_str!(concat!($folder, "/postgres/", $name, ".sql")),
        }
    };
}

/// A service's schema.
#[derive(Clone, Debug)]
pub struct Schema {
    /// `exam`, `auth`, …: PostgreSQL's schema, SQLite's attached name and file.
    pub name: &'static str,
    migrations: Vec<MigrationText>,
}

impl Schema {
    /// A schema with these migrations, in the order of their versions.
    pub fn new(name: &'static str, parts: &[&[MigrationText]]) -> Self {
        let mut migrations: Vec<MigrationText> = parts.concat();
        migrations.sort_by_key(|migration| migration.version);
        Self { name, migrations }
    }

    pub(crate) fn migrator(&self, kind: DbKind) -> Migrator {
        let migrations = self
            .migrations
            .iter()
            .map(|text| {
                let sql = match kind {
                    DbKind::Sqlite => text.sqlite,
                    DbKind::Postgres => text.postgres,
                }
                .replace("{schema}", self.name);
                Migration::new(
                    text.version,
                    Cow::Borrowed(text.name),
                    MigrationType::Simple,
                    AssertSqlSafe(sql).into_sql_str(),
                    false,
                )
            })
            .collect();
        let mut migrator = Migrator::with_migrations(migrations);
        // Yesterday's binary starts beside today's tables: migrations only ever add what it doesn't know.
        migrator.set_ignore_missing(true);
        migrator.dangerous_set_table_name(format!("{}.schema_migrations", self.name));
        migrator
    }
}
