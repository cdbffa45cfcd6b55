//! Ids that exam-service issues.

foundation::id_kinds! {
    /// An exam: the definition.
    Exam = "exam", ExamId;
    /// An exam as it was published.
    Publication = "publication", PublicationId;
    /// A frozen form of a publication.
    Paper = "paper", PaperId;
    /// Time given to an attempt or a sitting.
    Credit = "credit", CreditId;
    /// Something that happened during a sitting.
    Incident = "incident", IncidentId;
    /// A time during which clocks stood still.
    Pause = "pause", PauseId;
    /// A time in which no answer could be taken in.
    Outage = "outage", OutageId;
    /// A file of answers that was taken in by hand.
    AnswerFile = "answer_file", AnswerFileId;
    /// A file that a candidate handed in.
    CandidateFile = "candidate_file", CandidateFileId;
}
