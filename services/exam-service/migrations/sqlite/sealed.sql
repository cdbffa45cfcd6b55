-- A paper as devices fetch it before the start: sealed, under the hash of its sealed bytes. Its key is sealed under the
-- operator's secret, and leaves with the start alone. Written at publication, never updated.
CREATE TABLE {schema}.sealed_papers (
    paper_id    BLOB NOT NULL PRIMARY KEY REFERENCES papers (id),
    sealed_hash BLOB NOT NULL UNIQUE,
    content     BLOB NOT NULL,
    key_sealed  BLOB NOT NULL,
    media       TEXT NOT NULL
) STRICT;
