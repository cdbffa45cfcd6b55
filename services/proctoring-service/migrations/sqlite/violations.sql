-- Which unit's staff may see a sitting's violations. A row may be here before the fact that tells the unit: until
-- `told_at` is set the unit is the whole institution, so that nobody sees too much.
CREATE TABLE {schema}.sittings (
    id        BLOB    NOT NULL PRIMARY KEY,
    unit_path TEXT    NOT NULL,
    told_at   INTEGER
) STRICT;

-- What is known of an attempt. A row comes from a fact or from an exam ticket, whichever is first. `violations` counts
-- its rows below, so that their number has a bound; `left_out` counts signals beyond it.
CREATE TABLE {schema}.attempts (
    id           BLOB    NOT NULL PRIMARY KEY,
    sitting_id   BLOB    NOT NULL REFERENCES sittings (id),
    candidate_id BLOB    NOT NULL,
    started_at   INTEGER,
    ended_at     INTEGER,
    violations   INTEGER NOT NULL DEFAULT 0,
    left_out     INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX {schema}.attempts_with_violations ON attempts (sitting_id, id) WHERE violations > 0;

-- What a device noticed. The browser names each signal, so that one sent again is recorded once.
CREATE TABLE {schema}.violations (
    id               BLOB    NOT NULL PRIMARY KEY,
    attempt_id       BLOB    NOT NULL REFERENCES attempts (id),
    sitting_id       BLOB    NOT NULL,
    signal_id        BLOB    NOT NULL,
    kind             TEXT    NOT NULL,
    duration_seconds INTEGER,
    detail           TEXT    NOT NULL,
    recorded_at      INTEGER NOT NULL,
    judgement        TEXT,
    note             TEXT    NOT NULL DEFAULT '',
    judged_by        BLOB,
    judged_at        INTEGER,
    UNIQUE (attempt_id, signal_id)
) STRICT;
CREATE INDEX {schema}.violations_attempt_id ON violations (attempt_id, id);
CREATE INDEX {schema}.violations_sitting_id ON violations (sitting_id, id);
