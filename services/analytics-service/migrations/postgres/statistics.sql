-- What is known of a sitting. A row may be here before the fact that describes it: until `told_at` is set it has no
-- title, and its unit is the whole institution, so that nobody sees too much.
CREATE TABLE {schema}.sittings (
    id          uuid NOT NULL PRIMARY KEY,
    unit_path   text NOT NULL,
    title       text,
    opens_at    bigint,
    told_at     bigint,
    released_at bigint,
    cancelled_at bigint
);
CREATE INDEX sittings_unit_path ON {schema}.sittings (unit_path, id);

-- What is known of an attempt, and of its newest mark. Not whose it is: statistics need no names.
CREATE TABLE {schema}.attempts (
    id         uuid   NOT NULL PRIMARY KEY,
    sitting_id uuid   NOT NULL REFERENCES {schema}.sittings (id),
    started_at bigint,
    ended_at   bigint,
    handed_in  boolean,
    score      bigint,
    points_max bigint,
    complete   boolean,
    marked_at  bigint
);
CREATE INDEX attempts_sitting_id ON {schema}.attempts (sitting_id);
