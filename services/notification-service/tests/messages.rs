//! Messages, from whoever sends them to whoever has read them, on either database.

#![expect(clippy::expect_used, clippy::unwrap_used, reason = "a test that can't go on must stop")]

mod kit;

use authz::{AccountId, Role};
use exam_api::kinds;
use foundation::{Clock as _, Span};
use kit::{Office, id};
use notification_api::{Inbox, MessageContent};
use notification_service::{SCHEMA, domain::recipients::RECIPIENTS_MAX, store};
use serde_json::{Value, json};
use test_kit::TestDatabase;

fn items(inbox: &Value) -> &Vec<Value> {
    inbox["items"].as_array().unwrap()
}

test_kit::on_both_databases! {
    async fn candidates_are_told_that_their_results_are_there(database: TestDatabase) {
        let office = Office::open(database).await;
        let (ada, ben, other) = (office.person(Role::Candidate), office.person(Role::Candidate), office.person(Role::Candidate));
        let fact = office.released(vec![ada.account, ben.account, ada.account]);
        office.tell(&fact).await;

        for person in [&ada, &ben] {
            let inbox = office.inbox(person, "").await.expect(200);
            assert_eq!((items(&inbox).len(), inbox["unread"].as_i64()), (1, Some(1)));
            let message = &items(&inbox)[0];
            assert_eq!(message["template"], "results_released");
            assert_eq!(message["parameters"], json!({ "sitting_id": office.sitting, "title": "Mathematics, January" }));
            assert_eq!((message["sent_at"].as_str(), message["read_at"].is_null()), (Some("2026-01-05T08:00:01.000000Z"), true));
            let typed: Inbox = serde_json::from_value(inbox).unwrap();
            assert!(matches!(typed.items[0].content, MessageContent::ResultsReleased(_)));
        }
        assert_eq!(items(&office.inbox(&other, "").await.expect(200)).len(), 0);
    }

    async fn a_fact_that_comes_twice_is_told_once(database: TestDatabase) {
        let office = Office::open(database).await;
        let ada = office.person(Role::Candidate);
        let fact = office.released(vec![ada.account]);
        office.tell(&fact).await;
        office.tell(&fact).await;
        assert_eq!(items(&office.inbox(&ada, "").await.expect(200)).len(), 1);
    }

    async fn results_that_are_taken_back_are_no_news_to_who_has_not_read_it(database: TestDatabase) {
        let office = Office::open(database).await;
        let (ada, ben) = (office.person(Role::Candidate), office.person(Role::Candidate));
        let both = || vec![ada.account, ben.account];
        let messages = async |person| items(&office.inbox(person, "").await.expect(200)).len();
        office.tell(&office.released(both())).await;
        let read = items(&office.inbox(&ben, "").await.expect(200))[0].clone();
        office.read(&ben, &read).await.expect(200);
        let withdrawn = office.withdrawn(both());
        office.tell(&withdrawn).await;
        assert_eq!((messages(&ada).await, messages(&ben).await), (0, 1), "what was read stays");
        // Released again, it is news again; the old withdrawal comes twice.
        office.tell(&office.released(both())).await;
        office.tell(&withdrawn).await;
        assert_eq!((messages(&ada).await, messages(&ben).await), (1, 2));
    }

    async fn news_of_results_that_comes_behind_their_withdrawal_is_told_to_nobody(database: TestDatabase) {
        let office = Office::open(database).await;
        let ada = office.person(Role::Candidate);
        let first = office.released(vec![ada.account]);
        office.clock().advance(Span::from_seconds(1));
        let withdrawn = office.withdrawn(vec![ada.account]);
        office.clock().advance(Span::from_seconds(1));
        let again = office.released(vec![ada.account]);
        office.tell(&withdrawn).await;
        office.tell(&first).await;
        assert_eq!(items(&office.inbox(&ada, "").await.expect(200)).len(), 0);
        office.tell(&again).await;
        assert_eq!(items(&office.inbox(&ada, "").await.expect(200)).len(), 1);
    }

    async fn a_sitting_is_announced_to_whom_it_concerns_and_while_that_is_nobody_to_nobody(database: TestDatabase) {
        let office = Office::open(database).await;
        let ada = office.person(Role::Candidate);
        office.tell(&office.scheduled(Vec::new())).await;
        assert_eq!(items(&office.inbox(&ada, "").await.expect(200)).len(), 0);
        office.tell(&office.scheduled(vec![ada.account])).await;
        let inbox = office.inbox(&ada, "").await.expect(200);
        assert_eq!(items(&inbox)[0]["template"], "sitting_scheduled");
        assert_eq!(items(&inbox)[0]["parameters"]["opens_at"], "2026-01-05T09:00:01.000000Z");
    }

    async fn what_is_new_about_a_sitting_replaces_what_nobody_has_read(database: TestDatabase) {
        let office = Office::open(database).await;
        let (ada, ben) = (office.person(Role::Candidate), office.person(Role::Candidate));
        let templates = async |person| {
            let inbox = office.inbox(person, "").await.expect(200);
            items(&inbox).iter().map(|message| message["template"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
        };
        office.tell(&office.scheduled(vec![ada.account, ben.account])).await;
        let read = items(&office.inbox(&ben, "").await.expect(200))[0].clone();
        office.read(&ben, &read).await.expect(200);
        office.tell(&office.scheduled(vec![ada.account, ben.account])).await;
        assert_eq!(templates(&ada).await, ["sitting_scheduled"]);
        assert_eq!(office.inbox(&ada, "").await.expect(200)["items"][0]["parameters"]["opens_at"], "2026-01-05T09:00:01.000000Z");
        assert_eq!(templates(&ben).await, ["sitting_scheduled", "sitting_scheduled"], "what was read stays");

        office.tell(&office.cancelled(vec![ada.account])).await;
        assert_eq!(templates(&ada).await, ["sitting_cancelled"]);
        assert_eq!(templates(&ben).await.len(), 2, "who isn't told keeps what they have");
    }

    async fn who_was_expected_learns_that_a_sitting_was_called_off(database: TestDatabase) {
        let office = Office::open(database).await;
        let ada = office.person(Role::Candidate);
        office.tell(&office.cancelled(vec![ada.account])).await;
        let inbox = office.inbox(&ada, "").await.expect(200);
        assert_eq!(items(&inbox)[0]["template"], "sitting_cancelled");
        assert_eq!(items(&inbox)[0]["parameters"]["title"], "Mathematics, January");
    }

    async fn a_large_hall_is_told_in_one_go(database: TestDatabase) {
        let office = Office::open(database).await;
        let hall: Vec<AccountId> = (0..5_000).map(|_| id(office.clock())).collect();
        office.tell(&office.released(hall.clone())).await;
        let mut conn = office.service.db.read().await.unwrap();
        for account in [hall[0], hall[499], hall[500], hall[4_999]] {
            assert_eq!(store::deliveries::unread(&mut conn, account).await.unwrap(), 1);
        }
    }

    async fn a_fact_that_cant_be_read_is_refused_and_comes_again(database: TestDatabase) {
        let office = Office::open(database).await;
        let broken = office.event(kinds::RESULTS_RELEASED, &json!({ "sitting_id": 7 }));
        let consumer = office.service.consumers().remove(0);
        assert_eq!(consumer.take(&[&broken]).await.unwrap_err().status, 500);
        assert_eq!(consumer.take(&[&broken]).await.unwrap_err().status, 500, "it wasn't remembered as taken");
        assert!(!consumer.wants(kinds::ATTEMPT_STARTED));
    }

    async fn an_officer_writes_and_the_audit_log_knows_to_how_many(database: TestDatabase) {
        let office = Office::open(database).await;
        let (officer, ada, ben) = (office.person(Role::Officer), office.person(Role::Candidate), office.person(Role::Author));
        let sent = office.send(&officer, &office.letter(&[&ada, &ben, &ada])).await.expect(201);
        assert_eq!(sent["recipients"], 2);
        for person in [&ada, &ben] {
            let inbox = office.inbox(person, "").await.expect(200);
            assert_eq!(items(&inbox)[0]["id"], sent["id"]);
            assert_eq!(items(&inbox)[0]["template"], "text");
            assert_eq!(items(&inbox)[0]["parameters"], json!({ "subject": "Room change", "body": "We sit in B 12." }));
        }
        assert_eq!(items(&office.inbox(&officer, "").await.expect(200)).len(), 0);

        let mut conn = office.service.db.read().await.unwrap();
        let log = audit::list(&mut conn, SCHEMA, &foundation::PageQuery::default()).await.unwrap();
        assert_eq!((log.len(), log[0].action.as_str(), log[0].actor_id), (1, "message.sent", Some(officer.account.uuid())));
        assert_eq!(log[0].detail, r#"{"recipients":2}"#, "not what it says");
    }

    async fn the_same_request_again_goes_out_once(database: TestDatabase) {
        let office = Office::open(database).await;
        let (officer, ada) = (office.person(Role::Officer), office.person(Role::Candidate));
        let letter = office.letter(&[&ada]);
        let send = async || {
            let request = office.stage.post("/api/v1/notifications/messages", &letter).token(&officer.token);
            request.header("Idempotency-Key", "draft 1").send().await.expect(201)
        };
        assert_eq!(send().await, send().await);
        assert_eq!(items(&office.inbox(&ada, "").await.expect(200)).len(), 1);
    }

    async fn a_message_is_read_once_and_by_its_reader_alone(database: TestDatabase) {
        let office = Office::open(database).await;
        let (officer, ada, ben) = (office.person(Role::Officer), office.person(Role::Candidate), office.person(Role::Candidate));
        office.send(&officer, &office.letter(&[&ada, &ben])).await.expect(201);
        office.send(&officer, &office.letter(&[&ada])).await.expect(201);
        let inbox = office.inbox(&ada, "").await.expect(200);
        let (newer, older) = (&items(&inbox)[0], &items(&inbox)[1]);

        assert_eq!(office.read(&ada, older).await.expect(200), json!({ "unread": 1 }));
        let read_at = items(&office.inbox(&ada, "").await.expect(200))[1]["read_at"].clone();
        assert_eq!(read_at, office.clock().now().to_string());
        office.clock().advance(Span::from_minutes(1));
        assert_eq!(office.read(&ada, older).await.expect(200), json!({ "unread": 1 }));
        assert_eq!(items(&office.inbox(&ada, "").await.expect(200))[1]["read_at"], read_at);

        // What one has read is unread for the other, and what one didn't get doesn't exist.
        assert_eq!(office.inbox(&ben, "").await.expect(200)["unread"], 1);
        assert_eq!(office.read(&ben, newer).await.problem(404), "notification.message_not_found");
        assert_eq!(office.read(&officer, newer).await.problem(404), "notification.message_not_found");
        assert!(items(&office.inbox(&ada, "").await.expect(200))[0]["read_at"].is_null());
    }

    async fn reading_all_leaves_what_came_since_and_what_others_have(database: TestDatabase) {
        let office = Office::open(database).await;
        let (officer, ada, ben) = (office.person(Role::Officer), office.person(Role::Candidate), office.person(Role::Candidate));
        office.send(&officer, &office.letter(&[&ada, &ben])).await.expect(201);
        office.send(&officer, &office.letter(&[&ada])).await.expect(201);
        let seen = items(&office.inbox(&ada, "").await.expect(200))[0]["id"].clone();
        office.send(&officer, &office.letter(&[&ada])).await.expect(201);

        assert_eq!(office.read_all(&ada, &seen).await.expect(200), json!({ "unread": 1 }));
        assert_eq!(office.read_all(&ada, &seen).await.expect(200), json!({ "unread": 1 }));
        let inbox = office.inbox(&ada, "").await.expect(200);
        let read: Vec<bool> = items(&inbox).iter().map(|message| message["read_at"].is_string()).collect();
        assert_eq!(read, [false, true, true]);
        assert_eq!(office.inbox(&ben, "").await.expect(200)["unread"], 1);
        // Somebody else's message as the newest seen reads one's own up to that moment, and nobody else's.
        assert_eq!(office.read_all(&ben, &seen).await.expect(200), json!({ "unread": 0 }));
        assert_eq!(office.inbox(&ada, "").await.expect(200)["unread"], 1);
    }

    async fn messages_are_read_page_by_page_newest_first(database: TestDatabase) {
        let office = Office::open(database).await;
        let (officer, ada) = (office.person(Role::Officer), office.person(Role::Candidate));
        for _ in 0..5 {
            office.send(&officer, &office.letter(&[&ada])).await.expect(201);
        }
        let mut seen = Vec::new();
        let mut query = "?limit=2".to_owned();
        loop {
            let page = office.inbox(&ada, &query).await.expect(200);
            assert_eq!(page["unread"], 5, "of all pages");
            seen.extend(items(&page).iter().map(|message| message["sent_at"].as_str().unwrap().to_owned()));
            let Some(next) = page["next"].as_str() else { break };
            query = format!("?limit=2&after={next}");
        }
        assert_eq!(seen.len(), 5);
        assert!(seen.is_sorted_by(|newer, older| newer > older));
    }

    async fn a_message_of_a_newer_version_hides_no_other(database: TestDatabase) {
        let office = Office::open(database).await;
        let (officer, ada) = (office.person(Role::Officer), office.person(Role::Candidate));
        for _ in 0..2 {
            office.send(&officer, &office.letter(&[&ada])).await.expect(201);
        }
        let newest = items(&office.inbox(&ada, "").await.expect(200))[0]["id"].as_str().unwrap().to_owned();
        let newest: notification_api::MessageId = newest.parse().unwrap();
        let mut tx = office.service.db.begin().await.unwrap();
        db::on!(&mut *tx, c => sqlx::query("UPDATE notification.messages SET template = 'of_tomorrow' WHERE id = $1")
            .bind(newest)
            .execute(c)
            .await
            .map(|_| ()))
        .unwrap();
        tx.commit().await.unwrap();
        let inbox = office.inbox(&ada, "").await.expect(200);
        assert_eq!((items(&inbox).len(), inbox["unread"].as_i64()), (1, Some(2)));
    }

    async fn only_who_runs_the_institution_writes_to_people(database: TestDatabase) {
        let office = Office::open(database).await;
        let ada = office.person(Role::Candidate);
        let letter = office.letter(&[&ada]);
        for role in [Role::Author, Role::Marker, Role::Invigilator, Role::Analyst, Role::Candidate] {
            assert_eq!(office.send(&office.person(role), &letter).await.problem(403), "auth.forbidden");
        }
        // People's units aren't known here, so a role in one unit isn't enough.
        assert_eq!(office.send(&office.officer_of_a_unit(), &letter).await.problem(403), "auth.forbidden");
        let nobody = office.stage.post("/api/v1/notifications/messages", &letter).send().await;
        assert_eq!(nobody.problem(401), "auth.sign_in_needed");
        assert_eq!(items(&office.inbox(&ada, "").await.expect(200)).len(), 0);
        office.send(&office.person(Role::Admin), &letter).await.expect(201);
    }

    async fn an_inbox_is_for_who_is_signed_in(database: TestDatabase) {
        let office = Office::open(database).await;
        let ada = office.person(Role::Candidate);
        office.tell(&office.released(vec![ada.account])).await;
        let message = items(&office.inbox(&ada, "").await.expect(200))[0]["id"].as_str().unwrap().to_owned();
        let expires_at = office.clock().now() + Span::from_minutes(60);
        let ticket = office.stage.people.ticket(id(office.clock()), office.sitting, ada.account, expires_at);
        let read = format!("/api/v1/notifications/{message}/read");
        for headers in [None, Some(ticket.as_str())] {
            for (method, path) in [("GET", "/api/v1/notifications"), ("POST", read.as_str()), ("POST", "/api/v1/notifications/read-all")] {
                let mut request = office.stage.request(method.parse().unwrap(), path).json(&json!({ "newest_seen": message }));
                if let Some(ticket) = headers {
                    request = request.ticket(ticket);
                }
                assert_eq!(request.send().await.problem(401), "auth.sign_in_needed", "{method} {path}");
            }
        }
        assert_eq!(office.inbox(&ada, "").await.expect(200)["unread"], 1);
    }

    async fn what_cant_be_a_message_is_refused_by_field_and_reaches_nobody(database: TestDatabase) {
        let office = Office::open(database).await;
        let (officer, ada) = (office.person(Role::Officer), office.person(Role::Candidate));
        let with = |field: &str, value: Value| {
            let mut letter = office.letter(&[&ada]);
            letter[field] = value;
            letter
        };
        for (letter, field) in [
            (with("subject", json!("  ")), "subject"),
            (with("subject", json!("x".repeat(201))), "subject"),
            (with("body", json!("")), "body"),
            (with("body", json!("x".repeat(5_001))), "body"),
            (with("body", json!("a\u{1b}[2J")), "body"),
            (with("recipient_ids", json!(["ada"])), "recipient_ids[0]"),
            (with("recipient_ids", json!("everybody")), "recipient_ids"),
        ] {
            let answer = office.send(&officer, &letter).await;
            assert_eq!(answer.json()["errors"][0]["field"], field, "{letter}");
            assert_eq!(answer.problem(400), "request.invalid");
        }
        let many: Vec<AccountId> = (0..=RECIPIENTS_MAX).map(|_| id(office.clock())).collect();
        for recipients in [json!([]), json!(many)] {
            let answer = office.send(&officer, &with("recipient_ids", recipients)).await;
            assert_eq!(answer.json()["errors"][0]["field"], "recipient_ids");
            assert_eq!(answer.problem(422), "notification.message_invalid");
        }
        for letter in [json!({}), json!(null), with("from", json!("the rector"))] {
            assert_eq!(office.send(&officer, &letter).await.problem(400), "request.invalid");
        }
        assert_eq!(items(&office.inbox(&ada, "").await.expect(200)).len(), 0);
    }

    async fn what_cant_be_a_question_to_the_inbox_is_refused(database: TestDatabase) {
        let office = Office::open(database).await;
        let ada = office.person(Role::Candidate);
        for query in ["?after=x", "?after=", "?limit=-1", "?limit=1.5", "?unread=true"] {
            assert_eq!(office.inbox(&ada, query).await.problem(400), "request.query_invalid", "{query}");
        }
        office.inbox(&ada, "?limit=0").await.expect(200);
        assert_eq!(office.read(&ada, &json!({ "id": "x" })).await.problem(404), "request.no_such_thing");
        let unknown: notification_api::MessageId = id(office.clock());
        assert_eq!(office.read(&ada, &json!({ "id": unknown })).await.problem(404), "notification.message_not_found");
        assert_eq!(office.read_all(&ada, &json!("x")).await.problem(400), "request.invalid");
        assert_eq!(office.read_all(&ada, &Value::Null).await.problem(400), "request.invalid");
        let bare = office.stage.request("POST".parse().unwrap(), "/api/v1/notifications/read-all").token(&ada.token);
        assert_eq!(bare.send().await.problem(415), "request.not_json");
    }
}
