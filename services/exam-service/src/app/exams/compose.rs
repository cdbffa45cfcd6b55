//! Freezes what a draft asks for into papers, and says what stands in the way.

use authz::Actor;
use exam_api::ExamDefinition;
use foundation::Problem;

use crate::{
    ExamService,
    domain::{
        assemble::{assemble, item_places, items_to_freeze},
        finding::{Finding, Findings, any_error},
        paper::{Paper, PaperKeys},
        publish::{PAPER_BYTES_MAX, check_definition, check_papers},
    },
};

/// What came of composing: papers only when nothing stands in the way.
pub(super) struct Composed {
    /// What was found, and what stands in the way.
    pub findings: Vec<Finding>,
    /// One per form.
    pub papers: Vec<(Paper, PaperKeys)>,
}

/// Composes `forms` papers from `definition`. Stores nothing.
///
/// # Errors
/// When question-service can't answer; what it refuses is a finding.
pub(super) async fn compose(
    service: &ExamService,
    actor: &Actor,
    definition: &ExamDefinition,
    forms: u32,
) -> Result<Composed, Problem> {
    let Findings(mut findings) = check_definition(definition);
    if any_error(&findings) {
        return Ok(Composed { findings, papers: Vec::new() });
    }
    let asked = vec![items_to_freeze(definition); usize::try_from(forms).unwrap_or(1)];
    let frozen = match service.questions.freeze(actor, &asked).await {
        Ok(frozen) => frozen,
        Err(refused) if matches!(refused.status, 403 | 404 | 409 | 422) => {
            findings.extend(refusal(definition, &refused).0);
            return Ok(Composed { findings, papers: Vec::new() });
        }
        Err(problem) => return Err(problem),
    };
    if frozen.len() != asked.len() || frozen.iter().any(|form| form.len() != asked[0].len()) {
        return Err(Problem::internal("question-service froze other papers than it was asked for"));
    }
    let papers: Vec<(Paper, PaperKeys)> = frozen.into_iter().map(|form| assemble(definition, form)).collect();
    let bare: Vec<Paper> = papers.iter().map(|(paper, _)| paper.clone()).collect();
    findings.extend(check_papers(definition, &bare).0);
    for paper in &bare {
        let (bytes, _) = paper.freeze().map_err(Problem::internal)?;
        if bytes.len() > PAPER_BYTES_MAX {
            let mut too_large = Findings::default();
            too_large.error(
                "sections",
                "exam.paper_too_large",
                "The questions are too long for one paper: use fewer, or shorter ones.",
            );
            findings.extend(too_large.0);
            break;
        }
    }
    if any_error(&findings) {
        return Ok(Composed { findings, papers: Vec::new() });
    }
    Ok(Composed { findings, papers })
}

/// What question-service refused, at the places of the definition: `papers[0][3].count` is that of its fourth item.
/// Every form asks for the same, so each place is named once.
fn refusal(definition: &ExamDefinition, refused: &Problem) -> Findings {
    let places = item_places(definition);
    let mut findings = Findings::default();
    for error in &refused.errors {
        let field = error.field.as_deref().and_then(|field| place(&places, field));
        let field = field.unwrap_or_else(|| "sections".to_owned());
        let known = findings.0.iter().any(|finding| finding.field == field && finding.code == error.code);
        if !known {
            findings.error(field, &error.code, &error.message);
        }
    }
    if findings.0.is_empty() {
        findings.error("sections", &refused.code, refused.detail.clone());
    }
    findings
}

fn place(places: &[String], field: &str) -> Option<String> {
    let (_, rest) = field.strip_prefix("papers[")?.split_once("][")?;
    let (item, rest) = rest.split_once(']')?;
    Some(format!("{}{rest}", places.get(item.parse::<usize>().ok()?)?))
}

#[cfg(test)]
mod tests {
    use super::place;

    #[test]
    fn an_item_of_a_paper_is_found_in_the_definition() {
        let places = ["sections[0].items[0]".to_owned(), "sections[1].items[0]".to_owned()];
        assert_eq!(place(&places, "papers[3][1].count").as_deref(), Some("sections[1].items[0].count"));
        assert_eq!(place(&places, "papers[0][0]").as_deref(), Some("sections[0].items[0]"));
        for field in ["papers[0][9]", "papers[0]", "", "papers[x][y]z"] {
            assert_eq!(place(&places, field), None, "{field}");
        }
    }
}
