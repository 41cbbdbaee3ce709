-- The reach of a quarter that still runs, at a factory of which nothing else tells it: in steps of ten, from below.
INSERT INTO vault.reach
SELECT factory, $quarter,
       CASE WHEN people >= 10 THEN CAST(10 * floor(people / 10e0) AS INTEGER) END,
       CASE WHEN effective >= 10 THEN CAST(10 * floor(effective / 10e0) AS INTEGER) END,
       CASE WHEN sittings >= 10 THEN CAST(10 * floor(sittings / 10e0) AS INTEGER) END, $release, NULL
  FROM reach_counted
