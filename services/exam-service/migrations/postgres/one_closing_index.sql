-- The index that versions before 192 looked for closing attempts by. Without it an attempt that is opened, seen or paused leaves
-- every index as it is, and its new row version goes to the page of the old one. Such versions are slow without it: no replica of
-- theirs should run an exam any more.
--
-- An index is dropped under a lock that nobody else may share. Who waits for it behind a long reader has everybody who saves wait
-- behind them: so not for longer than half a second at a time.
DO $$
BEGIN
    PERFORM set_config('lock_timeout', '500ms', TRUE);
    FOR turn IN 1..600 LOOP
        BEGIN
            DROP INDEX {schema}.attempts_closing;
            RETURN;
        EXCEPTION WHEN lock_not_available THEN
            PERFORM pg_sleep(0.5);
        END;
    END LOOP;
    RAISE EXCEPTION 'the index attempts_closing is in use: end what reads for minutes, and try again';
END
$$;
