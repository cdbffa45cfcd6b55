-- Which unit's staff may see a sitting's violations. A row may be here before the fact that tells the unit: until
-- `told_at` is set the unit is the whole institution, so that nobody sees too much.
CREATE TABLE {schema}.sittings (
    id        uuid NOT NULL PRIMARY KEY,
    unit_path text NOT NULL,
    told_at   bigint
);

-- What is known of an attempt. A row comes from a fact or from an exam ticket, whichever is first. `violations` counts
-- its rows below, so that their number has a bound; `left_out` counts signals beyond it.
CREATE TABLE {schema}.attempts (
    id           uuid   NOT NULL PRIMARY KEY,
    sitting_id   uuid   NOT NULL REFERENCES {schema}.sittings (id),
    candidate_id uuid   NOT NULL,
    started_at   bigint,
    ended_at     bigint,
    violations   bigint NOT NULL DEFAULT 0,
    left_out     bigint NOT NULL DEFAULT 0
);
CREATE INDEX attempts_with_violations ON {schema}.attempts (sitting_id, id) WHERE violations > 0;

-- What a device noticed. The browser names each signal, so that one sent again is recorded once.
CREATE TABLE {schema}.violations (
    id               uuid   NOT NULL PRIMARY KEY,
    attempt_id       uuid   NOT NULL REFERENCES {schema}.attempts (id),
    sitting_id       uuid   NOT NULL,
    signal_id        uuid   NOT NULL,
    kind             text   NOT NULL,
    duration_seconds bigint,
    detail           text   NOT NULL,
    recorded_at      bigint NOT NULL,
    judgement        text,
    note             text   NOT NULL DEFAULT '',
    judged_by        uuid,
    judged_at        bigint,
    UNIQUE (attempt_id, signal_id)
);
CREATE INDEX violations_attempt_id ON {schema}.violations (attempt_id, id);
CREATE INDEX violations_sitting_id ON {schema}.violations (sitting_id, id);
