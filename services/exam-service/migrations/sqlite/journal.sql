-- The append-only record of a candidate's acts as they came. The payload alone can be erased: the hash stays.
-- `seq` counts a lease's entries from 1; the server's own acts have -1 opened, -2 started, -3 submitted.
CREATE TABLE {schema}.journal (
    attempt_id    BLOB    NOT NULL,
    lease_no      INTEGER NOT NULL,
    seq           INTEGER NOT NULL,
    partition_day INTEGER NOT NULL,
    kind          TEXT    NOT NULL,
    question_id   BLOB,
    status        TEXT    NOT NULL,
    taken_at      INTEGER NOT NULL,
    payload       BLOB,
    entry_hash    BLOB    NOT NULL,
    nonce         BLOB    NOT NULL,
    leaf_hash     BLOB    NOT NULL,
    chain_id      BLOB    NOT NULL,
    batch_no      INTEGER NOT NULL,
    admitted_at   INTEGER,
    PRIMARY KEY (attempt_id, lease_no, seq)
) STRICT, WITHOUT ROWID;

-- One row per durable commit of a writer; a writer's chain begins anew with each start of the process.
CREATE TABLE {schema}.journal_batches (
    chain_id      BLOB    NOT NULL,
    batch_no      INTEGER NOT NULL,
    taken_at      INTEGER NOT NULL,
    entries       INTEGER NOT NULL,
    root_hash     BLOB    NOT NULL,
    previous_root BLOB    NOT NULL,
    PRIMARY KEY (chain_id, batch_no)
) STRICT, WITHOUT ROWID;

-- Files that candidates hand in. The bytes lie in the file store under their hash.
CREATE TABLE {schema}.files (
    id         BLOB    NOT NULL PRIMARY KEY,
    attempt_id BLOB    NOT NULL,
    name       TEXT    NOT NULL,
    bytes      INTEGER NOT NULL,
    sha256     BLOB    NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX {schema}.files_attempt_id ON files (attempt_id);
