//! Who may call which endpoint.

use authz::{Action, Rule, Who};

/// This service's part of the permission matrix.
pub const RULES: &[Rule] = &[
    Rule::new("GET", "/api/v1/exams/attempts/{attempt_id}", Who::Ticket),
    Rule::new("POST", "/api/v1/exams/attempts/{attempt_id}/open", Who::Ticket),
    Rule::new("POST", "/api/v1/exams/attempts/{attempt_id}/start", Who::Ticket),
    Rule::new("GET", "/api/v1/exams/attempts/{attempt_id}/paper", Who::Ticket),
    Rule::new("GET", "/api/v1/exams/attempts/{attempt_id}/responses", Who::Ticket),
    Rule::new("PUT", "/api/v1/exams/attempts/{attempt_id}/responses", Who::Ticket),
    Rule::new("POST", "/api/v1/exams/attempts/{attempt_id}/submit", Who::Ticket),
    Rule::new("POST", "/api/v1/exams/attempts/{attempt_id}/files", Who::Ticket),
    Rule::new("GET", "/api/v1/exams/attempts/{attempt_id}/files/{file_id}", Who::TicketOrSignedIn),
    // exams
    Rule::new("GET", "/api/v1/exams", Who::May(Action::ReadExams)),
    Rule::new("POST", "/api/v1/exams", Who::May(Action::EditExams)),
    Rule::new("GET", "/api/v1/exams/{exam_id}", Who::May(Action::ReadExams)),
    Rule::new("PUT", "/api/v1/exams/{exam_id}", Who::May(Action::EditExams)),
    Rule::new("POST", "/api/v1/exams/{exam_id}/archive", Who::May(Action::EditExams)),
    Rule::new("POST", "/api/v1/exams/{exam_id}/restore", Who::May(Action::EditExams)),
    Rule::new("POST", "/api/v1/exams/{exam_id}/duplicate", Who::May(Action::EditExams)),
    Rule::new("POST", "/api/v1/exams/{exam_id}/check", Who::May(Action::EditExams)),
    Rule::new("POST", "/api/v1/exams/{exam_id}/publish", Who::May(Action::EditExams)),
    Rule::new("GET", "/api/v1/exams/{exam_id}/publications", Who::May(Action::ReadExams)),
    Rule::new("GET", "/api/v1/exams/{exam_id}/publications/{publication_id}", Who::May(Action::ReadExams)),
    Rule::new("GET", "/api/v1/exams/{exam_id}/preview", Who::May(Action::EditExams)),
];
