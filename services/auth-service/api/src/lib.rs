//! What auth-service tells others: people, organisation units and admissions as they travel, the facts it publishes,
//! and [`AuthApi`], the trait that other services call.
//!
//! The ids live in `authz`, because tokens and tickets name them too.

mod admission;
mod facts;
mod person;
mod service;
mod unit;
pub mod wire;

pub use admission::{ADMISSIONS_MAX, Admission, SittingAdmissions};
pub use authz::{AccountId, AttemptId, PublicKey, SittingId, UnitId, UnitPath};
pub use facts::{ACCOUNT_DISABLED, AccountDisabled, PERSON_CHANGED, PersonChanged};
pub use person::{
    ClassWords, DisplayName, Email, ImportOutcome, ImportedPerson, PEOPLE_MAX, Person, PersonNumber,
    PersonRow,
};
pub use service::AuthApi;
pub use unit::{Unit, UnitKind};
