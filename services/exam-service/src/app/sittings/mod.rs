//! What officers and invigilators do: schedule sittings, fill rosters, watch and help.

mod clash;
mod enrol;
mod live;
pub(crate) mod load;
mod plan;
mod refusal;
mod retime;

pub mod add_to_roster;
pub mod allow_move;
pub mod cancel_sitting;
pub mod credit_outage;
pub mod find_clashes;
pub mod give_extra_time;
pub mod import_roster;
pub mod incidents;
pub mod late_entries;
pub mod list_attempts;
pub mod list_roster;
pub mod list_sittings;
pub mod outages;
pub mod pause_attempt;
pub mod pause_sitting;
pub mod read_sitting;
pub mod schedule_sitting;
pub mod set_accommodation;
pub mod set_roster_status;
pub mod shared_looks;
pub mod stalls;
pub mod take_answer_file;
pub mod terminate_attempt;
pub mod update_sitting;

mod view;

pub use clash::Clash;
pub use live::LiveAttempt;
pub use plan::{Plan, Reason, SittingTitle};
pub use view::SittingView;
