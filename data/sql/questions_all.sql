-- Every question of a release, the default codebook first.
SELECT indicator_id, min(text) AS text, min(scale) AS scale
  FROM indicators
 GROUP BY indicator_id
 ORDER BY min(place), indicator_id
