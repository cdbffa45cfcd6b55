//! Ids that exam-service issues.

use foundation::{Id, IdKind};

macro_rules! kinds {
    ($($(#[$doc:meta])* $kind:ident = $name:literal, $id:ident;)*) => {$(
        $(#[$doc])*
        pub enum $kind {}
        impl IdKind for $kind {
            const NAME: &'static str = $name;
        }
        $(#[$doc])*
        pub type $id = Id<$kind>;
    )*};
}

kinds! {
    /// An exam: the definition.
    Exam = "exam", ExamId;
    /// An exam as it was published.
    Publication = "publication", PublicationId;
    /// A frozen form of a publication.
    Paper = "paper", PaperId;
    /// Time given to an attempt or a sitting.
    Credit = "credit", CreditId;
    /// A file that a candidate handed in.
    CandidateFile = "candidate_file", CandidateFileId;
}
