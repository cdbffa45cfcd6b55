//! The sitting that is open and the one about to open.

use std::collections::BTreeMap;

use anyhow::{Context as _, Result};
use authz::{Role, SittingId};
use foundation::{Instant, Span};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{exams::Questions, institution::Enrolled};
use crate::demo::{
    chance::{happens, normal, uniform},
    client::As,
    essays::Essays,
    house::House,
    respond::Responder,
    sit::{Attendee, Habits, between, chance_of, sit},
    state::{ExamHead, SittingHead},
};

/// In which zone the demo's times are meant.
pub const TIME_ZONE: &str = "Asia/Shanghai";
/// How long before the demo starts the open sitting opened.
pub const OPENED_BEFORE: Span = Span::from_minutes(15);
/// How long after the start of the demo it stays open.
pub const OPEN_FOR: Span = Span::from_minutes(180);
/// How long after the start of the demo the next sitting opens.
pub const OPENS_IN: Span = Span::from_minutes(10);
/// How long the next sitting takes.
pub const UPCOMING_WINDOW: Span = Span::from_minutes(120);
/// Candidates who practise at the same time, the demo candidate not counted.
const PRACTISING: usize = 60;
/// Of these, how many have begun.
const AT_WORK: usize = 26;
/// Candidates of the sitting that is about to open, the demo candidate not counted.
const EXPECTED: usize = 70;
/// The same candidates do the same each time.
const SEED: u64 = 7;

/// Who sits what.
pub struct Roster<'a>(Vec<&'a str>);

impl<'a> Roster<'a> {
    /// The accounts of these candidates, the demo candidate first.
    pub fn new(candidates: &'a [Enrolled]) -> Self {
        Self(candidates.iter().map(|candidate| candidate.account.as_str()).collect())
    }

    /// These accounts, the demo candidate first.
    pub fn of_accounts(accounts: &'a [String]) -> Self {
        Self(accounts.iter().map(String::as_str).collect())
    }

    fn practising(&self) -> Vec<&'a str> {
        self.0.iter().copied().take(PRACTISING + 1).collect()
    }

    fn expected(&self) -> Vec<&'a str> {
        let others = self.0.iter().copied().skip(PRACTISING + 1).take(EXPECTED);
        self.0.iter().copied().take(1).chain(others).collect()
    }

    fn demo_candidate(&self) -> Result<&'a str> {
        self.0.first().copied().context("the demo has no candidates")
    }
}

/// A sitting to schedule.
pub struct Plan<'a> {
    /// The exam.
    pub exam: &'a ExamHead,
    /// Its title.
    pub title: &'a str,
    /// When it opens.
    pub opens_at: Instant,
    /// Until when one may start.
    pub entry_closes_at: Instant,
    /// When its window ends.
    pub window_ends_at: Instant,
    /// Whether it counts for nothing.
    pub practice: bool,
}

/// What is printed for one candidate.
#[derive(Clone, Debug, Deserialize)]
pub struct Slip {
    /// Their account.
    pub candidate_id: String,
    /// Their code.
    pub code: String,
}

#[derive(Deserialize)]
struct Scheduled {
    id: SittingId,
}

#[derive(Deserialize)]
struct Issued {
    issued: Vec<Slip>,
}

/// Schedules a sitting.
///
/// # Errors
/// What the application refused.
pub async fn schedule(house: &House, officer: &str, plan: &Plan<'_>) -> Result<SittingId> {
    let body = json!({
        "exam_id": plan.exam.id, "title": plan.title, "time_zone": TIME_ZONE, "opens_at": plan.opens_at,
        "entry_closes_at": plan.entry_closes_at, "window_ends_at": plan.window_ends_at, "practice": plan.practice,
    });
    let scheduled: Scheduled =
        house.client.post(As::Person(officer), "/api/v1/exams/sittings", &body).await?;
    Ok(scheduled.id)
}

/// Makes everybody's admission codes.
///
/// # Errors
/// What the application refused.
pub async fn issue_codes(house: &House, officer: &str, sitting: SittingId) -> Result<Vec<Slip>> {
    house.hand_over().await?;
    let path = format!("/api/v1/auth/sittings/{sitting}/admission-codes");
    let issued: Issued = house.client.post(As::Person(officer), &path, &json!({ "which": "all" })).await?;
    Ok(issued.issued)
}

/// Puts these accounts on the roster.
///
/// # Errors
/// What the application refused.
pub async fn enrol(house: &House, officer: &str, sitting: SittingId, accounts: &[&str]) -> Result<()> {
    let path = format!("/api/v1/exams/sittings/{sitting}/roster");
    let body = json!({ "account_ids": accounts, "allow_clash": true });
    let _: Value = house.client.post(As::Person(officer), &path, &body).await?;
    Ok(())
}

fn head(plan: &Plan<'_>, id: SittingId, slips: &[Slip], demo: &str) -> Result<SittingHead> {
    let own = slips.iter().find(|slip| slip.candidate_id == demo);
    Ok(SittingHead {
        id,
        title: plan.title.to_owned(),
        opens_at: plan.opens_at,
        window_ends_at: plan.window_ends_at,
        code: own.context("the demo candidate is on no roster")?.code.clone(),
    })
}

/// Schedules the sitting that opens in some minutes. The house's clock stands some hours before `now` then.
///
/// # Errors
/// What the application refused.
pub async fn schedule_upcoming(
    house: &House,
    exam: &ExamHead,
    roster: &Roster<'_>,
    now: Instant,
) -> Result<SittingHead> {
    house.clock.set(now - Span::from_minutes(60));
    let officer = house.sign_in(Role::Officer).await?;
    let opens_at = now + OPENS_IN;
    let plan = Plan {
        exam,
        title: &exam.title,
        opens_at,
        entry_closes_at: opens_at + Span::from_minutes(30),
        window_ends_at: opens_at + UPCOMING_WINDOW,
        practice: false,
    };
    let id = schedule(house, &officer, &plan).await?;
    enrol(house, &officer, id, &roster.expected()).await?;
    let slips = issue_codes(house, &officer, id).await?;
    head(&plan, id, &slips, roster.demo_candidate()?)
}

/// Schedules the sitting that is open, and lets some candidates begin. The house's clock stands at `now` then.
///
/// # Errors
/// What the application refused.
pub async fn schedule_open(
    house: &House,
    exam: &ExamHead,
    roster: &Roster<'_>,
    now: Instant,
    (questions, essays): (&Questions<'_>, &Essays),
) -> Result<SittingHead> {
    house.clock.set(now - Span::from_minutes(60));
    let officer = house.sign_in(Role::Officer).await?;
    let opens_at = now - OPENED_BEFORE;
    let plan = Plan {
        exam,
        title: &exam.title,
        opens_at,
        entry_closes_at: now + OPEN_FOR,
        window_ends_at: now + OPEN_FOR + Span::from_minutes(60),
        practice: true,
    };
    let id = schedule(house, &officer, &plan).await?;
    enrol(house, &officer, id, &roster.practising()).await?;
    let slips = issue_codes(house, &officer, id).await?;
    let demo = roster.demo_candidate()?;
    let asked = questions.asked(house, &officer, exam).await?;

    let codes: BTreeMap<&str, &str> =
        slips.iter().map(|slip| (slip.candidate_id.as_str(), slip.code.as_str())).collect();
    let others: Vec<&str> = roster.practising().into_iter().skip(1).take(AT_WORK).collect();
    let chances: Vec<_> = (0..others.len()).map(|index| chance_of(index, SEED)).collect();
    let mut attendees = Vec::new();
    for (index, (account, random)) in others.iter().zip(&chances).enumerate() {
        let code = (*codes.get(account).context("a candidate without a code")?).to_owned();
        let responder = Responder { essays, random };
        attendees.push(Attendee::new(code, habits(index, random), responder));
    }
    let span = (Span::from_minutes(-5), OPENED_BEFORE);
    sit(house, &asked, &mut attendees, opens_at, span).await?;
    house.close_and_mark(now).await?;
    head(&plan, id, &slips, demo)
}

/// Most are in the midst of it; some have handed in, some have only checked in.
fn habits(index: usize, random: &foundation::SeededRandom) -> Habits {
    let works = match index % 5 {
        0 => Span::from_seconds(60 * 7),
        _ => Span::from_seconds(60 * 18 + (uniform(random) * 1_200.0) as i64),
    };
    let starts = between(0, 300, random);
    Habits {
        arrives: between(-240, 0, random),
        starts: (index % 8 != 7).then_some(starts),
        works,
        ability: normal(random),
        noticed: happens(0.3, random).then_some(["tab_hidden", "window_blur", "fullscreen_left"][index % 3]),
    }
}
