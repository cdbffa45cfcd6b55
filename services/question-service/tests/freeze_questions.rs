//! Questions are frozen into papers, and never change there, on either database.

#![expect(clippy::expect_used, clippy::unwrap_used, reason = "a test that can't go on must stop")]

mod kit;

use std::collections::HashSet;

use authz::{AccountActor, Actor, Grant, Role, SessionId, UnitPath};
use foundation::{Id, Problem, SystemRandom};
use kit::{Desk, content, id, saved, text};
use question_api::{FreezeItem, Frozen, QuestionApi as _};
use question_model::QuestionType;
use serde_json::{Value, json};
use test_kit::TestDatabase;

fn actor(desk: &Desk, unit: &UnitPath) -> Actor {
    Actor::Account(AccountActor {
        account: desk.author_id,
        session: SessionId::from_uuid(Id::<authz::Session>::new(&desk.stage.clock, &SystemRandom).uuid()),
        grants: vec![Grant { role: Role::Author, unit: unit.clone() }],
    })
}

async fn freeze(desk: &Desk, papers: &[Vec<FreezeItem>]) -> Result<Vec<Vec<Vec<Frozen>>>, Problem> {
    desk.service.freeze(&actor(desk, &desk.unit), papers).await
}

fn fixed(question: &Value) -> FreezeItem {
    FreezeItem::Fixed { question_id: id(question).parse().unwrap() }
}

fn drawn(bank: &str, count: u32) -> FreezeItem {
    FreezeItem::Draw {
        bank_id: bank.parse().unwrap(),
        category_id: None,
        tags: Vec::new(),
        types: Vec::new(),
        count,
    }
}

fn errors(problem: &Problem) -> Vec<(String, String)> {
    problem.errors.iter().map(|error| (error.field.clone().unwrap(), error.code.clone())).collect()
}

/// Runs SQL that no code of ours would run; answers what the database says to it.
async fn tamper(desk: &Desk, sql: &'static str) -> String {
    let mut tx = desk.service.db.begin().await.unwrap();
    let answer = db::on!(&mut *tx, c => sqlx::query(sql).execute(c).await.map(|done| done.rows_affected()));
    match answer {
        Ok(rows) => format!("{rows} rows"),
        Err(error) => error.to_string(),
    }
}

test_kit::on_both_databases! {
    async fn the_newest_ready_version_is_frozen_with_key_points_and_stimulus(database: TestDatabase) {
        let desk = Desk::open(database).await;
        let bank = desk.bank("One").await;
        let stimulus = desk.post(&format!("/banks/{bank}/stimuli"), &json!({ "text": text("Passage 1") })).await.expect(201);
        let mut asked = content("Asked", "ready");
        asked["stimulus_id"] = stimulus["id"].clone();
        let question = desk.question_with(&bank, asked, json!({})).await;
        let mut save = saved(&question);
        save["content"]["state"] = "draft".into();
        save["content"]["question"]["stem"] = text("Half-written");
        desk.put(&format!("/{}", id(&question)), &save).await.expect(200);
        let passage = json!({ "version": 1, "title": "", "text": text("Passage 2") });
        desk.put(&format!("/stimuli/{}", id(&stimulus)), &passage).await.expect(200);

        let papers = freeze(&desk, &[vec![fixed(&question)]]).await.unwrap();
        let frozen = &papers[0][0][0];
        assert_eq!(json!(frozen.version_id), question["version_id"]);
        assert_eq!((json!(frozen.question), json!(frozen.key)), (question["question"].clone(), question["key"].clone()));
        assert_eq!(json!(frozen.points), 2);
        assert_eq!(frozen.stimulus.as_ref().unwrap().text.text, "Passage 2");
        let versions = desk.get(&format!("/{}/versions", id(&question))).await.expect(200);
        assert_eq!((versions["items"][1]["frozen"].as_bool(), versions["items"][0]["frozen"].as_bool()), (Some(true), Some(false)));
        assert!(desk.acts().await.contains(&"question.questions_frozen".to_owned()));
        assert_eq!(freeze(&desk, &[vec![fixed(&question)]]).await.unwrap(), papers, "freezing again gives the same");
    }

    async fn draws_fill_each_paper_without_repetition(database: TestDatabase) {
        let desk = Desk::open(database).await;
        let bank = desk.bank("One").await;
        let easy = desk.category(&bank, None, "easy").await;
        let mut questions = Vec::new();
        for number in 0..8 {
            let filing = if number < 3 { json!({ "category_id": easy, "tags": ["Start"] }) } else { json!({}) };
            questions.push(desk.question_with(&bank, content(&format!("Q{number}"), "ready"), filing).await);
        }
        desk.question_with(&bank, content("never ready", "draft"), json!({})).await;
        let away = desk.question(&bank, "archived").await;
        desk.post(&format!("/{}/archive", id(&away)), &json!(null)).await.expect(200);
        let note = json!({
            "state": "ready", "title": "text only",
            "question": { "stem": text("Read."), "body": { "type": "description" } }, "key": { "scheme": { "type": "description" } },
        });
        desk.question_with(&bank, note, json!({})).await;

        let narrow = FreezeItem::Draw {
            bank_id: bank.parse().unwrap(), category_id: Some(easy.parse().unwrap()), tags: vec!["START".to_owned()],
            types: vec![QuestionType::SingleChoice], count: 2,
        };
        let paper = vec![drawn(&bank, 5), narrow, fixed(&questions[0])];
        let papers = freeze(&desk, &vec![paper; 20]).await.unwrap();
        let mut orders = HashSet::new();
        for paper in &papers {
            assert_eq!(paper.iter().map(Vec::len).collect::<Vec<_>>(), [5, 2, 1]);
            let all: Vec<String> = paper.concat().iter().map(|frozen| frozen.question_id.to_string()).collect();
            assert_eq!(all.iter().collect::<HashSet<_>>().len(), 8, "no question twice");
            orders.insert(all);
        }
        assert!(orders.len() > 1, "each form has draws of its own");
    }

    async fn what_cant_be_had_is_named_by_paper_and_item(database: TestDatabase) {
        let desk = Desk::open(database).await;
        let bank = desk.bank("One").await;
        let ready = desk.question(&bank, "ready").await;
        let draft = desk.question_with(&bank, content("draft", "draft"), json!({})).await;
        let away = desk.question(&bank, "away").await;
        desk.post(&format!("/{}/archive", id(&away)), &json!(null)).await.expect(200);

        let refused = freeze(&desk, &[
            vec![fixed(&ready)],
            vec![fixed(&ready), fixed(&draft), fixed(&ready), fixed(&away), drawn(&bank, 3)],
        ]).await.unwrap_err();
        assert_eq!((refused.status, refused.code.as_ref()), (422, "question.cant_freeze"));
        assert_eq!(errors(&refused), [
            ("papers[1][1]".to_owned(), "question.not_ready".to_owned()),
            ("papers[1][2]".to_owned(), "question.twice_in_paper".to_owned()),
            ("papers[1][3]".to_owned(), "question.archived".to_owned()),
            ("papers[1][4]".to_owned(), "question.too_few_to_draw".to_owned()),
        ]);
        let large = freeze(&desk, &[vec![drawn(&bank, u32::MAX), drawn(&bank, u32::MAX)]]).await.unwrap_err();
        assert_eq!((large.status, errors(&large)[0].0.as_str()), (422, "papers[0]"));
        desk.post(&format!("/banks/{bank}/archive"), &json!(null)).await.expect(200);
        let closed = freeze(&desk, &[vec![drawn(&bank, 1)]]).await.unwrap_err();
        assert_eq!(errors(&closed), [("papers[0][0].bank_id".to_owned(), "question.bank_archived".to_owned())]);
    }

    async fn another_units_questions_dont_exist(database: TestDatabase) {
        let desk = Desk::open(database).await;
        let bank = desk.bank("One").await;
        let question = desk.question(&bank, "mine").await;
        let stranger = actor(&desk, &desk.stranger_unit);
        for item in [fixed(&question), drawn(&bank, 1)] {
            let refused = desk.service.freeze(&stranger, &[vec![item]]).await.unwrap_err();
            assert_eq!(refused.status, 404, "{refused:?}");
            assert_eq!(errors(&refused).len(), 1);
        }
        let nobody = desk.service.freeze(&Actor::Anonymous, &[vec![fixed(&question)]]).await.unwrap_err();
        assert_eq!(nobody.status, 401);
    }

    async fn a_published_version_is_never_updated_or_deleted(database: TestDatabase) {
        let desk = Desk::open(database).await;
        let bank = desk.bank("One").await;
        let question = desk.question(&bank, "frozen").await;
        freeze(&desk, &[vec![fixed(&question)]]).await.unwrap();
        let before = desk.get(&format!("/{}/versions/1", id(&question))).await.expect(200);
        for sql in [
            "UPDATE question.question_versions SET title = 'other'",
            "UPDATE question.question_keys SET content = content",
            "DELETE FROM question.question_keys",
            "DELETE FROM question.question_versions",
            "DELETE FROM question.frozen_versions",
        ] {
            let said = tamper(&desk, sql).await;
            assert!(!said.ends_with("rows"), "{sql}: {said}");
        }
        // What authors may do makes new versions, and leaves this one alone.
        let mut save = saved(&question);
        save["content"]["question"]["stem"] = text("changed");
        desk.put(&format!("/{}", id(&question)), &save).await.expect(200);
        desk.post(&format!("/{}/archive", id(&question)), &json!(null)).await.expect(200);
        assert_eq!(desk.delete(&format!("/{}", id(&question))).await.problem(409), "question.not_a_draft");
        assert_eq!(desk.get(&format!("/{}/versions/1", id(&question))).await.expect(200), before);
    }

    async fn a_version_whose_bytes_were_changed_is_an_error_and_not_an_answer(database: TestDatabase) {
        let desk = Desk::open(database).await;
        let bank = desk.bank("One").await;
        let question = desk.question(&bank, "original").await;
        let mut tx = desk.service.db.begin().await.unwrap();
        match &mut *tx {
            db::Conn::Sqlite(conn) => {
                sqlx::raw_sql("DROP TRIGGER question.question_keys_never_change").execute(&mut **conn).await.unwrap();
                sqlx::raw_sql("UPDATE question.question_keys SET content = x'7b7d'").execute(&mut **conn).await.unwrap();
            }
            db::Conn::Postgres(conn) => {
                sqlx::raw_sql("DROP TRIGGER question_keys_never_change ON question.question_keys").execute(&mut **conn).await.unwrap();
                sqlx::raw_sql("UPDATE question.question_keys SET content = '\\x7b7d'").execute(&mut **conn).await.unwrap();
            }
        }
        tx.commit().await.unwrap();
        assert_eq!(desk.get(&format!("/{}", id(&question))).await.problem(500), "internal");
        assert_eq!(freeze(&desk, &[vec![fixed(&question)]]).await.unwrap_err().status, 500);
    }
}
