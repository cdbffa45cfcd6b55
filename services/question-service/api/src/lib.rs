//! What question-service tells others: ids, wire types, and the trait that they call.

mod freeze;
mod ids;

pub use freeze::{FreezeItem, Frozen, FrozenStimulus, QuestionApi};
pub use ids::{Bank, BankId, Category, CategoryId, QuestionId, QuestionKind, Stimulus, StimulusId};
