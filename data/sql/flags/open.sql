-- What waits for ten people, and, empty, the shares that come of it.
CREATE OR REPLACE TEMP TABLE flag_open AS SELECT * FROM vault.flag_waiting;
CREATE OR REPLACE TEMP TABLE flag_shares_now (
    factory INTEGER, sign VARCHAR, first_week DATE, last_week DATE, n INTEGER, hits INTEGER
);
