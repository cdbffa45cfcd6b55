//! Ids that question-service issues.

foundation::id_kinds! {
    /// A question bank.
    Bank = "bank", BankId;
    /// A category of a bank.
    Category = "category", CategoryId;
    /// A question: one thing asked, through all its versions.
    QuestionKind = "question", QuestionId;
    /// A text, picture or table that several questions share.
    Stimulus = "stimulus", StimulusId;
}
