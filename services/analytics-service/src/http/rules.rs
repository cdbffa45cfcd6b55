//! Who may call which endpoint.

use authz::{Action, Rule, Who};

/// This service's part of the permission matrix.
pub const RULES: &[Rule] = &[
    Rule::new("GET", "/api/v1/analytics/sittings", Who::May(Action::ReadStatistics)),
    Rule::new("GET", "/api/v1/analytics/sittings/{sitting_id}", Who::May(Action::ReadStatistics)),
];
