//! Somebody brings in questions from a file.

use std::{
    collections::{BTreeSet, HashMap, HashSet},
    sync::Arc,
};

use authz::Actor;
use bytes::Bytes;
use db::Tx;
use formats::{Format, ImportOptions};
use foundation::{Instant, Problem};
use question_api::{BankId, CategoryId, kinds};
use question_model::QuestionVersionId;
use serde_json::json;

use super::{
    QuestionImportReport, ReportEntry, ReportStatus,
    prepare::{Item, ReadFile, read_file},
};
use crate::{
    QuestionService,
    app::{
        access::{self, Want},
        questions::create_question::bank_full,
        record::{Change, record},
    },
    domain::{
        category::CategoryNode, import_plan::CategoryPlan, limits::QUESTIONS_PER_BANK_MAX,
        state::QuestionState,
    },
    store::{
        self,
        questions::QuestionRow,
        search::Words,
        tags::Tagged,
        versions::{NewVersion, VersionHead},
    },
};

/// Questions that are written in one go: bounds the memory that rows take beside the file.
const ROWS_AT_ONCE_MAX: usize = 1_000;

/// Questions that, coming at once, make what the database knows about its words out of date.
const STATISTICS_AFTER: usize = 500;

/// How a file is to be imported.
#[derive(Clone, Copy, Debug)]
pub struct ImportRequest {
    /// What it is written in.
    pub format: Format,
    /// How it is to be read.
    pub options: ImportOptions,
    /// What the questions become; one that can't be asked becomes a draft either way.
    pub state: QuestionState,
    /// Whether to say what would happen, and change nothing.
    pub dry_run: bool,
}

/// Imports a file into a bank: everything that the report says is imported, in one transaction, or nothing.
///
/// # Errors
/// 404 when the bank isn't there for the actor; 409 when it has no room; 413 or 422 when nothing of the file can be read.
pub async fn import_questions(
    service: &Arc<QuestionService>,
    actor: &Actor,
    bank_id: BankId,
    file: Bytes,
    request: ImportRequest,
) -> Result<QuestionImportReport, Problem> {
    let mut conn = service.db.read().await?;
    access::bank(&mut conn, actor, bank_id, Want::Edit).await?;
    drop(conn);
    let size = file.len();
    let read = tokio::task::spawn_blocking(move || read_file(&file, request.format, &request.options))
        .await
        .map_err(Problem::internal)??;

    let mut tx = service.db.begin().await?;
    access::bank(&mut tx, actor, bank_id, Want::Edit).await?;
    store::banks::lock(&mut tx, bank_id).await?;
    let mut plan = plan(service, &mut tx, bank_id, read).await?;
    if request.options.all_or_nothing && plan.entries.iter().any(|entry| !is_fine(entry.status)) {
        plan.hold_back();
    }
    let there = store::questions::count(&mut tx, bank_id).await?;
    if there + plan.items.len() as i64 > QUESTIONS_PER_BANK_MAX {
        return Err(bank_full());
    }
    if request.dry_run || plan.is_empty() {
        return Ok(QuestionImportReport::of(plan.entries, request.dry_run, plan.categories.len()));
    }
    store::categories::insert(&mut tx, &plan.categories).await?;
    let now = service.clock.now();
    for items in plan.items.chunks_mut(ROWS_AT_ONCE_MAX) {
        insert(service, &mut tx, actor, (bank_id, now), request.state, items, &mut plan.entries).await?;
    }
    let report = QuestionImportReport::of(plan.entries, false, plan.categories.len());
    let detail = json!({
        "format": request.format, "bytes": size, "imported": report.imported, "refused": report.refused,
        "duplicates": report.duplicates, "categories": report.categories_created,
    });
    let change = Change::of(actor, kinds::QUESTIONS_IMPORTED, Some(bank_id), bank_id, detail);
    record(service, &mut tx, change).await?;
    tx.commit().await?;
    if report.imported >= STATISTICS_AFTER
        && let Err(error) = refresh_statistics(service).await
    {
        // The database does it by itself before long; until then searches are slower.
        tracing::warn!(%error, "statistics are not refreshed after an import");
    }
    Ok(report)
}

async fn refresh_statistics(service: &QuestionService) -> db::Result<()> {
    let mut tx = service.db.begin().await?;
    store::search::refresh_statistics(&mut tx).await?;
    tx.commit().await
}

/// What is going to be stored.
struct Plan {
    entries: Vec<ReportEntry>,
    items: Vec<(Item, Option<CategoryId>)>,
    categories: Vec<CategoryNode>,
}

impl Plan {
    fn is_empty(&self) -> bool {
        self.items.is_empty() && self.categories.is_empty()
    }

    fn hold_back(&mut self) {
        self.items.clear();
        self.categories.clear();
        for entry in self.entries.iter_mut().filter(|entry| is_fine(entry.status)) {
            entry.status = ReportStatus::HeldBack;
        }
    }
}

const fn is_fine(status: ReportStatus) -> bool {
    matches!(status, ReportStatus::Imported | ReportStatus::ImportedWithWarning)
}

/// Finds each question's category, and the questions that are there already.
async fn plan(service: &QuestionService, tx: &mut Tx, bank: BankId, read: ReadFile) -> Result<Plan, Problem> {
    let ReadFile { mut entries, items, categories } = read;
    let numbers: Vec<&str> = items.iter().filter_map(|item| item.idnumber.as_deref()).collect();
    let known = store::questions::known_idnumbers(tx, bank, &numbers).await?;
    let mut numbers: HashSet<String> = known.into_iter().collect();
    let shown: BTreeSet<String> = items.iter().flat_map(|item| item.media.iter().cloned()).collect();
    let missing: HashSet<String> = store::media::missing(tx, &shown).await?.into_iter().collect();
    let nodes = store::categories::of_bank(tx, bank).await?;
    let new_id = || service.id();
    let mut places = CategoryPlan::new(bank, nodes, &new_id);
    // In the file's order, those without questions too; what can't be made is said at its questions.
    for path in &categories {
        let _ = places.place(path);
    }
    let mut planned = Vec::with_capacity(items.len());
    for mut item in items {
        let entry = &mut entries[item.entry];
        if item.idnumber.as_ref().is_some_and(|number| !numbers.insert(number.clone())) {
            let message = "A question with the same id number is in the bank, or further up in the file.";
            entry.refuse(ReportStatus::Duplicate, "question.duplicate", message);
            continue;
        }
        match places.place(&item.category) {
            Ok(category) => {
                if let Some(hash) = item.media.iter().find(|hash| missing.contains(*hash)) {
                    item.ready = false;
                    entry.warn(
                        "question.media_missing",
                        format!("The picture media:{hash} isn't there. Upload it."),
                    );
                }
                planned.push((item, category));
            }
            Err(refused) => entry.refuse(ReportStatus::Refused, refused.code(), refused.message()),
        }
    }
    Ok(Plan { entries, items: planned, categories: places.into_new() })
}

/// Stores some of the questions, and notes their ids in the report. What is written is taken out of `items`.
async fn insert(
    service: &QuestionService,
    tx: &mut Tx,
    actor: &Actor,
    (bank_id, now): (BankId, Instant),
    state: QuestionState,
    items: &mut [(Item, Option<CategoryId>)],
    entries: &mut [ReportEntry],
) -> Result<(), Problem> {
    let by = actor.account();
    let mut rows = Vec::with_capacity(items.len());
    let mut versions = Vec::with_capacity(items.len());
    let mut words = HashMap::with_capacity(items.len());
    for (item, category_id) in items {
        let state = if item.ready { state } else { QuestionState::Draft };
        let ready = state == QuestionState::Ready;
        let version_id: QuestionVersionId = service.id();
        let row = QuestionRow {
            seq: 0,
            id: service.id(),
            bank_id,
            category_id: *category_id,
            stimulus_id: None,
            stimulus_position: 0,
            idnumber: item.idnumber.take(),
            tags: std::mem::take(&mut item.tags),
            question_type: item.question_type,
            state,
            title: std::mem::take(&mut item.title),
            excerpt: std::mem::take(&mut item.excerpt),
            points: item.points,
            version: 1,
            version_id,
            ready_version: ready.then_some(1),
            ready_version_id: ready.then_some(version_id),
            archived_at: None,
            created_by: by,
            created_at: now,
            saved_by: by,
            saved_at: now,
        };
        entries[item.entry].question_id = Some(row.id);
        words.insert(row.id, std::mem::take(&mut item.words));
        versions.push(NewVersion {
            head: VersionHead {
                id: version_id,
                question_id: row.id,
                number: 1,
                state,
                title: row.title.clone(),
                points: row.points,
                stimulus_id: None,
                note: String::new(),
                saved_by: by,
                saved_at: now,
                frozen: false,
            },
            question_type: item.question_type.as_str(),
            question: std::mem::take(&mut item.question),
            key: std::mem::take(&mut item.key),
        });
        rows.push(row);
    }
    store::questions::insert(tx, &mut rows).await?;
    store::versions::insert(tx, &versions).await?;
    let found_by: Vec<Words<'_>> = rows
        .iter()
        .map(|row| Words { seq: row.seq, words: words.get(&row.id).map_or("", String::as_str) })
        .collect();
    store::search::insert(tx, &found_by).await?;
    let tagged: Vec<Tagged<'_>> =
        rows.iter().map(|row| Tagged { question: row.id, bank: bank_id, tags: &row.tags }).collect();
    store::tags::insert(tx, &tagged).await?;
    Ok(())
}
