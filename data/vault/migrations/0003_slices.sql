-- Slices (DESIGN §4). Combinations of what people said about themselves, by a number computed from them.
CREATE TABLE strata (
    stratum UBIGINT, gender VARCHAR, department VARCHAR, tenure_band VARCHAR, others MAP(VARCHAR, VARCHAR)
);
-- Answers that no month has counted yet: in an open accumulator (month NULL), or in a cell of the running
-- quarter. x9 is nine times x, a whole number on every scale. `who` is gone once its quarter is over.
CREATE TABLE split_answers (
    factory INTEGER, question INTEGER, x9 INTEGER, stratum UBIGINT, who UBIGINT, quarter DATE, span_day DATE,
    month DATE
);
-- Cells of the running month.
CREATE TABLE split_cells (factory INTEGER, question INTEGER, month DATE, opened DATE, closed DATE);
-- From which month on a dimension is counted at a factory, and how its levels are merged, for ever.
CREATE TABLE slice_series (factory INTEGER, codebook VARCHAR, dim VARCHAR, since DATE);
CREATE TABLE slice_merging (
    factory INTEGER, codebook VARCHAR, unit VARCHAR, dim VARCHAR, level VARCHAR, merged VARCHAR
);
-- Sums over whole cells that have not come out in a slice yet.
CREATE TABLE slice_waiting (
    factory INTEGER, codebook VARCHAR, theme VARCHAR, dim VARCHAR, level VARCHAR, since DATE, opened DATE,
    closed DATE, n BIGINT, s9 BIGINT
);
-- What came out, as it was rounded; never changed.
CREATE TABLE slices (
    factory INTEGER, codebook VARCHAR, unit VARCHAR, dim VARCHAR, level VARCHAR, first_day DATE, last_day DATE,
    n INTEGER, mean DOUBLE, month DATE, release INTEGER
);
-- Benchmarks of calendar months that are over; never changed.
CREATE TABLE cohort_months (month DATE, release INTEGER);
CREATE TABLE cohorts (
    cohort VARCHAR, country VARCHAR, sector VARCHAR, codebook VARCHAR, theme VARCHAR, month DATE,
    factories INTEGER, answers INTEGER, p10 DOUBLE, p25 DOUBLE, p50 DOUBLE, p75 DOUBLE, p90 DOUBLE, reason VARCHAR
);
