-- What authors define. `definition` is the draft; publishing freezes it into a publication with its papers.
CREATE TABLE {schema}.exams (
    id             uuid NOT NULL PRIMARY KEY,
    unit_path      text    NOT NULL,
    title          text    NOT NULL,
    definition     text    NOT NULL,
    version        bigint NOT NULL,
    publication_id uuid,
    archived_at    bigint,
    created_by     uuid,
    created_at     bigint NOT NULL,
    updated_at     bigint NOT NULL
);
CREATE INDEX exams_unit_path ON {schema}.exams (unit_path, id);

-- An exam as it was published: rules that no later edit touches.
CREATE TABLE {schema}.publications (
    id           uuid NOT NULL PRIMARY KEY,
    exam_id      uuid NOT NULL REFERENCES {schema}.exams (id),
    number       bigint NOT NULL,
    title        text    NOT NULL,
    rules        text    NOT NULL,
    published_by uuid,
    published_at bigint NOT NULL,
    UNIQUE (exam_id, number)
);

-- A form of a publication. `content` is exact bytes under `content_hash` and never changes; the keys lie beside it,
-- so that reading a paper can't read a key.
CREATE TABLE {schema}.papers (
    id             uuid NOT NULL PRIMARY KEY,
    publication_id uuid NOT NULL REFERENCES {schema}.publications (id),
    form_no        bigint NOT NULL,
    content        bytea    NOT NULL,
    content_hash   bytea    NOT NULL,
    question_count bigint NOT NULL,
    points_max     bigint NOT NULL,
    UNIQUE (publication_id, form_no)
);
CREATE TABLE {schema}.paper_keys (
    paper_id uuid NOT NULL REFERENCES {schema}.papers (id),
    version  bigint NOT NULL,
    content  bytea    NOT NULL,
    PRIMARY KEY (paper_id, version)
);

-- A scheduled delivery. All its attempts carry its `partition_day`, fixed when it is scheduled.
CREATE TABLE {schema}.sittings (
    id              uuid NOT NULL PRIMARY KEY,
    exam_id         uuid NOT NULL REFERENCES {schema}.exams (id),
    publication_id  uuid NOT NULL REFERENCES {schema}.publications (id),
    unit_path       text    NOT NULL,
    title           text    NOT NULL,
    time_zone       text    NOT NULL,
    opens_at        bigint NOT NULL,
    entry_closes_at bigint NOT NULL,
    window_ends_at  bigint NOT NULL,
    duration_us     bigint NOT NULL,
    grace_us        bigint NOT NULL,
    practice        boolean NOT NULL,
    forms           text    NOT NULL,
    replaces_id     uuid,
    partition_day   bigint NOT NULL,
    cancelled_at    bigint,
    version         bigint NOT NULL,
    created_by      uuid,
    created_at      bigint NOT NULL
);
CREATE INDEX sittings_opens_at ON {schema}.sittings (opens_at, id);
CREATE INDEX sittings_exam_id ON {schema}.sittings (exam_id);

-- One candidate's run through a sitting, made when they are put on the roster. `closes_at` is deadline plus grace:
-- closed is a function of this row and the clock. `arrangement` is the explicit order of questions and options.
CREATE TABLE {schema}.attempts (
    id               uuid NOT NULL PRIMARY KEY,
    sitting_id       uuid NOT NULL REFERENCES {schema}.sittings (id),
    candidate_id     uuid NOT NULL,
    candidate_number text    NOT NULL,
    candidate_name   text    NOT NULL,
    partition_day    bigint NOT NULL,
    paper_id         uuid NOT NULL REFERENCES {schema}.papers (id),
    form_no          bigint NOT NULL,
    arrangement      text    NOT NULL,
    roster_status    text    NOT NULL,
    state            text    NOT NULL,
    lease_no         bigint NOT NULL,
    lease_device     uuid,
    extra_percent    bigint NOT NULL,
    extra_us         bigint NOT NULL,
    credit_us        bigint NOT NULL,
    started_at       bigint,
    deadline         bigint,
    closes_at        bigint,
    submitted_at     bigint,
    ended_at         bigint,
    marking          text    NOT NULL,
    score            bigint,
    marked_at        bigint,
    handed_over      boolean NOT NULL,
    version          bigint NOT NULL,
    created_at       bigint NOT NULL,
    UNIQUE (sitting_id, candidate_id)
);
CREATE INDEX attempts_candidate_id ON {schema}.attempts (candidate_id, sitting_id);
CREATE INDEX attempts_closing ON {schema}.attempts (closes_at) WHERE state IN ('in_progress', 'paused');
CREATE INDEX attempts_to_mark ON {schema}.attempts (ended_at) WHERE ended_at IS NOT NULL AND marking = 'none';
CREATE INDEX attempts_to_hand_over ON {schema}.attempts (created_at) WHERE NOT handed_over;

-- Time given to an attempt, or to all of a sitting, and why.
CREATE TABLE {schema}.time_credits (
    id         uuid NOT NULL PRIMARY KEY,
    sitting_id uuid NOT NULL REFERENCES {schema}.sittings (id),
    attempt_id uuid,
    credit_us  bigint NOT NULL,
    reason     text    NOT NULL,
    given_by   uuid,
    given_at   bigint NOT NULL
);
CREATE INDEX time_credits_sitting_id ON {schema}.time_credits (sitting_id);

-- Standing arrangements of persons, taken into their attempts when these are made.
CREATE TABLE {schema}.accommodations (
    candidate_id  uuid NOT NULL PRIMARY KEY,
    extra_percent bigint NOT NULL,
    extra_us      bigint NOT NULL,
    updated_by    uuid,
    updated_at    bigint NOT NULL
);
