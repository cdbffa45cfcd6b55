//! Ids that proctoring-service issues or takes.

foundation::id_kinds! {
    /// A recorded violation.
    ViolationIdKind = "violation", ViolationId;
    /// What a browser noticed, named by the browser: what makes the same signal, sent again, one violation.
    SignalKind = "signal", SignalId;
}
