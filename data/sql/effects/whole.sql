-- Whether this effects file is of a version that can be read: those of earlier ones lack tables.
SELECT count(*) = 1 AS whole FROM duckdb_tables() WHERE table_name = 'heard'
