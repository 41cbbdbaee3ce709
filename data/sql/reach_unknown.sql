-- Factories with a cell of which no quarter that is over tells how many people took part.
SELECT b.factory
  FROM (SELECT factory, min(quarter) AS quarter FROM vault.begun GROUP BY factory) AS b
  LEFT JOIN vault.reach AS r ON r.factory = b.factory AND r.quarter >= b.quarter AND r.people IS NOT NULL
 WHERE r.factory IS NULL
 ORDER BY b.factory
