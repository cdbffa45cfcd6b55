//! What papers ask for, as far as the actor may see it.

use std::collections::{BTreeSet, HashMap};

use authz::{Action, Actor, authorize};
use db::Conn;
use foundation::{FieldProblem, Problem};
use question_api::{BankId, CategoryId, FreezeItem, QuestionId};
use question_model::QuestionType;

use super::{Chosen, ERRORS_MAX, refuse};
use crate::{
    domain::tag::tag_key,
    store::{self, questions::QuestionRow, search::Filter},
};

/// What draws from the same questions have in common.
pub(super) type PoolKey = (BankId, Option<CategoryId>, BTreeSet<String>, BTreeSet<QuestionType>);

/// The questions that papers name.
///
/// # Errors
/// 404 naming each item whose question isn't there for the actor.
pub(super) async fn fixed_questions(
    conn: &mut Conn,
    actor: &Actor,
    papers: &[Vec<FreezeItem>],
) -> Result<HashMap<QuestionId, QuestionRow>, Problem> {
    let named: Vec<(String, QuestionId)> = items(papers)
        .filter_map(|(field, item)| match item {
            FreezeItem::Fixed { question_id } => Some((format!("{field}.question_id"), *question_id)),
            FreezeItem::Draw { .. } => None,
        })
        .collect();
    let ids: BTreeSet<QuestionId> = named.iter().map(|(_, id)| *id).collect();
    let rows = store::questions::by_ids(conn, &ids.into_iter().collect::<Vec<_>>()).await?;
    let visible = visible_banks(conn, actor, rows.iter().map(|row| row.bank_id)).await?;
    let found: HashMap<QuestionId, QuestionRow> =
        rows.into_iter().filter(|row| visible.contains_key(&row.bank_id)).map(|row| (row.id, row)).collect();
    let missing = named.into_iter().filter(|(_, id)| !found.contains_key(id)).map(|(field, _)| {
        FieldProblem::at(field, "question.question_not_found", "There is no such question. Take it out.")
    });
    missing_is_404("question.question_not_found", missing)?;
    Ok(found)
}

/// The questions that each draw may take.
///
/// # Errors
/// 404 naming each item whose bank isn't there for the actor; 422 for a bank that is put away, or a category of another.
pub(super) async fn pools(
    conn: &mut Conn,
    actor: &Actor,
    papers: &[Vec<FreezeItem>],
) -> Result<HashMap<PoolKey, Vec<Chosen>>, Problem> {
    let draws: Vec<(String, PoolKey)> =
        items(papers).filter_map(|(field, item)| Some((field, pool_key(item)?))).collect();
    let visible = visible_banks(conn, actor, draws.iter().map(|(_, key)| key.0)).await?;
    let missing = draws.iter().filter(|(_, key)| !visible.contains_key(&key.0)).map(|(field, _)| {
        let field = format!("{field}.bank_id");
        FieldProblem::at(field, "question.bank_not_found", "There is no such question bank. Choose another.")
    });
    missing_is_404("question.bank_not_found", missing)?;
    let mut pools = HashMap::new();
    let mut errors = Vec::new();
    for (field, key) in draws {
        if pools.contains_key(&key) {
            continue;
        }
        if visible.get(&key.0) == Some(&true) {
            let message = "The question bank is archived. Take it out of the archive, or choose another.";
            errors.push(FieldProblem::at(format!("{field}.bank_id"), "question.bank_archived", message));
            continue;
        }
        if !category_fits(conn, &key).await? {
            let message = "There is no such category in this bank. Choose another.";
            errors.push(FieldProblem::at(
                format!("{field}.category_id"),
                "question.category_unknown",
                message,
            ));
            continue;
        }
        let pool = store::search::drawable(conn, &filter(&key)).await?;
        pools.insert(key, pool);
    }
    refuse(errors)?;
    Ok(pools)
}

/// What draws from the same questions as `item` have in common; none for a question that is named.
pub(super) fn pool_key(item: &FreezeItem) -> Option<PoolKey> {
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

fn filter((bank, category, tags, types): &PoolKey) -> Filter {
    // A draw of any type draws what is answered: a text that asks nothing is no question.
    let asked = || QuestionType::ALL.into_iter().filter(|kind| kind.is_answered()).collect();
    Filter {
        bank: Some(*bank),
        category: *category,
        tags: tags.iter().cloned().collect(),
        types: if types.is_empty() { asked() } else { types.iter().copied().collect() },
        ..Filter::default()
    }
}

async fn category_fits(conn: &mut Conn, (bank, category, ..): &PoolKey) -> Result<bool, Problem> {
    let Some(category) = category else { return Ok(true) };
    Ok(store::categories::find(conn, *category).await?.is_some_and(|node| node.bank_id == *bank))
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

/// Every item with its place.
fn items(papers: &[Vec<FreezeItem>]) -> impl Iterator<Item = (String, &FreezeItem)> {
    papers.iter().enumerate().flat_map(|(paper, items)| {
        items.iter().enumerate().map(move |(item, asked)| (format!("papers[{paper}][{item}]"), asked))
    })
}

fn missing_is_404(code: &'static str, errors: impl Iterator<Item = FieldProblem>) -> Result<(), Problem> {
    let errors: Vec<FieldProblem> = errors.take(ERRORS_MAX).collect();
    if errors.is_empty() {
        return Ok(());
    }
    let detail = "The exam names questions or banks that aren't there any more; see `errors`. Take them out.";
    Err(Problem::not_found(code, detail).with_errors(errors))
}
