//! Who may call which endpoint.

use authz::{Rule, Who};

/// This service's part of the permission matrix.
pub const RULES: &[Rule] = &[
    Rule::new("GET", "/api/v1/exams/attempts/{attempt_id}", Who::Ticket),
    Rule::new("POST", "/api/v1/exams/attempts/{attempt_id}/open", Who::Ticket),
    Rule::new("POST", "/api/v1/exams/attempts/{attempt_id}/start", Who::Ticket),
    Rule::new("GET", "/api/v1/exams/attempts/{attempt_id}/paper", Who::Ticket),
    Rule::new("GET", "/api/v1/exams/attempts/{attempt_id}/responses", Who::Ticket),
    Rule::new("PUT", "/api/v1/exams/attempts/{attempt_id}/responses", Who::Ticket),
    Rule::new("POST", "/api/v1/exams/attempts/{attempt_id}/submit", Who::Ticket),
];
