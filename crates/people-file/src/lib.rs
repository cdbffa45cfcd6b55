//! Reads people from a CSV file as schools and spreadsheets write it: one reader for whoever takes such files.
//!
//! Encodings: UTF-8 with or without a byte order mark, UTF-16 with one, and GB18030, which Chinese spreadsheets save.
//! Separators: comma, semicolon or tab. Columns in any order, by English or Chinese names: [`Column`]. A row that is
//! wrong is reported with its line; the others are read on.

mod column;
mod email;
mod fold;
mod read;
mod table;

pub use column::Column;
pub use email::is_email;
pub use fold::{fold, half_width};
pub use read::{Cells, PROBLEMS_MAX, PeopleFile, PersonLine, read};
