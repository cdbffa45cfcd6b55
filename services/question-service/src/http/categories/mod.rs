//! The categories of a bank.

pub mod create_category;
pub mod delete_category;
pub mod list_categories;
pub mod update_category;
