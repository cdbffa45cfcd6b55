//! Admission codes of a hall that checks in at once, looked up together.

use db::Db;
use foundation::Problem;

use crate::store::admissions::{self, Admitted};

/// The admissions that codes open, by the codes' hashes.
pub type Lookups = db::Lookups<[u8; 32], Admitted>;

/// Begins to look codes up.
pub fn start(db: Db) -> Lookups {
    Lookups::start(db, busy, |db, codes| async move {
        Ok(admissions::find_by_codes(&mut db.read().await?, &codes).await?)
    })
}

fn busy() -> Problem {
    Problem::unavailable("auth.busy", "Too many check in just now. Try again in a moment.", 2)
}
