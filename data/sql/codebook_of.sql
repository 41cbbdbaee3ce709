-- The codebook by which a factory was asked last, NULL before its first cell; and the span of its cells.
SELECT codebook, min(opened) AS first_day, max(closed) AS last_day
  FROM cells WHERE factory_id = $factory
 GROUP BY codebook ORDER BY max(closed) DESC, sum(n) DESC, codebook LIMIT 1
