-- What counted when the attempt closed: the last entry per question, materialised once.
CREATE TABLE {schema}.responses (
    attempt_id  BLOB    NOT NULL,
    question_id BLOB    NOT NULL,
    lease_no    INTEGER NOT NULL,
    seq         INTEGER NOT NULL,
    payload     BLOB,
    PRIMARY KEY (attempt_id, question_id)
) STRICT, WITHOUT ROWID;

-- A mark per response, with its breakdown; a mark by a person replaces the automatic one and says who.
CREATE TABLE {schema}.marks (
    attempt_id  BLOB    NOT NULL,
    question_id BLOB    NOT NULL,
    points      INTEGER NOT NULL,
    points_max  INTEGER NOT NULL,
    outcome     TEXT    NOT NULL,
    breakdown   TEXT    NOT NULL,
    key_version INTEGER NOT NULL,
    marker_id   BLOB,
    comment     TEXT    NOT NULL,
    marked_at   INTEGER NOT NULL,
    PRIMARY KEY (attempt_id, question_id)
) STRICT, WITHOUT ROWID;

-- Released is a row per sitting and stage; nothing about results leaves for candidates without one.
CREATE TABLE {schema}.releases (
    sitting_id  BLOB    NOT NULL REFERENCES sittings (id),
    stage       TEXT    NOT NULL,
    released_by BLOB,
    released_at INTEGER NOT NULL,
    PRIMARY KEY (sitting_id, stage)
) STRICT;
