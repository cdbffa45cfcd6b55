//! A prompt, a target or an item to order.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{PartId, RichText, limits::PART_CHARS_MAX, validate::Findings};

/// A prompt, a target or an item to order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TextPart {
    /// Its stable name.
    pub id: PartId,
    /// What it says.
    pub text: RichText,
}

pub(crate) fn validate_parts(parts: &[TextPart], list: &str, findings: &mut Findings) {
    findings.distinct(list, parts.iter().map(|part| &part.id));
    for (place, part) in parts.iter().enumerate() {
        findings.text(format!("{list}[{place}].text"), &part.text.text, PART_CHARS_MAX);
    }
}

pub(crate) fn part_ids(parts: &[TextPart]) -> BTreeSet<&PartId> {
    parts.iter().map(|part| &part.id).collect()
}
