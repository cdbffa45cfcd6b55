//! Freezes questions into papers, for exam-service at publish.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use authz::{Action, Actor, authorize};
use db::Conn;
use foundation::{FieldProblem, Problem};
use question_api::{
    BankId, CategoryId, FreezeItem, Frozen, FrozenStimulus, QuestionApi, QuestionId, StimulusId, kinds,
};
use question_model::{QuestionType, QuestionVersionId};
use serde_json::json;

use crate::{
    QuestionService,
    app::{
        access::no_such_bank,
        record::{Change, record},
    },
    domain::{
        draw::{Draw, draw},
        limits::{FREEZE_PAPERS_MAX, FREEZE_QUESTIONS_PER_PAPER_MAX},
        tag::tag_key,
    },
    store::{self, questions::QuestionRow, search::Filter, versions::VersionRow},
};

/// What was wrong, said at most so often: fifty forms that lack the same question are one mistake.
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
}

/// A question and the version of it that is frozen.
type Chosen = (QuestionId, QuestionVersionId);
/// What draws from the same questions have in common.
type PoolKey = (BankId, Option<CategoryId>, BTreeSet<String>, BTreeSet<QuestionType>);

async fn freeze(
    service: &QuestionService,
    actor: &Actor,
    papers: &[Vec<FreezeItem>],
) -> Result<Vec<Vec<Vec<Frozen>>>, Problem> {
    check_size(papers)?;
    let mut conn = service.db.read().await?;
    let fixed = fixed_questions(&mut conn, actor, papers).await?;
    let pools = pools(&mut conn, actor, papers).await?;
    let mut errors = Vec::new();
    let mut chosen: Vec<Vec<Vec<Chosen>>> = Vec::with_capacity(papers.len());
    for (number, paper) in papers.iter().enumerate() {
        chosen.push(choose(service, number, paper, &fixed, &pools, &mut errors));
    }
    if !errors.is_empty() {
        errors.truncate(ERRORS_MAX);
        return Err(Problem::invalid(
            "question.cant_freeze",
            "Not every question can be had; see `errors`.",
            errors,
        ));
    }
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
    chosen.iter().map(|paper| paper.iter().map(|item| item.iter().map(take).collect()).collect()).collect()
}

fn check_size(papers: &[Vec<FreezeItem>]) -> Result<(), Problem> {
    let count = |item: &FreezeItem| match item {
        FreezeItem::Fixed { .. } => 1,
        FreezeItem::Draw { count, .. } => *count as usize,
    };
    let too_long = papers.iter().position(|paper| {
        paper.iter().map(count).fold(0_usize, usize::saturating_add) > FREEZE_QUESTIONS_PER_PAPER_MAX
    });
    let error = if papers.len() > FREEZE_PAPERS_MAX {
        FieldProblem::at("papers", "too_many", format!("At most {FREEZE_PAPERS_MAX} papers."))
    } else if let Some(paper) = too_long {
        let message = format!("At most {FREEZE_QUESTIONS_PER_PAPER_MAX} questions in a paper.");
        FieldProblem::at(format!("papers[{paper}]"), "too_many", message)
    } else {
        return Ok(());
    };
    Err(Problem::invalid("question.freeze_too_large", "The exam is too large; see `errors`.", vec![error]))
}

/// The questions that papers name.
async fn fixed_questions(
    conn: &mut Conn,
    actor: &Actor,
    papers: &[Vec<FreezeItem>],
) -> Result<HashMap<QuestionId, QuestionRow>, Problem> {
    let named = papers.iter().enumerate().flat_map(|(p, paper)| {
        paper.iter().enumerate().filter_map(move |(i, item)| match item {
            FreezeItem::Fixed { question_id } => {
                Some((*question_id, format!("papers[{p}][{i}].question_id")))
            }
            FreezeItem::Draw { .. } => None,
        })
    });
    let named: BTreeMap<QuestionId, String> = named.collect();
    let ids: Vec<QuestionId> = named.keys().copied().collect();
    let rows = store::questions::by_ids(conn, &ids).await?;
    let visible = visible_banks(conn, actor, rows.iter().map(|row| row.bank_id)).await?;
    let found: HashMap<QuestionId, QuestionRow> =
        rows.into_iter().filter(|row| visible.contains_key(&row.bank_id)).map(|row| (row.id, row)).collect();
    let missing = named.iter().filter(|(id, _)| !found.contains_key(id));
    let errors: Vec<FieldProblem> = missing
        .map(|(_, field)| {
            FieldProblem::at(field.clone(), "question.question_not_found", "There is no such question.")
        })
        .take(ERRORS_MAX)
        .collect();
    if errors.is_empty() {
        return Ok(found);
    }
    let detail = "The exam names questions that aren't there any more; see `errors`. Take them out.";
    Err(Problem::not_found("question.question_not_found", detail).with_errors(errors))
}

/// Of these banks those that the actor may see, and whether each is put away.
async fn visible_banks(
    conn: &mut Conn,
    actor: &Actor,
    banks: impl Iterator<Item = BankId>,
) -> Result<HashMap<BankId, bool>, Problem> {
    let banks: Vec<BankId> = banks.collect::<BTreeSet<_>>().into_iter().collect();
    let places = store::banks::places(conn, &banks).await?;
    let mut visible = HashMap::new();
    for (bank, unit, archived) in places {
        match authorize(actor, Action::ReadQuestions, &unit) {
            Ok(()) => {
                visible.insert(bank, archived);
            }
            Err(refusal) if refusal.status == 401 => return Err(refusal),
            Err(_) => {}
        }
    }
    Ok(visible)
}

/// The questions that each draw may take.
async fn pools(
    conn: &mut Conn,
    actor: &Actor,
    papers: &[Vec<FreezeItem>],
) -> Result<HashMap<PoolKey, Vec<Chosen>>, Problem> {
    let keys: BTreeSet<PoolKey> = papers.iter().flatten().filter_map(pool_key).collect();
    let visible = visible_banks(conn, actor, keys.iter().map(|key| key.0)).await?;
    let mut pools = HashMap::new();
    for key in keys {
        let (bank, category, tags, types) = &key;
        let archived = *visible.get(bank).ok_or_else(no_such_bank)?;
        let asked = QuestionType::ALL.into_iter().filter(|kind| kind.is_answered());
        let filter = Filter {
            bank: Some(*bank),
            category: *category,
            tags: tags.iter().cloned().collect(),
            // A draw of any type draws what is answered: a text that asks nothing is no question.
            types: if types.is_empty() { asked.collect() } else { types.iter().copied().collect() },
            ..Filter::default()
        };
        let pool = if archived { Vec::new() } else { store::search::drawable(conn, &filter).await? };
        pools.insert(key, pool);
    }
    Ok(pools)
}

fn pool_key(item: &FreezeItem) -> Option<PoolKey> {
    match item {
        FreezeItem::Fixed { .. } => None,
        FreezeItem::Draw { bank_id, category_id, tags, types, count: _ } => Some((
            *bank_id,
            *category_id,
            tags.iter().map(|tag| tag_key(tag)).collect(),
            types.iter().copied().collect(),
        )),
    }
}

/// Chooses the questions of one paper; what can't be had is said in `errors`.
fn choose(
    service: &QuestionService,
    number: usize,
    paper: &[FreezeItem],
    fixed: &HashMap<QuestionId, QuestionRow>,
    pools: &HashMap<PoolKey, Vec<Chosen>>,
    errors: &mut Vec<FieldProblem>,
) -> Vec<Vec<Chosen>> {
    let mut chosen: Vec<Vec<Chosen>> = vec![Vec::new(); paper.len()];
    let mut taken: HashSet<QuestionId> = HashSet::new();
    let mut draws: Vec<(usize, usize, &[Chosen])> = Vec::new();
    for (place, item) in paper.iter().enumerate() {
        let field = format!("papers[{number}][{place}]");
        match item {
            FreezeItem::Fixed { question_id } => match askable(fixed.get(question_id)) {
                Ok(version) if taken.insert(*question_id) => chosen[place].push((*question_id, version)),
                Ok(_) => {
                    let message = "The question stands in the paper already. Take it out here.";
                    errors.push(FieldProblem::at(field, "question.twice_in_paper", message));
                }
                Err((code, message)) => errors.push(FieldProblem::at(field, code, message)),
            },
            FreezeItem::Draw { count, .. } => {
                let pool = pool_key(item).and_then(|key| pools.get(&key));
                draws.push((place, *count as usize, pool.map_or(&[], Vec::as_slice)));
            }
        }
    }
    let pools: Vec<Vec<QuestionId>> =
        draws.iter().map(|(_, _, pool)| pool.iter().map(|(id, _)| *id).collect()).collect();
    let wanted: Vec<Draw<'_>> =
        draws.iter().zip(&pools).map(|((_, count, _), pool)| Draw { count: *count, pool }).collect();
    match draw(&wanted, &taken, &*service.random) {
        Ok(drawn) => {
            for ((place, _, pool), ids) in draws.into_iter().zip(drawn) {
                let versions: HashMap<QuestionId, QuestionVersionId> = pool.iter().copied().collect();
                chosen[place] = ids.iter().filter_map(|id| Some((*id, *versions.get(id)?))).collect();
            }
        }
        Err(too_few) => {
            for failure in too_few {
                let (place, count, _) = draws[failure.draw];
                let found = failure.found;
                let message = format!(
                    "The draw asks for {count} questions and finds {found} that are ready and not in the paper already. \
                     Ask for fewer, or widen it."
                );
                errors.push(FieldProblem::at(
                    format!("papers[{number}][{place}]"),
                    "question.too_few_to_draw",
                    message,
                ));
            }
        }
    }
    chosen
}

/// The version of a question that is asked.
fn askable(row: Option<&QuestionRow>) -> Result<QuestionVersionId, (&'static str, &'static str)> {
    let row = row.ok_or(("question.question_not_found", "There is no such question. Take it out."))?;
    if row.archived_at.is_some() {
        return Err((
            "question.archived",
            "The question is archived. Take it out, or take it out of the archive.",
        ));
    }
    row.ready_version_id.ok_or(("question.not_ready", "The question is a draft. Mark it as ready first."))
}

/// Loads what is frozen, each version once.
async fn load(
    conn: &mut Conn,
    versions: &[QuestionVersionId],
) -> Result<HashMap<QuestionVersionId, Frozen>, Problem> {
    let rows = store::versions::by_ids(conn, versions).await?;
    let stimuli: BTreeSet<StimulusId> = rows.iter().filter_map(|row| row.head.stimulus_id).collect();
    let stimuli: Vec<StimulusId> = stimuli.into_iter().collect();
    let texts: HashMap<StimulusId, question_model::RichText> =
        store::stimuli::texts(conn, &stimuli).await?.into_iter().collect();
    let frozen = |row: VersionRow| {
        let stimulus =
            row.head.stimulus_id.and_then(|id| Some(FrozenStimulus { id, text: texts.get(&id)?.clone() }));
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
