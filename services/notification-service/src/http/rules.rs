//! Who may call which endpoint.

use authz::{Action, Rule, Who};

/// This service's part of the permission matrix.
pub const RULES: &[Rule] = &[
    Rule::new("GET", "/api/v1/notifications", Who::SignedIn),
    Rule::new("POST", "/api/v1/notifications/{message_id}/read", Who::SignedIn),
    Rule::new("POST", "/api/v1/notifications/read-all", Who::SignedIn),
    Rule::new("POST", "/api/v1/notifications/messages", Who::May(Action::SendMessages)),
    // The log.
    Rule::new("GET", "/api/v1/notifications/audit", Who::May(Action::ReadAudit)),
];
