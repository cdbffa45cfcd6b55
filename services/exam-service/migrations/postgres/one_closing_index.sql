-- The index that versions before 192 looked for closing attempts by. Without it an attempt that is opened, seen or paused leaves
-- every index as it is, and its new row version goes to the page of the old one.
DROP INDEX {schema}.attempts_closing;
