//! Freezes questions into papers, for exam-service at publish.

mod choose;
mod gather;

use std::collections::{BTreeSet, HashMap};

use authz::Actor;
use db::Conn;
use foundation::{FieldProblem, Problem};
use question_api::{FreezeItem, Frozen, FrozenStimulus, Picture, QuestionApi, QuestionId, StimulusId, kinds};
use question_model::{QuestionVersionId, RichText};
use serde_json::json;

use crate::{
    QuestionService,
    app::{
        media::read_media::{Media, read_media},
        record::{Change, record},
    },
    domain::limits::{FREEZE_PAPERS_MAX, FREEZE_QUESTIONS_PER_PAPER_MAX},
    store::{self, versions::VersionRow},
};

/// Errors of one kind that are said: fifty forms that lack the same question are one mistake.
const ERRORS_MAX: usize = 100;

#[async_trait::async_trait]
impl QuestionApi for QuestionService {
    async fn freeze(
        &self,
        actor: &Actor,
        papers: &[Vec<FreezeItem>],
    ) -> Result<Vec<Vec<Vec<Frozen>>>, Problem> {
        freeze(self, actor, papers).await
    }

    async fn picture(&self, sha256: &str) -> Result<Option<Picture>, Problem> {
        match read_media(self, sha256).await {
            Ok(Media { bytes, media_type }) => Ok(Some(Picture { bytes, media_type: media_type.to_owned() })),
            Err(problem) if problem.status == 404 => Ok(None),
            Err(problem) => Err(problem),
        }
    }
}

/// A question and the version of it that is frozen.
type Chosen = (QuestionId, QuestionVersionId);

async fn freeze(
    service: &QuestionService,
    actor: &Actor,
    papers: &[Vec<FreezeItem>],
) -> Result<Vec<Vec<Vec<Frozen>>>, Problem> {
    check_size(papers)?;
    let mut conn = service.db.read().await?;
    let fixed = gather::fixed_questions(&mut conn, actor, papers).await?;
    let pools = gather::pools(&mut conn, actor, papers).await?;
    let mut errors = Vec::new();
    let mut chosen: Vec<Vec<Vec<Chosen>>> = Vec::with_capacity(papers.len());
    for (number, paper) in papers.iter().enumerate() {
        chosen.push(choose::choose(&*service.random, number, paper, &fixed, &pools, &mut errors));
    }
    refuse(errors)?;
    let versions: BTreeSet<QuestionVersionId> =
        chosen.iter().flatten().flatten().map(|(_, version)| *version).collect();
    let versions: Vec<QuestionVersionId> = versions.into_iter().collect();
    let frozen = load(&mut conn, &versions).await?;
    drop(conn);

    let mut tx = service.db.begin().await?;
    store::versions::freeze(&mut tx, &versions, actor.account(), service.clock.now()).await?;
    let detail = json!({ "papers": papers.len(), "versions": versions.len() });
    let change = Change::named(actor, kinds::QUESTIONS_FROZEN, "papers", String::new(), detail);
    record(service, &mut tx, change).await?;
    tx.commit().await?;

    let take = |(_, version): &Chosen| {
        frozen.get(version).cloned().ok_or_else(|| {
            Problem::internal(format!("question version {version} is gone while it is frozen"))
        })
    };
    let paper = |paper: &Vec<Vec<Chosen>>| paper.iter().map(|item| item.iter().map(take).collect()).collect();
    chosen.iter().map(paper).collect()
}

fn check_size(papers: &[Vec<FreezeItem>]) -> Result<(), Problem> {
    let count = |item: &FreezeItem| match item {
        FreezeItem::Fixed { .. } => 1,
        FreezeItem::Draw { count, .. } => *count as usize,
    };
    let too_long = papers.iter().position(|paper| {
        paper.iter().map(count).fold(0_usize, usize::saturating_add) > FREEZE_QUESTIONS_PER_PAPER_MAX
    });
    if papers.len() > FREEZE_PAPERS_MAX {
        let message = format!("At most {FREEZE_PAPERS_MAX} papers.");
        return refuse(vec![FieldProblem::at("papers", "too_many", message)]);
    }
    let Some(paper) = too_long else { return Ok(()) };
    let message = format!("At most {FREEZE_QUESTIONS_PER_PAPER_MAX} questions in a paper.");
    refuse(vec![FieldProblem::at(format!("papers[{paper}]"), "too_many", message)])
}

/// 422 when there is anything to say.
fn refuse(mut errors: Vec<FieldProblem>) -> Result<(), Problem> {
    if errors.is_empty() {
        return Ok(());
    }
    errors.truncate(ERRORS_MAX);
    Err(Problem::invalid("question.cant_freeze", "Not every question can be had; see `errors`.", errors))
}

/// Loads what is frozen, each version once.
async fn load(
    conn: &mut Conn,
    versions: &[QuestionVersionId],
) -> Result<HashMap<QuestionVersionId, Frozen>, Problem> {
    let rows = store::versions::by_ids(conn, versions).await?;
    let stimuli: BTreeSet<StimulusId> = rows.iter().filter_map(|row| row.head.stimulus_id).collect();
    let stimuli: Vec<StimulusId> = stimuli.into_iter().collect();
    let texts: HashMap<StimulusId, RichText> =
        store::stimuli::texts(conn, &stimuli).await?.into_iter().collect();
    let frozen = |row: VersionRow| {
        let stimulus_id = row.head.stimulus_id;
        let stimulus = stimulus_id.and_then(|id| Some(FrozenStimulus { id, text: texts.get(&id)?.clone() }));
        let frozen = Frozen {
            question_id: row.head.question_id,
            version_id: row.head.id,
            points: row.head.points,
            question: row.question,
            key: row.key,
            stimulus,
        };
        (frozen.version_id, frozen)
    };
    Ok(rows.into_iter().map(frozen).collect())
}
