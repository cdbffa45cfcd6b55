//! Somebody takes questions out to a file.

use authz::Actor;
use db::Conn;
use formats::{
    Entry, Format,
    gift::{self, ExportedQuestion},
};
use foundation::{FieldProblem, Problem};
use question_api::{BankId, CategoryId, kinds};
use serde::Serialize;
use serde_json::json;
use utoipa::ToSchema;

use super::{ReportEntry, ReportStatus};
use crate::{
    QuestionService,
    app::{
        access::{self, Want},
        record::{Change, record},
    },
    domain::{
        category::{CategoryNode, name_paths},
        limits::{EXPORT_QUESTIONS_MAX, REPORT_ENTRIES_MAX},
    },
    store::{self, questions::QuestionRow, versions::VersionRow},
};

/// Questions that are written in one go.
const QUESTIONS_AT_ONCE: i64 = 500;

/// What to export.
#[derive(Clone, Copy, Debug)]
pub struct ExportRequest {
    /// What to write.
    pub format: Format,
    /// Only this category and those below it; none for the whole bank.
    pub category_id: Option<CategoryId>,
}

/// A file, and what became of each question.
#[derive(Clone, Debug)]
pub struct Exported {
    /// The file, in UTF-8.
    pub text: String,
    /// What became of each question.
    pub report: ExportReport,
}

/// What became of exported questions.
#[derive(Clone, Debug, Default, Serialize, ToSchema)]
pub struct ExportReport {
    /// Questions that aren't archived.
    pub total: usize,
    /// Questions in the file.
    pub written: usize,
    /// Questions in the file that lost something on the way.
    pub with_losses: usize,
    /// Questions that the format can't say, or that aren't ready.
    pub left_out: usize,
    /// Questions with something to say about; `line` is the line in the file, 0 when left out of it.
    pub entries: Vec<ReportEntry>,
    /// Questions with something to say about that `entries` leaves out because there are too many.
    pub entries_left_out: usize,
}

/// Writes the newest ready version of each question of a bank to a file, outer categories first.
///
/// # Errors
/// 404 when the bank or the category isn't there for the actor; 422 when there are too many questions for one file.
pub async fn export_questions(
    service: &QuestionService,
    actor: &Actor,
    bank_id: BankId,
    request: ExportRequest,
) -> Result<Exported, Problem> {
    let Writing { text, report, .. } = write_bank(service, actor, bank_id, request).await?;
    // Keys leave the house: that is worth knowing afterwards.
    let mut tx = service.db.begin().await?;
    let detail =
        json!({ "format": request.format, "category_id": request.category_id, "written": report.written });
    let change = Change::of(actor, kinds::QUESTIONS_EXPORTED, Some(bank_id), bank_id, detail);
    record(service, &mut tx, change).await?;
    tx.commit().await?;
    Ok(Exported { text, report })
}

/// What [`export_questions`] would leave out or change.
///
/// # Errors
/// As [`export_questions`].
pub async fn report_export(
    service: &QuestionService,
    actor: &Actor,
    bank_id: BankId,
    request: ExportRequest,
) -> Result<ExportReport, Problem> {
    Ok(write_bank(service, actor, bank_id, request).await?.report)
}

async fn write_bank(
    service: &QuestionService,
    actor: &Actor,
    bank_id: BankId,
    request: ExportRequest,
) -> Result<Writing, Problem> {
    let mut conn = service.db.read().await?;
    access::bank(&mut conn, actor, bank_id, Want::Read).await?;
    let nodes = store::categories::of_bank(&mut conn, bank_id).await?;
    let mut export = Writing::default();
    for (category, path) in places(&nodes, request.category_id)? {
        write_category(&mut conn, bank_id, category, path, request.format, &mut export).await?;
    }
    Ok(export)
}

/// A category, none for the bank itself, and the names that lead to it.
type Place = (Option<CategoryId>, Vec<String>);

/// The categories to write, with their names, in the order of a tree; the bank itself comes first.
fn places(nodes: &[CategoryNode], within: Option<CategoryId>) -> Result<Vec<Place>, Problem> {
    let mut names = name_paths(nodes);
    let outer = match within {
        None => None,
        Some(id) => Some(nodes.iter().find(|node| node.id == id).ok_or_else(|| {
            Problem::not_found("question.category_not_found", "There is no such category in this bank.")
        })?),
    };
    let mut places: Vec<Place> = nodes
        .iter()
        .filter(|node| outer.is_none_or(|outer| node.path.starts_with(&outer.path)))
        .map(|node| (Some(node.id), names.remove(&node.id).unwrap_or_default()))
        .collect();
    places.sort_by(|one, other| one.1.cmp(&other.1));
    if outer.is_none() {
        places.insert(0, (None, Vec::new()));
    }
    Ok(places)
}

#[derive(Default)]
struct Writing {
    text: String,
    lines: u32,
    report: ExportReport,
}

async fn write_category(
    conn: &mut Conn,
    bank: BankId,
    category: Option<CategoryId>,
    path: Vec<String>,
    format: Format,
    export: &mut Writing,
) -> Result<(), Problem> {
    let mut after = 0;
    loop {
        let rows = store::questions::in_category(conn, bank, category, after, QUESTIONS_AT_ONCE).await?;
        let Some(last) = rows.last() else { return Ok(()) };
        after = last.seq;
        if export.report.total + rows.len() > EXPORT_QUESTIONS_MAX {
            return Err(Problem::new(
                422,
                "question.export_too_large",
                format!(
                    "One file holds at most {EXPORT_QUESTIONS_MAX} questions. Export category by category."
                ),
            ));
        }
        let ids: Vec<_> = rows.iter().filter_map(|row| row.ready_version_id).collect();
        let versions = store::versions::by_ids(conn, &ids).await?;
        let names = path.clone();
        let (part, rows) =
            tokio::task::spawn_blocking(move || (write(&rows, &versions, &names, format), rows))
                .await
                .map_err(Problem::internal)?;
        export.add(part, &rows);
    }
}

/// Writes those of `rows` that have a version to write; the others get an entry that says so.
fn write(rows: &[QuestionRow], versions: &[VersionRow], path: &[String], format: Format) -> gift::Export {
    let written: Vec<(&QuestionRow, &VersionRow)> = rows
        .iter()
        .filter_map(|row| {
            Some((row, versions.iter().find(|version| Some(version.head.id) == row.ready_version_id)?))
        })
        .collect();
    let questions = written.iter().map(|(row, version)| ExportedQuestion {
        title: Some(version.head.title.as_str()).filter(|title| !title.is_empty()),
        category: path,
        tags: &row.tags,
        idnumber: row.idnumber.as_deref(),
        question: &version.question,
        key: &version.key,
    });
    match format {
        Format::Gift => gift::export(questions),
    }
}

impl Writing {
    fn add(&mut self, part: gift::Export, rows: &[QuestionRow]) {
        let mut entries = part.report.into_iter();
        for row in rows {
            self.report.total += 1;
            let entry = if row.ready_version_id.is_some() { entries.next() } else { None };
            let entry = entry.map_or_else(|| not_ready(row), |entry| self.entry(entry, row));
            match entry.status {
                ReportStatus::Refused => self.report.left_out += 1,
                ReportStatus::ImportedWithWarning => {
                    self.report.written += 1;
                    self.report.with_losses += 1;
                }
                _ => self.report.written += 1,
            }
            if entry.notes.is_empty() {
                continue;
            }
            if self.report.entries.len() < REPORT_ENTRIES_MAX {
                let number = u32::try_from(self.report.total).unwrap_or(u32::MAX);
                self.report.entries.push(ReportEntry { number, ..entry });
            } else {
                self.report.entries_left_out += 1;
            }
        }
        self.lines += u32::try_from(part.text.matches('\n').count()).unwrap_or(u32::MAX);
        self.text.push_str(&part.text);
    }

    fn entry(&self, entry: Entry, row: &QuestionRow) -> ReportEntry {
        let entry = ReportEntry::from(entry);
        let line = if entry.line == 0 { 0 } else { self.lines + entry.line };
        ReportEntry { line, title: name(row), question_id: Some(row.id), ..entry }
    }
}

fn not_ready(row: &QuestionRow) -> ReportEntry {
    ReportEntry {
        number: 0,
        line: 0,
        title: name(row),
        question_type: Some(row.question_type),
        status: ReportStatus::Refused,
        question_id: Some(row.id),
        notes: vec![FieldProblem::overall(
            "question.not_ready",
            "Only what is ready is exported; this is a draft.",
        )],
    }
}

fn name(row: &QuestionRow) -> String {
    if row.title.is_empty() { row.excerpt.clone() } else { row.title.clone() }
}
