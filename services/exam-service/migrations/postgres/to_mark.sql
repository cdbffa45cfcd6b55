-- Attempts of which something waits for a person: what markers are shown first.
CREATE INDEX attempts_partial ON {schema}.attempts (sitting_id) WHERE marking = 'partial';
