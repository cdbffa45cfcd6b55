-- What counted when the attempt closed: the last entry per question, materialised once.
CREATE TABLE {schema}.responses (
    attempt_id  uuid NOT NULL,
    question_id uuid NOT NULL,
    lease_no    bigint NOT NULL,
    seq         bigint NOT NULL,
    payload     bytea,
    PRIMARY KEY (attempt_id, question_id)
);

-- A mark per response, with its breakdown; a mark by a person replaces the automatic one and says who.
CREATE TABLE {schema}.marks (
    attempt_id  uuid NOT NULL,
    question_id uuid NOT NULL,
    points      bigint NOT NULL,
    points_max  bigint NOT NULL,
    outcome     text    NOT NULL,
    breakdown   text    NOT NULL,
    key_version bigint NOT NULL,
    marker_id   uuid,
    comment     text    NOT NULL,
    marked_at   bigint NOT NULL,
    PRIMARY KEY (attempt_id, question_id)
);

-- Released is a row per sitting and stage; nothing about results leaves for candidates without one.
CREATE TABLE {schema}.releases (
    sitting_id  uuid NOT NULL REFERENCES {schema}.sittings (id),
    stage       text    NOT NULL,
    released_by uuid,
    released_at bigint NOT NULL,
    PRIMARY KEY (sitting_id, stage)
);
