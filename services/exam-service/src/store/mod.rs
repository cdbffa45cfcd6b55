//! The only place with SQL. One file per table family.

pub mod acts;
pub mod answer_files;
pub mod attempts;
pub mod batches;
pub mod evidence;
pub mod exams;
pub mod files;
pub mod heartbeats;
pub mod incidents;
pub mod journal;
pub mod marking;
pub mod outages;
pub mod papers;
pub mod pauses;
pub mod receipt_keys;
pub mod results;
pub mod rosters;
pub mod sealed;
pub mod sections;
pub mod sittings;
pub mod stalls;

use db::{Error, Result};
use serde::de::DeserializeOwned;

/// Reads a column that holds JSON.
pub(crate) fn json<T: DeserializeOwned>(
    table: &'static str,
    column: &'static str,
    id: impl ToString,
    bytes: &[u8],
) -> Result<T> {
    serde_json::from_slice(bytes).map_err(|error| Error::corrupt(table, column, id, error))
}

/// Reads a column that holds the name of a variant.
pub(crate) fn named<T: std::str::FromStr>(
    table: &'static str,
    column: &'static str,
    id: impl ToString,
    name: &str,
) -> Result<T> {
    name.parse().map_err(|_| Error::corrupt(table, column, id, format!("unknown name {name:?}")))
}

/// Writes a value into a column that holds JSON.
pub(crate) fn to_json(value: &impl serde::Serialize) -> Result<String> {
    serde_json::to_string(value).map_err(|error| Error::Config(format!("can't be written as JSON: {error}")))
}

/// A `LIKE` pattern (escape character `\`) for texts that hold `text`, both in lower case.
pub(crate) fn containing(text: &str) -> String {
    let mut pattern = String::from("%");
    for character in text.to_lowercase().chars() {
        if matches!(character, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(character);
    }
    pattern.push('%');
    pattern
}
