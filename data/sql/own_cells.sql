-- The cells of one factory and indicator, as they were closed.
SELECT c.opened, c.closed, CAST(c.n AS DOUBLE) AS n_eff, c.s1 / c.n AS m,
       greatest(0e0, c.s2 / c.n - (c.s1 / c.n) * (c.s1 / c.n)) AS spread
  FROM cells AS c
 WHERE c.factory_id = $factory AND c.codebook = $codebook AND c.indicator_id = $indicator
   AND c.closed >= $first AND c.opened <= $last
 ORDER BY c.opened
