//! What marking found, and why.

use foundation::Points;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{Fraction, PartId};

/// What one response is worth, and why. Holds nothing of the key but what the points themselves reveal.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Marked {
    /// Points for the response; negative when the key takes points off.
    pub points: Points,
    /// Points for a right response.
    pub points_max: Points,
    /// In one word.
    pub outcome: Outcome,
    /// Point by point, where a question has parts. Each is rounded by itself, so that their sum may differ
    /// from `points` in the seventh decimal.
    pub parts: Vec<PartMark>,
    /// The reason for `points`.
    pub why: Why,
}

/// The result of marking in one word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// All the points.
    Correct,
    /// Some of the points.
    Partial,
    /// No points, or less.
    Wrong,
    /// Nothing was given.
    Unanswered,
    /// A person has to decide.
    NeedsMarking,
}

/// What one part of a response is worth.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct PartMark {
    /// The option, gap or prompt.
    pub part: PartId,
    /// Its points.
    pub points: Points,
    /// The reason.
    pub why: Why,
}

/// A reason that a client can put into any language: a code and the numbers that go with it.
/// `alternative` counts the key's answers from 0.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Why {
    /// Nothing was given.
    Unanswered,
    /// Nothing was asked.
    NotAsked,
    /// The response is of another type than the question.
    ResponseMismatch,
    /// The key is of another type than the question: a person has to look.
    KeyMismatch,
    /// A person marks this.
    ByMarker {
        /// Words written; null for files.
        words: Option<u32>,
        /// More words than allowed.
        too_long: bool,
        /// Fewer words than asked.
        too_short: bool,
    },
    /// This is right.
    Right,
    /// This is wrong.
    Wrong,
    /// The chosen option is worth this share.
    OptionWorth {
        /// Of the points.
        fraction: Fraction,
    },
    /// All right options and no wrong one were needed.
    AllOrNothing {
        /// Right options chosen.
        right: u32,
        /// Right options there are.
        right_of: u32,
        /// Wrong options chosen.
        wrong: u32,
    },
    /// Right options count for, wrong ones against.
    Balance {
        /// Right options chosen.
        right: u32,
        /// Right options there are.
        right_of: u32,
        /// Wrong options chosen.
        wrong: u32,
        /// Wrong options there are.
        wrong_of: u32,
    },
    /// The weights of the chosen options add up to this.
    WeightsSum {
        /// Of the points, before the floor.
        fraction: Fraction,
        /// The sum was below zero and counts as zero.
        floored: bool,
    },
    /// The text is an accepted one.
    TextAccepted {
        /// Which.
        alternative: u32,
        /// What it is worth.
        fraction: Fraction,
    },
    /// The text is none of the accepted ones.
    TextNotAccepted,
    /// What was written is not a number.
    NotANumber,
    /// The number is close enough to an accepted one.
    NumberAccepted {
        /// Which.
        alternative: u32,
        /// What it is worth, the unit not considered.
        fraction: Fraction,
    },
    /// The number is close enough, and its unit is missing or wrong.
    UnitPenalty {
        /// Which accepted number.
        alternative: u32,
        /// Taken off.
        penalty: Fraction,
    },
    /// The number is not close enough to any accepted one.
    NumberNotAccepted,
    /// A unit was needed.
    UnitMissing,
    /// The unit is none of those offered.
    UnitUnknown,
    /// So many gaps, pairs or neighbours are right.
    RightOf {
        /// Right ones.
        right: u32,
        /// All.
        of: u32,
    },
    /// The order had to be exactly right, and isn't.
    NotExactOrder,
    /// So many pairs of items stand in the right order, and so many don't.
    PairsInOrder {
        /// In the right order.
        concordant: u32,
        /// In the wrong order.
        discordant: u32,
        /// All pairs.
        of: u32,
    },
}
