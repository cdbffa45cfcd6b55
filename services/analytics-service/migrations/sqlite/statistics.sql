-- What is known of a sitting. A row may be here before the fact that describes it: until `told_at` is set it has no
-- title, and its unit is the whole institution, so that nobody sees too much.
CREATE TABLE {schema}.sittings (
    id          BLOB    NOT NULL PRIMARY KEY,
    unit_path   TEXT    NOT NULL,
    title       TEXT,
    opens_at    INTEGER,
    told_at     INTEGER,
    released_at INTEGER,
    cancelled_at INTEGER
) STRICT;
CREATE INDEX {schema}.sittings_unit_path ON sittings (unit_path, id);

-- What is known of an attempt, and of its newest mark. Not whose it is: statistics need no names.
CREATE TABLE {schema}.attempts (
    id         BLOB    NOT NULL PRIMARY KEY,
    sitting_id BLOB    NOT NULL REFERENCES sittings (id),
    started_at INTEGER,
    ended_at   INTEGER,
    handed_in  INTEGER,
    score      INTEGER,
    points_max INTEGER,
    complete   INTEGER,
    marked_at  INTEGER
) STRICT;
CREATE INDEX {schema}.attempts_sitting_id ON attempts (sitting_id);
