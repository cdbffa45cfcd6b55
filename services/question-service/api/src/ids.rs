//! Ids that question-service issues.

use foundation::{Id, IdKind};

macro_rules! kinds {
    ($($(#[$doc:meta])* $kind:ident = $name:literal, $id:ident;)*) => {$(
        $(#[$doc])*
        pub enum $kind {}
        impl IdKind for $kind {
            const NAME: &'static str = $name;
        }
        $(#[$doc])*
        pub type $id = Id<$kind>;
    )*};
}

kinds! {
    /// A question bank.
    Bank = "bank", BankId;
    /// A category of a bank.
    Category = "category", CategoryId;
    /// A question: one thing asked, through all its versions.
    QuestionKind = "question", QuestionId;
    /// A text, picture or table that several questions share.
    Stimulus = "stimulus", StimulusId;
}
