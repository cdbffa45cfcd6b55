//! Staff take a sitting's results out as a table.

use std::collections::HashMap;

use authz::{Action, Actor, AttemptId, SittingId};
use db::Conn;
use foundation::{Instant, Points, Problem};
use jiff::{Timestamp, tz::TimeZone};
use question_model::QuestionVersionId;
use serde_json::json;

use crate::{
    ExamService,
    app::{audited, sittings::load::load},
    domain::csv_cells::{BYTE_ORDER_MARK, line, text},
    store::{self, attempts::AttemptRow, marking::MarkPoints, sittings::SittingRow},
};

/// Attempts read at a time.
const PAGE_ATTEMPTS: i64 = 500;

/// A column for each question, in the order in which the forms have them.
struct Columns {
    questions: Vec<QuestionVersionId>,
    titles: Vec<String>,
}

/// The sitting's results as CSV in UTF-8 with a byte order mark: a line per candidate, a column per question, times in
/// the sitting's time zone. A question that the candidate's form doesn't have, and a mark that waits for a person, are
/// empty cells.
///
/// # Errors
/// 404 when the sitting isn't there or lies elsewhere.
pub async fn export_results(service: &ExamService, actor: &Actor, id: SittingId) -> Result<String, Problem> {
    let mut conn = service.db.read().await?;
    let sitting = load(&mut conn, actor, Action::ReadResults, id).await?;
    let columns = columns(service, &mut conn, &sitting).await?;
    let zone = TimeZone::get(&sitting.time_zone)
        .map_err(|error| Problem::internal(format!("time zone of sitting {id}: {error}")))?;
    let mut titles: Vec<String> = [
        "number",
        "name",
        "roster_status",
        "state",
        "started_at",
        "submitted_at",
        "marking",
        "score",
        "points_max",
    ]
    .map(text)
    .to_vec();
    titles.extend(columns.titles.iter().map(|title| text(title)));
    let mut file = format!("{BYTE_ORDER_MARK}{}", line(&titles));
    let mut after: Option<(String, AttemptId)> = None;
    let mut rows = 0_usize;
    loop {
        let cursor = after.as_ref().map(|(number, id)| (number.as_str(), *id));
        let attempts = store::attempts::of_sitting(&mut conn, id, cursor, PAGE_ATTEMPTS).await?;
        let Some(last) = attempts.last() else { break };
        after = Some((last.candidate_number.clone(), last.id));
        let ids: Vec<AttemptId> = attempts.iter().map(|attempt| attempt.id).collect();
        let mut points: HashMap<(AttemptId, QuestionVersionId), MarkPoints> =
            store::marking::points(&mut conn, &ids)
                .await?
                .into_iter()
                .map(|mark| ((mark.attempt_id, mark.question_id), mark))
                .collect();
        for attempt in &attempts {
            let paper = service.papers.paper(&mut conn, attempt.paper_id).await?;
            let mut cells = head(attempt, paper.points_max(), &zone);
            cells.extend(columns.questions.iter().map(
                |question| match points.remove(&(attempt.id, *question)) {
                    Some(mark) if !mark.waiting => mark.points.to_string(),
                    _ => String::new(),
                },
            ));
            file.push_str(&line(&cells));
            rows += 1;
        }
    }
    drop(conn);
    let mut tx = service.db.begin().await?;
    let subject = ("sitting", id.to_string());
    audited::record(service, &mut tx, actor, "results.exported", subject, json!({ "rows": rows })).await?;
    tx.commit().await?;
    Ok(file)
}

fn head(attempt: &AttemptRow, points_max: Points, zone: &TimeZone) -> Vec<String> {
    let time = |instant: Option<Instant>| instant.map_or_else(String::new, |at| local(at, zone));
    vec![
        text(&attempt.candidate_number),
        text(&attempt.candidate_name),
        attempt.roster_status.as_str().to_owned(),
        attempt.state.as_str().to_owned(),
        time(attempt.started_at),
        time(attempt.started_at.and(attempt.ended_at)),
        attempt.marking.as_str().to_owned(),
        attempt.score.map_or_else(String::new, |score| score.to_string()),
        points_max.to_string(),
    ]
}

/// A moment as people there read it, with its offset: `2026-01-05T16:00:00+08:00`.
fn local(at: Instant, zone: &TimeZone) -> String {
    Timestamp::from_second(at.as_seconds()).map_or_else(
        |_| at.to_string(),
        |at| at.to_zoned(zone.clone()).strftime("%Y-%m-%dT%H:%M:%S%:z").to_string(),
    )
}

/// The questions of every form, each once. Called by its number where all forms agree on it, else by form and number.
async fn columns(service: &ExamService, conn: &mut Conn, sitting: &SittingRow) -> Result<Columns, Problem> {
    let mut forms = Vec::new();
    for form in store::papers::forms(conn, sitting.publication_id).await? {
        if sitting.forms.is_empty() || sitting.forms.contains(&form.form_no) {
            let paper = service.papers.paper(conn, form.id).await?;
            let answered =
                paper.questions().filter(|question| question.question.question_type().is_answered());
            forms.push((form.form_no, answered.map(|question| question.id).collect::<Vec<_>>()));
        }
    }
    let agree = forms.windows(2).all(|pair| pair[0].1 == pair[1].1);
    let mut columns = Columns { questions: Vec::new(), titles: Vec::new() };
    for (form_no, questions) in forms {
        for (question, number) in questions.into_iter().zip(1..) {
            if !columns.questions.contains(&question) {
                columns.questions.push(question);
                columns.titles.push(if agree {
                    format!("Q{number}")
                } else {
                    format!("F{form_no}Q{number}")
                });
            }
        }
    }
    Ok(columns)
}
