-- A paper as devices fetch it before the start: sealed, under the hash of its sealed bytes. Its key is sealed under the
-- operator's secret, and leaves with the start alone. Written at publication, never updated.
CREATE TABLE {schema}.sealed_papers (
    paper_id    uuid NOT NULL PRIMARY KEY REFERENCES {schema}.papers (id),
    sealed_hash bytea NOT NULL UNIQUE,
    content     bytea NOT NULL,
    key_sealed  bytea NOT NULL,
    media       text NOT NULL
);
