-- Receipts. A batch keeps its leaves in their order, so that any of its receipts can be given again; an entry's own leaf
-- follows from its hash, its status, its time and its nonce.
ALTER TABLE {schema}.journal DROP COLUMN leaf_hash;
ALTER TABLE {schema}.journal_batches ADD COLUMN leaves BLOB NOT NULL DEFAULT X'';
ALTER TABLE {schema}.journal_batches ADD COLUMN key_id TEXT NOT NULL DEFAULT '';
ALTER TABLE {schema}.journal_batches ADD COLUMN signature BLOB NOT NULL DEFAULT X'';

-- The keys that sign batches, the private halves sealed. The newest signs; all of them verify, for good.
CREATE TABLE {schema}.receipt_keys (
    kid            TEXT NOT NULL PRIMARY KEY,
    public_key     BLOB NOT NULL,
    private_sealed BLOB NOT NULL,
    created_at     INTEGER NOT NULL
);
