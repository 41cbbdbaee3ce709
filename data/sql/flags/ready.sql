-- What holds $least_people people of one quarter by now: distinct keys, and sittings without a key.
CREATE OR REPLACE TEMP TABLE flag_ready AS
SELECT factory, sign, quarter, min(week) AS first_week, max(week) AS last_week, count(*) AS n,
       count(CASE WHEN hit THEN 1 END) AS hits
  FROM flag_open
 GROUP BY factory, sign, quarter
HAVING count(DISTINCT person) + count(CASE WHEN person IS NULL THEN 1 END) >= $least_people
