//! Questions as GIFT. What is written reads back the same; what GIFT can't say is reported, not bent.

use foundation::FieldProblem;
use question_model::{
    Fraction, Key, MarkScheme, MatchingKey, MultipleChoiceKey, MultipleChoiceRule, NumericKey, PartId,
    Question, QuestionBody, RichText, ShortTextKey, SingleChoiceKey, TextFormat, Tolerance, TrueFalseKey,
};

use super::{arrow::arrow, category, escape::escape, rich, tags, weight};
use crate::{Entry, EntryStatus};

/// A question to write.
#[derive(Clone, Copy, Debug)]
pub struct ExportedQuestion<'a> {
    /// Its name.
    pub title: Option<&'a str>,
    /// Names of its category and those above it, outermost first.
    pub category: &'a [String],
    /// Its tags.
    pub tags: &'a [String],
    /// The number or name that its source knows it by.
    pub idnumber: Option<&'a str>,
    /// What is asked.
    pub question: &'a Question,
    /// What is right.
    pub key: &'a Key,
}

/// A file, and what became of each question. An entry's line is the line in the file; 0 when left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Export {
    /// The file, in UTF-8.
    pub text: String,
    /// What became of each question.
    pub report: Vec<Entry>,
}

/// Writes `questions` as GIFT.
pub fn export<'a>(questions: impl IntoIterator<Item = ExportedQuestion<'a>>) -> Export {
    let mut export = Export::default();
    let mut category: &[String] = &[];
    let mut lines = Lines::default();
    for (number, item) in (1..).zip(questions) {
        let mut notes = Vec::new();
        let written = write(&item, &mut notes);
        let mut line = 0;
        let status = match written {
            Ok(body) => {
                if item.category != category {
                    category = item.category;
                    export.text.push_str(&format!("$CATEGORY: {}\n\n", escape(&category::written(category))));
                }
                line = lines.next_of(&export.text);
                export.text.push_str(&tags::written(item.idnumber, item.tags));
                export.text.push_str(&body);
                export.text.push_str("\n\n");
                if notes.is_empty() { EntryStatus::Imported } else { EntryStatus::ImportedWithWarning }
            }
            Err(reason) => {
                notes = vec![reason];
                EntryStatus::Refused
            }
        };
        let question_type = Some(item.question.question_type());
        let title = item.title.unwrap_or_default().to_owned();
        export.report.push(Entry { number, line, title, question_type, status, notes });
    }
    export
}

/// Counts lines without reading the whole file for each question.
#[derive(Default)]
struct Lines {
    counted_to: usize,
    feeds: u32,
}

impl Lines {
    /// The number of the line that comes next in `text`, which has only grown since the last call.
    fn next_of(&mut self, text: &str) -> u32 {
        let new = text.get(self.counted_to..).unwrap_or_default();
        self.feeds = self.feeds.saturating_add(u32::try_from(new.matches('\n').count()).unwrap_or(u32::MAX));
        self.counted_to = text.len();
        self.feeds.saturating_add(1)
    }
}

type Written = Result<String, FieldProblem>;

fn left_out(code: &str, message: impl Into<String>) -> FieldProblem {
    FieldProblem::overall(code, message)
}

fn write(item: &ExportedQuestion<'_>, notes: &mut Vec<FieldProblem>) -> Written {
    let key = item.key;
    let title = item.title.map(|title| format!("::{}::", escape(title.trim()))).unwrap_or_default();
    let stem = rich::written(&item.question.stem);
    let answers = match (&item.question.body, &key.scheme) {
        (QuestionBody::Description(_), MarkScheme::Description(_)) => return Ok(format!("{title}{stem}")),
        (QuestionBody::Essay(_), MarkScheme::Essay(key)) => {
            if key.marking_notes.is_some() || key.model_answer.is_some() {
                notes.push(left_out("gift.notes_left_out", "GIFT has no place for the marker's notes."));
            }
            String::new()
        }
        (QuestionBody::TrueFalse(_), MarkScheme::TrueFalse(key)) => truth(key),
        (QuestionBody::SingleChoice(body), MarkScheme::SingleChoice(key)) => {
            if body.options.iter().any(|option| option.fixed) {
                notes.push(left_out("gift.fixed_left_out", "GIFT can't keep an option in its place."));
            }
            let options = body.options.iter().map(|option| (&option.id, &option.text));
            single_choice(options.collect(), key)?
        }
        (QuestionBody::MultipleChoice(body), MarkScheme::MultipleChoice(key)) => {
            if body.choices_max.is_some() || body.options.iter().any(|option| option.fixed) {
                let message = "GIFT can't bound the number of choices or keep an option in its place.";
                notes.push(left_out("gift.fixed_left_out", message));
            }
            let options = body.options.iter().map(|option| (&option.id, &option.text));
            multiple_choice(&options.collect::<Vec<_>>(), key, notes)?
        }
        (QuestionBody::ShortText(_), MarkScheme::ShortText(key)) => short_text(key, notes)?,
        (QuestionBody::Numeric(_), MarkScheme::Numeric(key)) => numeric(key, notes)?,
        (QuestionBody::Matching(body), MarkScheme::Matching(key)) => {
            let prompts = body.prompts.iter().map(|part| (&part.id, &part.text)).collect::<Vec<_>>();
            let targets = body.targets.iter().map(|part| (&part.id, &part.text)).collect::<Vec<_>>();
            matching(&prompts, &targets, key, notes)?
        }
        (body, _) => {
            let message = format!("GIFT has no question of type {}.", body.question_type().as_str());
            return Err(left_out("gift.type_left_out", message));
        }
    };
    if key.explanation.is_some() {
        notes.push(left_out("gift.explanation_left_out", "GIFT has no place for the explanation."));
    }
    let general = key.general_feedback.as_ref().filter(|text| !text.is_blank());
    let general = general.map(|text| format!("####{}", rich::written(text))).unwrap_or_default();
    Ok(format!("{title}{stem}{{{answers}{general}}}"))
}

fn about(text: Option<&RichText>) -> String {
    text.filter(|text| !text.is_blank()).map(|text| format!("#{}", rich::written(text))).unwrap_or_default()
}

fn truth(key: &TrueFalseKey) -> String {
    let (verdict, for_wrong, for_right) = if key.right {
        ("TRUE", &key.feedback_false, &key.feedback_true)
    } else {
        ("FALSE", &key.feedback_true, &key.feedback_false)
    };
    let (for_wrong, for_right) = (about(for_wrong.as_ref()), about(for_right.as_ref()));
    let gap = if for_wrong.is_empty() && !for_right.is_empty() { "#" } else { "" };
    format!("{verdict}{for_wrong}{gap}{for_right}")
}

fn single_choice(options: Vec<(&PartId, &RichText)>, key: &SingleChoiceKey) -> Written {
    let worth = |id: &PartId| key.fractions.get(id).copied().unwrap_or(Fraction::NONE);
    if options.len() < 2 || options.iter().all(|(id, _)| worth(id) == Fraction::FULL) {
        let message = "GIFT needs two options or more, and one of them wrong.";
        return Err(left_out("gift.too_few_answers", message));
    }
    let mut written = String::from("\n");
    for (id, text) in options {
        let sign = match worth(id) {
            Fraction::FULL => "=".to_owned(),
            Fraction::NONE => "~".to_owned(),
            fraction => format!("~{}", weight::written(fraction)),
        };
        written.push_str(&format!("\t{sign}{}{}\n", rich::written(text), about(key.feedback.get(id))));
    }
    Ok(written)
}

fn multiple_choice(
    options: &[(&PartId, &RichText)],
    key: &MultipleChoiceKey,
    notes: &mut Vec<FieldProblem>,
) -> Written {
    if options.len() < 2 {
        return Err(left_out("gift.too_few_answers", "GIFT needs two options or more."));
    }
    let count = |right: bool, ids: &std::collections::BTreeSet<PartId>| {
        options.iter().filter(|(id, _)| ids.contains(*id) == right).count() as i64
    };
    let share = |id: &PartId| match &key.marking {
        MultipleChoiceRule::Weighted { weights, .. } => weights.get(id).copied().unwrap_or(Fraction::NONE),
        MultipleChoiceRule::AllOrNothing { right } if right.contains(id) => {
            Fraction::ratio(1, count(true, right))
        }
        MultipleChoiceRule::AllOrNothing { .. } => Fraction::ratio(-1, 1),
        MultipleChoiceRule::Partial { right } if right.contains(id) => Fraction::ratio(1, count(true, right)),
        MultipleChoiceRule::Partial { right } => Fraction::ratio(-1, count(false, right)),
    };
    match &key.marking {
        MultipleChoiceRule::AllOrNothing { .. } => notes.push(left_out(
            "gift.rule_changed",
            "GIFT can't mark all or nothing: it is written with weights, and some of the right options bring some points.",
        )),
        MultipleChoiceRule::Weighted { floor_zero: false, .. } => notes.push(left_out(
            "gift.rule_changed",
            "GIFT doesn't take points off below zero.",
        )),
        MultipleChoiceRule::Weighted { .. } | MultipleChoiceRule::Partial { .. } => {}
    }
    let mut written = String::from("\n");
    for (id, text) in options {
        let weight = match share(id) {
            Fraction::NONE => String::new(),
            fraction => weight::written(fraction),
        };
        written.push_str(&format!("\t~{weight}{}{}\n", rich::written(text), about(key.feedback.get(*id))));
    }
    Ok(written)
}

fn short_text(key: &ShortTextKey, notes: &mut Vec<FieldProblem>) -> Written {
    if key.folding != question_model::Folding::default() {
        let message = "GIFT has no place for what counts as the same text: case, width and spaces.";
        notes.push(left_out("gift.folding_left_out", message));
    }
    let mut written = String::from("\n");
    for alternative in &key.alternatives {
        if arrow(&escape(&alternative.pattern)).is_some() {
            return Err(left_out("gift.arrow", "GIFT takes an answer with -> for a pair to match."));
        }
        // A tag keeps a pattern that begins with a bracket from being taken for one.
        let tag = if alternative.pattern.trim_start().starts_with('[') { "[plain]" } else { "" };
        let weight = weight::written(alternative.fraction);
        let pattern = escape(alternative.pattern.trim());
        let about = about(alternative.feedback.as_ref());
        written.push_str(&format!("\t={weight}{tag}{pattern}{about}\n"));
    }
    Ok(written)
}

fn numeric(key: &NumericKey, notes: &mut Vec<FieldProblem>) -> Written {
    if !key.units.is_empty() {
        return Err(left_out("gift.units", "GIFT has no units."));
    }
    if key.decimal_comma {
        notes.push(left_out("gift.comma_left_out", "GIFT has no place for the decimal comma."));
    }
    let mut written = String::from("#\n");
    for answer in &key.answers {
        let by = match answer.tolerance {
            Tolerance::Absolute { by } => by,
            Tolerance::Relative { by } => {
                let message = "A relative tolerance is written as an absolute one.";
                notes.push(left_out("gift.tolerance_changed", message));
                by * answer.value.abs()
            }
        };
        let weight = weight::written(answer.fraction);
        let about = about(answer.feedback.as_ref());
        written.push_str(&format!("\t={weight}{:?}:{by:?}{about}\n", answer.value));
    }
    if let Some(other) = key.feedback_other.as_ref().filter(|text| !text.is_blank()) {
        written.push_str(&format!("\t~{}\n", about(Some(other))));
    }
    Ok(written)
}

fn matching(
    prompts: &[(&PartId, &RichText)],
    targets: &[(&PartId, &RichText)],
    key: &MatchingKey,
    notes: &mut Vec<FieldProblem>,
) -> Written {
    if key.rule != question_model::MatchingRule::PerPair {
        let message = "GIFT can't mark all or nothing: each pair brings its part.";
        notes.push(left_out("gift.rule_changed", message));
    }
    if targets.iter().any(|(_, text)| text.format != TextFormat::Plain) {
        notes.push(left_out("gift.format_left_out", "GIFT takes the answers of pairs for plain text."));
    }
    let mut written = String::from("\n");
    let mut unused: Vec<&(&PartId, &RichText)> = targets.iter().collect();
    for (id, prompt) in prompts {
        let target = key.pairs.get(*id);
        let text = target.and_then(|target| targets.iter().find(|(id, _)| *id == target));
        let Some((target, text)) = text else {
            return Err(left_out("gift.pair_without_arrow", "A prompt has no right target."));
        };
        let prompt = rich::written(prompt);
        if arrow(&prompt).is_some() {
            return Err(left_out("gift.arrow", "GIFT takes -> in a prompt for the end of the prompt."));
        }
        unused.retain(|(id, _)| id != target);
        written.push_str(&format!("\t={prompt} -> {}\n", escape(text.text.trim())));
    }
    for (_, text) in unused {
        written.push_str(&format!("\t= -> {}\n", escape(text.text.trim())));
    }
    Ok(written)
}
