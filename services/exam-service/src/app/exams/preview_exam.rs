//! An author sees an exam as a candidate would.

use authz::{Action, Actor, AttemptId};
use exam_api::ExamId;
use foundation::Problem;

use super::{compose::compose, load::load, read_publication::no_such_form};
use crate::{
    ExamService,
    domain::{
        arrangement::arrange,
        finding::errors,
        paper::{CandidatePaper, RenderedPaper, candidate_paper},
    },
    store,
};

/// The draft as a candidate would see it, in an order of its own each time; or form `form_no` of the newest
/// publication. Belongs to no attempt: its `attempt_id` is the nil UUID.
///
/// # Errors
/// 404 when the exam or the form isn't there or lies elsewhere; 409 when nothing was published yet; 422 with the
/// reasons when the draft can't be made into a paper.
pub async fn preview_exam(
    service: &ExamService,
    actor: &Actor,
    id: ExamId,
    form_no: Option<i64>,
) -> Result<CandidatePaper, Problem> {
    let mut conn = service.db.read().await?;
    let exam = load(&mut conn, actor, Action::EditExams, id).await?;
    let nobody = AttemptId::from_uuid(uuid::Uuid::nil());
    let Some(form_no) = form_no else {
        drop(conn);
        let composed = compose(service, actor, &exam.definition, 1).await?;
        let Some((paper, _)) = composed.papers.first() else {
            return Err(Problem::invalid(
                "exam.not_publishable",
                "There is nothing to preview while these stand in the way; see `errors`.",
                errors(&composed.findings),
            ));
        };
        let rendered = RenderedPaper::of(paper);
        return Ok(candidate_paper(nobody, paper, &rendered, &arrange(paper, &*service.random)));
    };
    let publication = exam.publication_id.ok_or_else(|| {
        Problem::conflict("exam.not_published", "This exam was not published yet: preview the draft.")
    })?;
    let forms = store::papers::forms(&mut conn, publication).await?;
    let form = forms.iter().find(|form| form.form_no == form_no).ok_or_else(no_such_form)?;
    let paper = service.papers.paper(&mut conn, form.id).await?;
    let rendered = service.papers.rendered(form.id, &paper);
    Ok(candidate_paper(nobody, &paper, &rendered, &arrange(&paper, &*service.random)))
}
