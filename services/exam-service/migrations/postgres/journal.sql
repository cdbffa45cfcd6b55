-- The append-only record of a candidate's acts as they came. The payload alone can be erased: the hash stays.
-- `seq` counts a lease's entries from 1; the server's own acts have -1 opened, -2 started, -3 submitted.
CREATE TABLE {schema}.journal (
    attempt_id    uuid NOT NULL,
    lease_no      bigint NOT NULL,
    seq           bigint NOT NULL,
    partition_day bigint NOT NULL,
    kind          text    NOT NULL,
    question_id   uuid,
    status        text    NOT NULL,
    taken_at      bigint NOT NULL,
    payload       bytea,
    entry_hash    bytea    NOT NULL,
    nonce         bytea    NOT NULL,
    leaf_hash     bytea    NOT NULL,
    chain_id      uuid NOT NULL,
    batch_no      bigint NOT NULL,
    admitted_at   bigint,
    PRIMARY KEY (attempt_id, lease_no, seq)
);

-- One row per durable commit of a writer; a writer's chain begins anew with each start of the process.
CREATE TABLE {schema}.journal_batches (
    chain_id      uuid NOT NULL,
    batch_no      bigint NOT NULL,
    taken_at      bigint NOT NULL,
    entries       bigint NOT NULL,
    root_hash     bytea    NOT NULL,
    previous_root bytea    NOT NULL,
    PRIMARY KEY (chain_id, batch_no)
);

-- Files that candidates hand in. The bytes lie in the file store under their hash.
CREATE TABLE {schema}.files (
    id         uuid NOT NULL PRIMARY KEY,
    attempt_id uuid NOT NULL,
    name       text    NOT NULL,
    bytes      bigint NOT NULL,
    sha256     bytea    NOT NULL,
    created_at bigint NOT NULL
);
CREATE INDEX files_attempt_id ON {schema}.files (attempt_id);
