//! `question.search`, and lists of questions with or without a search. A text per dialect where FTS5 and tsvector differ.

use authz::UnitPath;
use db::{Conn, Result, Tx};
use question_api::{BankId, CategoryId, QuestionId, StimulusId};
use question_model::{QuestionType, QuestionVersionId};
use sqlx::{QueryBuilder, Sqlite, SqliteConnection};

use super::{
    ROWS_PER_STATEMENT_MAX,
    questions::{COLUMNS, QuestionRow, Raw},
    under,
};
use crate::domain::{search_query::SearchQuery, state::QuestionState, tag::tag_key};

/// So many questions may pass a filter for a search on SQLite to begin with them: their numbers are held in memory.
const NARROW_QUESTIONS_MAX: i64 = 2_000;

/// Which questions a list shows. What is empty or none doesn't narrow it.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// The words that must be there.
    pub text: Option<SearchQuery>,
    /// In this bank.
    pub bank: Option<BankId>,
    /// In this category or below it.
    pub category: Option<CategoryId>,
    /// With all of these tags.
    pub tags: Vec<String>,
    /// Of any of these types.
    pub types: Vec<QuestionType>,
    /// That share this stimulus.
    pub stimulus: Option<StimulusId>,
    /// In this state.
    pub state: Option<QuestionState>,
    /// Archived ones instead of the others.
    pub archived: bool,
}

/// Narrows a query over `question.questions q`; the type is that of `$type`, a version or the question. Tags are
/// looked for `$by_tag`, in the set of all questions that have one, or else question by question. Categories stand in a set
/// that begins with `$set` and ends with `$end`.
macro_rules! narrow {
    ($query:expr, $filter:expr, $type:literal, $by_tag:literal) => {
        narrow!($query, $filter, $type, $by_tag, "IN (", ")")
    };
    ($query:expr, $filter:expr, $type:literal, $by_tag:literal, $set:literal, $end:literal) => {{
        let (query, filter) = (&mut $query, $filter);
        query.push(if filter.archived {
            " AND q.archived_at IS NOT NULL"
        } else {
            " AND q.archived_at IS NULL"
        });
        if let Some(bank) = filter.bank {
            query.push(" AND q.bank_id = ").push_bind(bank);
        }
        if let Some(category) = filter.category {
            query.push(concat!(
                " AND q.category_id ",
                $set,
                "SELECT inner_one.id
                    FROM question.categories inner_one
                    JOIN question.categories outer_one ON inner_one.bank_id = outer_one.bank_id
                     AND inner_one.path LIKE outer_one.path || '%'
                    WHERE outer_one.id = ",
            ));
            query.push_bind(category).push($end);
        }
        for tag in &filter.tags {
            query.push(if $by_tag {
                " AND q.id IN (SELECT t.question_id FROM question.question_tags t WHERE t.tag_key = "
            } else {
                " AND EXISTS (SELECT 1 FROM question.question_tags t WHERE t.question_id = q.id AND t.tag_key = "
            });
            query.push_bind(tag_key(tag)).push(")");
        }
        if !filter.types.is_empty() {
            query.push(concat!(" AND ", $type, ".question_type IN ("));
            let mut list = query.separated(", ");
            filter.types.iter().for_each(|kind| {
                list.push_bind(kind.as_str());
            });
            query.push(")");
        }
        if let Some(stimulus) = filter.stimulus {
            query.push(" AND q.stimulus_id = ").push_bind(stimulus);
        }
        if let Some(state) = filter.state {
            query.push(" AND q.state = ").push_bind(state.as_str());
        }
    }};
}

/// What a search on SQLite begins with.
#[derive(Debug)]
enum First {
    /// Nothing passes the rest of the filter: there is nothing to search.
    Nothing,
    /// The few questions of the bank that pass it.
    FewOfBank,
    /// The few questions that have this tag.
    FewTagged(String),
    /// The words.
    Words,
}

impl First {
    /// Counts what passes parts of the filter that an index leads to, up to one more than [`NARROW_QUESTIONS_MAX`] each.
    async fn of(conn: &mut SqliteConnection, filter: &Filter) -> Result<Self> {
        for tag in &filter.tags {
            let mut query = QueryBuilder::new(
                "SELECT COUNT(*) FROM (SELECT 1 FROM question.question_tags t WHERE t.tag_key = ",
            );
            let tag = tag_key(tag);
            query.push_bind(tag.clone());
            match count(conn, query).await? {
                0 => return Ok(Self::Nothing),
                ..=NARROW_QUESTIONS_MAX => return Ok(Self::FewTagged(tag)),
                _ => {}
            }
        }
        if filter.bank.is_some() && (filter.state.is_some() || !filter.types.is_empty() || filter.archived) {
            let indexed = Filter { tags: Vec::new(), category: None, ..filter.clone() };
            let mut query =
                QueryBuilder::new("SELECT COUNT(*) FROM (SELECT 1 FROM question.questions q WHERE TRUE");
            narrow!(query, &indexed, "q", false);
            match count(conn, query).await? {
                0 => return Ok(Self::Nothing),
                ..=NARROW_QUESTIONS_MAX => return Ok(Self::FewOfBank),
                _ => {}
            }
        }
        Ok(Self::Words)
    }
}

/// Ends a query that counts; the count goes up to one more than [`NARROW_QUESTIONS_MAX`].
async fn count(conn: &mut SqliteConnection, mut query: QueryBuilder<Sqlite>) -> Result<i64> {
    query.push(" LIMIT ").push_bind(NARROW_QUESTIONS_MAX + 1).push(")");
    Ok(query.build_query_scalar().fetch_one(conn).await?)
}

/// Questions that `filter` lets through, newest first, from before `before`. When it names no bank, those of all banks in
/// use under any of `units`; whether the actor may see the bank that it names is the caller's to know.
///
/// A list goes by `seq`, and so does the index: a word that stands in half the questions costs no more than a page of
/// them. Where few or no questions pass the rest of the filter, such a word would be followed through all of its
/// questions to fill a page: then SQLite gets the few first, and looks at no other question of the word's. PostgreSQL
/// knows by its statistics.
pub async fn list(
    conn: &mut Conn,
    units: &[UnitPath],
    filter: &Filter,
    before: i64,
    limit: i64,
) -> Result<Vec<QuestionRow>> {
    let raws: Vec<Raw> = db::on!(conn,
        sqlite c => {
            let mut query = QueryBuilder::new(format!("SELECT {COLUMNS} FROM "));
            match &filter.text {
                // CROSS JOIN: the index first, in its own order, then a row for each hit, until the page is full.
                Some(text) => {
                    query.push("question.search s CROSS JOIN question.questions q ON q.seq = s.rowid WHERE s.words MATCH ");
                    query.push_bind(text.fts5()).push(" AND s.rowid < ").push_bind(before);
                    // The plus keeps the index of words from being asked for each of the few anew.
                    match First::of(c, filter).await? {
                        First::Nothing => return Ok(Vec::new()),
                        First::FewOfBank => {
                            query.push(" AND +s.rowid IN (SELECT q.seq FROM question.questions q WHERE TRUE");
                            narrow!(query, filter, "q", false);
                            query.push(")");
                        }
                        First::FewTagged(tag) => {
                            query.push(
                                " AND +s.rowid IN (
                                    SELECT q.seq
                                    FROM question.question_tags n
                                    CROSS JOIN question.questions q ON q.id = n.question_id
                                    WHERE n.tag_key = ",
                            );
                            query.push_bind(tag);
                            narrow!(query, filter, "q", false);
                            query.push(")");
                        }
                        First::Words => narrow!(query, filter, "q", false),
                    }
                }
                None => {
                    query.push("question.questions q WHERE q.seq < ").push_bind(before);
                    narrow!(query, filter, "q", true);
                }
            }
            if filter.bank.is_none() {
                query.push(" AND q.bank_id IN (SELECT b.id FROM question.banks b WHERE b.archived_at IS NULL AND");
                under!(query, "b.unit_path", units);
                query.push(")");
            }
            query.push(if filter.text.is_some() { " ORDER BY s.rowid DESC" } else { " ORDER BY q.seq DESC" });
            query.push(" LIMIT ").push_bind(limit);
            query.build_query_as().fetch_all(c).await
        },
        postgres c => {
            let mut query = QueryBuilder::new(format!("SELECT {COLUMNS} FROM question.questions q"));
            match &filter.text {
                Some(text) => {
                    query.push(" JOIN question.search s ON s.seq = q.seq WHERE s.words @@ CAST(");
                    query.push_bind(text.tsquery()).push(" AS tsquery) AND s.seq < ").push_bind(before);
                }
                None => {
                    query.push(" WHERE q.seq < ").push_bind(before);
                }
            }
            // The ids first: of a category that joins itself by its path PostgreSQL expects next to nothing, and for a
            // large one it would read and sort all of it instead of the newest few.
            narrow!(query, filter, "q", true, "= ANY (ARRAY(", "))");
            if filter.bank.is_none() {
                query.push(" AND q.bank_id IN (SELECT b.id FROM question.banks b WHERE b.archived_at IS NULL AND");
                under!(query, "b.unit_path", units);
                query.push(")");
            }
            query.push(if filter.text.is_some() { " ORDER BY s.seq DESC" } else { " ORDER BY q.seq DESC" });
            query.push(" LIMIT ").push_bind(limit);
            // Planned for these words each time: a plan for any words reads half the table for a rare one.
            query.build_query_as().persistent(false).fetch_all(c).await
        }
    )?;
    raws.into_iter().map(Raw::read).collect()
}

/// The questions that a draw may take, each with its newest version that may be asked.
pub async fn drawable(conn: &mut Conn, filter: &Filter) -> Result<Vec<(QuestionId, QuestionVersionId)>> {
    Ok(db::on!(conn, c => {
        let mut query = QueryBuilder::new(
            "SELECT q.id, v.id
             FROM question.questions q
             JOIN question.question_versions v ON v.id = q.ready_version_id
             WHERE q.ready_version_id IS NOT NULL",
        );
        narrow!(query, filter, "v", true);
        query.push(" ORDER BY q.seq");
        query.build_query_as().fetch_all(c).await
    })?)
}

/// The words of one question, for [`insert`].
#[derive(Clone, Debug)]
pub struct Words<'a> {
    /// The question's `seq`.
    pub seq: i64,
    /// Its words, in order, with single spaces between them.
    pub words: &'a str,
}

/// Makes questions findable that weren't.
pub async fn insert(tx: &mut Tx, rows: &[Words<'_>]) -> Result<()> {
    for rows in rows.chunks(ROWS_PER_STATEMENT_MAX) {
        db::on!(&mut **tx,
            sqlite c => {
                let mut query = QueryBuilder::new("INSERT INTO question.search (rowid, words) ");
                query.push_values(rows, |mut values, row| {
                    values.push_bind(row.seq).push_bind(row.words);
                });
                query.build().execute(c).await.map(|_| ())
            },
            postgres c => {
                let seqs: Vec<i64> = rows.iter().map(|row| row.seq).collect();
                let words: Vec<String> = rows.iter().map(|row| tsvector(row.words)).collect();
                sqlx::query(
                    "INSERT INTO question.search (seq, words)
                     SELECT row.seq, CAST(row.words AS tsvector)
                     FROM unnest($1, $2) AS row (seq, words)",
                )
                .bind(seqs)
                .bind(words)
                .execute(c)
                .await
                .map(|_| ())
            }
        )?;
    }
    Ok(())
}

/// Tells the planner that many questions came; SQLite's goes by the shape of a query alone.
pub async fn refresh_statistics(tx: &mut Tx) -> Result<()> {
    if let Conn::Postgres(conn) = &mut **tx {
        sqlx::query("ANALYZE question.search, question.questions, question.question_tags")
            .execute(&mut **conn)
            .await?;
    }
    Ok(())
}

/// Makes a question unfindable.
pub async fn remove(tx: &mut Tx, seq: i64) -> Result<()> {
    db::on!(&mut **tx,
        sqlite c => sqlx::query("DELETE FROM question.search WHERE rowid = $1").bind(seq).execute(c).await.map(|_| ()),
        postgres c => sqlx::query("DELETE FROM question.search WHERE seq = $1").bind(seq).execute(c).await.map(|_| ())
    )?;
    Ok(())
}

/// Words with their places. Words hold letters and digits alone, so that quotes need no escape.
fn tsvector(words: &str) -> String {
    let mut text = String::with_capacity(words.len() * 2);
    for (word, place) in words.split_whitespace().zip(1..) {
        text.push_str(&format!("'{word}':{place} "));
    }
    text
}
