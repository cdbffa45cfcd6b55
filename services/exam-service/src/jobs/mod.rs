//! Background jobs. They make visible what is true already: no result depends on when they run.

pub mod anchor_journal;
pub mod finalise;
pub mod hand_over;
pub mod receipt_keys;
