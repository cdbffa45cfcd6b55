//! What question-service tells others: ids, wire types, facts, and the trait that they call.

mod facts;
mod freeze;
mod ids;
pub mod wire;

pub use facts::{Changed, kinds};
pub use freeze::{FreezeItem, Frozen, FrozenStimulus, Picture, QuestionApi};
pub use ids::{Bank, BankId, Category, CategoryId, QuestionId, QuestionKind, Stimulus, StimulusId};
