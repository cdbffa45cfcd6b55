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
    Rule::new("POST", "/api/v1/exams/attempts/{attempt_id}/sections/{section}/enter", Who::Ticket),
    Rule::new("POST", "/api/v1/exams/attempts/{attempt_id}/seen", Who::Ticket),
    Rule::new("POST", "/api/v1/exams/attempts/{attempt_id}/stalls", Who::Ticket),
    Rule::new("POST", "/api/v1/exams/attempts/{attempt_id}/submit", Who::Ticket),
    Rule::new("PUT", "/api/v1/exams/attempts/{attempt_id}/files/{file_id}", Who::Ticket),
    Rule::new("GET", "/api/v1/exams/attempts/{attempt_id}/files/{file_id}", Who::TicketOrSignedIn),
    Rule::new("GET", "/api/v1/exams/receipt-keys", Who::Public),
    Rule::new("GET", "/api/v1/exams/sealed/{sha256}", Who::Public),
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
    // sittings
    Rule::new("GET", "/api/v1/exams/sittings", Who::May(Action::ReadSittings)),
    Rule::new("POST", "/api/v1/exams/sittings", Who::May(Action::ManageSittings)),
    Rule::new("GET", "/api/v1/exams/sittings/{sitting_id}", Who::May(Action::ReadSittings)),
    Rule::new("PUT", "/api/v1/exams/sittings/{sitting_id}", Who::May(Action::ManageSittings)),
    Rule::new("POST", "/api/v1/exams/sittings/{sitting_id}/cancel", Who::May(Action::ManageSittings)),
    Rule::new("GET", "/api/v1/exams/sittings/{sitting_id}/clashes", Who::May(Action::ReadSittings)),
    // roster
    Rule::new("GET", "/api/v1/exams/sittings/{sitting_id}/roster", Who::May(Action::ReadSittings)),
    Rule::new("POST", "/api/v1/exams/sittings/{sitting_id}/roster", Who::May(Action::ManageSittings)),
    Rule::new("POST", "/api/v1/exams/sittings/{sitting_id}/roster/import", Who::May(Action::ManageSittings)),
    Rule::new(
        "PUT",
        "/api/v1/exams/sittings/{sitting_id}/roster/{attempt_id}",
        Who::May(Action::ManageSittings),
    ),
    Rule::new(
        "PUT",
        "/api/v1/exams/sittings/{sitting_id}/attempts/{attempt_id}/accommodation",
        Who::May(Action::ManageSittings),
    ),
    Rule::new("GET", "/api/v1/exams/accommodations/{account_id}", Who::May(Action::ManageSittings)),
    Rule::new("PUT", "/api/v1/exams/accommodations/{account_id}", Who::May(Action::ManageSittings)),
    // live
    Rule::new("GET", "/api/v1/exams/sittings/{sitting_id}/attempts", Who::May(Action::Invigilate)),
    Rule::new(
        "GET",
        "/api/v1/exams/sittings/{sitting_id}/attempts/{attempt_id}/stalls",
        Who::May(Action::Invigilate),
    ),
    Rule::new("POST", "/api/v1/exams/sittings/{sitting_id}/extra-time", Who::May(Action::Invigilate)),
    Rule::new(
        "POST",
        "/api/v1/exams/sittings/{sitting_id}/attempts/{attempt_id}/extra-time",
        Who::May(Action::Invigilate),
    ),
    Rule::new(
        "POST",
        "/api/v1/exams/sittings/{sitting_id}/attempts/{attempt_id}/terminate",
        Who::May(Action::Invigilate),
    ),
    Rule::new(
        "POST",
        "/api/v1/exams/sittings/{sitting_id}/attempts/{attempt_id}/allow-move",
        Who::May(Action::Invigilate),
    ),
    Rule::new("GET", "/api/v1/exams/sittings/{sitting_id}/incidents", Who::May(Action::ReadSittings)),
    Rule::new("POST", "/api/v1/exams/sittings/{sitting_id}/incidents", Who::May(Action::Invigilate)),
    Rule::new("POST", "/api/v1/exams/sittings/{sitting_id}/answer-files", Who::May(Action::ManageSittings)),
    Rule::new("GET", "/api/v1/exams/sittings/{sitting_id}/outages", Who::May(Action::ReadSittings)),
    Rule::new(
        "POST",
        "/api/v1/exams/sittings/{sitting_id}/outages/{outage_id}/credit",
        Who::May(Action::Invigilate),
    ),
    Rule::new("POST", "/api/v1/exams/sittings/{sitting_id}/pause", Who::May(Action::Invigilate)),
    Rule::new(
        "POST",
        "/api/v1/exams/sittings/{sitting_id}/attempts/{attempt_id}/pause",
        Who::May(Action::Invigilate),
    ),
    Rule::new("POST", "/api/v1/exams/sittings/{sitting_id}/resume", Who::May(Action::Invigilate)),
    Rule::new(
        "POST",
        "/api/v1/exams/sittings/{sitting_id}/attempts/{attempt_id}/resume",
        Who::May(Action::Invigilate),
    ),
    Rule::new(
        "GET",
        "/api/v1/exams/sittings/{sitting_id}/attempts/{attempt_id}/late-entries",
        Who::May(Action::Invigilate),
    ),
    Rule::new(
        "POST",
        "/api/v1/exams/sittings/{sitting_id}/attempts/{attempt_id}/late-entries/admit",
        Who::May(Action::ReleaseResults),
    ),
    // marking and results
    Rule::new("GET", "/api/v1/exams/to-mark", Who::May(Action::Mark)),
    Rule::new("GET", "/api/v1/exams/sittings/{sitting_id}/marking", Who::May(Action::Mark)),
    Rule::new("GET", "/api/v1/exams/sittings/{sitting_id}/marking/{question_id}", Who::May(Action::Mark)),
    Rule::new(
        "PUT",
        "/api/v1/exams/sittings/{sitting_id}/marking/{question_id}/responses/{response_ref}/mark",
        Who::May(Action::Mark),
    ),
    Rule::new(
        "GET",
        "/api/v1/exams/sittings/{sitting_id}/marking/{question_id}/responses/{response_ref}/files/{file_id}",
        Who::May(Action::Mark),
    ),
    Rule::new("GET", "/api/v1/exams/sittings/{sitting_id}/results", Who::May(Action::ReadResults)),
    Rule::new("GET", "/api/v1/exams/sittings/{sitting_id}/results/export", Who::May(Action::ReadResults)),
    Rule::new(
        "GET",
        "/api/v1/exams/sittings/{sitting_id}/attempts/{attempt_id}/marks",
        Who::May(Action::ReadResults),
    ),
    Rule::new(
        "GET",
        "/api/v1/exams/sittings/{sitting_id}/attempts/{attempt_id}/journal",
        Who::May(Action::ReadResults),
    ),
    Rule::new("POST", "/api/v1/exams/sittings/{sitting_id}/release", Who::May(Action::ReleaseResults)),
    Rule::new(
        "POST",
        "/api/v1/exams/sittings/{sitting_id}/withdraw-release",
        Who::May(Action::ReleaseResults),
    ),
    Rule::new("GET", "/api/v1/exams/attempts/{attempt_id}/review", Who::TicketOrSignedIn),
    Rule::new("GET", "/api/v1/exams/me/attempts", Who::SignedIn),
    // The log.
    Rule::new("GET", "/api/v1/exams/audit", Who::May(Action::ReadAudit)),
];
