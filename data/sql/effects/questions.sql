-- The averaged questions of a codebook in a fixed order: their place is their number in the panel.
SELECT indicator_id, theme
  FROM indicators
 WHERE codebook = $codebook AND role = 'scored' AND NOT zero_tolerance AND NOT is_vignette
 ORDER BY place, indicator_id
