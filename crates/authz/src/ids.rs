//! The ids that tokens and tickets name.

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
    /// A person's account.
    Account = "account", AccountId;
    /// One candidate's run through a sitting.
    Attempt = "attempt", AttemptId;
    /// One signed-in device of an account.
    Session = "session", SessionId;
    /// One scheduled delivery of an exam.
    Sitting = "sitting", SittingId;
    /// An organisation unit: faculty, course, class or term.
    Unit = "unit", UnitId;
}
