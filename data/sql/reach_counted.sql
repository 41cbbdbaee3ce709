-- How many people took part at each factory, from quarter_rows: exact, and so for the vault only. Distinct keys;
-- without keys, the most sittings of one week. Effective people: (sum of sittings per key)^2 / sum of squares.
CREATE OR REPLACE TEMP TABLE reach_counted AS
WITH keyed AS (
    SELECT factory, count(*) AS people, sum(k) * sum(k) / sum(k * k) AS effective
      FROM (SELECT factory, person, CAST(count(DISTINCT sitting) AS DOUBLE)
                   + max(CASE WHEN sitting IS NULL THEN 1 ELSE 0 END) AS k
              FROM quarter_rows WHERE person IS NOT NULL GROUP BY factory, person) AS keys
     GROUP BY factory
), weekly AS (
    SELECT factory, date_trunc('week', day) AS week, count(DISTINCT sitting) AS sat
      FROM quarter_rows GROUP BY factory, date_trunc('week', day)
), loose AS (
    SELECT factory, week, max(n) AS sat
      FROM (SELECT factory, date_trunc('week', day) AS week, question, count(*) AS n
              FROM quarter_rows WHERE sitting IS NULL GROUP BY factory, date_trunc('week', day), question) AS without
     GROUP BY factory, week
), sat AS (
    SELECT w.factory, sum(w.sat + coalesce(l.sat, 0)) AS sittings, max(w.sat + coalesce(l.sat, 0)) AS busiest
      FROM weekly AS w LEFT JOIN loose AS l ON l.factory = w.factory AND l.week = w.week
     GROUP BY w.factory
)
SELECT s.factory, coalesce(k.people, s.busiest) AS people, coalesce(k.effective, s.busiest) AS effective, s.sittings
  FROM sat AS s LEFT JOIN keyed AS k ON k.factory = s.factory
