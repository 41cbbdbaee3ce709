-- Every table of a release (DESIGN §4). What later issues compute is there from the first day, empty.
CREATE TABLE release.cells (
    factory_id VARCHAR, indicator_id VARCHAR, opened DATE, closed DATE, n INTEGER, s1 DOUBLE, s2 DOUBLE,
    c1 INTEGER, c2 INTEGER, c3 INTEGER, c4 INTEGER, c5 INTEGER, codebook VARCHAR
);
CREATE TABLE release.adjust (
    factory_id VARCHAR, indicator_id VARCHAR, quarter DATE, points DOUBLE, d_w DOUBLE, codebook VARCHAR
);
CREATE TABLE release.reach (
    factory_id VARCHAR, quarter DATE, people INTEGER, effective_people INTEGER, sittings INTEGER,
    headcount INTEGER, covered INTEGER
);
CREATE TABLE release.slices (
    factory_id VARCHAR, unit VARCHAR, dim VARCHAR, level VARCHAR, first_day DATE, last_day DATE, n INTEGER,
    mean DOUBLE, codebook VARCHAR
);
CREATE TABLE release.facts (fact VARCHAR, codebook VARCHAR, indicator_id VARCHAR, value DOUBLE);
CREATE TABLE release.flags (factory_id VARCHAR, kind VARCHAR, first_day DATE, last_day DATE, detail VARCHAR);
CREATE TABLE release.leads (factory_id VARCHAR, indicator_id VARCHAR, quarter DATE, band VARCHAR, codebook VARCHAR);
CREATE TABLE release.cohorts (
    cohort VARCHAR, country VARCHAR, sector VARCHAR, codebook VARCHAR, theme VARCHAR, month DATE,
    factories INTEGER, answers INTEGER, p10 DOUBLE, p25 DOUBLE, p50 DOUBLE, p75 DOUBLE, p90 DOUBLE,
    reason VARCHAR
);
CREATE TABLE release.factories (
    factory_id VARCHAR, name VARCHAR, country VARCHAR, sector VARCHAR, headcount INTEGER, latitude DOUBLE,
    longitude DOUBLE, joined_date DATE, os_id VARCHAR, owner_id VARCHAR, timezone VARCHAR, public_id VARCHAR
);
CREATE TABLE release.indicators (
    codebook VARCHAR, indicator_id VARCHAR, theme VARCHAR, theme_name VARCHAR, short_name VARCHAR,
    text VARCHAR, scale VARCHAR, polarity INTEGER, zero_tolerance BOOLEAN, is_vignette BOOLEAN, role VARCHAR,
    event_sensitive BOOLEAN, place INTEGER
);
CREATE TABLE release.meta (
    release INTEGER, through DATE, made_at TIMESTAMP, cells BIGINT, closed_now BIGINT, method VARCHAR,
    demo BOOLEAN, seamline VARCHAR
);
