-- Answers are only ever appended. No secondary index, no key constraint: identity is decided on load.
CREATE TABLE questions (
    question INTEGER, codebook VARCHAR, indicator_id VARCHAR, theme VARCHAR, theme_name VARCHAR,
    short_name VARCHAR, text VARCHAR, scale VARCHAR, polarity TINYINT, zero_tolerance BOOLEAN,
    is_vignette BOOLEAN, role VARCHAR, event_sensitive BOOLEAN, load INTEGER
);
-- A factory that changed is written again; the row of the latest load counts.
CREATE TABLE factories (
    factory INTEGER, factory_id VARCHAR, name VARCHAR, country VARCHAR, sector VARCHAR, headcount INTEGER,
    latitude DOUBLE, longitude DOUBLE, joined_date DATE, os_id VARCHAR, owner_id VARCHAR, timezone VARCHAR,
    public_id VARCHAR, load INTEGER
);
CREATE TABLE headcount (
    factory INTEGER, gender VARCHAR, department VARCHAR, tenure_band VARCHAR,
    others MAP(VARCHAR, VARCHAR), headcount INTEGER, load INTEGER
);
CREATE TABLE answers (
    factory INTEGER, question INTEGER, day DATE, level UTINYINT, channel VARCHAR, gender VARCHAR,
    department VARCHAR, tenure_band VARCHAR, others MAP(VARCHAR, VARCHAR), sitting UBIGINT, person UBIGINT,
    load INTEGER
);
-- Apart from answers and in the order of their hash: only says "this was here, with this content".
CREATE TABLE identities (identity UHUGEINT, content UHUGEINT, load INTEGER);
CREATE TABLE files (hash VARCHAR, name VARCHAR, load INTEGER);
CREATE TABLE loads (load INTEGER, loaded_at TIMESTAMP, name VARCHAR, accepted BIGINT);
CREATE TABLE cells (
    factory INTEGER, question INTEGER, opened DATE, closed DATE, n INTEGER, s1 DOUBLE, s2 DOUBLE,
    c1 INTEGER, c2 INTEGER, c3 INTEGER, c4 INTEGER, c5 INTEGER, release INTEGER
);
-- Accumulators not closed yet: their span, their people (best quarter so far, and the running one), the
-- counts of each value, and the keys already counted in the running quarter.
CREATE TABLE open_series (
    factory INTEGER, question INTEGER, since DATE, opened DATE, last DATE,
    best INTEGER, quarter DATE, people INTEGER
);
CREATE TABLE open_counts (factory INTEGER, question INTEGER, level UTINYINT, n INTEGER);
CREATE TABLE open_people (factory INTEGER, question INTEGER, person UBIGINT);
CREATE TABLE releases (
    release INTEGER, through DATE, last_load INTEGER, made_at TIMESTAMP, cells BIGINT, closed_now BIGINT
);
