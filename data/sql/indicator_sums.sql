-- What each factory's answers to each averaged question say on a day, from cells alone.
-- Grain: one row per factory and question with a cell that still counts; both by their place in `score_factories`
-- and `score_questions`, so that everything heavy is joined and grouped by numbers.
--   w: weight of a cell, 2^(-age / half-life) by the age of its midpoint, cut at $oldest half-lives (A2.1)
--   m, q: weighted means of x and of its square; n_eff: answers' worth of the weighted mean
--   points, d_w: the adjustments of the quarters of the cells' midpoints; a quarter that none is fixed for yet uses
--   that of the last one fixed; none: 0 and 1 (DESIGN, "Using it")
--   key: factory, question and quarter as one number, as the join costs half of all otherwise
WITH questions AS (
    SELECT codebook, indicator_id,
           CAST(row_number() OVER (ORDER BY codebook, place, indicator_id) - 1 AS BIGINT) AS question
      FROM indicators
     WHERE role = 'scored' AND NOT zero_tolerance AND NOT is_vignette
), numbered AS (
    SELECT factory_id, CAST(row_number() OVER (ORDER BY factory_id) - 1 AS BIGINT) AS factory FROM factories
), last_fixed AS (
    SELECT coalesce(max(4 * year(quarter) + quarter(quarter)), 0) AS quarter FROM adjust
), aged AS (
    SELECT f.factory, s.question, c.opened, c.closed, c.n, c.s1, c.s2,
           date_diff('day', c.closed, $on) + date_diff('day', c.opened, c.closed) / 2e0 AS age,
           c.opened + CAST(date_diff('day', c.opened, c.closed) // 2 AS INTEGER) AS middle
      FROM cells AS c
      JOIN questions AS s ON s.indicator_id = c.indicator_id AND s.codebook = c.codebook
      JOIN numbered AS f ON f.factory_id = c.factory_id
     WHERE c.closed <= $on AND c.closed >= CAST($on AS DATE) - CAST(ceil($oldest * $half_life) AS INTEGER)
), weighed AS (
    SELECT a.factory, a.question, a.opened, a.closed, a.n, a.s1, a.s2, pow(2e0, -a.age / $half_life) AS w,
           (a.factory * 100000 + a.question) * 10000
           + least(4 * year(a.middle) + quarter(a.middle), l.quarter) AS key
      FROM aged AS a CROSS JOIN last_fixed AS l
     WHERE a.age <= $oldest * $half_life
), adjustments AS (
    SELECT (f.factory * 100000 + s.question) * 10000 + 4 * year(a.quarter) + quarter(a.quarter) AS key, a.points, a.d_w
      FROM adjust AS a
      JOIN questions AS s ON s.indicator_id = a.indicator_id AND s.codebook = a.codebook
      JOIN numbered AS f ON f.factory_id = a.factory_id
     WHERE a.quarter <= $on AND date_diff('day', a.quarter, $on) <= $oldest * $half_life + 92
)
SELECT w.factory, w.question, min(w.opened) AS first_day, max(w.closed) AS last_day, CAST(sum(w.n) AS BIGINT) AS answers,
       sum(w.w * w.s1) / sum(w.w * w.n) AS m, sum(w.w * w.s2) / sum(w.w * w.n) AS q,
       sum(w.w * w.n) * sum(w.w * w.n) / sum(w.w * w.w * w.n) AS n_eff,
       sum(w.w * w.n * coalesce(a.points, 0e0)) / sum(w.w * w.n) AS points,
       sum(w.w * w.n * coalesce(a.d_w, 1e0)) / sum(w.w * w.n) AS d_w
  FROM weighed AS w
  LEFT JOIN adjustments AS a ON a.key = w.key
 GROUP BY w.factory, w.question
