//! An option to choose.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    PartId, RichText,
    limits::{OPTIONS_MAX, OPTIONS_MIN, PART_CHARS_MAX},
    validate::Findings,
};

/// An option to choose.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChoiceOption {
    /// Its stable name.
    pub id: PartId,
    /// What it says.
    pub text: RichText,
    /// Keeps its place when the others are shuffled: "none of the above".
    #[serde(default)]
    pub fixed: bool,
}

/// The checks that both choice types share.
pub(crate) fn validate_options(options: &[ChoiceOption], list: &str, findings: &mut Findings) {
    findings.count(list, options.len(), OPTIONS_MIN, OPTIONS_MAX);
    findings.distinct(list, options.iter().map(|option| &option.id));
    findings.different(list, options.iter().map(|option| option.text.text.as_str()));
    for (place, option) in options.iter().enumerate() {
        findings.text(format!("{list}[{place}].text"), &option.text.text, PART_CHARS_MAX);
    }
}

pub(crate) fn option_ids(options: &[ChoiceOption]) -> BTreeSet<&PartId> {
    options.iter().map(|option| &option.id).collect()
}
