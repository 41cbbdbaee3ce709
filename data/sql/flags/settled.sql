-- What is ready becomes shares, and waits no longer.
INSERT INTO flag_shares_now
SELECT factory, sign, first_week, last_week, n, hits FROM flag_ready;
DELETE FROM flag_open
 WHERE EXISTS (SELECT 1 FROM flag_ready AS r
                WHERE r.factory = flag_open.factory AND r.sign = flag_open.sign AND r.quarter = flag_open.quarter);
