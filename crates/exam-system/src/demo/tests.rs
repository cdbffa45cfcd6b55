//! The demo as people meet it.

use std::time::Instant as Stopwatch;

use authz::Role;
use foundation::{Clock as _, Points, Span, SystemClock};
use serde_json::Value;
use test_kit::{People, TestDatabase, on_both_databases};

use super::{client::As, house::House, state::State, *};

/// Longest loading in an unoptimised build, in seconds; an optimised one takes a fraction.
const LOADING_SECONDS_MAX: u64 = 120;

fn config(database: &TestDatabase, data: &std::path::Path) -> Config {
    let secrets = People::standing(SystemClock).secrets;
    Config {
        listen: ([127, 0, 0, 1], 0).into(),
        database: database.config.clone(),
        data: data.to_owned(),
        secrets: secrets.clone(),
        refresh_secrets: secrets,
        log_level: "error".to_owned(),
        log_format: telemetry::LogFormat::Text,
        upload_bytes_max: 1 << 20,
        exam_minutes_default: 90,
        monitoring: true,
        proctoring: true,
        analytics: true,
        cors: http_kit::Cors::default(),
        public_url: None,
        trusted_proxies: 0,
        demo: true,
    }
}

fn loaded(demo: &Demo) -> &Loaded {
    demo.0.as_ref().expect("a demo")
}

fn count(value: &Value, what: &str) -> i64 {
    value[what].as_i64().unwrap_or_else(|| panic!("{what} in {value}"))
}

on_both_databases! {
    async fn the_demo_has_a_past_a_present_and_a_future(database: TestDatabase) {
        let folder = tempfile::tempdir().unwrap();
        let config = config(&database, folder.path());
        let now = SystemClock.now();
        let watch = Stopwatch::now();
        let demo = prepare(&config, now, &|_| {}).await.unwrap();
        let took = watch.elapsed();
        println!("loading took {took:?}");
        assert!(took.as_secs() < LOADING_SECONDS_MAX, "loading took {took:?}");

        let house = House::open(&config, now).await.unwrap();
        let officer = house.sign_in(Role::Officer).await.unwrap();
        let get = async |path: String| -> Value { house.client.get(As::Person(&officer), &path).await.unwrap() };

        // The past: 180 of 200 came, everything is marked, and scores are spread as ability is.
        let past = &loaded(&demo).past;
        let overview = get(format!("/api/v1/exams/sittings/{}/marking", past.id)).await;
        assert_eq!((count(&overview, "expected"), count(&overview, "absent")), (200, 20));
        assert_eq!((count(&overview, "marked"), count(&overview, "partial")), (180, 0));
        let sitting = get(format!("/api/v1/exams/sittings/{}", past.id)).await;
        assert!(sitting["released_at"].is_string());
        let results = get(format!("/api/v1/exams/sittings/{}/results?limit=200", past.id)).await;
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

        // The present: some work, some have handed in, the demo candidate can begin.
        let open = &loaded(&demo).open;
        let live = get(format!("/api/v1/exams/sittings/{}/attempts?limit=200", open.id)).await;
        let states: Vec<&str> =
            live["items"].as_array().unwrap().iter().filter_map(|row| row["state"].as_str()).collect();
        let of = |state: &str| states.iter().filter(|found| **found == state).count();
        assert_eq!(states.len(), 61);
        assert!(of("in_progress") >= 10 && of("submitted") >= 3 && of("ready") >= 2, "{states:?}");

        // The future.
        assert_eq!(loaded(&demo).upcoming.opens_at, now + Span::from_minutes(10));

        let candidate = house.sign_in(Role::Candidate).await.unwrap();
        let own: Value = house.client.get(As::Person(&candidate), "/api/v1/exams/me/attempts").await.unwrap();
        assert_eq!(own["items"].as_array().unwrap().len(), 3);
        let released = own["items"].as_array().unwrap().iter().find(|attempt| attempt["released"] == true);
        let review = format!("/api/v1/exams/attempts/{}/review", released.unwrap()["attempt_id"].as_str().unwrap());
        let review: Value = house.client.get(As::Person(&candidate), &review).await.unwrap();
        assert!(review.is_object());
        house.close().await;

        let text = demo.text("http://127.0.0.1:8080");
        for login in &LOGINS {
            assert!(text.contains(login.username), "{text}");
        }
        assert!(text.contains(PASSWORD) && text.contains(&open.code), "{text}");
    }

    async fn the_next_start_finds_the_demo_and_moves_its_windows(database: TestDatabase) {
        let folder = tempfile::tempdir().unwrap();
        let config = config(&database, folder.path());
        let now = SystemClock.now();
        let first = prepare(&config, now, &|_| {}).await.unwrap();
        let first = loaded(&first);

        let minutes = Span::from_minutes(5);
        let watch = Stopwatch::now();
        let second = prepare(&config, now + minutes, &|what| panic!("{what}")).await.unwrap();
        println!("the second start took {:?}", watch.elapsed());
        let second = loaded(&second);
        assert_eq!((second.open.id, second.upcoming.id), (first.open.id, first.upcoming.id));
        assert_eq!(second.upcoming.opens_at, now + minutes + Span::from_minutes(10));

        // A day later both have passed: they stay what they were, and there are new ones.
        let later = now + Span::from_minutes(24 * 60);
        let third = prepare(&config, later, &|what| panic!("{what}")).await.unwrap();
        let third = loaded(&third);
        assert_ne!(third.open.id, second.open.id);
        assert_ne!(third.upcoming.id, second.upcoming.id);
        assert!(third.open.opens_at < later && later + Span::from_minutes(180) <= third.open.window_ends_at);
        assert_eq!(third.upcoming.opens_at, later + Span::from_minutes(10));
        assert_eq!(third.past.id, first.past.id);
    }
}

#[tokio::test]
async fn a_demo_that_was_loaded_by_half_is_loaded_anew() {
    let folder = tempfile::tempdir().unwrap();
    let mut config = config(&TestDatabase::sqlite(), folder.path());
    config.database = DbConfig::Sqlite { folder: folder.path().to_owned() };
    let now = SystemClock.now();
    let house = House::open(&config, now).await.unwrap();
    State::Loading.write(folder.path()).unwrap();
    house.create_admin(people::login(Role::Admin)).await.unwrap();
    house.close().await;

    let demo = prepare(&config, now, &|_| {}).await.unwrap();
    assert_eq!(loaded(&demo).candidates.len(), people::CANDIDATES);
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
