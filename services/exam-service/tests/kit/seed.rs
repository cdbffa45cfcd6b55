//! A sitting to sit: an exam of three single-choice questions, its paper, its candidates. Shared with the tests of the
//! whole binary.

use authz::UnitPath;
use exam_api::{ExamDefinition, ExamId, PaperId, PublicationId};
use exam_service::{
    ExamService,
    domain::{
        attempt::{AttemptState, MarkingState, RosterStatus},
        paper::{Paper, PaperKeys, PaperQuestion, PaperSection},
        seen::Seen,
        takeover::{DeviceMove, Takeover},
        time::{ExtraTime, GRACE_DEFAULT, TimeRules},
    },
    store::{
        self,
        attempts::AttemptRow,
        exams::{ExamRow, PublicationRow},
        sittings::SittingRow,
    },
};
use foundation::{Clock, Id, Points, Span, SystemRandom};
use question_model::{Key, Question, QuestionVersionId};
use serde_json::json;

/// A text that stands in the key and must never reach a candidate.
pub const PLANTED: &str = "PLANTED-KEY-7f3a";

pub fn id<K: foundation::IdKind>(clock: &dyn Clock) -> Id<K> {
    Id::new(clock, &SystemRandom)
}

pub fn single_choice(stem: &str) -> Question {
    serde_json::from_value(json!({
        "stem": { "format": "markdown", "text": stem },
        "body": { "type": "single_choice", "shuffle": true, "options": [
            { "id": "a", "text": { "format": "markdown", "text": "right" } },
            { "id": "b", "text": { "format": "markdown", "text": "wrong" } },
            { "id": "c", "text": { "format": "markdown", "text": "also wrong" } },
        ] },
    }))
    .expect("a question")
}

pub fn single_choice_key() -> Key {
    serde_json::from_value(json!({
        "scheme": { "type": "single_choice", "fractions": { "a": 1 } },
        "explanation": { "format": "markdown", "text": PLANTED },
    }))
    .expect("a key")
}

/// A paper of three single-choice questions, worth one point each.
pub fn paper(clock: &dyn Clock) -> (Paper, PaperKeys) {
    let questions: Vec<QuestionVersionId> = (0..3).map(|_| id(clock)).collect();
    let paper = Paper {
        stimuli: Vec::new(),
        sections: vec![PaperSection {
            title: String::new(),
            instructions: String::new(),
            navigation: exam_api::Navigation::Free,
            time_limit_minutes: None,
            shuffle_questions: true,
            shuffle_options: true,
            questions: questions
                .iter()
                .map(|question| PaperQuestion {
                    id: *question,
                    question_id: id(clock),
                    points: Points::ONE,
                    stimulus: None,
                    question: single_choice("Which one is right?"),
                })
                .collect(),
        }],
    };
    let keys = PaperKeys(questions.iter().map(|question| (*question, single_choice_key())).collect());
    (paper, keys)
}

/// A candidate's attempt, scheduled.
pub fn attempt(clock: &dyn Clock, sitting: &SittingRow, paper: PaperId, extra: ExtraTime) -> AttemptRow {
    let account = id(clock);
    AttemptRow {
        id: id(clock),
        sitting_id: sitting.id,
        candidate_id: account,
        candidate_number: account.to_string(),
        candidate_name: "Ada Example".to_owned(),
        room: String::new(),
        partition_day: sitting.partition_day,
        paper_id: paper,
        form_no: 1,
        roster_status: RosterStatus::Expected,
        state: AttemptState::Scheduled,
        lease_no: 0,
        lease_device: None,
        device_move: DeviceMove::default(),
        extra,
        started_at: None,
        deadline: None,
        closes_at: None,
        submitted_at: None,
        ended_at: None,
        paused_at: None,
        resumed_at: None,
        seen: Seen::default(),
        marking: MarkingState::None,
        score: None,
        passed_over: 0,
        version: 1,
    }
}

/// A sitting that opens now; 90 minutes in a window of two hours.
pub async fn sitting(
    service: &ExamService,
    clock: &dyn Clock,
    paper: &Paper,
    keys: &PaperKeys,
) -> (SittingRow, PaperId) {
    let now = clock.now();
    let opens_at = now;
    let definition: ExamDefinition = serde_json::from_value(json!({
        "duration_minutes": 90, "sections": [], "instructions": "Be **calm**.",
    }))
    .expect("a definition");
    let exam_id: ExamId = id(clock);
    let publication_id: PublicationId = id(clock);
    let paper_id: PaperId = id(clock);
    let exam = ExamRow {
        id: exam_id,
        unit: UnitPath::institution(),
        title: "Mathematics".to_owned(),
        definition: definition.clone(),
        version: 1,
        publication_id: None,
        archived_at: None,
        created_by: None,
        created_at: now,
        updated_at: now,
    };
    let publication = PublicationRow {
        id: publication_id,
        exam_id,
        number: 1,
        title: "Mathematics".to_owned(),
        rules: definition,
        published_at: now,
    };
    let sitting = SittingRow {
        id: id(clock),
        exam_id,
        publication_id,
        unit: UnitPath::institution(),
        title: "Mathematics, January".to_owned(),
        time_zone: "Asia/Shanghai".to_owned(),
        times: TimeRules {
            opens_at,
            entry_closes_at: opens_at + Span::from_minutes(30),
            window_ends_at: opens_at + Span::from_minutes(120),
            duration: Span::from_minutes(90),
            grace: GRACE_DEFAULT,
            spread: Span::ZERO,
        },
        takeover: Takeover::Candidate,
        outage_credit_max: Span::from_minutes(60),
        outages: 0,
        practice: false,
        forms: Vec::new(),
        replaces_id: None,
        partition_day: opens_at.as_seconds() / 86_400,
        paused_at: None,
        cancelled_at: None,
        version: 1,
        created_by: None,
        created_at: now,
    };
    let mut tx = service.db.begin().await.expect("a transaction");
    store::exams::insert(&mut tx, &exam).await.expect("an exam");
    assert!(store::exams::publish(&mut tx, &publication, None, 1).await.expect("a publication"));
    store::papers::insert(&mut tx, paper_id, publication_id, 1, paper, keys).await.expect("a paper");
    store::sittings::insert(&mut tx, &sitting).await.expect("a sitting");
    tx.commit().await.expect("a commit");
    (sitting, paper_id)
}
