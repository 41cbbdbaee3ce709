-- The weighted mean of each vignette in each country, every factory counting the same. Factories of which no country
-- is known make none together.
WITH aged AS (
    SELECT c.codebook, c.indicator_id, c.factory_id, c.n, c.s1,
           date_diff('day', c.closed, $on) + date_diff('day', c.opened, c.closed) / 2e0 AS age
      FROM cells AS c
      JOIN indicators AS i ON i.codebook = c.codebook AND i.indicator_id = c.indicator_id AND i.is_vignette
     WHERE c.closed <= $on
), factory_means AS (
    SELECT a.codebook, a.indicator_id, f.country, a.factory_id,
           sum(pow(2e0, -a.age / $half_life) * a.s1) / sum(pow(2e0, -a.age / $half_life) * a.n) AS m
      FROM aged AS a
      JOIN factories AS f ON f.factory_id = a.factory_id AND f.country IS NOT NULL
     WHERE a.age <= $oldest * $half_life
     GROUP BY a.codebook, a.indicator_id, f.country, a.factory_id
)
SELECT codebook, indicator_id, country, avg(m) AS m
  FROM factory_means
 GROUP BY codebook, indicator_id, country
 ORDER BY codebook, indicator_id, country
