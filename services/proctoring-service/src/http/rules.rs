//! Who may call which endpoint.

use authz::{Action, Rule, Who};

/// This service's part of the permission matrix.
pub const RULES: &[Rule] = &[
    Rule::new("GET", "/api/v1/proctoring/attempts/{attempt_id}/violations", Who::TicketOrSignedIn),
    Rule::new("POST", "/api/v1/proctoring/attempts/{attempt_id}/violations", Who::Ticket),
    Rule::new("GET", "/api/v1/proctoring/sittings/{sitting_id}/violations", Who::May(Action::ReadViolations)),
    Rule::new("GET", "/api/v1/proctoring/sittings/{sitting_id}/attempts", Who::May(Action::ReadViolations)),
    Rule::new("POST", "/api/v1/proctoring/violations/{violation_id}/judgement", Who::May(Action::Invigilate)),
    // The log.
    Rule::new("GET", "/api/v1/proctoring/audit", Who::May(Action::ReadAudit)),
];
