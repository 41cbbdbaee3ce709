-- What a factory's cells say before and after a day, as a union of whole cells: a cell belongs to the side it
-- lies on, never to both, if its midpoint is within reach. Cells wider than 28 days are left out, as they
-- blur before and after. Grain: one row per place, side and indicator.
WITH turns AS (
    SELECT unnest($places) AS place, unnest($before_firsts) AS before_first, unnest($turns) AS turn,
           unnest($after_lasts) AS after_last
), sided AS (
    SELECT t.place, c.indicator_id, c.n, c.s1, c.s2,
           CASE WHEN c.closed < t.turn
                 AND date_diff('day', t.before_first, c.closed) >= date_diff('day', c.opened, c.closed) / 2e0 THEN 'before'
                WHEN c.opened >= t.turn
                 AND date_diff('day', c.opened, t.after_last) >= date_diff('day', c.opened, c.closed) / 2e0 THEN 'after'
           END AS side
      FROM cells AS c CROSS JOIN turns AS t
     WHERE c.factory_id = $factory AND c.codebook = $codebook AND date_diff('day', c.opened, c.closed) < 28
)
SELECT place, side, indicator_id, sum(s1) / sum(n) AS m,
       greatest(0e0, sum(s2) / sum(n) - (sum(s1) / sum(n)) * (sum(s1) / sum(n))) AS spread,
       CAST(sum(n) AS DOUBLE) AS n_eff, CAST(sum(n) AS DOUBLE) AS answers
  FROM sided WHERE side IS NOT NULL
 GROUP BY place, side, indicator_id ORDER BY place, side, indicator_id
