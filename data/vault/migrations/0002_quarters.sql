-- What is fixed once a quarter is over, and stays (DESIGN §4). A quarter is named by its first day.
-- The quarter of each factory's first cell; where older cells closed later, another row. The earliest counts.
CREATE TABLE begun (factory INTEGER, quarter DATE, release INTEGER);
INSERT INTO begun
SELECT factory, CAST(date_trunc('quarter', min(opened)) AS DATE), min(release) FROM cells GROUP BY factory;
-- The quarters of each factory that are fixed: their answers are never counted again.
CREATE TABLE quarters (factory INTEGER, quarter DATE, release INTEGER);
-- As published, so already rounded. Only the running quarter's rows are ever replaced.
CREATE TABLE reach (
    factory INTEGER, quarter DATE, people INTEGER, effective_people INTEGER, sittings INTEGER, release INTEGER
);
CREATE TABLE adjust (
    factory INTEGER, question INTEGER, quarter DATE, points DOUBLE, d_w DOUBLE, release INTEGER
);
CREATE TABLE leads (factory INTEGER, question INTEGER, quarter DATE, band VARCHAR, release INTEGER);
-- How alike answers of one worker are, as sums over workers that can be added up.
CREATE TABLE likeness (
    quarter DATE, codebook VARCHAR, repeated BIGINT, within_squares DOUBLE, within_free DOUBLE,
    between_squares DOUBLE, between_free DOUBLE, between_size DOUBLE, paired BIGINT, products DOUBLE, pairs DOUBLE,
    release INTEGER
);
-- What was wiped: of days before one and loads up to a number, when a release was the newest published one.
-- `compacted` where the bytes are gone from the disk too.
CREATE TABLE wipes (
    what VARCHAR, before DATE, last_load INTEGER, release INTEGER, wiped_at TIMESTAMP, compacted BOOLEAN
);
ALTER TABLE files ADD COLUMN source VARCHAR;
