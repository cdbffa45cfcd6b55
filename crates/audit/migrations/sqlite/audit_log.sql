-- Every change by staff, written in the change's own transaction. `seq` and `chain_hash` come from the sealer, which
-- runs behind the writers, so that no writer waits for another's hash.
CREATE TABLE {schema}.audit_log (
    id           BLOB    NOT NULL PRIMARY KEY,
    at           INTEGER NOT NULL,
    actor_kind   TEXT    NOT NULL,
    actor_id     BLOB,
    action       TEXT    NOT NULL,
    subject_kind TEXT    NOT NULL,
    subject_id   TEXT    NOT NULL,
    detail       TEXT    NOT NULL,
    seq          INTEGER,
    chain_hash   BLOB
) STRICT;
CREATE UNIQUE INDEX {schema}.audit_log_seq ON audit_log (seq);
CREATE INDEX {schema}.audit_log_unsealed ON audit_log (id) WHERE seq IS NULL;

-- The head of the chain, moved with every seal: a cut tail shows.
CREATE TABLE {schema}.audit_head (
    only_row   INTEGER NOT NULL PRIMARY KEY CHECK (only_row = 1),
    seq        INTEGER NOT NULL,
    chain_hash BLOB    NOT NULL
) STRICT;
