//! Last week's sitting: sat, marked and released; and yesterday's, for whoever was absent then.

use std::collections::BTreeMap;

use anyhow::{Context as _, Result, ensure};
use authz::{Role, SittingId};
use foundation::{Instant, Random, Span};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{
    Calendar, DAY,
    exams::Questions,
    institution::Institution,
    sittings::{Plan, enrol, issue_codes, schedule},
};
use crate::demo::{
    chance::{happens, normal, uniform},
    client::As,
    essays::Essays,
    house::House,
    respond::Responder,
    sit::{Asked, Attendee, Habits, between, chance_of, sit},
    state::{ExamHead, SittingHead},
};

/// Candidates who came.
const PRESENT: usize = 180;
/// The exam's working time, in seconds.
const DURATION_SECONDS: f64 = 3_600.0;
/// How often somebody works until time is up, and presses no button.
const RUNS_OUT: f64 = 0.06;
/// Everybody who has extra time has so much, in percent.
const EXTRA_PERCENT: u32 = 25;
/// Responses on one page of a marker's list, at most.
const PAGE: usize = 200;
/// How long the marker looks at an essay.
const MARKING_TAKES: Span = Span::from_seconds(5);
/// What the title of the second sitting ends with.
const SECOND: &str = " — second date 补考";
/// The same candidates do the same each time.
const SEED: u64 = 42;

#[derive(Deserialize)]
struct Overview {
    unmarked: i64,
    absent: i64,
    questions: Vec<ToMark>,
}

#[derive(Deserialize)]
struct ToMark {
    question_id: String,
}

#[derive(Deserialize)]
struct Waiting {
    items: Vec<WaitingResponse>,
}

#[derive(Deserialize)]
struct WaitingResponse {
    response_ref: String,
    response: Option<Value>,
}

/// Holds the sitting.
///
/// # Errors
/// What the application refused.
pub async fn load(
    house: &House,
    calendar: Calendar,
    institution: &Institution,
    exam: &ExamHead,
    (questions, essays): (&Questions<'_>, &Essays),
) -> Result<SittingHead> {
    let opens_at = calendar.past_opens;
    let plan = Plan {
        exam,
        title: &exam.title,
        opens_at,
        entry_closes_at: opens_at + Span::from_minutes(15),
        window_ends_at: opens_at + Span::from_minutes(90),
        practice: false,
    };
    house.clock.set(opens_at - DAY * 2);
    let officer = house.sign_in(Role::Officer).await?;
    let sitting = schedule(house, &officer, &plan).await?;
    import(house, &officer, sitting, institution).await?;
    let codes = codes(house, &officer, sitting).await?;
    let asked = questions.asked(house, &officer, exam).await?;
    let present: Vec<&str> = accounts(institution, true).take(PRESENT).collect();
    attend(house, &asked, (&codes, &present), essays, (opens_at, SEED)).await?;

    mark(house, sitting, essays, opens_at + DAY).await?;
    house.clock.set(opens_at + DAY * 3);
    let officer = house.sign_in(Role::Officer).await?;
    let path = format!("/api/v1/exams/sittings/{sitting}/release");
    let _: Value = house.client.post(As::Person(&officer), &path, &json!({})).await?;
    let demo = institution.candidates.first().context("the demo has no candidates")?;
    Ok(SittingHead {
        id: sitting,
        title: plan.title.to_owned(),
        opens_at,
        window_ends_at: plan.window_ends_at,
        code: codes.get(&demo.account).cloned().context("the demo candidate has no code")?,
    })
}

/// Holds a second sitting for whoever was absent from the first. Nobody has marked its essays.
///
/// # Errors
/// What the application refused.
pub async fn load_second(
    house: &House,
    calendar: Calendar,
    institution: &Institution,
    exam: &ExamHead,
    (questions, essays): (&Questions<'_>, &Essays),
) -> Result<SittingHead> {
    let opens_at = calendar.second_opens;
    let title = format!("{}{SECOND}", exam.title);
    let plan = Plan {
        exam,
        title: &title,
        opens_at,
        entry_closes_at: opens_at + Span::from_minutes(15),
        window_ends_at: opens_at + Span::from_minutes(90),
        practice: false,
    };
    house.clock.set(opens_at - DAY);
    let officer = house.sign_in(Role::Officer).await?;
    let sitting = schedule(house, &officer, &plan).await?;
    let absent: Vec<&str> = accounts(institution, false).collect();
    enrol(house, &officer, sitting, &absent).await?;
    let codes = codes(house, &officer, sitting).await?;
    let asked = questions.asked(house, &officer, exam).await?;
    attend(house, &asked, (&codes, &absent), essays, (opens_at, SEED + 1)).await?;
    Ok(SittingHead {
        id: sitting,
        title: plan.title.to_owned(),
        opens_at,
        window_ends_at: plan.window_ends_at,
        code: String::new(),
    })
}

/// Who came to the first sitting, or who didn't: every tenth. The demo candidate came.
fn accounts(institution: &Institution, came: bool) -> impl Iterator<Item = &str> {
    let all = institution.candidates.iter().enumerate();
    all.filter(move |(index, _)| (index % 10 != 9) == came).map(|(_, candidate)| candidate.account.as_str())
}

/// Everybody's admission codes, by account.
async fn codes(house: &House, officer: &str, sitting: SittingId) -> Result<BTreeMap<String, String>> {
    let slips = issue_codes(house, officer, sitting).await?;
    Ok(slips.into_iter().map(|slip| (slip.candidate_id, slip.code)).collect())
}

/// Lets these candidates sit it from the opening to the end of its window; then it is closed, and the machine marks.
async fn attend(
    house: &House,
    asked: &Asked<'_>,
    (codes, accounts): (&BTreeMap<String, String>, &[&str]),
    essays: &Essays,
    (opens_at, seed): (Instant, u64),
) -> Result<()> {
    let chances: Vec<_> = (0..accounts.len()).map(|index| chance_of(index, seed)).collect();
    let mut attendees = Vec::new();
    for (account, random) in accounts.iter().zip(&chances) {
        let code = codes.get(*account).cloned().context("a candidate without a code")?;
        attendees.push(Attendee::new(code, habits(random), Responder { essays, random }));
    }
    let whole = (Span::from_minutes(-20), Span::from_minutes(92));
    sit(house, asked, &mut attendees, opens_at, whole).await?;
    house.close_and_mark(opens_at + Span::from_minutes(95)).await
}

/// Brings the roster in from a file, with extra time for some.
async fn import(house: &House, officer: &str, sitting: SittingId, institution: &Institution) -> Result<()> {
    let mut file = String::from("number,name,extra_percent\n");
    for (index, candidate) in institution.candidates.iter().enumerate() {
        let extra = if index % 40 == 13 { EXTRA_PERCENT } else { 0 };
        file.push_str(&format!("{},{},{extra}\n", candidate.number, candidate.name));
    }
    let path = format!("/api/v1/exams/sittings/{sitting}/roster/import");
    let _: Value = house.client.file(As::Person(officer), &path, "text/csv", file.into_bytes()).await?;
    Ok(())
}

/// How a candidate spends the hour.
fn habits(random: &dyn Random) -> Habits {
    let share =
        if happens(RUNS_OUT, random) { 1.05 + 0.1 * uniform(random) } else { 0.5 + 0.45 * uniform(random) };
    Habits {
        arrives: between(-1_200, -60, random),
        starts: Some(between(0, 90, random)),
        works: Span::from_seconds((DURATION_SECONDS * share) as i64),
        ability: normal(random),
        noticed: None,
    }
}

/// The marker gives every essay its points, one after the other.
async fn mark(house: &House, sitting: SittingId, essays: &Essays, from: Instant) -> Result<()> {
    house.clock.set(from);
    let mut marker = house.sign_in(Role::Marker).await?;
    let base = format!("/api/v1/exams/sittings/{sitting}/marking");
    let overview: Overview = house.client.get(As::Person(&marker), &base).await?;
    ensure!(overview.unmarked == 0 && overview.absent > 0, "last week's sitting isn't over");
    for ToMark { question_id } in overview.questions {
        let path = format!("{base}/{question_id}?waiting=true&limit={PAGE}");
        let page: Waiting = house.client.get(As::Person(&marker), &path).await?;
        for (index, waiting) in page.items.into_iter().enumerate() {
            house.clock.advance(MARKING_TAKES);
            // An access token is good for ten minutes.
            if index % 100 == 99 {
                marker = house.sign_in(Role::Marker).await?;
            }
            let response = waiting.response.as_ref();
            let text = response.and_then(|response| response.get("text")).and_then(Value::as_str);
            let essay = text.and_then(|text| essays.find(text)).context("an essay that nobody wrote")?;
            let path = format!("{base}/{question_id}/responses/{}/mark", waiting.response_ref);
            let body = json!({ "points": essay.points, "comment": essay.comment });
            let _: Value = house.client.put(As::Person(&marker), &path, &body).await?;
        }
    }
    Ok(())
}
