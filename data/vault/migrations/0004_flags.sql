-- Warnings about answers (data/release/flags.py). Weeks are named by their Monday.
-- What each lot of answers adds to its week: how many sat down, on the busiest day too, and how many gave the very
-- same answers on one day.
CREATE TABLE flag_weeks (
    factory INTEGER, week DATE, sittings INTEGER, busiest INTEGER, alike INTEGER, release INTEGER
);
-- Sittings of the running quarter that wait for ten people: whether each shows a sign.
CREATE TABLE flag_waiting (
    factory INTEGER, sign VARCHAR, quarter DATE, week DATE, person UBIGINT, hit BOOLEAN
);
-- The share that showed a sign, of ten people or more; each sitting counts in one share or in none.
CREATE TABLE flag_shares (
    factory INTEGER, sign VARCHAR, first_week DATE, last_week DATE, share DOUBLE, release INTEGER
);
-- What was found; only ever appended, never changed.
CREATE TABLE flags (
    factory INTEGER, kind VARCHAR, sign VARCHAR, first_week DATE, last_week DATE, band INTEGER, release INTEGER
);
