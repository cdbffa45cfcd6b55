//! Who may call which endpoint.

use authz::{Action, Rule, Who};
use question_api::wire;

const READ: Who = Who::May(Action::ReadQuestions);
const EDIT: Who = Who::May(Action::EditQuestions);

/// This service's part of the permission matrix.
pub const RULES: &[Rule] = &[
    Rule::new("GET", "/api/v1/questions/banks", READ),
    Rule::new("POST", "/api/v1/questions/banks", EDIT),
    Rule::new("GET", "/api/v1/questions/banks/{bank_id}", READ),
    Rule::new("PUT", "/api/v1/questions/banks/{bank_id}", EDIT),
    Rule::new("DELETE", "/api/v1/questions/banks/{bank_id}", EDIT),
    Rule::new("POST", "/api/v1/questions/banks/{bank_id}/archive", EDIT),
    Rule::new("POST", "/api/v1/questions/banks/{bank_id}/unarchive", EDIT),
    Rule::new("GET", "/api/v1/questions/banks/{bank_id}/tags", READ),
    Rule::new("GET", "/api/v1/questions/banks/{bank_id}/categories", READ),
    Rule::new("POST", "/api/v1/questions/banks/{bank_id}/categories", EDIT),
    Rule::new("PUT", "/api/v1/questions/categories/{category_id}", EDIT),
    Rule::new("DELETE", "/api/v1/questions/categories/{category_id}", EDIT),
    Rule::new("GET", "/api/v1/questions/search", READ),
    Rule::new("POST", "/api/v1/questions/banks/{bank_id}/questions", EDIT),
    Rule::new("GET", "/api/v1/questions/{question_id}", READ),
    Rule::new("PUT", "/api/v1/questions/{question_id}", EDIT),
    Rule::new("DELETE", "/api/v1/questions/{question_id}", EDIT),
    Rule::new("POST", "/api/v1/questions/{question_id}/archive", EDIT),
    Rule::new("POST", "/api/v1/questions/{question_id}/unarchive", EDIT),
    Rule::new("POST", "/api/v1/questions/{question_id}/duplicate", EDIT),
    Rule::new("GET", "/api/v1/questions/{question_id}/versions", READ),
    Rule::new("GET", "/api/v1/questions/{question_id}/versions/{number}", READ),
    Rule::new("POST", "/api/v1/questions/{question_id}/versions/{number}/restore", EDIT),
    Rule::new("GET", "/api/v1/questions/{question_id}/diff", READ),
    Rule::new("POST", "/api/v1/questions/preview", READ),
    Rule::new("POST", "/api/v1/questions/preview/mark", READ),
    Rule::new("GET", "/api/v1/questions/banks/{bank_id}/stimuli", READ),
    Rule::new("POST", "/api/v1/questions/banks/{bank_id}/stimuli", EDIT),
    Rule::new("GET", "/api/v1/questions/stimuli/{stimulus_id}", READ),
    Rule::new("PUT", "/api/v1/questions/stimuli/{stimulus_id}", EDIT),
    Rule::new("DELETE", "/api/v1/questions/stimuli/{stimulus_id}", EDIT),
    Rule::new("PUT", "/api/v1/questions/stimuli/{stimulus_id}/questions", EDIT),
    Rule::new("POST", "/api/v1/questions/media", EDIT),
    // Named by the hash of its bytes, which stands in the question that shows it: who doesn't know it can't ask.
    Rule::new("GET", "/api/v1/questions/media/{sha256}", Who::Public),
    Rule::new("POST", "/api/v1/questions/banks/{bank_id}/import", EDIT),
    Rule::new("GET", "/api/v1/questions/banks/{bank_id}/export", READ),
    Rule::new("GET", "/api/v1/questions/banks/{bank_id}/export/report", READ),
    // What other services call.
    Rule::new("POST", wire::FREEZE, Who::Service),
    Rule::new("POST", wire::PICTURE, Who::Service),
    // The log.
    Rule::new("GET", "/api/v1/questions/audit", Who::May(Action::ReadAudit)),
];
