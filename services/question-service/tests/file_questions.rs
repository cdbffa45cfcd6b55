//! An author keeps banks, categories and stimuli in order, on either database.

#![expect(clippy::expect_used, clippy::unwrap_used, reason = "a test that can't go on must stop")]

mod kit;

use kit::{Desk, content, id, saved, text};
use serde_json::{Value, json};
use test_kit::TestDatabase;

/// The tree as indented names.
async fn tree(desk: &Desk, bank: &str) -> Vec<String> {
    let list = desk.get(&format!("/banks/{bank}/categories")).await.expect(200);
    let shown = |one: &Value| {
        one["path"]
            .as_array()
            .unwrap()
            .iter()
            .map(|name| name.as_str().unwrap())
            .collect::<Vec<_>>()
            .join("/")
    };
    list["items"].as_array().unwrap().iter().map(shown).collect()
}

test_kit::on_both_databases! {
    async fn a_bank_is_made_changed_put_away_and_deleted_when_empty(database: TestDatabase) {
        let desk = Desk::open(database).await;
        let made = desk.post("/banks", &json!({ "unit_path": desk.unit, "title": " Álgebra ", "description": "x" })).await.expect(201);
        let path = format!("/banks/{}", id(&made));
        assert_eq!((made["title"].as_str(), made["version"].as_i64()), (Some("Álgebra"), Some(1)));
        let change = json!({ "version": 1, "unit_path": desk.unit, "title": "代数", "description": "" });
        assert_eq!(desk.put(&path, &change).await.expect(200)["version"], 2);
        assert_eq!(desk.put(&path, &change).await.problem(409), "question.bank_version_conflict");

        let question = desk.question(&id(&made), "A").await;
        assert_eq!(desk.delete(&path).await.problem(409), "question.bank_not_empty");
        desk.post(&format!("{path}/archive"), &json!(null)).await.expect(200);
        assert_eq!(desk.get("/banks").await.expect(200)["items"], json!([]));
        assert_eq!(desk.get("/banks?archived=true").await.expect(200)["items"][0]["questions"], 1);
        let refused = desk.post(&format!("{path}/questions"), &json!({ "content": content("B", "draft") })).await;
        assert_eq!(refused.problem(409), "question.bank_archived");
        assert_eq!(desk.put(&format!("/{}", id(&question)), &saved(&question)).await.problem(409), "question.bank_archived");
        assert!(desk.found("q=a").await.is_empty(), "what lies in an archived bank isn't found from outside");
        assert_eq!(desk.found(&format!("bank_id={}", id(&made))).await, ["A"]);
        desk.post(&format!("{path}/unarchive"), &json!(null)).await.expect(200);

        let empty = desk.bank("Empty").await;
        desk.delete(&format!("/banks/{empty}")).await.expect(204);
        assert_eq!(desk.get(&format!("/banks/{empty}")).await.problem(404), "question.bank_not_found");
    }

    async fn banks_are_listed_page_by_page_newest_first(database: TestDatabase) {
        let desk = Desk::open(database).await;
        for title in ["one", "two", "three"] {
            desk.bank(title).await;
            desk.stage.clock.advance(foundation::Span::from_millis(1));
        }
        let first = desk.get("/banks?limit=2").await.expect(200);
        assert_eq!((first["items"][0]["title"].as_str(), first["items"][1]["title"].as_str()), (Some("three"), Some("two")));
        let second = desk.get(&format!("/banks?limit=2&after={}", first["next"].as_str().unwrap())).await.expect(200);
        assert_eq!((second["items"][0]["title"].as_str(), &second["next"]), (Some("one"), &Value::Null));
    }

    async fn categories_form_a_tree_that_can_be_rearranged(database: TestDatabase) {
        let desk = Desk::open(database).await;
        let bank = desk.bank("Mathematics").await;
        let algebra = desk.category(&bank, None, "Algebra").await;
        let linear = desk.category(&bank, Some(&algebra), "Linear").await;
        let matrices = desk.category(&bank, Some(&linear), "Matrices").await;
        let geometry = desk.category(&bank, None, "Geometry").await;
        desk.question_with(&bank, content("Deep", "ready"), json!({ "category_id": matrices })).await;
        assert_eq!(tree(&desk, &bank).await, ["Algebra", "Algebra/Linear", "Algebra/Linear/Matrices", "Geometry"]);

        let again = desk.post(&format!("/banks/{bank}/categories"), &json!({ "name": "Algebra" })).await;
        assert_eq!(again.problem(409), "question.category_name_taken");
        let path = format!("/categories/{linear}");
        let moved = desk.put(&path, &json!({ "name": "Linear algebra", "parent_id": geometry })).await.expect(200);
        assert_eq!(moved["path"], json!(["Geometry", "Linear algebra"]));
        assert_eq!(tree(&desk, &bank).await, ["Algebra", "Geometry", "Geometry/Linear algebra", "Geometry/Linear algebra/Matrices"]);
        assert_eq!(desk.found(&format!("category_id={geometry}")).await, ["Deep"]);
        assert!(desk.found(&format!("category_id={algebra}")).await.is_empty());

        let circle = desk.put(&format!("/categories/{geometry}"), &json!({ "name": "Geometry", "parent_id": matrices })).await;
        assert_eq!(circle.problem(422), "question.category_in_itself");
        assert_eq!(desk.delete(&format!("/categories/{matrices}")).await.problem(409), "question.category_not_empty");
        assert_eq!(desk.delete(&format!("/categories/{linear}")).await.problem(409), "question.category_not_empty");
        desk.delete(&format!("/categories/{algebra}")).await.expect(204);
        let list = desk.get(&format!("/banks/{bank}/categories")).await.expect(200);
        assert_eq!((list["items"][2]["name"].as_str(), list["items"][2]["questions"].as_i64()), (Some("Matrices"), Some(1)));
    }

    async fn a_category_lies_neither_too_deep_nor_in_another_bank(database: TestDatabase) {
        let desk = Desk::open(database).await;
        let (bank, other) = (desk.bank("One").await, desk.bank("Two").await);
        let mut inner = desk.category(&bank, None, "0").await;
        let outermost = inner.clone();
        for name in 1..10 {
            inner = desk.category(&bank, Some(&inner), &name.to_string()).await;
        }
        let deeper = desk.post(&format!("/banks/{bank}/categories"), &json!({ "name": "x", "parent_id": inner })).await;
        assert_eq!(deeper.problem(422), "question.category_too_deep");
        let foreign = desk.post(&format!("/banks/{other}/categories"), &json!({ "name": "x", "parent_id": inner })).await;
        assert_eq!(foreign.problem(422), "question.category_parent_unknown");
        let beside = desk.category(&bank, None, "beside").await;
        let sunk = desk.put(&format!("/categories/{outermost}"), &json!({ "name": "0", "parent_id": beside })).await;
        assert_eq!(sunk.problem(422), "question.category_too_deep");
    }

    async fn questions_share_a_stimulus_in_an_order(database: TestDatabase) {
        let desk = Desk::open(database).await;
        let bank = desk.bank("Reading").await;
        let body = json!({ "title": "Owls", "text": text("Owls *hunt* at night.") });
        let stimulus = desk.post(&format!("/banks/{bank}/stimuli"), &body).await.expect(201);
        let path = format!("/stimuli/{}", id(&stimulus));
        assert_eq!(stimulus["html"].as_str().map(str::trim), Some("<p>Owls <em>hunt</em> at night.</p>"));
        assert_eq!(desk.delete(&path).await.status, 204);
        let stimulus = desk.post(&format!("/banks/{bank}/stimuli"), &body).await.expect(201);
        let path = format!("/stimuli/{}", id(&stimulus));

        let mut ids = Vec::new();
        for stem in ["first", "second", "third"] {
            let mut asked = content(stem, "ready");
            asked["stimulus_id"] = stimulus["id"].clone();
            ids.push(id(&desk.question_with(&bank, asked, json!({})).await));
        }
        let order = json!({ "question_ids": [ids[2], ids[0], ids[1]] });
        let ordered = desk.put(&format!("{path}/questions"), &order).await.expect(200);
        let titles: Vec<_> = ordered["questions"].as_array().unwrap().iter().map(|one| one["title"].as_str().unwrap()).collect();
        assert_eq!(titles, ["third", "first", "second"]);
        for wrong in [json!([ids[0]]), json!([ids[0], ids[0], ids[1]]), json!([ids[0], ids[1], bank])] {
            let refused = desk.put(&format!("{path}/questions"), &json!({ "question_ids": wrong })).await;
            assert_eq!(refused.problem(422), "question.stimulus_order_invalid");
        }
        assert_eq!(desk.found(&format!("stimulus_id={}", id(&stimulus))).await, ["third", "second", "first"]);
        assert_eq!(desk.delete(&path).await.problem(409), "question.stimulus_in_use");

        let save = json!({ "version": 1, "title": "Owls", "text": text("Owls sleep.") });
        assert_eq!(desk.put(&path, &save).await.expect(200)["version"], 2);
        let late = desk.put(&path, &save).await;
        assert_eq!(late.json()["facts"]["saved_by"], json!(desk.author_id));
        assert_eq!(late.problem(409), "question.stimulus_version_conflict");
        let list = desk.get(&format!("/banks/{bank}/stimuli")).await.expect(200);
        let (excerpt, questions) = (&list["items"][0]["excerpt"], &list["items"][0]["questions"]);
        assert_eq!((excerpt.as_str(), questions.as_i64()), (Some("Owls sleep."), Some(3)));
        let empty = desk.put(&path, &json!({ "version": 2, "title": "", "text": text(" ") })).await;
        assert_eq!(empty.problem(422), "question.stimulus_invalid");
    }

    async fn a_stimulus_of_another_bank_is_refused(database: TestDatabase) {
        let desk = Desk::open(database).await;
        let (bank, other) = (desk.bank("One").await, desk.bank("Two").await);
        let stimulus = desk.post(&format!("/banks/{other}/stimuli"), &json!({ "text": text("x") })).await.expect(201);
        let mut asked = content("A", "ready");
        asked["stimulus_id"] = stimulus["id"].clone();
        let refused = desk.post(&format!("/banks/{bank}/questions"), &json!({ "content": asked })).await;
        assert_eq!(refused.problem(422), "question.stimulus_unknown");
    }
}
