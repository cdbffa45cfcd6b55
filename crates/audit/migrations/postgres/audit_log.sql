-- Every change by staff, written in the change's own transaction. `seq` and `chain_hash` come from the sealer, which
-- runs behind the writers, so that no writer waits for another's hash.
CREATE TABLE {schema}.audit_log (
    id           uuid   NOT NULL PRIMARY KEY,
    at           bigint NOT NULL,
    actor_kind   text   NOT NULL,
    actor_id     uuid,
    action       text   NOT NULL,
    subject_kind text   NOT NULL,
    subject_id   text   NOT NULL,
    detail       text   NOT NULL,
    seq          bigint,
    chain_hash   bytea
);
CREATE UNIQUE INDEX audit_log_seq ON {schema}.audit_log (seq);
CREATE INDEX audit_log_unsealed ON {schema}.audit_log (id) WHERE seq IS NULL;

-- The head of the chain, moved with every seal: a cut tail shows.
CREATE TABLE {schema}.audit_head (
    only_row   bigint NOT NULL PRIMARY KEY CHECK (only_row = 1),
    seq        bigint NOT NULL,
    chain_hash bytea  NOT NULL
);
