//! An officer's way from a publication to a full roster, on either database.

#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that can't go on must stop"
)]

mod office;

use authz::{AttemptId, Role};
use exam_service::app::{close_attempt::close_due_attempts, hand_over::hand_over};
use foundation::{Clock as _, Instant, Span};
use office::{Clerk, Office, errors, in_minutes, named, text};
use serde_json::{Value, json};
use test_kit::{Answer, TestDatabase};

fn path(sitting: &Value, rest: &str) -> String {
    format!("/sittings/{}{rest}", text(&sitting["id"]))
}

/// What to send to change a sitting's times.
fn change(sitting: &Value, changes: &Value) -> Value {
    let mut body = json!({});
    for field in [
        "version",
        "title",
        "time_zone",
        "opens_at",
        "entry_closes_at",
        "window_ends_at",
        "duration_minutes",
        "grace_seconds",
    ] {
        body[field] = sitting[field].clone();
    }
    for (field, value) in changes.as_object().unwrap() {
        body[field] = value.clone();
    }
    body
}

fn attempt_of(entry: &Value) -> AttemptId {
    text(&entry["attempt_id"]).parse().unwrap()
}

/// Every staff endpoint of a sitting, asked by somebody.
async fn knock(office: &Office, clerk: &Clerk, sitting: &Value, attempt: &Value) -> Vec<Answer> {
    let attempt = text(attempt);
    let reason = json!({ "reason": "because" });
    let mut answers = vec![
        office.put(clerk, path(sitting, ""), &change(sitting, &json!({}))).await,
        office.post(clerk, path(sitting, "/cancel"), &reason).await,
        office.post(clerk, path(sitting, "/roster"), &json!({ "account_ids": [attempt] })).await,
        office
            .put(clerk, path(sitting, &format!("/roster/{attempt}")), &json!({ "status": "withdrawn" }))
            .await,
        office
            .put(
                clerk,
                path(sitting, &format!("/attempts/{attempt}/accommodation")),
                &json!({ "extra_percent": 25 }),
            )
            .await,
        office.post(clerk, path(sitting, "/extra-time"), &json!({ "minutes": 5, "reason": "x" })).await,
        office
            .post(
                clerk,
                path(sitting, &format!("/attempts/{attempt}/extra-time")),
                &json!({ "minutes": 5, "reason": "x" }),
            )
            .await,
        office.post(clerk, path(sitting, &format!("/attempts/{attempt}/terminate")), &reason).await,
        office.post(clerk, path(sitting, &format!("/attempts/{attempt}/late-entries/admit")), &reason).await,
    ];
    for rest in ["", "/clashes", "/roster", "/attempts", &format!("/attempts/{attempt}/late-entries")] {
        answers.push(office.get(clerk, path(sitting, rest)).await);
    }
    let import = office.request("POST", path(sitting, "/roster/import"));
    answers.push(import.token(&office.token(clerk)).bytes("text/csv", "number,name\nX,Y\n").send().await);
    answers
}

test_kit::on_both_databases! {
    async fn an_officer_schedules_and_the_sitting_is_there_for_those_of_its_unit(database: TestDatabase) {
        let office = Office::open(database).await;
        let exam = office.published_exam(2).await;
        let sitting = office.sitting(&exam).await;
        assert_eq!(
            (text(&sitting["phase"]), text(&sitting["exam_title"]), sitting["duration_minutes"].as_i64(), sitting["grace_seconds"].as_i64(), sitting["forms"].clone()),
            ("open", "Mathematics", Some(90), Some(30), json!([1]))
        );
        let mut other = office.sitting_body(&exam);
        other["opens_at"] = in_minutes(&office, 60);
        other["entry_closes_at"] = in_minutes(&office, 60);
        other["practice"] = json!(true);
        other["duration_minutes"] = json!(30);
        let other = office.post(&office.officer, "/sittings", &other).await.expect(201);
        assert_eq!((text(&other["phase"]), other["duration_minutes"].as_i64()), ("upcoming", Some(30)));

        let first = office.get(&office.officer, "/sittings?limit=1").await.expect(200);
        assert_eq!(first["items"][0]["id"], other["id"]);
        let rest = office.get(&office.officer, format!("/sittings?after={}", text(&first["next"]))).await.expect(200);
        assert_eq!((rest["items"][0]["id"].clone(), rest["next"].clone()), (sitting["id"].clone(), Value::Null));
        let of_exam = office.get(&office.officer, format!("/sittings?exam_id={}", text(&exam["id"]))).await.expect(200);
        assert_eq!(of_exam["items"].as_array().unwrap().len(), 2);
        let of_another = office.get(&office.officer, format!("/sittings?exam_id={}", text(&sitting["id"]))).await.expect(200);
        assert_eq!(of_another["items"], json!([]));
        assert_eq!(office.get(&office.officer, path(&sitting, "")).await.expect(200)["id"], sitting["id"]);
    }

    async fn times_that_make_no_sense_are_refused_by_field(database: TestDatabase) {
        let office = Office::open(database).await;
        let exam = office.published_exam(1).await;
        let with = |changes: Value| {
            let mut body = office.sitting_body(&exam);
            for (field, value) in changes.as_object().unwrap() {
                body[field] = value.clone();
            }
            body
        };
        let cases = [
            (json!({ "time_zone": "Mars/Olympus" }), "time_zone exam.time_zone_unknown"),
            (json!({ "entry_closes_at": in_minutes(&office, 121) }), "entry_closes_at exam.entry_outside_window"),
            (json!({ "duration_minutes": 121 }), "duration_minutes exam.duration_exceeds_window"),
            (json!({ "duration_minutes": 0 }), "duration_minutes exam.duration_out_of_range"),
            (json!({ "grace_seconds": 601 }), "grace_seconds exam.grace_out_of_range"),
            (json!({ "forms": [2] }), "forms exam.form_unknown"),
            (json!({ "opens_at": "2400-01-01T00:00:00Z", "entry_closes_at": "2400-01-01T00:00:00Z", "window_ends_at": "2400-01-02T00:00:00Z" }), "opens_at exam.too_far_ahead"),
        ];
        for (changes, expected) in cases {
            let answer = office.post(&office.officer, "/sittings", &with(changes)).await;
            assert_eq!((answer.status.as_u16(), errors(&answer)), (422, vec![expected.to_owned()]));
        }
        for changes in [json!({ "opens_at": "tomorrow" }), json!({ "duration_minutes": -5 }), json!({ "room": "A" }), json!({ "opens_at": null })] {
            assert_eq!(office.post(&office.officer, "/sittings", &with(changes)).await.status, 400);
        }
        let draft = office.exam(json!({ "duration_minutes": 60, "sections": [] })).await;
        let unpublished = office.post(&office.officer, "/sittings", &office.sitting_body(&draft)).await;
        assert_eq!(unpublished.problem(409), "exam.not_published");
        let unknown = with(json!({ "exam_id": office.id::<exam_api::Exam>() }));
        assert_eq!(office.post(&office.officer, "/sittings", &unknown).await.problem(404), "exam.not_found");
        assert_eq!(office.get(&office.officer, "/sittings").await.expect(200)["items"], json!([]));
    }

    async fn a_roster_in_chinese_enrols_everybody_once_with_their_extra_time(database: TestDatabase) {
        let office = Office::open(database).await;
        let sitting = office.sitting(&office.published_exam(3).await).await;
        let file = "学号,姓名,延时百分比,延时分钟\n001,李伟,25,\n002,王芳,,10\n003,张敏,,\n";
        let (gb18030, ..) = encoding_rs::GB18030.encode(file);
        let trial = office.import(&sitting, "?dry_run=true", gb18030.to_vec()).await.expect(200);
        assert_eq!((trial["people_created"].as_u64(), trial["enrolled"].as_u64(), trial["dry_run"].as_bool()), (Some(3), Some(3), Some(true)));
        assert_eq!((office.auth.numbers().len(), office.roster(&sitting).await.len()), (0, 0));

        let report = office.import(&sitting, "", gb18030.to_vec()).await.expect(200);
        assert_eq!((report["enrolled"].as_u64(), report["already_enrolled"].as_u64()), (Some(3), Some(0)));
        let roster = office.roster(&sitting).await;
        let seen: Vec<_> = roster.iter().map(|entry| (text(&entry["candidate_name"]), entry["extra_percent"].as_u64(), entry["extra_minutes"].as_i64())).collect();
        assert_eq!(seen, [("李伟", Some(25), Some(0)), ("王芳", Some(0), Some(10)), ("张敏", Some(0), Some(0))]);

        let again = office.import(&sitting, "", file).await.expect(200);
        assert_eq!((again["enrolled"].as_u64(), again["already_enrolled"].as_u64(), again["extra_time_changed"].as_u64()), (Some(0), Some(3), Some(0)));
        assert_eq!(office.roster(&sitting).await, roster);
        let changed = office.import(&sitting, "", "number;name;extra_percent\n001;李伟;50\n004;New;\n").await.expect(200);
        assert_eq!((changed["enrolled"].as_u64(), changed["extra_time_changed"].as_u64()), (Some(1), Some(1)));
        assert_eq!(office.roster(&sitting).await[0]["extra_percent"], 50);
        let found = office.get(&office.officer, path(&sitting, "/roster?search=%E7%8E%8B")).await.expect(200);
        assert_eq!((found["items"].as_array().unwrap().len(), text(&found["items"][0]["candidate_number"])), (1, "002"));
    }

    async fn a_roster_with_a_wrong_row_enrols_nobody_and_names_the_line(database: TestDatabase) {
        let office = Office::open(database).await;
        let sitting = office.sitting(&office.published_exam(1).await).await;
        office.auth.add_person("007", "Known Name");
        office.auth.add_class("Class 1A", "1a");
        let file = "number,name,extra_percent,class\n001,Ada,,\n007,Other Name,,\nSTAFF,Staff,,\n\n,Nobody,,\n002,Bob,900,\n003,Cay,,1B\n004,Dan,,Class 1A\n005,Eve,,1a\n";
        let expected = ["3 name name_differs", "4 number auth.not_a_candidate", "6 number missing", "7 extra_percent out_of_range", "8 class unknown"];
        let refused = office.import(&sitting, "", file).await;
        assert_eq!(errors(&refused), expected);
        assert_eq!(refused.problem(422), "exam.roster_invalid");
        let trial = office.import(&sitting, "?dry_run=true", file).await.expect(200);
        assert_eq!((named(&trial["errors"]), named(&trial["warnings"])), (expected.map(str::to_owned).to_vec(), vec![]));
        assert_eq!((office.roster(&sitting).await.len(), office.auth.numbers()), (0, vec!["007".to_owned()]));

        for (file, code) in [(&b"PK\x03\x04\0\0"[..], "encoding_unknown"), (b"", "column_missing"), (b"number,name\n", "empty")] {
            let answer = office.import(&sitting, "", file).await;
            assert_eq!((answer.status.as_u16(), answer.json()["errors"][0]["code"].as_str().unwrap()), (422, code));
        }
        let typed = office.request("POST", path(&sitting, "/roster/import")).token(&office.token(&office.officer)).json(&json!({})).send().await;
        assert_eq!(typed.problem(415), "request.not_csv");
        let huge = office.import(&sitting, "", vec![b'x'; 9 * 1024 * 1024]).await;
        assert_eq!(huge.problem(413), "request.too_large");
        let large = format!("number,name\n{}", "x,y\n".repeat(800_000));
        let answer = office.import(&sitting, "", large).await;
        assert_eq!(errors(&answer), ["20002  too_many_rows"]);
    }

    async fn forms_go_round_and_a_replacement_has_others(database: TestDatabase) {
        let office = Office::open(database).await;
        let bank = office.questions.bank(&[1, 1, 1, 1]);
        let exam = office.published(json!({ "duration_minutes": 90, "forms": 3, "sections": [
            { "items": [{ "type": "draw", "bank_id": bank, "count": 2 }] },
        ] })).await;
        let mut body = office.sitting_body(&exam);
        body["forms"] = json!([1, 2]);
        let sitting = office.post(&office.officer, "/sittings", &body).await.expect(201);
        office.enrol(&sitting, 4).await;
        let forms: Vec<_> = office.roster(&sitting).await.iter().map(|entry| entry["form_no"].as_i64().unwrap()).collect();
        assert_eq!(forms, [1, 2, 1, 2]);

        let mut body = office.sitting_body(&exam);
        body["replaces_id"] = sitting["id"].clone();
        body["forms"] = json!([2]);
        assert_eq!(errors(&office.post(&office.officer, "/sittings", &body).await), ["forms exam.form_used"]);
        body["forms"] = json!([]);
        let replacement = office.post(&office.officer, "/sittings", &body).await.expect(201);
        assert_eq!(replacement["forms"], json!([3]));
        let mut third = office.sitting_body(&exam);
        third["replaces_id"] = office.sitting(&exam).await["id"].clone();
        assert_eq!(errors(&office.post(&office.officer, "/sittings", &third).await), ["forms exam.no_other_form"]);
        let mut foreign = office.sitting_body(&office.published_exam(1).await);
        foreign["replaces_id"] = sitting["id"].clone();
        assert_eq!(errors(&office.post(&office.officer, "/sittings", &foreign).await), ["replaces_id exam.replaces_another_exam"]);
    }

    async fn nobody_is_put_in_two_places_at_once_unless_that_is_meant(database: TestDatabase) {
        let office = Office::open(database).await;
        let exam = office.published_exam(1).await;
        let morning = office.sitting(&exam).await;
        let overlapping = office.sitting(&exam).await;
        let accounts: Vec<_> = office.enrol(&morning, 2).await.iter().map(|candidate| candidate.account).collect();
        let file = "number,name\nC002,Candidate 2\nC003,Candidate 3\n";
        assert_eq!(errors(&office.import(&overlapping, "", file).await), ["2 number clash"]);
        let trial = office.import(&overlapping, "?dry_run=true&allow_clash=true", file).await.expect(200);
        assert_eq!((named(&trial["errors"]), named(&trial["warnings"])), (vec![], vec!["2 number clash".to_owned()]));
        let by_account = json!({ "account_ids": [accounts[0]] });
        let refused = office.post(&office.officer, path(&overlapping, "/roster"), &by_account).await;
        assert_eq!(refused.json()["facts"]["clashes"][0]["sitting_id"], morning["id"]);
        assert_eq!(refused.problem(409), "exam.sitting_clash");
        office.import(&overlapping, "?allow_clash=true", file).await.expect(200);
        let clashes = office.get(&office.officer, path(&morning, "/clashes")).await.expect(200);
        assert_eq!((clashes["clashes"].as_array().unwrap().len(), text(&clashes["clashes"][0]["candidate_number"])), (1, "C002"));

        // A candidate who is deferred, a practice sitting, and one at another time clash with nothing.
        let entry = office.roster(&overlapping).await[0].clone();
        let deferred = office.put(&office.officer, path(&overlapping, &format!("/roster/{}", text(&entry["attempt_id"]))), &json!({ "status": "deferred", "reason": "ill" })).await.expect(200);
        assert_eq!(deferred["roster_status"], "deferred");
        assert_eq!(office.get(&office.officer, path(&morning, "/clashes")).await.expect(200)["clashes"], json!([]));
        let mut practice = office.sitting_body(&exam);
        practice["practice"] = json!(true);
        let practice = office.post(&office.officer, "/sittings", &practice).await.expect(201);
        office.import(&practice, "", file).await.expect(200);
        let mut evening = office.sitting_body(&exam);
        for (field, minutes) in [("opens_at", 121), ("entry_closes_at", 130), ("window_ends_at", 240)] {
            evening[field] = in_minutes(&office, minutes);
        }
        let evening = office.post(&office.officer, "/sittings", &evening).await.expect(201);
        office.import(&evening, "", "number,name\nC001,Candidate 1\n").await.expect(200);
        // Moving the evening into the morning would clash.
        let earlier = change(&evening, &json!({ "opens_at": in_minutes(&office, 60) }));
        assert_eq!(office.put(&office.officer, path(&evening, ""), &earlier).await.problem(409), "exam.sitting_clash");
        let meant = change(&evening, &json!({ "opens_at": in_minutes(&office, 60), "allow_clash": true }));
        office.put(&office.officer, path(&evening, ""), &meant).await.expect(200);
    }

    async fn a_clash_with_a_sitting_out_of_sight_is_told_without_naming_it(database: TestDatabase) {
        let office = Office::open(database).await;
        let exam = office.published_exam(1).await;
        let (physics, physics_path) = office.unit("Physics");
        let mut body = office.sitting_body(&exam);
        body["unit_id"] = json!(physics);
        let in_physics = office.post(&office.officer, "/sittings", &body).await.expect(201);
        let elsewhere = office.sitting(&exam).await;
        office.enrol(&elsewhere, 1).await;
        office.import(&in_physics, "?allow_clash=true", "number,name\nC001,Candidate 1\n").await.expect(200);
        let physicist = office.clerk_of(Role::Officer, &physics_path);
        let clashes = office.get(&physicist, path(&in_physics, "/clashes")).await.expect(200);
        assert_eq!((clashes["clashes"][0]["title"].clone(), text(&clashes["clashes"][0]["candidate_name"])), (Value::Null, "Candidate 1"));
    }

    async fn a_sitting_changes_freely_before_it_opens_and_then_only_gets_longer(database: TestDatabase) {
        let office = Office::open(database).await;
        let exam = office.published_exam(1).await;
        let mut body = office.sitting_body(&exam);
        body["opens_at"] = in_minutes(&office, 10);
        let sitting = office.post(&office.officer, "/sittings", &body).await.expect(201);
        let earlier = change(&sitting, &json!({ "opens_at": in_minutes(&office, 5), "title": "Earlier" }));
        let sitting = office.put(&office.officer, path(&sitting, ""), &earlier).await.expect(200);
        assert_eq!((text(&sitting["title"]), sitting["version"].as_i64()), ("Earlier", Some(2)));
        assert_eq!(office.put(&office.officer, path(&sitting, ""), &earlier).await.problem(409), "exam.version_conflict");

        let candidates = office.enrol(&sitting, 2).await;
        office.clock().advance(Span::from_minutes(6));
        office.start(&candidates[0]).await;
        let before: Instant = text(&office.seen_by(&candidates[0]).await["deadline"]).parse().unwrap();
        let shorter = change(&sitting, &json!({ "duration_minutes": 80 }));
        assert_eq!(errors(&office.put(&office.officer, path(&sitting, ""), &shorter).await), ["duration_minutes exam.sitting_opened"]);
        hand_over(&office.service).await.unwrap();
        let longer = change(&sitting, &json!({ "duration_minutes": 100, "window_ends_at": in_minutes(&office, 180) }));
        office.put(&office.officer, path(&sitting, ""), &longer).await.expect(200);
        let after: Instant = text(&office.seen_by(&candidates[0]).await["deadline"]).parse().unwrap();
        assert_eq!(after.since(before), Span::from_minutes(10));
        // Auth-service learns that both may check in for longer.
        assert_eq!(hand_over(&office.service).await.unwrap(), 2);
        let admission = office.auth.admission(candidates[1].attempt).unwrap();
        assert_eq!(json!(admission.closes_at), json!(office.clock().now() + Span::from_minutes(180) + Span::from_seconds(30)));

        office.clock().advance(Span::from_minutes(200));
        let over = office.get(&office.officer, path(&sitting, "")).await.expect(200);
        assert_eq!(office.put(&office.officer, path(&sitting, ""), &change(&over, &json!({}))).await.problem(409), "exam.sitting_over");
    }

    async fn who_came_too_late_is_expected_again_when_entry_is_extended(database: TestDatabase) {
        let office = Office::open(database).await;
        let sitting = office.sitting(&office.published_exam(1).await).await;
        let candidates = office.enrol(&sitting, 1).await;
        office.clock().advance(Span::from_minutes(31));
        close_due_attempts(&office.service, office.clock().now()).await.unwrap();
        assert_eq!(office.seen_by(&candidates[0]).await["state"], "absent");
        let late = office.import(&sitting, "", "number,name\nC002,Candidate 2\n").await;
        assert_eq!(late.problem(409), "exam.entry_closed");
        let extended = change(&sitting, &json!({ "entry_closes_at": in_minutes(&office, 10) }));
        office.put(&office.officer, path(&sitting, ""), &extended).await.expect(200);
        assert_eq!(office.seen_by(&candidates[0]).await["state"], "scheduled");
        office.import(&sitting, "", "number,name\nC002,Candidate 2\n").await.expect(200);
        for candidate in office.candidates(&sitting).await {
            office.start(&candidate).await;
        }
    }

    async fn a_sitting_is_called_off_before_anybody_starts_and_not_afterwards(database: TestDatabase) {
        let office = Office::open(database).await;
        let exam = office.published_exam(1).await;
        let reason = json!({ "reason": "The hall is flooded" });
        let sitting = office.sitting(&exam).await;
        let candidates = office.enrol(&sitting, 1).await;
        hand_over(&office.service).await.unwrap();
        assert!(office.auth.admission(candidates[0].attempt).is_some());
        let off = office.post(&office.officer, path(&sitting, "/cancel"), &reason).await.expect(200);
        assert_eq!((text(&off["phase"]), off["version"].as_i64()), ("cancelled", Some(2)));
        office.post(&office.officer, path(&sitting, "/cancel"), &reason).await.expect(200);
        hand_over(&office.service).await.unwrap();
        assert!(office.auth.admission(candidates[0].attempt).is_none());
        let refused = [
            office.put(&office.officer, path(&sitting, ""), &change(&off, &json!({}))).await,
            office.import(&sitting, "", "number,name\nX,Y\n").await,
            office.post(&office.officer, path(&sitting, "/extra-time"), &json!({ "minutes": 5, "reason": "x" })).await,
        ];
        for answer in refused {
            assert_eq!(answer.problem(409), "exam.sitting_cancelled");
        }
        let running = office.sitting(&exam).await;
        let candidates = office.enrol(&running, 1).await;
        office.start(&candidates[0]).await;
        assert_eq!(office.post(&office.officer, path(&running, "/cancel"), &reason).await.problem(409), "exam.sitting_started");
        assert_eq!(office.post(&office.officer, path(&running, "/cancel"), &json!({ "reason": "" })).await.status, 400);
    }

    async fn candidates_are_added_by_account_deferred_and_expected_again(database: TestDatabase) {
        let office = Office::open(database).await;
        let sitting = office.sitting(&office.published_exam(1).await).await;
        let (ada, bob) = (office.auth.add_person("A", "Ada"), office.auth.add_person("B", "Bob"));
        let body = json!({ "account_ids": [ada, bob, ada] });
        let added = office.post(&office.officer, path(&sitting, "/roster"), &body).await.expect(200);
        assert_eq!((added["enrolled"].as_u64(), added["already_enrolled"].as_u64()), (Some(2), Some(0)));
        let again = office.post(&office.officer, path(&sitting, "/roster"), &body).await.expect(200);
        assert_eq!((again["enrolled"].as_u64(), again["already_enrolled"].as_u64()), (Some(0), Some(2)));
        let stranger = json!({ "account_ids": [ada, office.id::<authz::Account>()] });
        assert_eq!(errors(&office.post(&office.officer, path(&sitting, "/roster"), &stranger).await), ["account_ids[1] unknown"]);
        let nobody = json!({ "account_ids": [] });
        assert_eq!(errors(&office.post(&office.officer, path(&sitting, "/roster"), &nobody).await), ["account_ids count"]);

        hand_over(&office.service).await.unwrap();
        let entry = office.roster(&sitting).await[0].clone();
        let place = path(&sitting, &format!("/roster/{}", text(&entry["attempt_id"])));
        let set = async |status: &str| office.put(&office.officer, &place, &json!({ "status": status })).await;
        assert_eq!(set("withdrawn").await.expect(200)["roster_status"], "withdrawn");
        assert_eq!(set("withdrawn").await.expect(200)["roster_status"], "withdrawn");
        hand_over(&office.service).await.unwrap();
        assert!(office.auth.admission(attempt_of(&entry)).is_none());
        assert_eq!(office.get(&office.officer, path(&sitting, "")).await.expect(200)["candidates"], 1);
        assert_eq!(set("lost").await.status, 400);
        set("expected").await.expect(200);
        hand_over(&office.service).await.unwrap();
        assert!(office.auth.admission(attempt_of(&entry)).is_some());
        office.start(&office.candidates(&sitting).await[0]).await;
        assert_eq!(set("withdrawn").await.problem(409), "exam.attempt_started");
    }

    async fn accommodations_stand_for_the_person_and_reach_a_running_attempt(database: TestDatabase) {
        let office = Office::open(database).await;
        let exam = office.published_exam(1).await;
        let sitting = office.sitting(&exam).await;
        let candidate = office.enrol(&sitting, 1).await.remove(0);
        office.start(&candidate).await;
        let place = path(&sitting, &format!("/attempts/{}/accommodation", candidate.attempt));
        let set = async |body: Value| office.put(&office.officer, &place, &body).await;
        let entry = set(json!({ "extra_percent": 50, "extra_minutes": 3, "standing": true })).await.expect(200);
        assert_eq!((entry["extra_percent"].as_u64(), entry["extra_minutes"].as_i64()), (Some(50), Some(3)));
        assert_eq!(office.seen_by(&candidate).await["deadline"], in_minutes(&office, 90 + 45 + 3));
        assert_eq!(errors(&set(json!({ "extra_percent": 301, "extra_minutes": 1441 })).await), ["extra_percent out_of_range", "extra_minutes out_of_range"]);
        // Taking it back may not cut the candidate off.
        office.clock().advance(Span::from_minutes(100));
        assert_eq!(set(json!({})).await.problem(409), "exam.deadline_would_pass");

        let standing = format!("/accommodations/{}", candidate.account);
        assert_eq!(office.get(&office.officer, &standing).await.expect(200)["extra_percent"], 50);
        office.put(&office.officer, &standing, &json!({ "extra_minutes": 20 })).await.expect(200);
        let mut body = office.sitting_body(&exam);
        body["practice"] = json!(true);
        let next = office.post(&office.officer, "/sittings", &body).await.expect(201);
        office.enrol(&next, 1).await;
        let entry = office.roster(&next).await[0].clone();
        assert_eq!((entry["extra_percent"].as_u64(), entry["extra_minutes"].as_i64()), (Some(0), Some(20)));

        // An officer of a unit knows the people on its rosters and nobody else.
        let (_, elsewhere) = office.unit("Elsewhere");
        let officer = office.clerk_of(Role::Officer, &elsewhere);
        assert_eq!(office.get(&officer, &standing).await.problem(404), "exam.candidate_not_found");
        assert_eq!(office.put(&officer, &standing, &json!({ "extra_minutes": 1 })).await.problem(404), "exam.candidate_not_found");
        let author = office.author.clone();
        assert_eq!(office.get(&author, &standing).await.problem(403), "auth.forbidden");
    }

    async fn sittings_of_another_unit_do_not_exist_and_nobody_else_gets_in(database: TestDatabase) {
        let office = Office::open(database).await;
        let exam = office.published_exam(1).await;
        let (physics, physics_path) = office.unit("Physics");
        let (_, history_path) = office.unit("History");
        let mut body = office.sitting_body(&exam);
        body["unit_id"] = json!(physics);
        let sitting = office.post(&office.officer, "/sittings", &body).await.expect(201);
        let candidate = office.enrol(&sitting, 1).await.remove(0);
        let attempt = json!(candidate.attempt);

        let historian = office.clerk_of(Role::Officer, &history_path);
        for answer in knock(&office, &historian, &sitting, &attempt).await {
            assert_eq!(answer.problem(404), "exam.sitting_not_found");
        }
        assert_eq!(office.get(&historian, "/sittings").await.expect(200)["items"], json!([]));
        assert_eq!(office.post(&historian, "/sittings", &body).await.problem(404), "exam.not_found");
        for role in [Role::Candidate, Role::Author] {
            for answer in knock(&office, &office.clerk(role), &sitting, &attempt).await {
                assert_eq!(answer.problem(403), "auth.forbidden");
            }
        }
        // Who may watch here, and manage elsewhere, is told that this isn't theirs to change.
        let grants = |unit: &authz::UnitPath, role| authz::Grant { role, unit: unit.clone() };
        let both = Clerk {
            account: office.id(),
            grants: vec![grants(&physics_path, Role::Invigilator), grants(&history_path, Role::Officer)],
        };
        assert_eq!(office.post(&both, path(&sitting, "/cancel"), &json!({ "reason": "x" })).await.problem(403), "auth.forbidden");
        office.get(&both, path(&sitting, "/attempts")).await.expect(200);
        // An attempt of another sitting is none of this one.
        let other = office.sitting(&exam).await;
        for answer in knock(&office, &office.officer, &other, &attempt).await {
            if answer.status == 404 {
                assert_eq!(answer.problem(404), "exam.attempt_not_found");
            }
        }
        let of_other = office.put(&office.officer, path(&other, &format!("/roster/{}", candidate.attempt)), &json!({ "status": "withdrawn" })).await;
        assert_eq!(of_other.problem(404), "exam.attempt_not_found");
        let ticket = office.stage.get(format!("/api/v1/exams{}", path(&sitting, ""))).ticket(&candidate.ticket).send().await;
        assert_eq!(ticket.problem(403), "auth.forbidden");
    }
}
