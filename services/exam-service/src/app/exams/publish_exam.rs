//! An author publishes: question versions and keys are frozen into papers that no later edit touches.

use authz::Actor;
use exam_api::{ExamId, ExamPublished, PaperId, PublicationId, kinds};
use foundation::Problem;
use serde::Serialize;
use serde_json::json;
use utoipa::ToSchema;

use super::{
    PublicationHead,
    compose::compose,
    load::{load_to_edit, version_conflict},
    seal_papers::seal_papers,
};
use crate::{
    ExamService,
    app::audited,
    domain::finding::{Finding, errors},
    service::SCHEMA,
    store::{self, exams::PublicationRow},
};

/// A publication, and what is worth a look all the same.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Published {
    /// The publication.
    pub publication: PublicationHead,
    /// Forms that were made.
    pub forms: usize,
    /// Warnings only.
    pub findings: Vec<Finding>,
}

/// Publishes the draft at `version`.
///
/// # Errors
/// 404 when it isn't there or lies elsewhere; 409 when it was put away or changed meanwhile; 422 with every reason
/// when settings contradict one another or a question can't be had.
pub async fn publish_exam(
    service: &ExamService,
    actor: &Actor,
    id: ExamId,
    version: i64,
) -> Result<Published, Problem> {
    let mut conn = service.db.read().await?;
    let exam = load_to_edit(&mut conn, actor, id, version).await?;
    drop(conn);
    let composed = compose(service, actor, &exam.definition, exam.definition.forms).await?;
    let errors = errors(&composed.findings);
    if !errors.is_empty() {
        return Err(Problem::invalid(
            "exam.not_publishable",
            "The exam can't be published as it stands; see `errors`.",
            errors,
        ));
    }

    let sealed = seal_papers(service, composed.papers.iter().map(|(paper, _)| paper)).await?;

    let mut tx = service.db.begin().await?;
    let publication = PublicationRow {
        id: PublicationId::new(&*service.clock, &*service.random),
        exam_id: id,
        number: store::exams::next_publication_number(&mut tx, id).await?,
        title: exam.title,
        rules: exam.definition,
        published_at: service.clock.now(),
    };
    // Two authors at once both get the next number: the later one is told that somebody was faster.
    match store::exams::publish(&mut tx, &publication, actor.account(), version).await {
        Ok(true) => {}
        Ok(false) => return Err(version_conflict(version + 1)),
        Err(error) if error.is_exists() => return Err(version_conflict(version + 1)),
        Err(error) => return Err(error.into()),
    }
    for ((form_no, (paper, keys)), (head, content)) in (1..).zip(&composed.papers).zip(&sealed) {
        let paper_id = PaperId::new(&*service.clock, &*service.random);
        store::papers::insert(&mut tx, paper_id, publication.id, form_no, paper, keys).await?;
        store::sealed::insert(&mut tx, paper_id, head, content).await?;
    }
    let detail = json!({
        "publication": publication.id, "number": publication.number, "forms": composed.papers.len(),
    });
    audited::record(service, &mut tx, actor, "exam.published", ("exam", id.to_string()), detail).await?;
    let fact =
        ExamPublished { exam_id: id, publication_id: publication.id, title: publication.title.clone() };
    events::record(&mut tx, SCHEMA, &*service.clock, &*service.random, kinds::EXAM_PUBLISHED, &fact).await?;
    tx.commit().await?;
    Ok(Published {
        publication: PublicationHead::from(&publication),
        forms: composed.papers.len(),
        findings: composed.findings,
    })
}
