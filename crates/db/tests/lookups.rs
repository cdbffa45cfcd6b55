//! Many who look something up at once get each their own, in few statements; what one of them breaks is broken for them alone.

#![expect(clippy::unwrap_used, reason = "a test that can't go on must stop")]

use std::{
    collections::HashMap,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use db::{Db, DbConfig, Lookups, Schema};
use foundation::Problem;
use futures::future::join_all;

const BROKEN: u32 = 13;
const PANICS: u32 = 17;
/// From here on there is nothing.
const END: u32 = 190;

fn busy() -> Problem {
    Problem::unavailable("test.busy", "Busy.", 1)
}

async fn open(folder: &tempfile::TempDir) -> Db {
    let config = DbConfig::Sqlite { folder: folder.path().to_owned() };
    Db::open(&config, &Schema::new("lookups", &[])).await.unwrap()
}

#[tokio::test]
async fn who_looks_up_at_once_gets_their_own_whatever_another_breaks() {
    let folder = tempfile::TempDir::new().unwrap();
    let calls = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&calls);
    let lookups = Lookups::start(open(&folder).await, busy, move |_, keys: Vec<u32>| {
        counted.fetch_add(1, Ordering::Relaxed);
        async move {
            assert!(!keys.contains(&PANICS), "on purpose");
            if keys.contains(&BROKEN) {
                return Err(Problem::internal("a broken row"));
            }
            Ok(keys.into_iter().filter(|key| *key < END).map(|key| (key, key.to_string())).collect())
        }
    });
    let found = join_all((0..200).map(|key| lookups.find(key))).await;
    for (key, found) in (0_u32..).zip(found) {
        match found {
            Ok(found) => assert_eq!(found, (key < END).then(|| key.to_string())),
            Err(problem) => {
                assert!([BROKEN, PANICS].contains(&key) && problem.status == 500, "{key}: {problem}");
            }
        }
    }
    // The hundred with the broken ones by themselves, the other hundred together.
    assert_eq!(calls.load(Ordering::Relaxed), 1 + 100 + 1);
}

#[tokio::test]
async fn a_database_that_is_away_is_asked_once_for_all_who_wait() {
    let folder = tempfile::TempDir::new().unwrap();
    let calls = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&calls);
    let lookups: Lookups<u32, String> = Lookups::start(open(&folder).await, busy, move |_, _| {
        let call = counted.fetch_add(1, Ordering::Relaxed);
        async move {
            if call == 0 {
                return Err(Problem::unavailable("storage.unavailable", "Away.", 1));
            }
            Ok(HashMap::new())
        }
    });
    let found = join_all((0..200).map(|key| lookups.find(key))).await;
    assert!(found.into_iter().all(|found| found.unwrap_err().code == "storage.unavailable"));
    assert_eq!(lookups.find(1).await.unwrap(), None);
    assert_eq!(calls.load(Ordering::Relaxed), 2);
}
