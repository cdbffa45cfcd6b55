-- The journal in the order in which it is written, beside an index of its keys. With the rows themselves sorted by attempt each
-- entry of a batch lay on a page of its own, which had to be split every few entries.
CREATE TABLE {schema}.journal_in_order (
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
    chain_id      BLOB    NOT NULL,
    batch_no      INTEGER NOT NULL,
    admitted_at   INTEGER,
    PRIMARY KEY (attempt_id, lease_no, seq)
) STRICT;
INSERT INTO {schema}.journal_in_order
    (attempt_id, lease_no, seq, partition_day, kind, question_id, status, taken_at, payload, entry_hash, nonce, chain_id,
     batch_no, admitted_at)
SELECT attempt_id, lease_no, seq, partition_day, kind, question_id, status, taken_at, payload, entry_hash, nonce, chain_id,
       batch_no, admitted_at
FROM {schema}.journal
ORDER BY taken_at, attempt_id, lease_no, seq;
DROP TABLE {schema}.journal;
ALTER TABLE {schema}.journal_in_order RENAME TO journal;
CREATE INDEX {schema}.journal_late ON journal (attempt_id) WHERE status = 'late';
