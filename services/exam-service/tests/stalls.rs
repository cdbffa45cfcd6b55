//! What a device reports of its own stalls is evidence for people; nothing follows from it by itself.

#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that can't go on must stop"
)]

mod office;

use authz::Role;
use foundation::{Clock as _, Span};
use office::{Candidate, Office, errors, in_minutes, text};
use serde_json::{Value, json};
use test_kit::{Answer, TestDatabase};

async fn report(office: &Office, of: &Candidate, by: &Candidate, stalls: Value) -> Answer {
    let path = format!("/api/v1/exams/attempts/{}/stalls", of.attempt);
    office.stage.post(path, &json!({ "lease_no": 1, "stalls": stalls })).ticket(&by.ticket).send().await
}

fn stall(office: &Office, from: i64, until: i64) -> Value {
    json!({ "from": in_minutes(office, from), "until": in_minutes(office, until) })
}

test_kit::on_both_databases! {
    async fn what_a_device_says_is_shown_to_who_decides_and_gives_no_time(database: TestDatabase) {
        let office = Office::open(database).await;
        let sitting = office.sitting(&office.published_exam(1).await).await;
        let mut candidates = office.enrol(&sitting, 2).await;
        let (other, candidate) = (candidates.pop().unwrap(), candidates.pop().unwrap());
        office.start(&candidate).await;
        office.clock().advance(Span::from_minutes(20));
        let before = office.seen_by(&candidate).await;

        let moment = json!({ "from": in_minutes(&office, 0), "until": in_minutes(&office, 0) });
        // The second reaches into the future, the third is over in no time.
        let said = json!([stall(&office, -15, -12), stall(&office, -3, 60), moment]);
        assert_eq!(report(&office, &candidate, &candidate, said.clone()).await.status.as_u16(), 204);
        // Said again, and said otherwise: the first word stays.
        assert_eq!(report(&office, &candidate, &candidate, said).await.status.as_u16(), 204);
        let longer = json!([stall(&office, -15, -1)]);
        assert_eq!(report(&office, &candidate, &candidate, longer).await.status.as_u16(), 204);

        let kept = |from, until| json!({
            "from": in_minutes(&office, from),
            "until": in_minutes(&office, until),
            "lease_no": 1,
            "reported_at": in_minutes(&office, 0),
        });
        let path = format!("/sittings/{}/attempts/{}/stalls", text(&sitting["id"]), candidate.attempt);
        let invigilator = office.clerk(Role::Invigilator);
        for clerk in [&office.officer, &invigilator] {
            let shown = office.get(clerk, &path).await.expect(200);
            assert_eq!(shown["stalls"], json!([kept(-15, -12), kept(-3, 0)]));
        }
        assert_eq!(office.get(&office.clerk(Role::Author), &path).await.status.as_u16(), 403);
        let after = office.seen_by(&candidate).await;
        for what in ["deadline", "version", "extra_seconds", "state", "credits"] {
            assert_eq!(after[what], before[what], "{what}");
        }
        assert_eq!(report(&office, &candidate, &other, json!([stall(&office, -2, -1)])).await.status.as_u16(), 404);
    }

    async fn a_report_is_taken_after_the_end_too_and_has_its_bounds(database: TestDatabase) {
        let office = Office::open(database).await;
        let sitting = office.sitting(&office.published_exam(1).await).await;
        let candidate = office.enrol(&sitting, 1).await.remove(0);
        office.start(&candidate).await;
        office.clock().advance(Span::from_minutes(150));
        assert_eq!(office.seen_by(&candidate).await["closed"], true);
        for many in [0, 21] {
            let refused = report(&office, &candidate, &candidate, json!(vec![stall(&office, -9, -8); many])).await;
            assert_eq!(errors(&refused), ["stalls count"]);
            assert_eq!(refused.problem(422), "exam.stalls_invalid");
        }
        let now = office.clock().now();
        // More than are kept: what comes beyond is dropped, and what was kept stays.
        for round in 0..12 {
            let stalls: Vec<Value> = (0..20)
                .map(|place| now - Span::from_seconds(10 * (20 * round + place + 1)))
                .map(|from| json!({ "from": from, "until": from + Span::from_seconds(5) }))
                .collect();
            assert_eq!(report(&office, &candidate, &candidate, json!(stalls)).await.status.as_u16(), 204);
        }
        let path = format!("/sittings/{}/attempts/{}/stalls", text(&sitting["id"]), candidate.attempt);
        let shown = office.get(&office.officer, &path).await.expect(200);
        assert_eq!(shown["stalls"].as_array().unwrap().len(), 200);
        assert_eq!(shown["stalls"][199]["from"], json!(now - Span::from_seconds(10)));
    }
}
