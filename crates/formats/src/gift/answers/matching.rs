//! `{=Italy -> Rome =Japan -> Tokyo = -> Berlin}`.

use std::collections::BTreeMap;

use foundation::FieldProblem;
use question_model::{
    MarkScheme, MatchingBody, MatchingKey, MatchingRule, PartId, QuestionBody, RichText, TextPart,
};

use super::{Answered, Answers, segments};
use crate::gift::{arrow::arrow, escape::show, rich::rich};

/// Prompts that Moodle wants at least.
const PROMPTS_MIN: usize = 2;

impl Answers<'_> {
    pub(super) fn matching(&mut self, text: &str) -> Result<Answered, FieldProblem> {
        let mut prompts = Vec::new();
        let mut targets: Vec<TextPart> = Vec::new();
        let mut pairs = BTreeMap::new();
        for segment in segments(text, &['=']) {
            let Some(at) = arrow(segment.text).filter(|_| segment.operator.is_some()) else {
                return Err(self.refused(
                    segment.text,
                    "gift.pair_without_arrow",
                    "Each pair is written =prompt -> answer.",
                ));
            };
            let (prompt, target) = (&segment.text[..at], &segment.text[at + "->".len()..]);
            // The same answer twice is one target: a candidate couldn't tell them apart.
            let target = RichText::plain(show(target).trim());
            let known = targets.iter().find(|part| part.text == target).map(|part| part.id.clone());
            let target_id = known.unwrap_or_else(|| PartId::lettered(targets.len()));
            if !targets.iter().any(|part| part.id == target_id) {
                targets.push(TextPart { id: target_id.clone(), text: target });
            }
            if !prompt.trim().is_empty() {
                let id = PartId::numbered(prompts.len());
                prompts.push(TextPart { id: id.clone(), text: rich(prompt, self.format) });
                pairs.insert(id, target_id);
            }
        }
        if prompts.len() < PROMPTS_MIN {
            return Err(self.refused(text, "gift.too_few_answers", "Matching needs at least two prompts."));
        }
        Ok(Answered {
            body: QuestionBody::Matching(MatchingBody { prompts, targets, shuffle: true }),
            scheme: MarkScheme::Matching(MatchingKey { pairs, rule: MatchingRule::PerPair }),
        })
    }
}
