-- The averaged questions of every codebook, in its own order, with what the release knows of how answers differ.
SELECT i.codebook, i.indicator_id, i.theme, coalesce(p.value, $usual) AS pooled,
       coalesce(r.value, $rho) AS rho, coalesce(c.value, $rho_c) AS rho_c
  FROM indicators AS i
  LEFT JOIN facts AS p ON p.fact = 'pooled_variance' AND p.codebook = i.codebook AND p.indicator_id = i.indicator_id
  LEFT JOIN facts AS r ON r.fact = 'rho' AND r.codebook = i.codebook
  LEFT JOIN facts AS c ON c.fact = 'rho_c' AND c.codebook = i.codebook
 WHERE i.role = 'scored' AND NOT i.zero_tolerance AND NOT i.is_vignette
 ORDER BY i.codebook, i.place, i.indicator_id
