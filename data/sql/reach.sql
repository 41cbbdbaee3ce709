-- How many people took part, by factory and quarter, from the quarter of the factory's first cell on. To the
-- nearest 5; NULL under 10. Without keys people are the most sittings of one week of the quarter.
INSERT INTO release.reach
WITH named AS (
    SELECT factory, date_trunc('quarter', day) AS quarter, date_trunc('week', day) AS week, person, sitting, question
      FROM vault.answers
     WHERE day <= $through
), keyed AS (
    SELECT factory, quarter, count(*) AS people, sum(k) * sum(k) / sum(k * k) AS effective
      FROM (SELECT factory, quarter, person, CAST(count(DISTINCT sitting) AS DOUBLE)
                   + max(CASE WHEN sitting IS NULL THEN 1 ELSE 0 END) AS k
              FROM named WHERE person IS NOT NULL GROUP BY factory, quarter, person) AS keys
     GROUP BY factory, quarter
), weekly AS (
    SELECT factory, quarter, week, count(DISTINCT sitting) AS sat, count(DISTINCT person) AS known
      FROM named GROUP BY factory, quarter, week
), loose AS (
    SELECT factory, quarter, week, max(n) AS sat
      FROM (SELECT factory, quarter, week, question, count(*) AS n
              FROM named WHERE sitting IS NULL GROUP BY factory, quarter, week, question) AS answers_without
     GROUP BY factory, quarter, week
), sat AS (
    SELECT w.factory, w.quarter, sum(w.sat + coalesce(l.sat, 0)) AS sittings, max(w.sat + coalesce(l.sat, 0)) AS busiest
      FROM weekly AS w LEFT JOIN loose AS l ON l.factory = w.factory AND l.quarter = w.quarter AND l.week = w.week
     GROUP BY w.factory, w.quarter
), counted AS (
    SELECT s.factory, s.quarter, s.sittings, coalesce(k.people, s.busiest) AS people,
           coalesce(k.effective, s.busiest) AS effective
      FROM sat AS s LEFT JOIN keyed AS k ON k.factory = s.factory AND k.quarter = s.quarter
), spans AS (
    SELECT c.factory, unnest(generate_series(date_trunc('quarter', min(c.opened)),
                                             date_trunc('quarter', CAST($through AS DATE)), INTERVAL 3 MONTH)) AS quarter
      FROM vault.cells AS c GROUP BY c.factory
), heads AS (
    SELECT h.factory, sum(h.headcount) AS headcount
      FROM vault.headcount AS h
      JOIN (SELECT factory, max(load) AS load FROM vault.headcount GROUP BY factory) AS latest
        ON latest.factory = h.factory AND latest.load = h.load
     GROUP BY h.factory
)
SELECT f.factory_id, CAST(sp.quarter AS DATE),
       CASE WHEN c.people >= 10 THEN CAST(5 * round(c.people / 5e0) AS INTEGER) END,
       CASE WHEN c.effective >= 10 THEN CAST(5 * round(c.effective / 5e0) AS INTEGER) END,
       CASE WHEN c.sittings >= 10 THEN CAST(5 * round(c.sittings / 5e0) AS INTEGER) END,
       coalesce(f.headcount, CAST(h.headcount AS INTEGER))
  FROM spans AS sp
  JOIN known_factories AS f ON f.factory = sp.factory
  LEFT JOIN counted AS c ON c.factory = sp.factory AND c.quarter = sp.quarter
  LEFT JOIN heads AS h ON h.factory = sp.factory
 ORDER BY 1, 2
