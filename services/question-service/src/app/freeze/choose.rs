//! Chooses the questions of one paper.

use std::collections::{HashMap, HashSet};

use foundation::{FieldProblem, Random};
use question_api::{FreezeItem, QuestionId};
use question_model::QuestionVersionId;

use super::{
    Chosen,
    gather::{PoolKey, pool_key},
};
use crate::{
    domain::draw::{Draw, draw},
    store::questions::QuestionRow,
};

/// The questions of each item; what can't be had is said in `errors`.
pub(super) fn choose(
    random: &dyn Random,
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
    let ids: Vec<Vec<QuestionId>> =
        draws.iter().map(|(_, _, pool)| pool.iter().map(|(id, _)| *id).collect()).collect();
    let wanted: Vec<Draw<'_>> =
        draws.iter().zip(&ids).map(|((_, count, _), pool)| Draw { count: *count, pool }).collect();
    match draw(&wanted, &taken, random) {
        Ok(drawn) => {
            for ((place, _, pool), ids) in draws.into_iter().zip(drawn) {
                let versions: HashMap<QuestionId, QuestionVersionId> = pool.iter().copied().collect();
                chosen[place] = ids.iter().filter_map(|id| Some((*id, *versions.get(id)?))).collect();
            }
        }
        Err(too_few) => errors.extend(too_few.into_iter().map(|failure| {
            let (place, count, _) = draws[failure.draw];
            let message = format!(
                "The draw asks for {count} questions and finds {} that are ready and not in the paper already. Ask for \
                 fewer, or widen it.",
                failure.found
            );
            FieldProblem::at(format!("papers[{number}][{place}]"), "question.too_few_to_draw", message)
        })),
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
