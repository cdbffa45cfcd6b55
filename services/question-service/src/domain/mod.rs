//! Pure rules: no IO, no clock, no async.

pub mod category;
pub mod diff;
pub mod document;
pub mod draft;
pub mod draw;
pub mod excerpt;
pub mod import_plan;
pub mod limits;
pub mod picture;
pub mod search_query;
pub mod state;
pub mod tag;
pub mod words;
