-- The effects by week, -4..12, of one sort of outcome.
SELECT kind, theme, indicator_id, lag, effect, low, high
  FROM profiles
 WHERE codebook = $codebook AND level = $level AND lag <= 12
 ORDER BY kind, theme, indicator_id, lag
