INSERT INTO effects.covariances
SELECT codebook, level, nullif(theme, '') AS theme, nullif(indicator_id, '') AS indicator_id, kind, other, covariance
  FROM estimated_covariances
 ORDER BY codebook, level, theme, indicator_id, kind, other
