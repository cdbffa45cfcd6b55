//! What a candidate holds proves what the server took, on either database.

#![expect(clippy::expect_used, clippy::unwrap_used, reason = "a test that can't go on must stop")]

mod kit;

use foundation::Span;
use futures::future::join_all;
use kit::{Candidate, Hall};
use receipts::{Fault, KeySet, Receipt};
use serde_json::{Value, json};
use test_kit::TestDatabase;

/// The keys as anybody gets them.
async fn keys(hall: &Hall) -> KeySet {
    let keys = hall.stage.get("/api/v1/exams/receipt-keys").send().await.expect(200);
    KeySet::parse(&keys.to_string()).expect("a key set")
}

/// The receipts of a save as its device keeps them.
fn kept(candidate: &Candidate, lease_no: i64, saved: &Value) -> Vec<Receipt> {
    let whole = |receipt: &Value| {
        let mut whole = json!({ "attempt_id": candidate.attempt, "lease_no": lease_no, "kind": "response" });
        let fields = whole.as_object_mut().unwrap();
        for name in ["seq", "question_id", "status", "received_at"] {
            fields.insert(name.to_owned(), receipt[name].clone());
        }
        fields.extend(receipt["proof"].as_object().expect("a proof").clone());
        serde_json::from_value(whole).expect("a receipt")
    };
    saved["receipts"].as_array().expect("receipts").iter().map(whole).collect()
}

test_kit::on_both_databases! {
    async fn a_receipt_proves_an_answer_to_whoever_has_the_public_keys(database: TestDatabase) {
        let hall = Hall::open(database).await;
        let candidate = hall.seat_and_start().await;
        let saved = hall.choose(&candidate, 1, 1, 0, "b").await.expect(200);
        let receipt = kept(&candidate, 1, &saved).remove(0);
        let keys = keys(&hall).await;
        assert_eq!(receipt.verify(&keys), Ok(()));
        let payload = json!({ "type": "single_choice", "choice": "b" }).to_string();
        assert_eq!(receipt.proof.payload_hash, receipts::payload_hash(payload.as_bytes()));
        let claimed = Receipt { status: "late".to_owned(), ..receipt.clone() };
        assert_eq!(claimed.verify(&keys), Err(Fault::NotUnderRoot));

        // The next batch of the same writer names the root of the one before.
        let next = kept(&candidate, 1, &hall.choose(&candidate, 1, 2, 1, "a").await.expect(200)).remove(0);
        assert_eq!(next.proof.head.chain_id, receipt.proof.head.chain_id);
        assert_eq!(next.proof.head.batch_no, receipt.proof.head.batch_no + 1);
        assert_eq!(next.proof.head.previous_root, receipt.proof.head.root);

        let closes_at = hall.row(&candidate).await.closes_at.unwrap();
        hall.clock().set(closes_at + Span::from_seconds(1));
        let late = kept(&candidate, 1, &hall.choose(&candidate, 1, 3, 1, "b").await.expect(200)).remove(0);
        assert_eq!((late.status.as_str(), late.verify(&keys)), ("late", Ok(())));
    }

    async fn the_same_entry_again_gets_the_same_receipt_from_any_process(database: TestDatabase) {
        let hall = Hall::open(database).await;
        let candidate = hall.seat_and_start().await;
        let first = hall.choose(&candidate, 1, 1, 0, "b").await.expect(200);
        hall.choose(&candidate, 1, 2, 1, "a").await.expect(200);
        hall.clock().advance(Span::from_seconds(5));
        let again = hall.choose(&candidate, 1, 1, 0, "b").await.expect(200);
        assert_eq!(again["receipts"], first["receipts"]);

        // A process that remembers nothing of the batch.
        let other = hall.another_process().await;
        let elsewhere = other.choose(&candidate, 1, 1, 0, "b").await.expect(200);
        assert_eq!(elsewhere["receipts"], first["receipts"]);
        let new = kept(&candidate, 1, &other.choose(&candidate, 1, 3, 2, "c").await.expect(200)).remove(0);
        assert_eq!((new.verify(&keys(&hall).await), new.proof.head.batch_no), (Ok(()), 1));
        assert_ne!(json!(new.proof.head.chain_id), first["receipts"][0]["proof"]["head"]["chain_id"]);
    }

    async fn each_of_many_entries_that_one_commit_took_has_a_receipt_of_its_own(database: TestDatabase) {
        let hall = Hall::open(database).await;
        let mut candidates = Vec::new();
        for _ in 0..25 {
            candidates.push(hall.seat_and_start().await);
        }
        let saves = candidates.iter().map(|candidate| hall.choose(candidate, 1, 1, 0, "a"));
        let saved = join_all(saves).await;
        let keys = keys(&hall).await;
        let mut heads = Vec::new();
        for (candidate, saved) in candidates.iter().zip(saved) {
            let receipt = kept(candidate, 1, &saved.expect(200)).remove(0);
            assert_eq!(receipt.verify(&keys), Ok(()));
            let stolen = Receipt { attempt_id: hall.sitting.id.uuid(), ..receipt.clone() };
            assert_eq!(stolen.verify(&keys), Err(Fault::NotUnderRoot));
            heads.push(receipt.proof.head);
        }
        assert!(heads.iter().any(|head| head.entries > 1), "no commit took more than one");
    }

    async fn a_new_key_signs_what_comes_and_the_old_one_still_proves_what_was(database: TestDatabase) {
        let hall = Hall::open(database).await;
        let candidate = hall.seat_and_start().await;
        let before = kept(&candidate, 1, &hall.choose(&candidate, 1, 1, 0, "b").await.expect(200)).remove(0);
        let other = hall.another_process().await;
        let service = &hall.service;
        let kid = service.receipt_keys.rotate(&service.db, &*service.clock, &*service.random).await.unwrap();
        let after = kept(&candidate, 1, &hall.choose(&candidate, 1, 2, 0, "a").await.expect(200)).remove(0);
        assert_eq!(after.proof.head.key_id, kid);
        let keys = keys(&hall).await;
        assert_eq!((before.verify(&keys), after.verify(&keys)), (Ok(()), Ok(())));

        // Another process signs with the old key until it looks again.
        let behind = kept(&candidate, 1, &other.choose(&candidate, 1, 3, 0, "b").await.expect(200)).remove(0);
        assert_eq!((behind.proof.head.key_id == kid, behind.verify(&keys)), (false, Ok(())));
        other.service.receipt_keys.read(&other.service.db).await.unwrap();
        let caught_up = kept(&candidate, 1, &other.choose(&candidate, 1, 4, 0, "a").await.expect(200)).remove(0);
        assert_eq!(caught_up.proof.head.key_id, kid);
    }

    async fn a_hand_in_has_a_receipt_too_and_the_same_one_however_often_it_is_asked_for(database: TestDatabase) {
        let hall = Hall::open(database).await;
        let candidate = hall.seat_and_start().await;
        hall.choose(&candidate, 1, 1, 0, "b").await.expect(200);
        let first = hall.submit(&candidate, 1).await.expect(200)["receipt"].clone();
        let again = hall.submit(&candidate, 1).await.expect(200)["receipt"].clone();
        assert_eq!(first, again);
        let mut whole = first.as_object().expect("a receipt").clone();
        let proof = whole.remove("proof").unwrap();
        whole.extend(proof.as_object().expect("a proof").clone());
        whole.insert("attempt_id".to_owned(), json!(candidate.attempt));
        let receipt: Receipt = serde_json::from_value(Value::Object(whole)).expect("a receipt");
        assert_eq!((receipt.kind.as_str(), receipt.question_id), ("submitted", None));
        assert_eq!(receipt.verify(&keys(&hall).await), Ok(()));
        let earlier = Receipt { received_at: receipt.received_at - Span::from_seconds(1), ..receipt };
        assert_eq!(earlier.verify(&keys(&hall).await), Err(Fault::NotUnderRoot));
    }

    async fn who_is_ended_by_time_has_no_receipt_of_a_hand_in_that_never_was(database: TestDatabase) {
        let hall = Hall::open(database).await;
        let candidate = hall.seat_and_start().await;
        hall.clock().advance(Span::from_minutes(600));
        let over = hall.submit(&candidate, 1).await.expect(200);
        assert_eq!((&over["attempt"]["closed"], &over["receipt"]), (&json!(true), &Value::Null));
    }
}
