//! Tells a person why new times do nothing to an attempt.

use foundation::Problem;

use crate::domain::retime::CantRetime;

pub(super) fn cant_retime(why: CantRetime) -> Problem {
    let (code, detail) = match why {
        CantRetime::HandedIn => {
            ("exam.attempt_handed_in", "The candidate has handed in: more time would change nothing.")
        }
        CantRetime::Terminated => ("exam.attempt_terminated", "This attempt was terminated."),
        CantRetime::Absent => (
            "exam.attempt_absent",
            "The candidate didn't come. Extend the sitting's entry to expect them again.",
        ),
        CantRetime::Settled => (
            "exam.attempt_settled",
            "Its results are out, or a person has marked it: it can't be worked on again.",
        ),
        CantRetime::Over => (
            "exam.attempt_over",
            "This attempt is over, and would be with this much time too. Give more, or admit what came late.",
        ),
        CantRetime::DeadlineWouldPass => (
            "exam.deadline_would_pass",
            "The deadline would lie in the past: an attempt that runs isn't cut off. Take back less.",
        ),
        CantRetime::MoreThanGiven => {
            ("exam.more_than_given", "More time would be taken back than was given.")
        }
    };
    Problem::conflict(code, detail).log(why)
}
