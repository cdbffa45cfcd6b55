//! The metrics' names. Labels are bounded: a route, never a path; a status, never a message.

/// Requests answered, by `service`, `method`, `route` and `status`.
pub const HTTP_REQUESTS_TOTAL: &str = "http_requests_total";
/// Seconds from a request's head to its answer's head, by `service`, `method` and `route`.
pub const HTTP_REQUEST_DURATION_SECONDS: &str = "http_request_duration_seconds";
/// Attempts started.
pub const EXAM_ATTEMPTS_STARTED_TOTAL: &str = "exam_attempts_started_total";
/// Attempts handed in, or closed by time.
pub const EXAM_ATTEMPTS_COMPLETED_TOTAL: &str = "exam_attempts_completed_total";
/// Attempts in progress now.
pub const EXAM_ATTEMPTS_IN_PROGRESS: &str = "exam_attempts_in_progress";
/// Violations that proctoring recorded, by `kind`.
pub const PROCTORING_VIOLATIONS_TOTAL: &str = "proctoring_violations_total";
/// Sign-ins and check-ins refused, by `reason`.
pub const AUTH_FAILURES_TOTAL: &str = "auth_failures_total";
/// Sockets open now.
pub const ACTIVE_USERS_CURRENT: &str = "active_users_current";
/// Entries in one batch of the journal's writer.
pub const JOURNAL_BATCH_ENTRIES: &str = "exam_journal_batch_entries";
/// Seconds from a batch's first entry to its durable commit.
pub const JOURNAL_COMMIT_SECONDS: &str = "exam_journal_commit_seconds";
/// Commands that wait for the journal's writer.
pub const JOURNAL_QUEUE_DEPTH: &str = "exam_journal_queue_depth";
/// Facts in the outbox that wait to be handed on, by `service`.
pub const OUTBOX_PENDING: &str = "outbox_pending";
/// Requests refused because their room was full, by `room`.
pub const HTTP_REQUESTS_SHED_TOTAL: &str = "http_requests_shed_total";
/// Calls to services in other processes, by `service` and `outcome`.
pub const SERVICE_CALLS_TOTAL: &str = "service_calls_total";
/// Calls to services in other processes that were made again, by `service`.
pub const SERVICE_CALL_RETRIES_TOTAL: &str = "service_call_retries_total";
/// Seconds by which this process's clock is from the middle of its replicas' and the database's, by `service`.
pub const CLOCK_GAP_SECONDS: &str = "clock_gap_seconds";
/// Age in seconds of the oldest fact that waits in the outbox, by `service`.
pub const OUTBOX_OLDEST_SECONDS: &str = "outbox_oldest_seconds";
/// Facts set aside for a person to look at, by `where`: a service's outbox, or a consumer's dead-letter queue.
pub const FACTS_DEAD: &str = "facts_dead";
/// Facts in a consumer's queue at the broker, by `consumer`.
pub const FACTS_WAITING: &str = "facts_waiting";
/// Whether something that we can do without is there (1) or not (0), by `dependency`: `broker`, `cache`.
pub const DEPENDENCY_UP: &str = "dependency_up";
