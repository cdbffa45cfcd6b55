//! What holds for any journal: the order and the number of times in which entries arrive change nothing, and marking
//! is total and deterministic. Through the service, on real tables.

#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that can't go on must stop"
)]

mod office;

use std::collections::{BTreeMap, BTreeSet};

use exam_service::{
    app::mark_attempt::{mark_attempts, mark_due_attempts},
    domain::attempt::MarkingState,
    store,
};
use foundation::{Clock as _, Points};
use office::{Candidate, Office, single_choice, text};
use proptest::{
    collection::vec,
    prelude::*,
    test_runner::{Config, TestRunner},
};
use question_model::{Key, Question};
use serde_json::{Value, json};
use test_kit::{Answer, TestDatabase};
use tokio::runtime::{Builder, Runtime};

/// Journals that are tried.
const CASES: u32 = 64;
/// Questions of the paper to which saves are replayed.
const QUESTIONS: usize = 4;

/// Runs `property` on `CASES` values, on one runtime.
fn check<S: Strategy>(strategy: &S, runtime: &Runtime, property: impl AsyncFn(S::Value)) {
    let config = Config { cases: CASES, failure_persistence: None, ..Config::default() };
    TestRunner::new(config)
        .run(strategy, |value| {
            runtime.block_on(property(value));
            Ok(())
        })
        .unwrap_or_else(|error| panic!("{error}"));
}

fn runtime() -> Runtime {
    Builder::new_multi_thread().worker_threads(2).enable_all().build().expect("a runtime")
}

/// Somebody new in the hall.
async fn seat(office: &Office, sitting: &Value, number: usize) -> Candidate {
    office.import(sitting, "", format!("number,name\nP{number:04},Somebody\n")).await.expect(200);
    let path = format!("/sittings/{}/roster?search=P{number:04}", text(&sitting["id"]));
    let entry = office.get(&office.officer, path).await.expect(200)["items"][0].clone();
    let id = |value: &Value| text(value).to_owned();
    office.check_in(
        id(&sitting["id"]).parse().unwrap(),
        id(&entry["attempt_id"]).parse().unwrap(),
        id(&entry["candidate_id"]).parse().unwrap(),
    )
}

async fn open(office: &Office, candidate: &Candidate, device: u128) {
    let body = json!({ "device_id": uuid::Uuid::from_u128(device), "take_over": true });
    let path = format!("/api/v1/exams/attempts/{}/open", candidate.attempt);
    office.stage.post(path, &body).ticket(&candidate.ticket).send().await.expect(200);
}

async fn save(office: &Office, candidate: &Candidate, lease: i64, entries: &[Value]) -> Answer {
    let path = format!("/api/v1/exams/attempts/{}/responses", candidate.attempt);
    let body = json!({ "lease_no": lease, "entries": entries });
    office.stage.put(path, &body).ticket(&candidate.ticket).send().await
}

/// Something that happens to an attempt.
#[derive(Clone, Debug)]
enum Step {
    /// These entries of a lease arrive together, by their places in its sequence; some perhaps for the second time.
    Arrive { lease: usize, seqs: Vec<usize> },
    /// Another device takes over.
    TakeOver,
}

/// What each of two leases writes, `(question, choice)` in the order of writing, and how it arrives.
fn history() -> impl Strategy<Value = ([Vec<(usize, char)>; 2], Vec<Step>)> {
    let written = || vec((0..QUESTIONS, prop::sample::select(vec!['a', 'b', 'c'])), 1..12);
    [written(), written()].prop_flat_map(|written| {
        let lengths = [written[0].len(), written[1].len()];
        let arrival = (0..2_usize).prop_flat_map(move |lease| {
            vec(0..lengths[lease], 1..6).prop_map(move |seqs| Step::Arrive { lease, seqs })
        });
        let step = prop_oneof![9 => arrival, 1 => Just(Step::TakeOver)];
        (Just(written), vec(step, 1..20))
    })
}

/// What the attempt must hold: an entry counts when its lease could write as it first arrived; of those that count,
/// the last one in the order of writing is the answer, however they came.
#[derive(Default)]
struct Model {
    leases: usize,
    seen: BTreeSet<(usize, usize)>,
    counted: BTreeSet<(usize, usize)>,
}

impl Model {
    fn arrive(&mut self, lease: usize, seq: usize) {
        if self.seen.insert((lease, seq)) && lease + 1 == self.leases {
            self.counted.insert((lease, seq));
        }
    }

    /// Where there is no way back, an entry for a question before the furthest one so far is passed over.
    fn answers(&self, written: &[Vec<(usize, char)>; 2], way: &str) -> BTreeMap<usize, char> {
        let mut furthest = 0;
        let count = self.counted.iter().map(|(lease, seq)| written[*lease][*seq]).filter(|(question, _)| {
            furthest = furthest.max(*question);
            way == "free" || *question == furthest
        });
        count.collect()
    }
}

#[test]
fn failure_18_saves_repeated_reordered_or_cut_short_end_in_the_state_of_those_that_arrived() {
    replay("free");
}

#[test]
fn so_do_saves_in_a_section_without_a_way_back() {
    replay("forward_only");
}

fn replay(way: &str) {
    let runtime = runtime();
    let (office, sitting) = runtime.block_on(async {
        let office = Office::open(TestDatabase::sqlite()).await;
        let items: Vec<Value> = (0..QUESTIONS)
            .map(|_| json!({ "type": "fixed", "question_id": office.questions.add(single_choice()) }))
            .collect();
        let section = json!({ "navigation": way, "shuffle_questions": true, "items": items });
        let exam = office.published(json!({ "duration_minutes": 90, "sections": [section] })).await;
        let sitting = office.sitting(&exam).await;
        (office, sitting)
    });
    let number = std::cell::Cell::new(0);
    check(&history(), &runtime, async |(written, steps)| {
        number.set(number.get() + 1);
        let candidate = seat(&office, &sitting, number.get()).await;
        let paper = office.start(&candidate).await;
        let ids: Vec<Value> =
            paper["questions"].as_array().unwrap().iter().map(|question| question["id"].clone()).collect();
        let mut model = Model { leases: 1, ..Model::default() };
        for step in steps {
            match step {
                Step::TakeOver if model.leases == 1 => {
                    open(&office, &candidate, 2).await;
                    model.leases = 2;
                }
                Step::TakeOver => {}
                Step::Arrive { lease, .. } if lease >= model.leases => {}
                Step::Arrive { lease, seqs } => {
                    let entries: Vec<Value> = seqs
                        .iter()
                        .map(|seq| {
                            let (question, choice) = written[lease][*seq];
                            json!({ "seq": seq + 1, "question_id": ids[question],
                                "response": { "type": "single_choice", "choice": choice.to_string() } })
                        })
                        .collect();
                    let lease_no = i64::try_from(lease + 1).unwrap();
                    let answer = save(&office, &candidate, lease_no, &entries).await;
                    assert!(matches!(answer.status.as_u16(), 200 | 409), "{answer:?}");
                    for seq in seqs {
                        model.arrive(lease, seq);
                    }
                }
            }
            let held = office.responses(&candidate).await;
            let held: BTreeMap<usize, char> = held
                .iter()
                .filter(|held| held["standing"] == "counts")
                .map(|held| {
                    let place = ids.iter().position(|id| *id == held["question_id"]).unwrap();
                    (place, text(&held["response"]["choice"]).chars().next().unwrap())
                })
                .collect();
            assert_eq!(held, model.answers(&written, way));
        }
    });
}

/// One question of each type, with its key.
fn every_type() -> Vec<(Question, Key)> {
    let part = |id: &str| json!({ "id": id, "text": { "text": id } });
    let options = json!([part("a"), part("b"), part("c")]);
    let number = json!({ "answers": [{ "value": 3.5, "tolerance": { "kind": "absolute", "by": 0.1 }, "fraction": 1 }] });
    let short = json!({ "alternatives": [{ "pattern": "Par*s", "fraction": 1 }, { "pattern": "lyon", "fraction": 0.5 }] });
    let bodies = [
        (
            "multiple_choice",
            json!({ "options": options }),
            json!({ "marking": { "rule": "weighted", "weights": { "a": 0.5, "b": 0.5, "c": -1 }, "floor_zero": false } }),
        ),
        ("true_false", json!({}), json!({ "right": true })),
        ("short_text", json!({}), short.clone()),
        ("numeric", json!({}), number.clone()),
        (
            "cloze",
            json!({ "text": { "text": "One [[1]] two [[2]]" }, "gaps": [
            { "id": "1", "input": { "kind": "text" } }, { "id": "2", "input": { "kind": "number" } } ] }),
            json!({ "gaps": { "1": { "weight": 1, "scheme": with("kind", "text", short) }, "2": { "weight": 2, "scheme": with("kind", "number", number) } } }),
        ),
        (
            "matching",
            json!({ "prompts": [part("1"), part("2")], "targets": options }),
            json!({ "pairs": { "1": "a", "2": "b" } }),
        ),
        ("ordering", json!({ "items": options }), json!({ "order": ["c", "a", "b"], "rule": "relative" })),
        ("essay", json!({}), json!({})),
        ("file_upload", json!({}), json!({})),
    ];
    let typed = bodies.into_iter().map(|(kind, body, scheme)| {
        let question = json!({ "stem": { "text": "Which?" }, "body": with("type", kind, body) });
        let key = json!({ "scheme": with("type", kind, scheme) });
        (
            serde_json::from_value(question).unwrap_or_else(|error| panic!("{kind}: {error}")),
            serde_json::from_value(key).unwrap_or_else(|error| panic!("{kind}: {error}")),
        )
    });
    std::iter::once(single_choice()).chain(typed).collect()
}

fn with(tag: &str, kind: &str, mut value: Value) -> Value {
    value[tag] = kind.into();
    value
}

/// Anything that can be read as a response, to whatever question.
fn response() -> impl Strategy<Value = Value> {
    let part = || prop::sample::select(vec!["a", "b", "c", "1", "2", "z"]);
    let words = || {
        prop_oneof![Just(String::new()), Just("Paris".to_owned()), Just("3,5".to_owned()), any::<String>()]
    };
    prop_oneof![
        prop::option::of(part()).prop_map(|choice| json!({ "type": "single_choice", "choice": choice })),
        vec(part(), 0..5).prop_map(|choices| json!({ "type": "multiple_choice", "choices": choices })),
        any::<Option<bool>>().prop_map(|value| json!({ "type": "true_false", "value": value })),
        words().prop_map(|text| json!({ "type": "short_text", "text": text })),
        (words(), prop::option::of(words())).prop_map(|(text, unit)| json!({ "type": "numeric", "text": text, "unit": unit })),
        vec((part(), words()), 0..4).prop_map(|gaps| json!({ "type": "cloze", "gaps": gaps.into_iter().collect::<BTreeMap<_, _>>() })),
        vec((part(), part()), 0..4).prop_map(|pairs| json!({ "type": "matching", "pairs": pairs.into_iter().collect::<BTreeMap<_, _>>() })),
        vec(part(), 0..5).prop_map(|order| json!({ "type": "ordering", "order": order })),
        words().prop_map(|text| json!({ "type": "essay", "text": text })),
        (any::<u128>(), words()).prop_map(|(id, name)| json!({ "type": "file_upload", "files": [{ "id": uuid::Uuid::from_u128(id), "name": name, "bytes": 1 }] })),
    ]
}

#[test]
fn marking_any_journal_gives_every_question_its_mark_and_the_same_one_again() {
    let runtime = runtime();
    let (office, sitting, count) = runtime.block_on(async {
        let office = Office::open(TestDatabase::sqlite()).await;
        let items: Vec<Value> = every_type()
            .into_iter()
            .map(|asked| json!({ "type": "fixed", "question_id": office.questions.add(asked), "points": 2 }))
            .collect();
        let count = items.len();
        let exam =
            office.published(json!({ "duration_minutes": 90, "sections": [{ "items": items }] })).await;
        let sitting = office.sitting(&exam).await;
        (office, sitting, count)
    });
    let number = std::cell::Cell::new(0);
    let journal = vec((0..count, response()), 0..25);
    check(&journal, &runtime, async |journal| {
        number.set(number.get() + 1);
        let candidate = seat(&office, &sitting, number.get()).await;
        let paper = office.start(&candidate).await;
        let entries: Vec<Value> = (1..)
            .zip(&journal)
            .map(|(seq, (question, response))| {
                json!({ "seq": seq, "question_id": paper["questions"][question]["id"], "response": response })
            })
            .collect();
        if !entries.is_empty() {
            save(&office, &candidate, 1, &entries).await.expect(200);
        }
        office.hand_in(&candidate).await;
        let now = office.clock().now();
        assert_eq!(mark_due_attempts(&office.service, now).await.unwrap(), 1);

        let look = async || {
            let mut conn = office.service.db.read().await.unwrap();
            let row = store::attempts::find(&mut conn, candidate.attempt).await.unwrap().unwrap();
            let marks = store::results::marks(&mut conn, candidate.attempt).await.unwrap();
            (row, marks.into_iter().map(|mark| (mark.question, mark.marked)).collect::<Vec<_>>())
        };
        let (row, marks) = look().await;
        assert_eq!(marks.len(), count);
        assert!(marks.iter().all(|(_, marked)| marked.points_max == Points::whole(2)
            && marked.points <= marked.points_max
            && -marked.points_max <= marked.points));
        let sum: Points = marks.iter().map(|(_, marked)| marked.points).sum();
        assert_eq!(row.score, Some(sum.max(Points::ZERO)));
        assert_ne!(row.marking, MarkingState::None);

        mark_attempts(&office.service, std::slice::from_ref(&row), now).await.unwrap();
        let (again, marks_again) = look().await;
        assert_eq!((again.score, again.marking, marks_again), (row.score, row.marking, marks));
    });
}
