//! Our services, by name.

use serde::{Deserialize, Serialize};

/// One of our services.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Service {
    /// People, sign-in, admission codes and tickets.
    Auth,
    /// Questions that still change.
    Question,
    /// Exams, sittings, attempts, results.
    Exam,
    /// Violations.
    Proctoring,
    /// Statistics.
    Analytics,
    /// Messages.
    Notification,
}

impl Service {
    /// Every service.
    pub const ALL: [Self; 6] =
        [Self::Auth, Self::Question, Self::Exam, Self::Proctoring, Self::Analytics, Self::Notification];

    /// Its name: `exam-service`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Auth => "auth-service",
            Self::Question => "question-service",
            Self::Exam => "exam-service",
            Self::Proctoring => "proctoring-service",
            Self::Analytics => "analytics-service",
            Self::Notification => "notification-service",
        }
    }

    /// Its short name, which is its schema's too: `exam`.
    pub const fn schema(self) -> &'static str {
        match self {
            Self::Auth => "auth",
            Self::Question => "question",
            Self::Exam => "exam",
            Self::Proctoring => "proctoring",
            Self::Analytics => "analytics",
            Self::Notification => "notification",
        }
    }

    /// Below which path all its endpoints lie.
    pub const fn prefix(self) -> &'static str {
        match self {
            Self::Auth => "/api/v1/auth",
            Self::Question => "/api/v1/questions",
            Self::Exam => "/api/v1/exams",
            Self::Proctoring => "/api/v1/proctoring",
            Self::Analytics => "/api/v1/analytics",
            Self::Notification => "/api/v1/notifications",
        }
    }

    /// The service of this name, short or whole.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|service| service.name() == name || service.schema() == name)
    }

    /// The service that a path belongs to.
    pub fn of_path(path: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|service| {
            path.strip_prefix(service.prefix()).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_service_is_found_by_its_names_and_by_its_paths() {
        assert_eq!(Service::from_name("exam"), Some(Service::Exam));
        assert_eq!(Service::from_name("exam-service"), Some(Service::Exam));
        assert_eq!(Service::from_name("exams"), None);
        assert_eq!(Service::of_path("/api/v1/questions/internal/freeze"), Some(Service::Question));
        assert_eq!(Service::of_path("/api/v1/questionsx"), None);
    }
}
