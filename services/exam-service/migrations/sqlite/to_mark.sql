-- Attempts of which something waits for a person: what markers are shown first.
CREATE INDEX {schema}.attempts_partial ON attempts (sitting_id) WHERE marking = 'partial';
