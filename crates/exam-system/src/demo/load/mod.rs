//! Loads the demo into an untouched database, act by act, in the past.

mod exams;
mod institution;
mod past;
mod questions;
mod sittings;

pub use exams::Questions;
pub use sittings::{OPENS_IN, Roster, TIME_ZONE, UPCOMING_WINDOW, schedule_open, schedule_upcoming};

use anyhow::Result;
use authz::Role;
use foundation::{Instant, Span};

use super::{content::banks, essays::Essays, house::House, state::Loaded};

const DAY: Span = Span::from_seconds(86_400);

/// When the institution was set up, the exams written and the past sitting held.
#[derive(Clone, Copy, Debug)]
pub struct Calendar {
    /// When the demo is loaded.
    pub now: Instant,
    /// When the institution was set up.
    pub set_up: Instant,
    /// When the exams were written.
    pub written: Instant,
    /// When the past sitting opened.
    pub past_opens: Instant,
    /// When the sitting opened that whoever had been absent then came to.
    pub second_opens: Instant,
}

impl Calendar {
    /// The calendar of a demo that is loaded `now`.
    pub fn at(now: Instant) -> Self {
        Self {
            now,
            set_up: now - DAY * 28,
            written: now - DAY * 14,
            past_opens: full_hour(now - DAY * 7),
            second_opens: full_hour(now - DAY),
        }
    }
}

/// The hour that had begun by then.
fn full_hour(at: Instant) -> Instant {
    const HOUR_SECONDS: i64 = 3_600;
    Instant::from_micros((at.as_seconds() - at.as_seconds().rem_euclid(HOUR_SECONDS)) * 1_000_000)
}

/// Loads everything. `say` is told what is being done.
///
/// # Errors
/// What the application refused.
pub async fn load(house: &House, now: Instant, say: &(dyn Fn(&str) + Sync)) -> Result<Loaded> {
    let calendar = Calendar::at(now);
    say("people, faculties and classes");
    house.clock.set(calendar.set_up);
    let institution = institution::load(house, calendar).await?;
    say("questions in English and Chinese");
    let author = house.sign_in(Role::Author).await?;
    let bank = questions::load(house, &author, &institution).await?;
    say("exams");
    house.clock.set(calendar.written);
    let author = house.sign_in(Role::Author).await?;
    let exams = exams::load(house, &author, &institution, &bank).await?;
    let files = banks(|_| None)?;
    let essays = Essays::read()?;
    let asked = Questions::new(&files, &bank.questions);
    say("last week's sitting: 180 candidates answer, a marker marks, results are released");
    let past = past::load(house, calendar, &institution, &exams.mathematics, (&asked, &essays)).await?;
    say("yesterday's sitting for who was absent: its essays wait for a marker");
    let second =
        past::load_second(house, calendar, &institution, &exams.mathematics, (&asked, &essays)).await?;
    say("today's sittings");
    let roster = Roster::new(&institution.candidates);
    let upcoming = schedule_upcoming(house, &exams.reading, &roster, now).await?;
    let open = schedule_open(house, &exams.practice, &roster, now, (&asked, &essays)).await?;
    Ok(Loaded {
        questions: bank.questions,
        practice: exams.practice,
        reading: exams.reading,
        candidates: institution.candidates.into_iter().map(|candidate| candidate.account).collect(),
        past,
        second: Some(second),
        open,
        upcoming,
    })
}
