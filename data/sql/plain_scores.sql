-- Plain scores of every factory and theme on a day, for cohorts: equal means of weighted means, from cells alone.
-- Grain: one row per level, codebook, factory, theme, indicator. $factories NULL: all of them.
--   weight of a cell: 2^(-age / half-life), by the age of its midpoint, cut at four half-lives (A2.1)
--   people behind an indicator: from reach (DESIGN, "Using it"); variance: A2.4 without adjustment
--   theme: equal mean of its indicators; overall: equal mean of its themes; their variance: A2.5
WITH scored AS (
    SELECT codebook, indicator_id, theme FROM indicators
     WHERE role = 'scored' AND NOT zero_tolerance AND NOT is_vignette
), asked AS (
    SELECT DISTINCT factory_id, codebook FROM cells WHERE closed <= $on
), books AS (
    -- A factory without cells is listed under every codebook in use: nothing tells few answers from none.
    SELECT factory_id, codebook FROM asked
    UNION
    SELECT f.factory_id, b.codebook
      FROM factories AS f CROSS JOIN (SELECT DISTINCT codebook FROM cells) AS b
     WHERE f.factory_id NOT IN (SELECT factory_id FROM asked)
), weighed AS (
    SELECT c.codebook, c.factory_id, c.indicator_id, c.opened, c.closed, c.n, c.s1, c.s2,
           pow(2e0, -(date_diff('day', c.closed, $on) + date_diff('day', c.opened, c.closed) / 2e0) / $half_life) AS w
      FROM cells AS c
     WHERE c.closed <= $on
       AND ($factories IS NULL OR list_contains($factories, c.factory_id))
       AND date_diff('day', c.closed, $on) + date_diff('day', c.opened, c.closed) / 2e0 <= 4 * $half_life
), reached AS (
    -- K is that of the best quarter, as keys rotate; sittings are those of all the quarters the answers are from.
    SELECT factory_id, max(effective_people) AS people, sum(sittings) AS sittings
      FROM reach
     WHERE quarter <= $on AND date_diff('day', quarter, $on) <= 4 * $half_life + 92
     GROUP BY factory_id
), sums AS (
    SELECT codebook, factory_id, indicator_id, min(opened) AS first_day, max(closed) AS last_day,
           sum(n) AS answers, sum(w * s1) / sum(w * n) AS m, sum(w * s2) / sum(w * n) AS q,
           sum(w * n) * sum(w * n) / sum(w * w * n) AS n_eff
      FROM weighed GROUP BY codebook, factory_id, indicator_id
), known AS (
    SELECT s.*, greatest(s.q - s.m * s.m, 0e0) AS spread, coalesce(f.value, 900e0) AS pooled,
           CAST(r.people AS DOUBLE) AS k,
           least(1e0, s.answers / greatest(coalesce(CAST(r.sittings AS DOUBLE), s.answers), s.answers)) AS p
      FROM sums AS s
      LEFT JOIN facts AS f ON f.fact = 'pooled_variance' AND f.codebook = s.codebook AND f.indicator_id = s.indicator_id
      LEFT JOIN reached AS r ON r.factory_id = s.factory_id
), measured AS (
    SELECT k.*, (10e0 * k.pooled + k.n_eff * k.spread) / (9e0 + k.n_eff) AS variance,
           greatest(1e0, least(k.n_eff, CASE WHEN k.k IS NULL THEN k.n_eff / 4e0
                                             ELSE 1e0 / (1e0 / k.k + (1e0 - k.p) / k.n_eff) END)) AS people_i
      FROM known AS k
), indicator_level AS (
    SELECT i.codebook, i.theme, i.indicator_id, m.factory_id, m.m, m.answers, m.first_day, m.last_day, m.k,
           m.variance * ($rho / m.people_i + (1e0 - $rho) / m.n_eff) AS v, sqrt(m.variance) AS sd
      FROM measured AS m
      JOIN scored AS i ON i.codebook = m.codebook AND i.indicator_id = m.indicator_id
), theme_level AS (
    SELECT codebook, theme, factory_id, count(*) AS indicators, avg(m) AS m, sum(answers) AS answers,
           min(first_day) AS first_day, max(last_day) AS last_day, max(k) AS k,
           sum(v) / (count(*) * count(*)) AS v, sum(sd) / count(*) AS sd_sum, sum(sd * sd) / (count(*) * count(*)) AS sd_squares
      FROM indicator_level GROUP BY codebook, theme, factory_id
), overall_level AS (
    SELECT codebook, factory_id, count(*) AS themes, avg(m) AS m, sum(answers) AS answers,
           min(first_day) AS first_day, max(last_day) AS last_day, max(k) AS k,
           sum(v) / (count(*) * count(*)) AS v, sum(sd_sum) / count(*) AS sd_sum,
           sum(sd_squares) / (count(*) * count(*)) AS sd_squares
      FROM theme_level GROUP BY codebook, factory_id
), listed AS (
    SELECT b.factory_id, b.codebook FROM books AS b
     WHERE $factories IS NULL OR list_contains($factories, b.factory_id)
), every_level AS (
    SELECT 'factory' AS level, l.codebook, l.factory_id, CAST(NULL AS VARCHAR) AS theme, CAST(NULL AS VARCHAR) AS indicator_id,
           o.m, o.v + $rho_c / greatest(1e0, coalesce(o.k, 10e0)) * (o.sd_sum * o.sd_sum - o.sd_squares) AS v,
           o.answers, o.first_day, o.last_day
      FROM listed AS l LEFT JOIN overall_level AS o ON o.codebook = l.codebook AND o.factory_id = l.factory_id
    UNION ALL
    SELECT 'theme', l.codebook, l.factory_id, t.theme, NULL,
           x.m, x.v + $rho_c / greatest(1e0, coalesce(x.k, 10e0)) * (x.sd_sum * x.sd_sum - x.sd_squares),
           x.answers, x.first_day, x.last_day
      FROM listed AS l
      JOIN (SELECT DISTINCT codebook, theme FROM scored) AS t ON t.codebook = l.codebook
      LEFT JOIN theme_level AS x ON x.codebook = t.codebook AND x.theme = t.theme AND x.factory_id = l.factory_id
    UNION ALL
    SELECT 'indicator', l.codebook, l.factory_id, i.theme, i.indicator_id, x.m, x.v, x.answers, x.first_day, x.last_day
      FROM listed AS l
      JOIN scored AS i ON i.codebook = l.codebook
      LEFT JOIN indicator_level AS x
        ON x.codebook = i.codebook AND x.indicator_id = i.indicator_id AND x.factory_id = l.factory_id
)
SELECT e.level, e.codebook, e.factory_id, e.theme, e.indicator_id, e.m AS score,
       CASE WHEN e.m IS NOT NULL THEN greatest(0e0, e.m - 1.96e0 * sqrt(e.v)) END AS low,
       CASE WHEN e.m IS NOT NULL THEN least(100e0, e.m + 1.96e0 * sqrt(e.v)) END AS high, e.v,
       CAST(5 * round(e.answers / 5e0) AS INTEGER) AS n, CAST(5 * round(r.people / 5e0) AS INTEGER) AS people,
       e.first_day, e.last_day, CASE WHEN e.m IS NULL THEN 'not_enough' END AS reason
  FROM every_level AS e
  LEFT JOIN (SELECT factory_id, max(people) AS people FROM reach WHERE quarter <= $on
              AND date_diff('day', quarter, $on) <= 4 * $half_life + 92 GROUP BY factory_id) AS r
    ON r.factory_id = e.factory_id AND e.m IS NOT NULL
 WHERE $level IS NULL OR e.level = $level
 ORDER BY e.level, e.codebook, e.factory_id, e.theme, e.indicator_id
