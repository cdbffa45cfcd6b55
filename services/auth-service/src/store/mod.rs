//! The only place with SQL; one file per family of tables.

pub mod accounts;
pub mod activation_codes;
pub mod admissions;
pub mod devices;
pub mod failures;
pub mod grants;
pub mod members;
pub mod people;
pub mod scope;
pub mod sessions;
pub mod signing_keys;
pub mod terms;
pub mod units;

use authz::UnitPath;

/// Rows in one statement with many values: far below both databases' limits on parameters.
const ROWS_A_STATEMENT: usize = 200;

/// Reads a stored unit path.
fn path(table: &'static str, column: &'static str, id: impl ToString, text: String) -> db::Result<UnitPath> {
    UnitPath::try_from(text).map_err(|why| db::Error::corrupt(table, column, id, why))
}
