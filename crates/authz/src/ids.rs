//! The ids that tokens and tickets name.

foundation::id_kinds! {
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
