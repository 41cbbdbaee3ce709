-- A codebook in its own order, with the pooled variance of each question.
SELECT i.indicator_id, i.theme, i.theme_name, i.short_name, i.text,
       i.zero_tolerance, i.is_vignette, i.role, coalesce(i.event_sensitive, FALSE) AS event_sensitive,
       coalesce(f.value, 900e0) AS pooled
  FROM indicators AS i
  LEFT JOIN facts AS f ON f.fact = 'pooled_variance' AND f.codebook = i.codebook AND f.indicator_id = i.indicator_id
 WHERE i.codebook = $codebook
 ORDER BY i.place
