//! What a check finds in something that a person made.

use foundation::FieldProblem;
use serde::Serialize;
use utoipa::ToSchema;

/// Whether a finding stands in the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// It stands in the way.
    Error,
    /// Worth a look; it stands in nobody's way.
    Warning,
}

/// Something that a check found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Finding {
    /// Whether it stands in the way.
    pub severity: Severity,
    /// Where: `sections[0].items[2].count`.
    pub field: String,
    /// Stable name of what was found.
    pub code: String,
    /// One sentence for the person.
    pub message: String,
}

/// What was found so far.
#[derive(Debug, Default)]
pub struct Findings(pub Vec<Finding>);

impl Findings {
    /// Adds something that stands in the way.
    pub fn error(&mut self, field: impl Into<String>, code: &str, message: impl Into<String>) {
        self.add(Severity::Error, field, code, message);
    }

    /// Adds something worth a look.
    pub fn warning(&mut self, field: impl Into<String>, code: &str, message: impl Into<String>) {
        self.add(Severity::Warning, field, code, message);
    }

    fn add(&mut self, severity: Severity, field: impl Into<String>, code: &str, message: impl Into<String>) {
        let finding =
            Finding { severity, field: field.into(), code: code.to_owned(), message: message.into() };
        self.0.push(finding);
    }
}

/// Whether anything stands in the way.
pub fn any_error(findings: &[Finding]) -> bool {
    findings.iter().any(|finding| finding.severity == Severity::Error)
}

/// What stands in the way, as a refusal lists it.
pub fn errors(findings: &[Finding]) -> Vec<FieldProblem> {
    findings
        .iter()
        .filter(|finding| finding.severity == Severity::Error)
        .map(|finding| FieldProblem::at(&finding.field, &finding.code, &finding.message))
        .collect()
}
