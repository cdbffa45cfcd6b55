//! At each start: a sitting is open, and one opens in ten minutes.

use anyhow::Result;
use authz::Role;
use foundation::{Instant, Span};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{
    client::As,
    content::banks,
    essays::Essays,
    house::House,
    load::{self, OPENS_IN, Roster, TIME_ZONE, UPCOMING_WINDOW, schedule_open, schedule_upcoming},
    state::{Loaded, SittingHead},
};
use crate::config::Config;

/// An open sitting that ends sooner is no good any more.
const LEFT_MIN: Span = Span::from_minutes(90);

#[derive(Deserialize)]
struct OwnAttempts {
    items: Vec<OwnAttempt>,
}

#[derive(Deserialize)]
struct OwnAttempt {
    sitting_id: String,
    closed: bool,
}

#[derive(Deserialize)]
struct Sitting {
    version: i64,
    title: String,
}

/// Moves the sitting that hasn't opened to ten minutes from `now`, and schedules anew what has passed or what the demo
/// candidate has handed in: times that have passed are never rewritten.
///
/// # Errors
/// What the application refused.
pub async fn retime(config: &Config, loaded: Loaded, now: Instant) -> Result<Loaded> {
    let house = House::open(config, now).await?;
    let retimed = with_house(&house, loaded, now).await;
    house.close().await;
    retimed
}

async fn with_house(house: &House, mut loaded: Loaded, now: Instant) -> Result<Loaded> {
    let files = banks(|_| None)?;
    let essays = Essays::read()?;
    let roster = Roster::of_accounts(&loaded.candidates);
    let questions = load::Questions::new(&files, &loaded.questions);
    if now < loaded.upcoming.opens_at {
        loaded.upcoming = postpone(house, &loaded.upcoming, now).await?;
    } else {
        loaded.upcoming = schedule_upcoming(house, &loaded.reading, &roster, now).await?;
    }
    if !is_good(house, &loaded.open, now).await? {
        loaded.open = schedule_open(house, &loaded.practice, &roster, now, (&questions, &essays)).await?;
    }
    Ok(loaded)
}

/// Whether the demo candidate can still sit it, with time to spare.
async fn is_good(house: &House, open: &SittingHead, now: Instant) -> Result<bool> {
    if now < open.opens_at || open.window_ends_at < now + LEFT_MIN {
        return Ok(false);
    }
    house.clock.set(now);
    let token = house.sign_in(Role::Candidate).await?;
    let own: OwnAttempts =
        house.client.get(As::Person(&token), "/api/v1/exams/me/attempts?limit=200").await?;
    let id = open.id.to_string();
    Ok(own.items.iter().any(|attempt| attempt.sitting_id == id && !attempt.closed))
}

async fn postpone(house: &House, upcoming: &SittingHead, now: Instant) -> Result<SittingHead> {
    house.clock.set(now);
    let officer = house.sign_in(Role::Officer).await?;
    let path = format!("/api/v1/exams/sittings/{}", upcoming.id);
    let sitting: Sitting = house.client.get(As::Person(&officer), &path).await?;
    let opens_at = now + OPENS_IN;
    let window_ends_at = opens_at + UPCOMING_WINDOW;
    let body = json!({
        "version": sitting.version, "title": sitting.title, "time_zone": TIME_ZONE, "opens_at": opens_at,
        "entry_closes_at": opens_at + Span::from_minutes(30), "window_ends_at": window_ends_at, "allow_clash": true,
    });
    let _: Value = house.client.put(As::Person(&officer), &path, &body).await?;
    house.hand_over().await?;
    Ok(SittingHead { opens_at, window_ends_at, ..upcoming.clone() })
}
