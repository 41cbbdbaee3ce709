-- What waits at the end of a month, by unit and merged level, at factories for which that month is not decided
-- yet ($open_month is the first such month where there were cells before this run).
CREATE OR REPLACE TEMP TABLE slices_groups AS
WITH units AS (
    SELECT factory, codebook, theme AS unit, dim, level, opened, closed, n, s9 FROM waiting_now
    UNION ALL
    SELECT factory, codebook, 'overall', dim, level, opened, closed, n, s9 FROM waiting_now
), grouped AS (
    SELECT u.factory, u.codebook, u.unit, u.dim, coalesce(m.merged, o.merged) AS level,
           min(u.opened) AS opened, max(u.closed) AS closed, sum(u.n) AS n, sum(u.s9) AS s9
      FROM units AS u
      JOIN merging_now AS o
        ON o.factory = u.factory AND o.codebook = u.codebook AND o.unit = u.unit AND o.dim = u.dim
       AND o.level = 'not said'
      LEFT JOIN merging_now AS m
        ON m.factory = u.factory AND m.codebook = u.codebook AND m.unit = u.unit AND m.dim = u.dim AND m.level = u.level
     WHERE $month >= $open_month
        OR u.factory NOT IN (SELECT factory FROM vault.cells WHERE release < $release)
     GROUP BY ALL
)
SELECT factory, codebook, unit, dim, level, n, s9,
       min(opened) OVER (PARTITION BY factory, codebook, unit, dim) AS first_day,
       max(closed) OVER (PARTITION BY factory, codebook, unit, dim) AS last_day
  FROM grouped
