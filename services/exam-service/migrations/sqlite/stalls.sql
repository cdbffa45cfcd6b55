-- Times in which a candidate's device reached no server, by its own word: evidence for people, and for the engine nothing.
CREATE TABLE {schema}.stalls (
    attempt_id  BLOB NOT NULL,
    from_at     INTEGER NOT NULL,
    until_at    INTEGER NOT NULL,
    lease_no    INTEGER NOT NULL,
    reported_at INTEGER NOT NULL,
    PRIMARY KEY (attempt_id, from_at)
) STRICT, WITHOUT ROWID;
