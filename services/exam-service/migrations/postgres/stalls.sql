-- Times in which a candidate's device reached no server, by its own word: evidence for people, and for the engine nothing.
CREATE TABLE {schema}.stalls (
    attempt_id  uuid NOT NULL,
    from_at     BIGINT NOT NULL,
    until_at    BIGINT NOT NULL,
    lease_no    BIGINT NOT NULL,
    reported_at BIGINT NOT NULL,
    PRIMARY KEY (attempt_id, from_at)
);
