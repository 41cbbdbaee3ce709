-- The course of some questions around some days, fortnight by fortnight: points above their eight weeks before. A
-- cell lies where its middle lies; cells wider than 28 days are left out. Grain: one row per place and fortnight.
WITH turns AS (
    SELECT unnest($places) AS place, unnest($factories) AS factory_id, unnest($days) AS day
), near AS (
    SELECT t.place, c.indicator_id, c.n, c.s1,
           date_diff('day', t.day, c.opened) + date_diff('day', c.opened, c.closed) // 2 AS away
      FROM turns AS t
      JOIN cells AS c ON c.factory_id = t.factory_id
     WHERE c.codebook = $codebook AND list_contains($indicators, c.indicator_id)
       AND date_diff('day', c.opened, c.closed) < 28
), before AS (
    SELECT place, indicator_id, sum(s1) / sum(n) AS mean FROM near WHERE away >= -56 AND away < 0
     GROUP BY place, indicator_id
)
SELECT n.place, CAST(floor(n.away / 14e0) AS INTEGER) AS fortnight, sum(n.s1 - n.n * b.mean) / sum(n.n) AS points
  FROM near AS n
  JOIN before AS b ON b.place = n.place AND b.indicator_id = n.indicator_id
 WHERE n.away >= -28 AND n.away < 84
 GROUP BY n.place, fortnight
 ORDER BY n.place, fortnight
