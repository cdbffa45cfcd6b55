-- Answer files that were taken in: what came by hand because no network did. The answers themselves are in the journal.
-- proof is the newest receipt that the device held, as it was; made_at and written_at are the device's own word.
CREATE TABLE {schema}.answer_files (
    id         uuid NOT NULL PRIMARY KEY,
    attempt_id uuid NOT NULL,
    sha256     bytea NOT NULL,
    lease_no   BIGINT NOT NULL,
    made_at    BIGINT NOT NULL,
    entries    BIGINT NOT NULL,
    held       BIGINT NOT NULL,
    proof      TEXT,
    taken_at   BIGINT NOT NULL,
    taken_by   uuid
);
CREATE UNIQUE INDEX answer_files_attempt_id ON {schema}.answer_files (attempt_id, sha256);

-- Which entries came by a file first, and when they were written.
CREATE TABLE {schema}.answer_file_entries (
    attempt_id uuid NOT NULL,
    lease_no   BIGINT NOT NULL,
    seq        BIGINT NOT NULL,
    file_id    uuid NOT NULL,
    written_at BIGINT,
    PRIMARY KEY (attempt_id, lease_no, seq)
);
