//! The demo as people meet it.

use std::time::Instant as Stopwatch;

use authz::Role;
use db::DbKind;
use foundation::{Clock as _, Points, Span, SystemClock, SystemRandom};
use serde_json::Value;
use test_kit::{People, TestDatabase, on_both_databases};

use super::{
    client::As,
    house::House,
    state::{ExamHead, SittingHead, State},
    *,
};

fn config(database: &TestDatabase, data: &std::path::Path) -> Config {
    let secrets = People::standing(SystemClock).secrets;
    Config {
        database: database.config.clone(),
        broker: None,
        cache: None,
        secrets: secrets.clone(),
        refresh_secrets: secrets,
        log_level: "error".to_owned(),
        upload_bytes_max: 1 << 20,
        exam_minutes_default: 90,
        ..Config::throwaway(data, &SystemRandom).expect("a configuration")
    }
}

fn loaded(demo: &Demo) -> &Loaded {
    demo.0.as_ref().expect("a demo")
}

fn count(value: &Value, what: &str) -> i64 {
    value[what].as_i64().unwrap_or_else(|| panic!("{what} in {value}"))
}

on_both_databases! {
    async fn the_demo_has_a_past_a_present_and_a_future_whenever_it_is_started(database: TestDatabase) {
        let folder = tempfile::tempdir().unwrap();
        let config = config(&database, folder.path());
        let now = SystemClock.now();
        if config.database.kind() == DbKind::Sqlite {
            interrupt_loading(&config, now).await;
        }
        let watch = Stopwatch::now();
        let demo = prepare(&config, now, &|_| {}).await.unwrap();
        println!("loading took {:?}", watch.elapsed());

        let house = House::open(&config, now).await.unwrap();
        everything_is_marked_and_scores_are_spread(&house, loaded(&demo)).await;
        the_essays_of_yesterday_wait_for_a_marker(&house, loaded(&demo)).await;
        some_work_and_some_have_handed_in(&house, loaded(&demo)).await;
        the_demo_candidate_has_a_result_to_look_at(&house).await;
        house.close().await;

        let first = loaded(&demo);
        assert_eq!(first.upcoming.opens_at, now + Span::from_minutes(10));
        the_next_starts_move_the_windows(&config, first, now).await;
    }
}

/// Leaves what a killed process leaves: an administrator, and the mark of a loading that hasn't ended.
async fn interrupt_loading(config: &Config, now: Instant) {
    let house = House::open(config, now).await.unwrap();
    State::Loading.write(&config.data).unwrap();
    house.create_admin(people::login(Role::Admin)).await.unwrap();
    house.close().await;
}

async fn everything_is_marked_and_scores_are_spread(house: &House, demo: &Loaded) {
    let officer = house.sign_in(Role::Officer).await.unwrap();
    let get = async |path: String| -> Value { house.client.get(As::Person(&officer), &path).await.unwrap() };
    let base = format!("/api/v1/exams/sittings/{}", demo.past.id);
    let overview = get(format!("{base}/marking")).await;
    assert_eq!((count(&overview, "expected"), count(&overview, "absent")), (200, 20));
    assert_eq!((count(&overview, "marked"), count(&overview, "partial")), (180, 0));
    assert!(get(base.clone()).await["released_at"].is_string());
    let results = get(format!("{base}/results?limit=200")).await;
    let shares: Vec<f64> = results["items"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|row| Some(row["score"].as_f64()? / row["points_max"].as_f64()?))
        .collect();
    assert_eq!(shares.len(), 180, "{results}");
    let mean = shares.iter().sum::<f64>() / 180.0;
    let deviation = (shares.iter().map(|share| (share - mean).powi(2)).sum::<f64>() / 180.0).sqrt();
    println!("scores: mean {mean:.3}, deviation {deviation:.3}");
    assert!((0.45..0.75).contains(&mean) && (0.1..0.3).contains(&deviation), "{mean} {deviation}");
}

async fn the_essays_of_yesterday_wait_for_a_marker(house: &House, demo: &Loaded) {
    let marker = house.sign_in(Role::Marker).await.unwrap();
    let path = format!("/api/v1/exams/sittings/{}/marking", demo.second.as_ref().unwrap().id);
    let overview: Value = house.client.get(As::Person(&marker), &path).await.unwrap();
    assert_eq!((count(&overview, "expected"), count(&overview, "absent")), (20, 0));
    let waiting: i64 =
        overview["questions"].as_array().unwrap().iter().map(|one| count(one, "waiting")).sum();
    assert!(waiting >= 10 && waiting == count(&overview, "partial"), "{overview}");
}

async fn some_work_and_some_have_handed_in(house: &House, demo: &Loaded) {
    let invigilator = house.sign_in(Role::Invigilator).await.unwrap();
    let path = format!("/api/v1/exams/sittings/{}/attempts?limit=200", demo.open.id);
    let live: Value = house.client.get(As::Person(&invigilator), &path).await.unwrap();
    let states: Vec<&str> =
        live["items"].as_array().unwrap().iter().filter_map(|row| row["state"].as_str()).collect();
    let of = |state: &str| states.iter().filter(|found| **found == state).count();
    assert_eq!(states.len(), 61);
    assert!(of("in_progress") >= 10 && of("submitted") >= 3 && of("ready") >= 2, "{states:?}");
}

async fn the_demo_candidate_has_a_result_to_look_at(house: &House) {
    let candidate = house.sign_in(Role::Candidate).await.unwrap();
    let own: Value = house.client.get(As::Person(&candidate), "/api/v1/exams/me/attempts").await.unwrap();
    let own = own["items"].as_array().unwrap();
    assert_eq!(own.len(), 3);
    let released = own.iter().find(|attempt| attempt["released"] == true).unwrap();
    let path = format!("/api/v1/exams/attempts/{}/review", released["attempt_id"].as_str().unwrap());
    let review: Value = house.client.get(As::Person(&candidate), &path).await.unwrap();
    assert!(review.is_object());
}

async fn the_next_starts_move_the_windows(config: &Config, first: &Loaded, now: Instant) {
    let minutes = Span::from_minutes(5);
    let watch = Stopwatch::now();
    let second = prepare(config, now + minutes, &|what| panic!("{what}")).await.unwrap();
    println!("the second start took {:?}", watch.elapsed());
    let second = loaded(&second);
    assert_eq!((second.open.id, second.upcoming.id), (first.open.id, first.upcoming.id));
    assert_eq!(second.upcoming.opens_at, now + minutes + Span::from_minutes(10));

    // A day later both have passed: they stay what they were, and there are new ones.
    let later = now + Span::from_minutes(24 * 60);
    let third = prepare(config, later, &|what| panic!("{what}")).await.unwrap();
    let third = loaded(&third);
    assert_ne!(third.open.id, second.open.id);
    assert_ne!(third.upcoming.id, second.upcoming.id);
    assert!(third.open.opens_at < later && later + Span::from_minutes(180) <= third.open.window_ends_at);
    assert_eq!(third.upcoming.opens_at, later + Span::from_minutes(10));
    assert_eq!(third.past.id, first.past.id);
}

#[test]
fn the_terminal_says_who_can_sign_in_and_what_there_is_to_sit() {
    let sitting = |code: &str| SittingHead {
        id: "01900000-0000-7000-8000-000000000001".parse().unwrap(),
        title: "An exam".to_owned(),
        opens_at: "2026-01-05T08:00:00Z".parse().unwrap(),
        window_ends_at: "2026-01-05T10:00:00Z".parse().unwrap(),
        code: code.to_owned(),
    };
    let exam =
        || ExamHead { id: String::new(), title: String::new(), publication_id: String::new(), forms: 1 };
    let demo = Demo(Some(Loaded {
        questions: std::collections::BTreeMap::new(),
        practice: exam(),
        reading: exam(),
        candidates: Vec::new(),
        past: sitting("PAST"),
        second: Some(sitting("SECOND")),
        open: sitting("OPEN"),
        upcoming: sitting("SOON"),
    }));
    let text = demo.text("http://127.0.0.1:8080");
    for login in &LOGINS {
        assert!(text.contains(login.username), "{text}");
    }
    assert!(text.contains("http://127.0.0.1:8080/sign-in") && text.contains(PASSWORD), "{text}");
    assert!(text.contains("OPEN") && text.contains("SOON") && !text.contains("PAST"), "{text}");
    assert!(text.contains("to mark") && !text.contains("SECOND"), "{text}");
    assert!(text.contains("2026-01-05 08:00 UTC"), "{text}");
}

#[tokio::test]
async fn a_database_with_data_of_its_own_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let mut config = config(&TestDatabase::sqlite(), folder.path());
    config.database = DbConfig::Sqlite { folder: folder.path().to_owned() };
    let now = SystemClock.now();
    let house = House::open(&config, now).await.unwrap();
    assert!(house.is_untouched().await.unwrap());
    house
        .create_admin(&people::Login { username: "head", display_name: "Head", role: Role::Admin })
        .await
        .unwrap();
    house.close().await;

    let demo = prepare(&config, now, &|_| {}).await.unwrap();
    assert!(demo.0.is_none() && !demo.text("http://localhost").contains(PASSWORD));
    assert!(State::read(folder.path()).unwrap().is_none());
}

#[test]
fn the_demo_is_served_on_loopback_alone() {
    let folder = tempfile::tempdir().unwrap();
    let mut config = config(&TestDatabase::sqlite(), folder.path());
    config.listen = ([0, 0, 0, 0], 8080).into();
    assert!(guard(&config).is_ok());
    State::Loading.write(folder.path()).unwrap();
    assert!(guard(&config).is_err());
    config.listen = ([127, 0, 0, 1], 8080).into();
    assert!(guard(&config).is_ok());
}

#[test]
fn the_points_of_the_essay_are_those_of_its_question() {
    let banks = content::banks(|_| None).unwrap();
    let file = banks
        .iter()
        .flat_map(|bank| &bank.categories)
        .flat_map(|category| &category.file.questions)
        .find(|file| file.idnumber == "MA-REA-01")
        .unwrap();
    assert_eq!(file.points, Points::whole(essays::Essays::POINTS_MAX as i32));
}
