-- The band of each zero-tolerance question of a quarter that is over, where at least $least_people answered it:
-- distinct keys, and of answers without a key the most of one week. A sign is an answer below the middle of 0..100.
-- A band that was told stays.
CREATE OR REPLACE TEMP TABLE leads_now AS
WITH asked AS (
    SELECT r.factory, r.question, r.x, r.person, date_trunc('week', r.day) AS week
      FROM quarter_rows AS r
      JOIN due AS d ON d.factory = r.factory AND d.quarter = $quarter
     WHERE r.zero_tolerance
), keyless AS (
    SELECT factory, question, max(n) AS people
      FROM (SELECT factory, question, week, count(*) AS n
              FROM asked WHERE person IS NULL GROUP BY factory, question, week) AS weekly
     GROUP BY factory, question
), counted AS (
    SELECT factory, question, count(DISTINCT person) AS people, count(*) AS n, sum(CASE WHEN x < 50 THEN 1 ELSE 0 END) AS signs
      FROM asked GROUP BY factory, question
)
SELECT c.factory, c.question, $quarter AS quarter,
       CASE WHEN c.signs = 0 THEN 'none_seen' WHEN c.signs <= $many_from * c.n THEN 'some' ELSE 'many' END AS band
  FROM counted AS c
  LEFT JOIN keyless AS k ON k.factory = c.factory AND k.question = c.question
 WHERE c.people + coalesce(k.people, 0) >= $least_people
   AND NOT EXISTS (SELECT 1 FROM vault.leads AS l
                    WHERE l.factory = c.factory AND l.question = c.question AND l.quarter = $quarter)
