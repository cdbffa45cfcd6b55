//! What exam-service tells others: ids, wire types, facts, and the trait that they call.

mod definition;
mod events;
mod ids;

pub use authz::{AttemptId, SittingId};
pub use definition::{
    Draw, ExamDefinition, FixedQuestion, Item, Navigation, ReleaseMoment, ReleasePolicy, ReviewParts, Section,
};
pub use events::{
    AttemptMarked, AttemptStarted, AttemptSubmitted, ExamPublished, ReleaseWithdrawn, ResultsReleased,
    SittingCancelled, SittingScheduled, kinds,
};
pub use ids::{
    AnswerFile, AnswerFileId, CandidateFile, CandidateFileId, Credit, CreditId, Exam, ExamId, Incident,
    IncidentId, Outage, OutageId, Paper, PaperId, Pause, PauseId, Publication, PublicationId,
};
