-- The factories and quarters to be counted now: quarters that ended since the last run ($was was the first day
-- of the running quarter then, $now is that of today), older quarters of which answers came late, and every
-- older quarter of factories that have their first cell now. What is fixed is never due again.
CREATE OR REPLACE TEMP TABLE due AS
SELECT d.factory, d.quarter
  FROM (SELECT factory, CAST(date_trunc('quarter', day) AS DATE) AS quarter
          FROM vault.answers WHERE day >= $was AND day < $now
        UNION
        SELECT factory, CAST(date_trunc('quarter', day) AS DATE)
          FROM vault.answers WHERE load > $last_load AND day < $was
        UNION
        SELECT a.factory, CAST(date_trunc('quarter', a.day) AS DATE)
          FROM vault.answers AS a
          JOIN (SELECT DISTINCT factory FROM vault.begun WHERE release = $release) AS b ON b.factory = a.factory
         WHERE a.day < $was) AS d
 WHERE NOT EXISTS (SELECT 1 FROM vault.quarters AS q WHERE q.factory = d.factory AND q.quarter = d.quarter)
