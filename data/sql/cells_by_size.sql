-- By size of factory: how many there are, the share with a cell in the last 360 days, answers in cells per
-- factory and week, answers per cell, and the median days that a cell spans.
WITH sized AS (
    SELECT factory_id, CASE WHEN headcount < 300 THEN '1 under 300' WHEN headcount < 700 THEN '2 300 to 699'
                            WHEN headcount < 1500 THEN '3 700 to 1,499' ELSE '4 1,500 and more' END AS size
      FROM factories
), newest AS (
    SELECT factory_id, max(closed) AS closed, sum(n) AS answers FROM cells GROUP BY factory_id
), spans AS (
    SELECT s.size, median(date_diff('day', c.opened, c.closed) + 1) AS span, avg(c.n) AS per_cell
      FROM cells AS c JOIN sized AS s ON s.factory_id = c.factory_id GROUP BY s.size
)
SELECT substr(s.size, 3) AS size, count(*) AS factories,
       avg(CASE WHEN date_diff('day', n.closed, (SELECT through FROM meta)) <= 360 THEN 1e0 ELSE 0e0 END) AS shown,
       sum(coalesce(n.answers, 0)) / count(*) / $weeks AS weekly, any_value(p.per_cell) AS per_cell,
       any_value(p.span) AS span
  FROM sized AS s
  LEFT JOIN newest AS n ON n.factory_id = s.factory_id
  LEFT JOIN spans AS p ON p.size = s.size
 GROUP BY s.size ORDER BY s.size
