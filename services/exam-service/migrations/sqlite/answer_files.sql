-- Answer files that were taken in: what came by hand because no network did. The answers themselves are in the journal.
-- proof is the newest receipt that the device held, as it was; made_at and written_at are the device's own word.
CREATE TABLE {schema}.answer_files (
    id         BLOB NOT NULL PRIMARY KEY,
    attempt_id BLOB NOT NULL,
    sha256     BLOB NOT NULL,
    lease_no   INTEGER NOT NULL,
    made_at    INTEGER NOT NULL,
    entries    INTEGER NOT NULL,
    held       INTEGER NOT NULL,
    proof      TEXT,
    taken_at   INTEGER NOT NULL,
    taken_by   BLOB
) STRICT;
CREATE UNIQUE INDEX {schema}.answer_files_attempt_id ON answer_files (attempt_id, sha256);

-- Which entries came by a file first, and when they were written.
CREATE TABLE {schema}.answer_file_entries (
    attempt_id BLOB NOT NULL,
    lease_no   INTEGER NOT NULL,
    seq        INTEGER NOT NULL,
    file_id    BLOB NOT NULL,
    written_at INTEGER,
    PRIMARY KEY (attempt_id, lease_no, seq)
) STRICT;
