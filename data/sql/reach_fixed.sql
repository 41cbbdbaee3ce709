-- The reach of a quarter that is over: to the nearest 5, nothing under 10; how much of
-- the workforce is in groups that were heard, in steps of 20 %, from below. For ever.
INSERT INTO vault.reach
SELECT c.factory, $quarter,
       CASE WHEN c.people >= 10 THEN CAST(5 * round(c.people / 5e0) AS INTEGER) END,
       CASE WHEN c.effective >= 10 THEN CAST(5 * round(c.effective / 5e0) AS INTEGER) END,
       CASE WHEN c.sittings >= 10 THEN CAST(5 * round(c.sittings / 5e0) AS INTEGER) END, $release,
       CAST(20 * floor(round(5e0 * v.covered, 9)) AS INTEGER)
  FROM reach_counted AS c
  LEFT JOIN covered_counted AS v ON v.factory = c.factory
  JOIN fixing AS f ON f.factory = c.factory
