-- PostgreSQL keeps rows in the order in which they are written anyway; see SQLite's.
SELECT 1;
