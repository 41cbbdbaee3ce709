-- What each factory's answers to each averaged question say on a day, from cells alone.
-- Grain: one row per factory and question with a cell that still counts; both by their place in `score_factories`
-- and `score_questions`, so that everything heavy is joined and grouped by numbers.
--   w: weight of a cell, 2^(-age / half-life) by the age of its midpoint, cut at $oldest half-lives (A2.1)
--   m, q: weighted means of x and of its square; n_eff: answers' worth of the weighted mean
--   points, d_w: the adjustments of the quarters of the cells' midpoints; a quarter that none is fixed for yet uses
--   that of the last one fixed; none: 0 and 1 (DESIGN, "Using it")
WITH questions AS (
    SELECT codebook, indicator_id,
           CAST(row_number() OVER (ORDER BY codebook, place, indicator_id) - 1 AS INTEGER) AS question
      FROM indicators
     WHERE role = 'scored' AND NOT zero_tolerance AND NOT is_vignette
), numbered AS (
    SELECT factory_id, CAST(row_number() OVER (ORDER BY factory_id) - 1 AS INTEGER) AS factory FROM factories
), last_fixed AS (
    SELECT coalesce(max(quarter), DATE '1970-01-01') AS quarter FROM adjust
), aged AS (
    SELECT f.factory, s.question, c.opened, c.closed, c.n, c.s1, c.s2,
           date_diff('day', c.closed, $on) + date_diff('day', c.opened, c.closed) / 2e0 AS age,
           c.opened + CAST(date_diff('day', c.opened, c.closed) // 2 AS INTEGER) AS middle
      FROM cells AS c
      JOIN questions AS s ON s.indicator_id = c.indicator_id AND s.codebook = c.codebook
      JOIN numbered AS f ON f.factory_id = c.factory_id
     WHERE c.closed <= $on AND c.closed >= CAST($on AS DATE) - CAST(ceil($oldest * $half_life) AS INTEGER)
), weighed AS (
    SELECT factory, question, opened, closed, n, s1, s2, pow(2e0, -age / $half_life) AS w,
           4 * year(middle) + quarter(middle) AS quarter
      FROM aged WHERE age <= $oldest * $half_life
), by_quarter AS (
    SELECT factory, question, quarter, min(opened) AS first_day, max(closed) AS last_day, sum(n) AS answers,
           sum(w * n) AS wn, sum(w * s1) AS ws, sum(w * s2) AS wq, sum(w * w * n) AS w2
      FROM weighed
     GROUP BY factory, question, quarter
), adjustments AS (
    SELECT f.factory, s.question, 4 * year(a.quarter) + quarter(a.quarter) AS quarter, a.points, a.d_w
      FROM adjust AS a
      JOIN questions AS s ON s.indicator_id = a.indicator_id AND s.codebook = a.codebook
      JOIN numbered AS f ON f.factory_id = a.factory_id
     WHERE a.quarter <= $on AND date_diff('day', a.quarter, $on) <= $oldest * $half_life + 92
)
SELECT b.factory, b.question, min(b.first_day) AS first_day, max(b.last_day) AS last_day,
       CAST(sum(b.answers) AS BIGINT) AS answers, sum(b.ws) / sum(b.wn) AS m, sum(b.wq) / sum(b.wn) AS q,
       sum(b.wn) * sum(b.wn) / sum(b.w2) AS n_eff,
       sum(b.wn * coalesce(a.points, 0e0)) / sum(b.wn) AS points, sum(b.wn * coalesce(a.d_w, 1e0)) / sum(b.wn) AS d_w
  FROM by_quarter AS b
 CROSS JOIN last_fixed AS l
  LEFT JOIN adjustments AS a
    ON a.factory = b.factory AND a.question = b.question
   AND a.quarter = least(b.quarter, 4 * year(l.quarter) + quarter(l.quarter))
 GROUP BY b.factory, b.question
