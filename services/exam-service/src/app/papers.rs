//! Frozen papers in use, kept in memory: they never change.

use std::{
    collections::HashMap,
    fmt,
    sync::{Arc, RwLock},
};

use db::{Conn, Db, Error, Result};
use exam_api::{PaperId, PublicationId};
use question_model::{RichText, render::render};

use crate::{
    domain::paper::{Paper, RenderedPaper},
    store::{self, exams::PublicationRow},
};

/// Papers kept, as they were written and as they are read; with 100 questions of a few KB each a few hundred MB at the very most.
const PAPERS_MAX: usize = 200;

/// Frozen papers and publications in use. Without any key.
#[derive(Default)]
pub struct PaperCache {
    papers: RwLock<HashMap<PaperId, Arc<Paper>>>,
    rendered: RwLock<HashMap<PaperId, Arc<RenderedPaper>>>,
    publications: RwLock<HashMap<PublicationId, Arc<PublicationRow>>>,
    instructions: RwLock<HashMap<PublicationId, Arc<str>>>,
}

impl PaperCache {
    /// The paper, from memory or from its table.
    ///
    /// # Errors
    /// When it isn't there, is corrupt, or the database can't be read.
    pub async fn paper(&self, conn: &mut Conn, id: PaperId) -> Result<Arc<Paper>> {
        if let Some(paper) = read(&self.papers).get(&id) {
            return Ok(Arc::clone(paper));
        }
        let paper = store::papers::content(conn, id)
            .await?
            .ok_or_else(|| Error::corrupt("exam.attempts", "paper_id", id, "no such paper"))?;
        let paper = Arc::new(paper);
        keep(&self.papers, id, Arc::clone(&paper));
        Ok(paper)
    }

    /// [`paper`](Self::paper) for who holds no connection.
    ///
    /// # Errors
    /// As for [`paper`](Self::paper).
    pub async fn paper_of(&self, db: &Db, id: PaperId) -> Result<Arc<Paper>> {
        let known = read(&self.papers).get(&id).cloned();
        match known {
            Some(paper) => Ok(paper),
            None => Box::pin(async { self.paper(&mut db.read().await?, id).await }).await,
        }
    }

    /// [`publication`](Self::publication) for who holds no connection.
    ///
    /// # Errors
    /// As for [`publication`](Self::publication).
    pub async fn publication_of(&self, db: &Db, id: PublicationId) -> Result<Arc<PublicationRow>> {
        let known = read(&self.publications).get(&id).cloned();
        match known {
            Some(publication) => Ok(publication),
            None => Box::pin(async { self.publication(&mut db.read().await?, id).await }).await,
        }
    }

    /// The publication, from memory or from its table.
    ///
    /// # Errors
    /// When it isn't there, is corrupt, or the database can't be read.
    pub async fn publication(&self, conn: &mut Conn, id: PublicationId) -> Result<Arc<PublicationRow>> {
        if let Some(publication) = read(&self.publications).get(&id) {
            return Ok(Arc::clone(publication));
        }
        let publication = store::exams::publication(conn, id)
            .await?
            .ok_or_else(|| Error::corrupt("exam.sittings", "publication_id", id, "no such publication"))?;
        let publication = Arc::new(publication);
        keep(&self.publications, id, Arc::clone(&publication));
        Ok(publication)
    }
}

impl PaperCache {
    /// The texts of `paper`, which is the one with this id, as HTML.
    pub fn rendered(&self, id: PaperId, paper: &Paper) -> Arc<RenderedPaper> {
        if let Some(rendered) = read(&self.rendered).get(&id) {
            return Arc::clone(rendered);
        }
        let rendered = Arc::new(RenderedPaper::of(paper));
        keep(&self.rendered, id, Arc::clone(&rendered));
        rendered
    }

    /// A publication's instructions as HTML, rendered once: everybody who comes in reads them.
    pub fn instructions_html(&self, publication: &PublicationRow) -> Arc<str> {
        if let Some(html) = read(&self.instructions).get(&publication.id) {
            return Arc::clone(html);
        }
        let html = render(&RichText::markdown(publication.rules.instructions.as_str()));
        let html: Arc<str> = Arc::from(html);
        keep(&self.instructions, publication.id, Arc::clone(&html));
        html
    }
}

fn read<T>(lock: &RwLock<T>) -> std::sync::RwLockReadGuard<'_, T> {
    lock.read().unwrap_or_else(std::sync::PoisonError::into_inner)
}

fn keep<K: Eq + std::hash::Hash, V>(lock: &RwLock<HashMap<K, V>>, key: K, value: V) {
    let mut kept = lock.write().unwrap_or_else(std::sync::PoisonError::into_inner);
    if kept.len() >= PAPERS_MAX {
        kept.clear();
    }
    kept.insert(key, value);
}

impl fmt::Debug for PaperCache {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PaperCache")
    }
}
