-- When a sitting's results were last released and last taken back. Facts come in any order: whether results are out is
-- told by which of the two is newer.
CREATE TABLE {schema}.releases (
    sitting_id   BLOB NOT NULL PRIMARY KEY,
    released_at  INTEGER,
    withdrawn_at INTEGER
) STRICT, WITHOUT ROWID;
