-- Weeks in which far more sat down than usual, or in which several gave the very same answers. Usual is the median of
-- the newest eight weeks with answers, of the half-year before; known from four such weeks on.
CREATE OR REPLACE TEMP TABLE flags_now AS
WITH weeks AS (
    SELECT factory, week, sum(sittings) AS sittings, max(busiest) AS busiest, max(alike) AS alike,
           max(release) = $release AS fresh
      FROM vault.flag_weeks
     WHERE week >= CAST((SELECT min(week) FROM flag_weeks_now) - INTERVAL 210 DAY AS DATE)
     GROUP BY factory, week
), asked AS (
    SELECT factory, week, FALSE AS four, week AS until FROM weeks WHERE fresh
    UNION ALL
    SELECT factory, week, TRUE, CAST(week - INTERVAL 21 DAY AS DATE) FROM weeks WHERE fresh
), past AS (
    SELECT a.factory, a.week, a.four, h.sittings, h.busiest, h.alike,
           row_number() OVER (PARTITION BY a.factory, a.week, a.four ORDER BY h.week DESC) AS place
      FROM asked AS a
      JOIN weeks AS h
        ON h.factory = a.factory AND h.week < a.until AND h.week >= CAST(a.until - INTERVAL 182 DAY AS DATE)
), usual AS (
    SELECT factory, week, four, median(sittings) AS sittings, median(busiest) AS busiest, median(alike) AS alike
      FROM past WHERE place <= $usual_weeks GROUP BY factory, week, four HAVING count(*) >= $known_from
), bursts AS (
    SELECT w.factory, w.week
      FROM weeks AS w
      JOIN usual AS u ON u.factory = w.factory AND u.week = w.week AND NOT u.four
     WHERE w.fresh
       AND (w.sittings >= $burst_from AND w.sittings > $burst_times * u.sittings
            AND 2 * (sqrt(w.sittings) - sqrt(u.sittings)) > $burst_far
            OR w.busiest >= $burst_from AND w.busiest > $burst_times * u.busiest
            AND 2 * (sqrt(w.busiest) - sqrt(u.busiest)) > $burst_far)
), copies AS (
    SELECT w.factory, w.week
      FROM weeks AS w
      LEFT JOIN usual AS u ON u.factory = w.factory AND u.week = w.week AND NOT u.four
     WHERE w.fresh AND w.alike >= $alike_from AND w.alike > $burst_times * coalesce(u.alike, 0)
), fours AS (
    SELECT a.factory, a.week, max(u.sittings) AS usual, sum(w.sittings) AS sittings
      FROM asked AS a
      JOIN usual AS u ON u.factory = a.factory AND u.week = a.week AND u.four
      JOIN weeks AS w ON w.factory = a.factory AND w.week BETWEEN a.until AND a.week
     WHERE a.four
     GROUP BY a.factory, a.week
), crowds AS (
    SELECT DISTINCT w.factory, w.week
      FROM fours AS f
      JOIN known_factories AS k ON k.factory = f.factory
      JOIN weeks AS w
        ON w.factory = f.factory AND w.week BETWEEN CAST(f.week - INTERVAL 21 DAY AS DATE) AND f.week
     WHERE f.sittings > k.headcount AND f.sittings > $crowd_times * 4 * f.usual AND w.sittings > 2 * f.usual
), found AS (
    SELECT factory, 'burst' AS kind, week FROM bursts
    UNION ALL
    SELECT factory, 'duplicates', week FROM copies
    UNION ALL
    SELECT factory, 'implausible', week FROM crowds
)
SELECT f.factory, f.kind, f.kind AS sign, f.week AS first_week, f.week AS last_week, 0 AS band
  FROM found AS f
  JOIN weeks AS w ON w.factory = f.factory AND w.week = f.week AND w.sittings >= $least_people
 WHERE NOT EXISTS (SELECT 1 FROM vault.flags AS v
                    WHERE v.factory = f.factory AND v.kind = f.kind AND v.first_week = f.week)
