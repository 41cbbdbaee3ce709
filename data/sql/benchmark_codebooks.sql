-- The codebooks with cohorts in a month: the one that most factories were asked by first.
SELECT h.codebook
  FROM cohorts AS h
  LEFT JOIN (SELECT codebook, count(DISTINCT factory_id) AS factories FROM cells GROUP BY codebook) AS c
    ON c.codebook = h.codebook
 WHERE h.month = $month
 GROUP BY h.codebook, c.factories
 ORDER BY c.factories DESC, h.codebook
