//! Writes into the audit log how far the journal's chains have come: a tail that is cut off later is missed.

use std::collections::HashSet;

use authz::Actor;
use foundation::Problem;

use crate::{
    ExamService,
    app::audited,
    domain::entry::BatchKey,
    store::{self, batches::Anchor},
};

/// Anchors the last batch of every chain that has gone on since it was anchored; answers how many had.
///
/// # Errors
/// When the database can't be read or written.
pub async fn anchor_journal(service: &ExamService) -> Result<usize, Problem> {
    let mut conn = service.db.read().await?;
    let anchored: HashSet<BatchKey> =
        store::batches::anchors(&mut conn).await?.into_iter().map(|anchor| anchor.batch).collect();
    let last = store::batches::last(&mut conn).await?;
    drop(conn);
    let mut new = Vec::new();
    for batch in last.into_iter().filter(|batch| !anchored.contains(batch)) {
        let root = service.batches.get(&service.db, batch).await?.head.root;
        new.push(Anchor { batch, root });
    }
    write(service, &new).await?;
    Ok(new.len())
}

/// Anchors the last batch that this process wrote, unless it is the one `anchored`; answers what is anchored now. Reads
/// nothing.
///
/// # Errors
/// When the database can't be written.
pub async fn anchor_own(
    service: &ExamService,
    anchored: Option<BatchKey>,
) -> Result<Option<BatchKey>, Problem> {
    let Some(last) = service.batches.last_written() else { return Ok(anchored) };
    let batch = (last.head.chain_id, last.head.batch_no);
    if anchored != Some(batch) {
        write(service, &[Anchor { batch, root: last.head.root }]).await?;
    }
    Ok(Some(batch))
}

async fn write(service: &ExamService, new: &[Anchor]) -> Result<(), Problem> {
    if new.is_empty() {
        return Ok(());
    }
    let mut tx = service.db.begin().await?;
    let actor = Actor::System("exam-service");
    for anchor in new {
        let (chain, detail) = anchor.record()?;
        audited::record(service, &mut tx, &actor, Anchor::ACTION, ("journal", chain), detail).await?;
    }
    tx.commit().await?;
    Ok(())
}
