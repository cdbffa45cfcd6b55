//! What several questions share.

pub mod create_stimulus;
pub mod delete_stimulus;
pub mod list_stimuli;
pub mod order_stimulus;
pub mod read_stimulus;
pub mod save_stimulus;
