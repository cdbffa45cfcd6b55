//! The only place with SQL. One file per table family.

pub mod banks;
pub mod categories;
pub mod media;
pub mod questions;
pub mod search;
pub mod stimuli;
pub mod tags;
pub mod versions;

use authz::UnitPath;
use db::{Error, Result};
use serde::de::DeserializeOwned;

/// Rows in one statement: its parameters stay far below what either database takes.
pub(crate) const ROWS_PER_STATEMENT_MAX: usize = 200;

/// Reads a column that holds JSON.
pub(crate) fn json<T: DeserializeOwned>(
    table: &'static str,
    column: &'static str,
    id: impl ToString,
    bytes: &[u8],
) -> Result<T> {
    serde_json::from_slice(bytes).map_err(|error| Error::corrupt(table, column, id, error))
}

/// Writes a value into a column that holds JSON.
pub(crate) fn to_json(value: &impl serde::Serialize) -> Result<String> {
    serde_json::to_string(value).map_err(|error| Error::Config(format!("can't be written as JSON: {error}")))
}

/// Reads a column that holds a unit path.
pub(crate) fn unit_path(table: &'static str, id: impl ToString, path: String) -> Result<UnitPath> {
    UnitPath::try_from(path).map_err(|error| Error::corrupt(table, "unit_path", id, error))
}

/// Adds `column` LIKE each of `units`' paths to a query; what lies in no unit isn't there. A path holds ids and slashes
/// alone, nothing that LIKE would read as a pattern.
macro_rules! under {
    ($query:expr, $column:literal, $units:expr) => {{
        let query = &mut $query;
        query.push(" (1 = 0");
        for unit in $units {
            query.push(concat!(" OR ", $column, " LIKE "));
            query.push_bind(format!("{}%", unit.as_str()));
        }
        query.push(")");
    }};
}
pub(crate) use under;
