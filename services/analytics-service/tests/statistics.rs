//! A sitting in numbers, from the facts to the page, on either database.

#![expect(clippy::expect_used, clippy::unwrap_used, reason = "a test that can't go on must stop")]

mod kit;

use analytics_api::SittingStatistics;
use authz::{AttemptId, Role, SittingId, UnitPath};
use exam_api::kinds;
use foundation::{Clock as _, Span};
use kit::{Desk, counts, id};
use serde_json::{Value, json};
use test_kit::TestDatabase;

test_kit::on_both_databases! {
    async fn a_sitting_is_counted_as_its_attempts_go(database: TestDatabase) {
        let desk = Desk::open(database).await;
        let sitting = desk.schedule(&UnitPath::institution()).await;
        let (first, second): (AttemptId, AttemptId) = (id(desk.clock()), id(desk.clock()));
        let seen = desk.see(sitting).await;
        assert_eq!((&seen["sitting"]["title"], &seen["distribution"]), (&json!("Mathematics, January"), &Value::Null));
        for (event, expected) in [
            (desk.started(sitting, first), [1, 0, 0, 0, 0]),
            (desk.started(sitting, second), [2, 0, 0, 0, 0]),
            (desk.submitted(sitting, first, true), [2, 1, 1, 0, 0]),
            (desk.submitted(sitting, second, false), [2, 2, 1, 0, 0]),
            (desk.marked(sitting, first, 7.5, 10, true), [2, 2, 1, 1, 0]),
            (desk.marked(sitting, second, 3.0, 10, false), [2, 2, 1, 1, 1]),
        ] {
            desk.tell(&event).await;
            assert_eq!(desk.see(sitting).await["sitting"]["counts"], counts(expected), "{}", event.kind);
        }
        // What waits for a person has no final score, so it isn't in the distribution.
        assert_eq!(desk.see(sitting).await["distribution"]["count"], 1);
        desk.tell(&desk.marked(sitting, second, 9.0, 10, true)).await;
        assert_eq!(desk.see(sitting).await["sitting"]["counts"], counts([2, 2, 1, 2, 0]));
        assert_eq!(desk.see(sitting).await["sitting"]["released_at"], Value::Null);
        desk.tell(&desk.released(sitting)).await;
        assert_eq!(desk.see(sitting).await["sitting"]["released_at"], desk.clock().now().to_string());
    }

    async fn scores_are_distributed_as_worked_by_hand(database: TestDatabase) {
        let desk = Desk::open(database).await;
        let sitting = desk.schedule(&UnitPath::institution()).await;
        for score in [2.0, 4.0, 4.0, 4.0, 5.0, 5.0, 7.0, 9.0] {
            desk.sit(sitting, score, 10).await;
        }
        let seen: SittingStatistics = serde_json::from_value(desk.see(sitting).await).unwrap();
        let scores = seen.distribution.unwrap();
        assert_eq!((scores.count, scores.left_out, scores.below, scores.above), (8, 0, 0, 0));
        assert_eq!((scores.mean, scores.median), (5.0, 4.5));
        assert_eq!((scores.lower_quartile, scores.upper_quartile), (4.0, 5.5));
        assert!((scores.sd.unwrap() - (32.0_f64 / 7.0).sqrt()).abs() < 1e-12);
        let wire = desk.see(sitting).await["distribution"].clone();
        assert_eq!((&wire["scale"], &wire["scale_max"], &wire["min"], &wire["max"]), (&json!("points"), &json!(10), &json!(2), &json!(9)));
        assert_eq!(wire["bins"].as_array().unwrap().len(), 11);
        assert_eq!(wire["bins"][4], json!({ "from": 4, "to": 5, "count": 3 }));
    }

    async fn forms_of_different_worth_are_shown_in_per_cent(database: TestDatabase) {
        let desk = Desk::open(database).await;
        let sitting = desk.schedule(&UnitPath::institution()).await;
        desk.sit(sitting, 5.0, 10).await;
        desk.sit(sitting, 15.0, 20).await;
        let scores = desk.see(sitting).await["distribution"].clone();
        assert_eq!((&scores["scale"], &scores["scale_max"]), (&json!("percent"), &json!(100)));
        assert_eq!((scores["mean"].as_f64(), scores["max"].as_f64()), (Some(62.5), Some(75.0)));
    }

    async fn a_new_mark_replaces_the_old_one_whatever_comes_first(database: TestDatabase) {
        let desk = Desk::open(database).await;
        let sitting = desk.schedule(&UnitPath::institution()).await;
        let attempt = desk.sit(sitting, 4.0, 10).await;
        let (older, newer) = (desk.marked(sitting, attempt, 5.0, 10, true), desk.marked(sitting, attempt, 6.0, 10, true));
        desk.tell(&newer).await;
        desk.tell(&older).await;
        let seen = desk.see(sitting).await;
        assert_eq!((seen["distribution"]["count"].as_i64(), seen["distribution"]["mean"].as_f64()), (Some(1), Some(6.0)));
    }

    async fn facts_in_any_order_and_twice_come_to_the_same(database: TestDatabase) {
        let desk = Desk::open(database).await;
        let (sitting, twin): (SittingId, SittingId) = (id(desk.clock()), id(desk.clock()));
        let facts = |sitting: SittingId| {
            let attempt: AttemptId = id(desk.clock());
            [
                desk.scheduled(sitting, &UnitPath::institution(), "Mathematics"),
                desk.started(sitting, attempt),
                desk.submitted(sitting, attempt, true),
                desk.marked(sitting, attempt, 4.0, 10, true),
                desk.scheduled(sitting, &UnitPath::institution(), "Mathematics, moved"),
                desk.released(sitting),
            ]
        };
        let (forward, mut backward) = (facts(sitting), facts(twin));
        backward.reverse();
        for fact in forward.iter().chain(&backward).chain(&forward).chain(&backward) {
            desk.tell(fact).await;
        }
        let (ahead, back) = (desk.see(sitting).await, desk.see(twin).await);
        assert_eq!(ahead["sitting"]["counts"], counts([1, 1, 1, 1, 0]));
        assert_eq!(ahead["sitting"]["counts"], back["sitting"]["counts"]);
        assert_eq!(ahead["distribution"], back["distribution"]);
        for seen in [ahead, back] {
            assert_eq!(seen["sitting"]["title"], "Mathematics, moved");
            assert!(seen["sitting"]["released_at"].is_string());
        }
    }

    async fn results_that_were_taken_back_are_not_released_whatever_comes_first(database: TestDatabase) {
        let desk = Desk::open(database).await;
        let released_at = async |sitting| desk.see(sitting).await["sitting"]["released_at"].clone();
        for order in [[0, 1], [1, 0]] {
            let sitting = desk.schedule(&UnitPath::institution()).await;
            let facts = [desk.released(sitting), desk.withdrawn(sitting)];
            for fact in order {
                desk.tell(&facts[fact]).await;
                desk.tell(&facts[fact]).await;
            }
            assert_eq!(released_at(sitting).await, Value::Null, "{order:?}");
        }
        for order in [[0, 1, 2], [2, 1, 0], [1, 2, 0], [2, 0, 1]] {
            let sitting = desk.schedule(&UnitPath::institution()).await;
            let facts = [desk.released(sitting), desk.withdrawn(sitting), desk.released(sitting)];
            for fact in order {
                desk.tell(&facts[fact]).await;
            }
            assert_eq!(released_at(sitting).await, facts[2].created_at.to_string(), "{order:?}");
        }
    }

    async fn a_sitting_that_was_called_off_says_so(database: TestDatabase) {
        let desk = Desk::open(database).await;
        let sitting = desk.schedule(&UnitPath::institution()).await;
        assert_eq!(desk.see(sitting).await["sitting"]["cancelled_at"], Value::Null);
        desk.tell(&desk.cancelled(sitting)).await;
        assert_eq!(desk.see(sitting).await["sitting"]["cancelled_at"], desk.clock().now().to_string());
    }

    async fn a_mark_without_a_submission_is_not_counted_as_a_result(database: TestDatabase) {
        let desk = Desk::open(database).await;
        let sitting = desk.schedule(&UnitPath::institution()).await;
        desk.tell(&desk.marked(sitting, id(desk.clock()), 0.0, 10, true)).await;
        let seen = desk.see(sitting).await;
        assert_eq!((&seen["sitting"]["counts"], &seen["distribution"]), (&counts([0; 5]), &Value::Null));
    }

    async fn a_fact_that_cant_be_read_is_refused_and_comes_again(database: TestDatabase) {
        let desk = Desk::open(database).await;
        let broken = desk.event(kinds::ATTEMPT_MARKED, &json!({ "attempt_id": 7 }));
        let consumer = desk.service.consumers().remove(0);
        assert_eq!(consumer.take(&[&broken]).await.unwrap_err().status, 500);
        assert_eq!(consumer.take(&[&broken]).await.unwrap_err().status, 500, "it wasn't remembered as taken");
        assert!(!consumer.wants("auth.person_changed"));
    }

    async fn staff_see_the_sittings_of_their_units_and_no_others(database: TestDatabase) {
        let desk = Desk::open(database).await;
        let (unit, other) = (desk.unit(), desk.unit());
        let ours = desk.schedule(&unit).await;
        let theirs = desk.schedule(&other).await;
        // Nobody has told yet what this one is.
        let unknown: SittingId = id(desk.clock());
        desk.sit(unknown, 1.0, 10).await;

        let author = desk.with_role_in(Role::Author, &unit);
        let list = desk.sittings(&author, "").await.expect(200);
        assert_eq!(list["items"].as_array().unwrap().len(), 1);
        assert_eq!((&list["items"][0]["sitting_id"], &list["items"][0]["unit"]), (&json!(ours), &json!(unit)));
        desk.statistics(&author, ours).await.expect(200);
        for hidden in [theirs, unknown] {
            assert_eq!(desk.statistics(&author, hidden).await.problem(404), "analytics.sitting_not_found");
        }
        let all = desk.sittings(&desk.analyst, "").await.expect(200);
        assert_eq!(all["items"].as_array().unwrap().len(), 3);
        assert_eq!((all["items"][0]["sitting_id"].clone(), all["items"][0]["title"].clone()), (json!(unknown), Value::Null));
    }

    async fn every_door_asks_who_comes(database: TestDatabase) {
        let desk = Desk::open(database).await;
        let sitting = desk.schedule(&UnitPath::institution()).await;
        let expires_at = desk.clock().now() + Span::from_minutes(60);
        let ticket = desk.stage.people.ticket(id(desk.clock()), sitting, id(desk.clock()), expires_at);
        for path in ["/api/v1/analytics/sittings".to_owned(), format!("/api/v1/analytics/sittings/{sitting}")] {
            assert_eq!(desk.stage.get(&path).send().await.problem(401), "auth.sign_in_needed");
            assert_eq!(desk.stage.get(&path).ticket(&ticket).send().await.problem(403), "auth.forbidden");
            for role in [Role::Candidate, Role::Marker, Role::Invigilator] {
                let answer = desk.stage.get(&path).token(&desk.with_role(role)).send().await;
                assert_eq!(answer.problem(403), "auth.forbidden");
            }
            for role in [Role::Admin, Role::Officer, Role::Author, Role::Analyst] {
                desk.stage.get(&path).token(&desk.with_role(role)).send().await.expect(200);
            }
        }
    }

    async fn a_list_is_read_page_by_page(database: TestDatabase) {
        let desk = Desk::open(database).await;
        let mut scheduled = Vec::new();
        for _ in 0..5 {
            scheduled.push(json!(desk.schedule(&UnitPath::institution()).await));
        }
        let mut seen = Vec::new();
        let mut query = "?limit=2".to_owned();
        loop {
            let page = desk.sittings(&desk.analyst, &query).await.expect(200);
            seen.extend(page["items"].as_array().unwrap().iter().map(|item| item["sitting_id"].clone()));
            let Some(next) = page["next"].as_str() else { break };
            query = format!("?limit=2&after={next}");
        }
        scheduled.reverse();
        assert_eq!(seen, scheduled);
    }

    async fn what_cant_be_a_question_is_refused(database: TestDatabase) {
        let desk = Desk::open(database).await;
        for query in ["?after=x", "?after=", "?limit=-1", "?limit=many", "?colour=red"] {
            assert_eq!(desk.sittings(&desk.analyst, query).await.problem(400), "request.query_invalid", "{query}");
        }
        desk.sittings(&desk.analyst, "?limit=0").await.expect(200);
        desk.sittings(&desk.analyst, "?limit=4000000000").await.expect(200);
        let answer = desk.stage.get("/api/v1/analytics/sittings/x").token(&desk.analyst).send().await;
        assert_eq!(answer.problem(404), "request.no_such_thing");
        let nobodys = desk.statistics(&desk.analyst, id(desk.clock())).await;
        assert_eq!(nobodys.problem(404), "analytics.sitting_not_found");
    }
}
