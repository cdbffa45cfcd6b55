//! An author writes, changes, compares and puts away questions, on either database.

#![expect(clippy::expect_used, clippy::unwrap_used, reason = "a test that can't go on must stop")]

mod kit;

use kit::{Desk, content, id, saved, text};
use serde_json::{Value, json};
use test_kit::TestDatabase;

fn changed(question: &Value, stem: &str) -> Value {
    let mut save = saved(question);
    save["content"]["question"]["stem"] = text(stem);
    save
}

test_kit::on_both_databases! {
    async fn a_question_is_written_read_and_saved_as_a_new_version(database: TestDatabase) {
        let desk = Desk::open(database).await;
        let bank = desk.bank("Geography").await;
        let written = desk.question(&bank, "What is the capital of France?").await;
        assert_eq!((written["version"].as_i64(), written["ready_version"].as_i64()), (Some(1), Some(1)));
        assert_eq!(written["findings"], json!([]));

        let path = format!("/{}", id(&written));
        let read = desk.get(&path).await.expect(200);
        assert_eq!(read, written);
        assert_eq!(read["key"]["scheme"]["fractions"]["a"], 1);

        let second = desk.put(&path, &changed(&read, "What is the *capital* of France?")).await.expect(200);
        assert_eq!((second["version"].as_i64(), second["ready_version"].as_i64()), (Some(2), Some(2)));
        let same = desk.put(&path, &saved(&second)).await.expect(200);
        assert_eq!(same["version"], 2, "what says the same makes no new version");
        let list = desk.get(&format!("{path}/versions")).await.expect(200);
        let numbers: Vec<_> = list["items"].as_array().unwrap().iter().map(|one| one["number"].as_i64()).collect();
        assert_eq!(numbers, [Some(2), Some(1)]);
        assert_eq!(list["next"], Value::Null);
        let first = desk.get(&format!("{path}/versions/1")).await.expect(200);
        assert_eq!(first["question"], written["question"]);
        assert_eq!(desk.get(&format!("{path}/versions/7")).await.problem(404), "question.version_not_found");
        assert_eq!(desk.acts().await, ["question.bank_created", "question.question_created", "question.question_saved"]);
    }

    async fn who_saves_over_anothers_version_is_told_whose_and_when(database: TestDatabase) {
        let desk = Desk::open(database).await;
        let bank = desk.bank("Geography").await;
        let question = desk.question(&bank, "One").await;
        let path = format!("/{}", id(&question));
        let second = desk.put(&path, &changed(&question, "Two")).await.expect(200);
        let late = desk.put(&path, &changed(&question, "Three")).await;
        let facts = late.json()["facts"].clone();
        assert_eq!(late.problem(409), "question.version_conflict");
        assert_eq!(facts, json!({ "version": 2, "saved_by": desk.author_id, "saved_at": second["saved_at"] }));
        assert_eq!(desk.get(&path).await.expect(200)["question"]["stem"]["text"], "Two");
    }

    async fn two_who_save_at_once_make_one_version_and_one_conflict(database: TestDatabase) {
        let desk = Desk::open(database).await;
        let bank = desk.bank("Geography").await;
        let question = desk.question(&bank, "One").await;
        let path = format!("/{}", id(&question));
        let (two, three) = (changed(&question, "Two"), changed(&question, "Three"));
        let (two, three) = tokio::join!(desk.put(&path, &two), desk.put(&path, &three));
        let mut statuses = [two.status.as_u16(), three.status.as_u16()];
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 409]);
        assert_eq!(desk.get(&path).await.expect(200)["version"], 2);
    }

    async fn a_draft_may_be_incomplete_and_says_what_is_missing(database: TestDatabase) {
        let desk = Desk::open(database).await;
        let bank = desk.bank("Geography").await;
        let mut half = content("", "draft");
        half["key"]["scheme"]["fractions"] = json!({});
        let draft = desk.question_with(&bank, half.clone(), json!({})).await;
        let codes: Vec<_> = draft["findings"].as_array().unwrap().iter().map(|one| one["field"].as_str().unwrap()).collect();
        assert!(codes.contains(&"question.stem.text"), "{codes:?}");
        assert_eq!(draft["ready_version"], Value::Null);

        half["state"] = "ready".into();
        let refused = desk.post(&format!("/banks/{bank}/questions"), &json!({ "content": half })).await;
        let errors = refused.json()["errors"].clone();
        assert_eq!(refused.problem(422), "question.not_ready");
        assert_eq!(errors, draft["findings"]);
        assert_eq!(desk.found(&format!("bank_id={bank}")).await.len(), 1, "nothing of the refused one is kept");
    }

    async fn a_newer_draft_leaves_the_ready_version_as_it_is(database: TestDatabase) {
        let desk = Desk::open(database).await;
        let bank = desk.bank("Geography").await;
        let question = desk.question(&bank, "One").await;
        let mut save = changed(&question, "Two");
        save["content"]["state"] = "draft".into();
        let second = desk.put(&format!("/{}", id(&question)), &save).await.expect(200);
        assert_eq!((second["state"].as_str(), second["ready_version"].as_i64()), (Some("draft"), Some(1)));
    }

    async fn two_versions_are_compared_word_by_word(database: TestDatabase) {
        let desk = Desk::open(database).await;
        let bank = desk.bank("Geography").await;
        let question = desk.question(&bank, "中国的首都是哪里？ Choose one.").await;
        let path = format!("/{}", id(&question));
        let mut save = changed(&question, "中国的首都在哪里？ Choose one.");
        save["content"]["points"] = json!(3);
        save["content"]["question"]["body"]["options"].as_array_mut().unwrap().push(json!({ "id": "c", "text": text("other") }));
        desk.put(&path, &save).await.expect(200);

        let diff = desk.get(&format!("{path}/diff")).await.expect(200);
        assert_eq!((diff["from"].as_i64(), diff["to"].as_i64()), (Some(1), Some(2)));
        let fields: Vec<_> = diff["changes"].as_array().unwrap().iter()
            .map(|change| format!("{} {}", change["field"].as_str().unwrap(), change["kind"].as_str().unwrap()))
            .collect();
        assert_eq!(fields, ["points changed", "question.body.options[c] added", "question.stem.text changed"]);
        let words = diff["changes"][2]["words"].clone();
        assert_eq!(words[1], json!({ "kind": "removed", "text": "是" }));
        assert_eq!(words[2], json!({ "kind": "added", "text": "在" }));
        let back = desk.get(&format!("{path}/diff?from=2&to=1")).await.expect(200);
        assert_eq!(back["changes"][1]["kind"], "removed");
        assert_eq!(desk.get(&format!("{path}/diff?from=1&to=9")).await.problem(404), "question.version_not_found");
        assert_eq!(desk.get(&format!("{path}/diff?from=x")).await.problem(400), "request.query_invalid");
    }

    async fn an_earlier_version_is_restored_as_a_new_one(database: TestDatabase) {
        let desk = Desk::open(database).await;
        let bank = desk.bank("Geography").await;
        let question = desk.question(&bank, "One").await;
        let path = format!("/{}", id(&question));
        desk.put(&path, &changed(&question, "Two")).await.expect(200);
        let stale = desk.post(&format!("{path}/versions/1/restore"), &json!({ "version": 1 })).await;
        assert_eq!(stale.problem(409), "question.version_conflict");
        let restored = desk.post(&format!("{path}/versions/1/restore"), &json!({ "version": 2 })).await.expect(200);
        assert_eq!((restored["version"].as_i64(), restored["question"]["stem"]["text"].as_str()), (Some(3), Some("One")));
    }

    async fn a_question_is_put_away_and_taken_out_again(database: TestDatabase) {
        let desk = Desk::open(database).await;
        let bank = desk.bank("Geography").await;
        let question = desk.question(&bank, "One").await;
        let path = format!("/{}", id(&question));
        let away = desk.post(&format!("{path}/archive"), &json!(null)).await.expect(200);
        assert_eq!((away["archived_at"].is_string(), away["can_edit"].as_bool()), (true, Some(false)));
        desk.post(&format!("{path}/archive"), &json!(null)).await.expect(200);
        assert_eq!(desk.put(&path, &changed(&question, "Two")).await.problem(409), "question.archived");
        assert!(desk.found(&format!("bank_id={bank}")).await.is_empty());
        assert_eq!(desk.found(&format!("bank_id={bank}&status=archived")).await, ["One"]);
        assert_eq!(desk.get(&format!("/banks/{bank}")).await.expect(200)["questions"], 0);
        desk.post(&format!("{path}/unarchive"), &json!(null)).await.expect(200);
        assert_eq!(desk.found(&format!("bank_id={bank}")).await, ["One"]);
        let acts = desk.acts().await;
        assert_eq!(acts, [
            "question.bank_created", "question.question_archived", "question.question_created", "question.question_unarchived",
        ]);
    }

    async fn only_a_draft_that_never_was_ready_is_deleted(database: TestDatabase) {
        let desk = Desk::open(database).await;
        let bank = desk.bank("Geography").await;
        let ready = desk.question(&bank, "Ready").await;
        assert_eq!(desk.delete(&format!("/{}", id(&ready))).await.problem(409), "question.not_a_draft");
        let draft = desk.question_with(&bank, content("Draft", "draft"), json!({ "tags": ["x"] })).await;
        let path = format!("/{}", id(&draft));
        desk.put(&path, &changed(&draft, "Another")).await.expect(200);
        desk.delete(&path).await.expect(204);
        assert_eq!(desk.get(&path).await.problem(404), "question.question_not_found");
        assert_eq!(desk.found(&format!("bank_id={bank}")).await, ["Ready"]);
        assert!(desk.found(&format!("bank_id={bank}&q=another")).await.is_empty());
    }

    async fn a_copy_is_a_draft_of_its_own_and_takes_its_stimulus_along(database: TestDatabase) {
        let desk = Desk::open(database).await;
        let (bank, other) = (desk.bank("One").await, desk.bank("Two").await);
        let stimulus = desk.post(&format!("/banks/{bank}/stimuli"), &json!({ "text": text("Passage") })).await.expect(201);
        let mut asked = content("Original", "ready");
        asked["stimulus_id"] = stimulus["id"].clone();
        let question = desk.question_with(&bank, asked, json!({ "tags": ["x"], "idnumber": "7" })).await;
        let path = format!("/{}/duplicate", id(&question));
        let near = desk.post(&path, &json!({})).await.expect(201);
        assert_eq!((near["state"].as_str(), &near["idnumber"], &near["tags"]), (Some("draft"), &Value::Null, &json!(["x"])));
        assert_eq!(near["stimulus_id"], stimulus["id"]);
        let far = desk.post(&path, &json!({ "bank_id": other, "title": "Copy" })).await.expect(201);
        assert_eq!((far["title"].as_str(), far["bank_id"].as_str()), (Some("Copy"), Some(other.as_str())));
        let copied = desk.get(&format!("/stimuli/{}", far["stimulus_id"].as_str().unwrap())).await.expect(200);
        assert_eq!((copied["bank_id"].as_str(), copied["text"]["text"].as_str()), (Some(other.as_str()), Some("Passage")));
    }

    async fn ids_of_items_to_order_do_not_show_the_order(database: TestDatabase) {
        let desk = Desk::open(database).await;
        let bank = desk.bank("Astronomy").await;
        let items = json!([
            { "id": "a", "text": text("Mercury") }, { "id": "b", "text": text("Venus") }, { "id": "c", "text": text("Earth") },
        ]);
        let asked = json!({
            "title": "Planets", "state": "ready",
            "question": { "stem": text("Order"), "body": { "type": "ordering", "items": items } },
            "key": { "scheme": { "type": "ordering", "order": ["a", "b", "c"], "rule": "exact" } },
        });
        let stored = desk.question_with(&bank, asked, json!({})).await;
        let first = &stored["question"]["body"]["items"][0];
        assert_eq!((first["id"].as_str(), first["text"]["text"].as_str()), (Some("a"), Some("Earth")));
        assert_eq!(stored["key"]["scheme"]["order"], json!(["b", "c", "a"]));
    }

    async fn an_id_number_belongs_to_one_question_of_a_bank(database: TestDatabase) {
        let desk = Desk::open(database).await;
        let (bank, other) = (desk.bank("One").await, desk.bank("Two").await);
        desk.question_with(&bank, content("A", "ready"), json!({ "idnumber": "Q1" })).await;
        let again = json!({ "content": content("B", "ready"), "idnumber": "Q1" });
        assert_eq!(desk.post(&format!("/banks/{bank}/questions"), &again).await.problem(409), "question.idnumber_taken");
        desk.post(&format!("/banks/{other}/questions"), &again).await.expect(201);
        let plain = desk.question(&bank, "C").await;
        let mut save = saved(&plain);
        save["idnumber"] = "Q1".into();
        assert_eq!(desk.put(&format!("/{}", id(&plain)), &save).await.problem(409), "question.idnumber_taken");
    }

    async fn filing_alone_makes_no_version(database: TestDatabase) {
        let desk = Desk::open(database).await;
        let bank = desk.bank("One").await;
        let other = desk.bank("Two").await;
        let category = desk.category(&bank, None, "Algebra").await;
        let question = desk.question(&bank, "A").await;
        let path = format!("/{}", id(&question));
        let mut save = saved(&question);
        save["category_id"] = category.as_str().into();
        save["tags"] = json!(["Hard", "hard", "难"]);
        let filed = desk.put(&path, &save).await.expect(200);
        assert_eq!((filed["version"].as_i64(), &filed["tags"]), (Some(1), &json!(["Hard", "难"])));
        assert_eq!(desk.found(&format!("bank_id={bank}&category_id={category}&tag=HARD&tag=难")).await, ["A"]);
        let tags = desk.get(&format!("/banks/{bank}/tags")).await.expect(200);
        assert_eq!(tags["items"], json!([{ "tag": "Hard", "questions": 1 }, { "tag": "难", "questions": 1 }]));

        let foreign = desk.category(&other, None, "Elsewhere").await;
        save["category_id"] = foreign.as_str().into();
        assert_eq!(desk.put(&path, &save).await.problem(422), "question.category_unknown");
        save["category_id"] = Value::Null;
        save["tags"] = (0..31).map(|n| n.to_string()).collect();
        assert_eq!(desk.put(&path, &save).await.problem(422), "question.too_many_tags");
    }
}
