-- The newest slice of every factory, unit (a theme or the whole) and dimension on a day, one row a level; where
-- none may be told, one row with a reason and without a level. $factories NULL: all of them.
--   range: the spread of the unit's answers in the same days, fewer people than answers in the same proportion
--   as in the whole unit, and what rounding adds; beyond 10 or 90 everything up to the end is possible.
WITH scored AS (
    SELECT codebook, indicator_id, theme FROM indicators
     WHERE role = 'scored' AND NOT zero_tolerance AND NOT is_vignette
), units AS (
    SELECT DISTINCT codebook, theme AS unit FROM scored
    UNION
    SELECT DISTINCT codebook, 'overall' FROM scored
), dims AS (
    SELECT 'gender' AS dim UNION SELECT 'department' UNION SELECT 'tenure_band' UNION SELECT dim FROM slices
), asked AS (
    SELECT DISTINCT factory_id, codebook FROM cells WHERE closed <= $on
), books AS (
    SELECT factory_id, codebook FROM asked
    UNION
    SELECT f.factory_id, b.codebook
      FROM factories AS f CROSS JOIN (SELECT DISTINCT codebook FROM cells) AS b
     WHERE f.factory_id NOT IN (SELECT factory_id FROM asked)
), newest AS (
    SELECT s.codebook, s.factory_id, s.unit, s.dim, s.level, s.first_day, s.last_day, s.n, s.mean
      FROM (SELECT *, dense_rank() OVER (PARTITION BY codebook, factory_id, unit, dim
                                         ORDER BY last_day DESC, first_day DESC) AS age
              FROM slices
             WHERE last_day <= $on AND date_diff('day', last_day, $on) <= 4 * $half_life
               AND ($factories IS NULL OR list_contains($factories, factory_id))) AS s
     WHERE s.age = 1
), stretches AS (
    SELECT DISTINCT codebook, factory_id, unit, first_day, last_day FROM newest
), whole AS (
    SELECT t.codebook, t.factory_id, t.unit, t.first_day, t.last_day, sum(c.n) AS answers,
           greatest(0e0, sum(c.s2) / sum(c.n) - (sum(c.s1) / sum(c.n)) * (sum(c.s1) / sum(c.n))) AS spread
      FROM stretches AS t
      JOIN cells AS c ON c.factory_id = t.factory_id AND c.codebook = t.codebook
                     AND c.opened >= t.first_day AND c.closed <= t.last_day
      JOIN scored AS i ON i.codebook = c.codebook AND i.indicator_id = c.indicator_id AND t.unit IN (i.theme, 'overall')
     GROUP BY t.codebook, t.factory_id, t.unit, t.first_day, t.last_day
), taking_part AS (
    SELECT t.codebook, t.factory_id, t.unit, t.first_day, t.last_day, max(r.effective_people) AS people
      FROM stretches AS t
      JOIN reach AS r ON r.factory_id = t.factory_id AND r.quarter <= t.last_day
                     AND date_diff('day', r.quarter, t.first_day) <= 91
     GROUP BY t.codebook, t.factory_id, t.unit, t.first_day, t.last_day
), measured AS (
    SELECT s.*, coalesce(w.spread, 900e0) AS spread,
           greatest(10e0, least(CAST(s.n AS DOUBLE), s.n * coalesce(p.people, w.answers / 4e0, s.n / 4e0)
                                                     / coalesce(w.answers, s.n))) AS people,
           CASE WHEN s.n < 60 THEN 1e1 WHEN s.n < 200 THEN 5e0 WHEN s.n < 500 THEN 2e0 ELSE 1e0 END AS step
      FROM newest AS s
      LEFT JOIN whole AS w
        ON w.codebook = s.codebook AND w.factory_id = s.factory_id AND w.unit = s.unit
       AND w.first_day = s.first_day AND w.last_day = s.last_day
      LEFT JOIN taking_part AS p
        ON p.codebook = s.codebook AND p.factory_id = s.factory_id AND p.unit = s.unit
       AND p.first_day = s.first_day AND p.last_day = s.last_day
), ranged AS (
    SELECT m.*, 196e-2 * sqrt(m.spread * ($rho / m.people + (1e0 - $rho) / m.n) + m.step * m.step / 12e0) AS reach
      FROM measured AS m
)
SELECT 'segment' AS level, b.codebook, b.factory_id, nullif(u.unit, 'overall') AS theme, d.dim, r.level AS segment,
       r.mean AS score, CASE WHEN r.mean > 10 THEN greatest(0e0, r.mean - r.reach) WHEN r.mean <= 10 THEN 0e0 END AS low,
       CASE WHEN r.mean < 90 THEN least(100e0, r.mean + r.reach) WHEN r.mean >= 90 THEN 100e0 END AS high,
       r.n, r.first_day, r.last_day, CASE WHEN r.mean IS NULL THEN 'not_enough' END AS reason
  FROM books AS b
  JOIN units AS u ON u.codebook = b.codebook
 CROSS JOIN dims AS d
  LEFT JOIN ranged AS r
    ON r.codebook = b.codebook AND r.factory_id = b.factory_id AND r.unit = u.unit AND r.dim = d.dim
 WHERE $factories IS NULL OR list_contains($factories, b.factory_id)
 ORDER BY b.codebook, b.factory_id, CASE WHEN u.unit = 'overall' THEN 0 ELSE 1 END, u.unit, d.dim, r.level
