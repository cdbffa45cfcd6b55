//! Question banks.

pub mod archive_bank;
pub mod create_bank;
pub mod delete_bank;
pub mod list_banks;
pub mod list_tags;
pub mod read_bank;
pub mod unarchive_bank;
pub mod update_bank;
