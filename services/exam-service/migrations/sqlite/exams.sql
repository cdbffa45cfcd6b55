-- What authors define. `definition` is the draft; publishing freezes it into a publication with its papers.
CREATE TABLE {schema}.exams (
    id             BLOB    NOT NULL PRIMARY KEY,
    unit_path      TEXT    NOT NULL,
    title          TEXT    NOT NULL,
    definition     TEXT    NOT NULL,
    version        INTEGER NOT NULL,
    publication_id BLOB,
    archived_at    INTEGER,
    created_by     BLOB,
    created_at     INTEGER NOT NULL,
    updated_at     INTEGER NOT NULL
) STRICT;
CREATE INDEX {schema}.exams_unit_path ON exams (unit_path, id);

-- An exam as it was published: rules that no later edit touches.
CREATE TABLE {schema}.publications (
    id           BLOB    NOT NULL PRIMARY KEY,
    exam_id      BLOB    NOT NULL REFERENCES exams (id),
    number       INTEGER NOT NULL,
    title        TEXT    NOT NULL,
    rules        TEXT    NOT NULL,
    published_by BLOB,
    published_at INTEGER NOT NULL,
    UNIQUE (exam_id, number)
) STRICT;

-- A form of a publication. `content` is exact bytes under `content_hash` and never changes; the keys lie beside it,
-- so that reading a paper can't read a key.
CREATE TABLE {schema}.papers (
    id             BLOB    NOT NULL PRIMARY KEY,
    publication_id BLOB    NOT NULL REFERENCES publications (id),
    form_no        INTEGER NOT NULL,
    content        BLOB    NOT NULL,
    content_hash   BLOB    NOT NULL,
    question_count INTEGER NOT NULL,
    points_max     INTEGER NOT NULL,
    UNIQUE (publication_id, form_no)
) STRICT;
CREATE TABLE {schema}.paper_keys (
    paper_id BLOB    NOT NULL REFERENCES papers (id),
    version  INTEGER NOT NULL,
    content  BLOB    NOT NULL,
    PRIMARY KEY (paper_id, version)
) STRICT;

-- A scheduled delivery. All its attempts carry its `partition_day`, fixed when it is scheduled.
CREATE TABLE {schema}.sittings (
    id              BLOB    NOT NULL PRIMARY KEY,
    exam_id         BLOB    NOT NULL REFERENCES exams (id),
    publication_id  BLOB    NOT NULL REFERENCES publications (id),
    unit_path       TEXT    NOT NULL,
    title           TEXT    NOT NULL,
    time_zone       TEXT    NOT NULL,
    opens_at        INTEGER NOT NULL,
    entry_closes_at INTEGER NOT NULL,
    window_ends_at  INTEGER NOT NULL,
    duration_us     INTEGER NOT NULL,
    grace_us        INTEGER NOT NULL,
    practice        INTEGER NOT NULL,
    forms           TEXT    NOT NULL,
    replaces_id     BLOB,
    partition_day   INTEGER NOT NULL,
    cancelled_at    INTEGER,
    version         INTEGER NOT NULL,
    created_by      BLOB,
    created_at      INTEGER NOT NULL
) STRICT;
CREATE INDEX {schema}.sittings_opens_at ON sittings (opens_at, id);
CREATE INDEX {schema}.sittings_exam_id ON sittings (exam_id);

-- One candidate's run through a sitting, made when they are put on the roster. `closes_at` is deadline plus grace:
-- closed is a function of this row and the clock. `arrangement` is the explicit order of questions and options.
CREATE TABLE {schema}.attempts (
    id               BLOB    NOT NULL PRIMARY KEY,
    sitting_id       BLOB    NOT NULL REFERENCES sittings (id),
    candidate_id     BLOB    NOT NULL,
    candidate_number TEXT    NOT NULL,
    candidate_name   TEXT    NOT NULL,
    partition_day    INTEGER NOT NULL,
    paper_id         BLOB    NOT NULL REFERENCES papers (id),
    form_no          INTEGER NOT NULL,
    arrangement      TEXT    NOT NULL,
    roster_status    TEXT    NOT NULL,
    state            TEXT    NOT NULL,
    lease_no         INTEGER NOT NULL,
    lease_device     BLOB,
    extra_percent    INTEGER NOT NULL,
    extra_us         INTEGER NOT NULL,
    credit_us        INTEGER NOT NULL,
    started_at       INTEGER,
    deadline         INTEGER,
    closes_at        INTEGER,
    submitted_at     INTEGER,
    ended_at         INTEGER,
    marking          TEXT    NOT NULL,
    score            INTEGER,
    marked_at        INTEGER,
    handed_over      INTEGER NOT NULL,
    version          INTEGER NOT NULL,
    created_at       INTEGER NOT NULL,
    UNIQUE (sitting_id, candidate_id)
) STRICT;
CREATE INDEX {schema}.attempts_candidate_id ON attempts (candidate_id, sitting_id);
CREATE INDEX {schema}.attempts_closing ON attempts (closes_at) WHERE state IN ('in_progress', 'paused');
CREATE INDEX {schema}.attempts_to_mark ON attempts (ended_at) WHERE ended_at IS NOT NULL AND marking = 'none';
CREATE INDEX {schema}.attempts_to_hand_over ON attempts (created_at) WHERE handed_over = 0;

-- Time given to an attempt, or to all of a sitting, and why.
CREATE TABLE {schema}.time_credits (
    id         BLOB    NOT NULL PRIMARY KEY,
    sitting_id BLOB    NOT NULL REFERENCES sittings (id),
    attempt_id BLOB,
    credit_us  INTEGER NOT NULL,
    reason     TEXT    NOT NULL,
    given_by   BLOB,
    given_at   INTEGER NOT NULL
) STRICT;
CREATE INDEX {schema}.time_credits_sitting_id ON time_credits (sitting_id);

-- Standing arrangements of persons, taken into their attempts when these are made.
CREATE TABLE {schema}.accommodations (
    candidate_id  BLOB    NOT NULL PRIMARY KEY,
    extra_percent INTEGER NOT NULL,
    extra_us      INTEGER NOT NULL,
    updated_by    BLOB,
    updated_at    INTEGER NOT NULL
) STRICT;
