-- Receipts. A batch keeps its leaves in their order, so that any of its receipts can be given again; an entry's own leaf
-- follows from its hash, its status, its time and its nonce.
ALTER TABLE {schema}.journal DROP COLUMN leaf_hash;
ALTER TABLE {schema}.journal_batches ADD COLUMN leaves bytea NOT NULL DEFAULT '';
ALTER TABLE {schema}.journal_batches ADD COLUMN key_id text NOT NULL DEFAULT '';
ALTER TABLE {schema}.journal_batches ADD COLUMN signature bytea NOT NULL DEFAULT '';

-- The keys that sign batches, the private halves sealed. The newest signs; all of them verify, for good.
CREATE TABLE {schema}.receipt_keys (
    kid            text NOT NULL PRIMARY KEY,
    public_key     bytea NOT NULL,
    private_sealed bytea NOT NULL,
    created_at     bigint NOT NULL
);
