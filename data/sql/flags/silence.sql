-- Weeks of silence: four in a row in which fewer than $least_people sat down, or nobody, at a factory where
-- $many_times as many had, in some four weeks before. Only spans of four weeks that ended since $was; of a factory that is new, all.
CREATE OR REPLACE TEMP TABLE flags_now AS
WITH known AS (
    SELECT factory, min(week) AS first_week, min(release) = $release AS fresh FROM vault.flag_weeks GROUP BY factory
), calendar AS (
    SELECT CAST(unnest(generate_series(min(first_week), CAST($now AS DATE) - INTERVAL 7 DAY, INTERVAL 7 DAY)) AS DATE) AS week
      FROM known
), weeks AS (
    SELECT factory, week, sum(sittings) AS sittings FROM vault.flag_weeks GROUP BY factory, week
), grid AS (
    SELECT k.factory, k.fresh, c.week, coalesce(w.sittings, 0) AS sittings
      FROM known AS k
      JOIN calendar AS c ON c.week >= k.first_week
      LEFT JOIN weeks AS w ON w.factory = k.factory AND w.week = c.week
), fours AS (
    SELECT factory, fresh, week,
           sum(sittings) OVER (PARTITION BY factory ORDER BY week ROWS BETWEEN 3 PRECEDING AND CURRENT ROW) AS four
      FROM grid
), ends AS (
    SELECT factory, fresh, week, four,
           max(four) OVER (PARTITION BY factory ORDER BY week ROWS BETWEEN UNBOUNDED PRECEDING AND 4 PRECEDING) AS most
      FROM fours
), silent AS (
    SELECT DISTINCT g.factory, g.week
      FROM ends AS e
      JOIN grid AS g ON g.factory = e.factory AND g.week BETWEEN CAST(e.week - INTERVAL 21 DAY AS DATE) AND e.week
     WHERE e.four < $least_people AND e.most >= $many_times * $least_people AND (e.fresh OR e.week >= $was)
)
SELECT factory, 'silence' AS kind, 'silence' AS sign, week AS first_week, week AS last_week, 0 AS band
  FROM silent AS s
 WHERE NOT EXISTS (SELECT 1 FROM vault.flags AS v
                    WHERE v.factory = s.factory AND v.kind = 'silence' AND v.first_week = s.week)
