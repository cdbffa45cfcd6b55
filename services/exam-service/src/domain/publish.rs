//! What keeps an exam from being published: settings that contradict one another, each with its place and a stable
//! code. Nothing here asks for the questions themselves; see [`check_papers`] for what shows once they are there.

use std::collections::BTreeMap;

use exam_api::{Draw, ExamDefinition, Item, Navigation, ReleaseMoment, Section};
use foundation::Points;
use question_api::QuestionId;

use super::{finding::Findings, paper::Paper};

/// Sections of one exam.
pub const SECTIONS_MAX: usize = 50;
/// Items of one exam: questions and draws.
pub const ITEMS_MAX: usize = 500;
/// Questions of one paper.
pub const QUESTIONS_MAX: usize = 500;
/// Forms of one publication.
pub const FORMS_MAX: u32 = 50;
/// Working time in minutes: a day.
pub const DURATION_MINUTES_MAX: u32 = 1_440;
/// Questions of one draw.
pub const DRAW_QUESTIONS_MAX: u32 = 500;
/// What one question may be worth.
pub const QUESTION_POINTS_MAX: Points = Points::whole(1_000);
/// Bytes of one frozen paper.
pub const PAPER_BYTES_MAX: usize = 4 * 1024 * 1024;

/// What is too much even for a draft.
pub fn check_size(definition: &ExamDefinition) -> Findings {
    let mut findings = Findings::default();
    if definition.sections.len() > SECTIONS_MAX {
        findings.error(
            "sections",
            "exam.sections_too_many",
            format!("An exam has at most {SECTIONS_MAX} sections."),
        );
    }
    let items: usize = definition.sections.iter().map(|section| section.items.len()).sum();
    if items > ITEMS_MAX {
        findings.error(
            "sections",
            "exam.items_too_many",
            format!("An exam has at most {ITEMS_MAX} questions and draws."),
        );
    }
    findings
}

/// What contradicts itself in `definition`.
pub fn check_definition(definition: &ExamDefinition) -> Findings {
    let mut findings = check_size(definition);
    if !(1..=DURATION_MINUTES_MAX).contains(&definition.duration_minutes) {
        findings.error(
            "duration_minutes",
            "exam.duration_out_of_range",
            format!("Working time is 1 to {DURATION_MINUTES_MAX} minutes."),
        );
    }
    check_forms(definition, &mut findings);
    check_release(definition, &mut findings);
    if definition.sections.is_empty() {
        findings.error("sections", "exam.no_sections", "Add a section with questions.");
    }
    let mut fixed = BTreeMap::new();
    for (index, section) in definition.sections.iter().enumerate() {
        check_section(definition, section, &format!("sections[{index}]"), &mut fixed, &mut findings);
    }
    check_limits_together(definition, &mut findings);
    findings
}

fn draws(definition: &ExamDefinition) -> impl Iterator<Item = &Draw> {
    definition.sections.iter().flat_map(|section| &section.items).filter_map(|item| match item {
        Item::Draw(draw) => Some(draw),
        Item::Fixed(_) => None,
    })
}

fn check_forms(definition: &ExamDefinition, findings: &mut Findings) {
    if !(1..=FORMS_MAX).contains(&definition.forms) {
        findings.error(
            "forms",
            "exam.forms_out_of_range",
            format!("A publication has 1 to {FORMS_MAX} forms."),
        );
    } else if definition.forms > 1 && draws(definition).next().is_none() {
        findings.warning(
            "forms",
            "exam.forms_identical",
            "Without a random draw every form holds the same questions; one form is enough.",
        );
    }
}

fn check_release(definition: &ExamDefinition, findings: &mut Findings) {
    let parts = definition.release.parts;
    if parts.solutions && !parts.responses {
        findings.error(
            "release.parts.solutions",
            "exam.solutions_without_responses",
            "Solutions can't be shown without the questions that they solve: show responses too.",
        );
    }
    if !(parts.score || parts.marks || parts.responses || parts.solutions) {
        findings.warning(
            "release.parts",
            "exam.release_shows_nothing",
            "Candidates will see nothing of their results, whenever they are released.",
        );
    }
    if definition.release.moment == ReleaseMoment::WhenMarked && parts.solutions {
        findings.warning(
            "release.parts.solutions",
            "exam.solutions_while_others_sit",
            "In a practice sitting, who is marked first sees the solutions while others still work.",
        );
    }
}

fn check_section(
    definition: &ExamDefinition,
    section: &Section,
    at: &str,
    fixed: &mut BTreeMap<QuestionId, String>,
    findings: &mut Findings,
) {
    if section.items.is_empty() {
        let (code, message) = match section.navigation {
            Navigation::Free => ("exam.section_empty", "Add questions to this section, or remove it."),
            Navigation::ForwardOnly => (
                "exam.section_empty",
                "A section that moves forward only needs questions to move through: add some, or remove it.",
            ),
        };
        findings.error(format!("{at}.items"), code, message);
    }
    if section.title.is_empty() && definition.sections.len() > 1 {
        findings.warning(
            format!("{at}.title"),
            "exam.section_title_missing",
            "With several sections, each should have a title.",
        );
    }
    if let Some(minutes) = section.time_limit_minutes {
        let field = format!("{at}.time_limit_minutes");
        if minutes == 0 {
            findings.error(field, "exam.section_limit_zero", "Nobody can answer anything in zero minutes.");
        } else if minutes > definition.duration_minutes {
            findings.error(
                field,
                "exam.section_limit_exceeds_duration",
                format!(
                    "The section allows {minutes} minutes and the whole exam {}.",
                    definition.duration_minutes
                ),
            );
        }
    }
    for (index, item) in section.items.iter().enumerate() {
        check_item(item, &format!("{at}.items[{index}]"), fixed, findings);
    }
}

fn check_item(item: &Item, at: &str, fixed: &mut BTreeMap<QuestionId, String>, findings: &mut Findings) {
    let points = match item {
        Item::Fixed(question) => {
            if let Some(first) = fixed.get(&question.question_id) {
                findings.error(
                    format!("{at}.question_id"),
                    "exam.question_twice",
                    format!("This question stands in the exam already, at {first}."),
                );
            } else {
                fixed.insert(question.question_id, at.to_owned());
            }
            question.points
        }
        Item::Draw(draw) => {
            if !(1..=DRAW_QUESTIONS_MAX).contains(&draw.count) {
                findings.error(
                    format!("{at}.count"),
                    "exam.draw_count_out_of_range",
                    format!("A draw takes 1 to {DRAW_QUESTIONS_MAX} questions."),
                );
            }
            if !draw.types.is_empty() && draw.types.iter().all(|kind| !kind.is_answered()) {
                findings.error(
                    format!("{at}.types"),
                    "exam.draw_asks_nothing",
                    "A draw of texts alone asks nothing: add a type that is answered.",
                );
            }
            draw.points
        }
    };
    match points {
        Some(points) if points < Points::ZERO || points > QUESTION_POINTS_MAX => findings.error(
            format!("{at}.points"),
            "exam.points_out_of_range",
            format!("A question is worth 0 to {QUESTION_POINTS_MAX} points."),
        ),
        Some(Points::ZERO) => findings.warning(
            format!("{at}.points"),
            "exam.points_zero",
            "Nothing can be earned here; is that meant?",
        ),
        _ => {}
    }
}

/// The limits of all sections together must fit into the exam, and should use it up.
fn check_limits_together(definition: &ExamDefinition, findings: &mut Findings) {
    let limits: Vec<u64> =
        definition.sections.iter().filter_map(|section| section.time_limit_minutes).map(u64::from).collect();
    let sum: u64 = limits.iter().sum();
    let duration = u64::from(definition.duration_minutes);
    let each_fits = limits.iter().all(|limit| *limit <= duration);
    if limits.len() > 1 && each_fits && sum > duration {
        findings.error(
            "sections",
            "exam.section_limits_exceed_duration",
            format!("The sections allow {sum} minutes together and the whole exam {duration}."),
        );
    } else if !limits.is_empty() && limits.len() == definition.sections.len() && sum < duration {
        findings.warning(
            "duration_minutes",
            "exam.section_limits_leave_time",
            format!("Every section has a limit, together {sum} minutes: {} can't be used.", duration - sum),
        );
    }
}

/// What shows once the questions are there: one paper per form.
pub fn check_papers(definition: &ExamDefinition, papers: &[Paper]) -> Findings {
    let mut findings = Findings::default();
    let Some(first) = papers.first() else { return findings };
    for (index, section) in definition.sections.iter().enumerate() {
        let asks = |paper: &Paper| {
            paper.sections.get(index).is_some_and(|section| {
                section.questions.iter().any(|question| question.question.question_type().is_answered())
            })
        };
        if section.items.is_empty() || papers.iter().all(asks) {
            continue;
        }
        let field = format!("sections[{index}].items");
        if section.navigation == Navigation::ForwardOnly || section.time_limit_minutes.is_some() {
            findings.error(
                field,
                "exam.section_asks_nothing",
                "Texts alone need neither a direction nor a time limit: add a question that is answered.",
            );
        } else {
            findings.warning(
                field,
                "exam.section_asks_nothing",
                "This section holds texts only; is that meant?",
            );
        }
    }
    if papers.iter().any(|paper| paper.questions().count() > QUESTIONS_MAX) {
        findings.error(
            "sections",
            "exam.questions_too_many",
            format!("A paper holds at most {QUESTIONS_MAX} questions."),
        );
    }
    if papers.iter().any(|paper| paper.question_count() == 0) {
        findings.error("sections", "exam.no_questions", "There is no question that can be answered.");
    } else if papers.iter().any(|paper| paper.points_max() <= Points::ZERO) {
        findings.error("sections", "exam.no_points", "No question is worth anything: give them points.");
    }
    if papers.iter().any(|paper| paper.points_max() != first.points_max()) {
        findings.error(
            "sections",
            "exam.forms_unequal",
            "The forms are worth different points, which is unfair: give each draw points of its own.",
        );
    }
    if definition.release.moment == ReleaseMoment::WhenMarked
        && papers
            .iter()
            .flat_map(Paper::questions)
            .any(|question| question.question.question_type().needs_marker())
    {
        findings.warning(
            "release.moment",
            "exam.release_waits_for_marker",
            "Essays and files are marked by a person: results come out only when that is done.",
        );
    }
    findings
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    const QUESTION: &str = "0192f0c1-2345-7abc-8def-0123456789a1";

    fn codes(definition: Value) -> Vec<String> {
        let definition: ExamDefinition = serde_json::from_value(definition).expect("a definition");
        check_definition(&definition)
            .0
            .into_iter()
            .map(|finding| format!("{} {}", finding.field, finding.code))
            .collect()
    }

    fn fixed() -> Value {
        json!({ "type": "fixed", "question_id": QUESTION })
    }

    fn draw(count: u32) -> Value {
        json!({ "type": "draw", "bank_id": QUESTION, "count": count })
    }

    #[test]
    fn a_sensible_exam_has_no_findings_even_with_a_draw_into_one_form() {
        let sections = json!([{ "items": [fixed(), draw(3)] }]);
        assert_eq!(codes(json!({ "duration_minutes": 60, "sections": sections })), [""; 0]);
    }

    #[test]
    fn numbers_out_of_range_are_named_by_their_field() {
        let sections =
            json!([{ "items": [draw(0), { "type": "fixed", "question_id": QUESTION, "points": -1 }] }]);
        assert_eq!(
            codes(json!({ "duration_minutes": 0, "forms": 51, "sections": sections })),
            [
                "duration_minutes exam.duration_out_of_range",
                "forms exam.forms_out_of_range",
                "sections[0].items[0].count exam.draw_count_out_of_range",
                "sections[0].items[1].points exam.points_out_of_range",
            ]
        );
    }

    #[test]
    fn an_empty_section_and_no_section_at_all_are_refused() {
        assert_eq!(codes(json!({ "duration_minutes": 60, "sections": [] })), ["sections exam.no_sections"]);
        let sections = json!([{ "navigation": "forward_only", "items": [] }]);
        assert_eq!(
            codes(json!({ "duration_minutes": 60, "sections": sections })),
            ["sections[0].items exam.section_empty"]
        );
    }

    #[test]
    fn section_limits_must_fit_into_the_exam_one_by_one_and_together() {
        let section = |minutes: u32, item: Value| json!({ "title": "A", "time_limit_minutes": minutes, "items": [item] });
        let limits = |one, two| json!({ "duration_minutes": 60, "sections": [section(one, fixed()), section(two, draw(1))] });
        assert_eq!(
            codes(limits(61, 10)),
            ["sections[0].time_limit_minutes exam.section_limit_exceeds_duration"]
        );
        assert_eq!(codes(limits(40, 30)), ["sections exam.section_limits_exceed_duration"]);
        assert_eq!(codes(limits(0, 60)), ["sections[0].time_limit_minutes exam.section_limit_zero"]);
        assert_eq!(codes(limits(40, 10)), ["duration_minutes exam.section_limits_leave_time"]);
        assert_eq!(codes(limits(40, 20)), [""; 0]);
    }

    #[test]
    fn a_question_stands_in_an_exam_once() {
        let sections = json!([{ "items": [fixed(), fixed()] }]);
        assert_eq!(
            codes(json!({ "duration_minutes": 60, "sections": sections })),
            ["sections[0].items[1].question_id exam.question_twice"]
        );
    }

    #[test]
    fn several_forms_without_a_draw_and_solutions_without_questions_make_no_sense() {
        let sections = json!([{ "items": [fixed()] }]);
        let parts = json!({ "score": false, "marks": false, "responses": false, "solutions": true });
        let release = json!({ "moment": "when_marked", "parts": parts });
        assert_eq!(
            codes(json!({ "duration_minutes": 60, "forms": 2, "sections": sections, "release": release })),
            [
                "forms exam.forms_identical",
                "release.parts.solutions exam.solutions_without_responses",
                "release.parts.solutions exam.solutions_while_others_sit",
            ]
        );
    }
}
