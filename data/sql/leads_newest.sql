-- The newest band of each zero-tolerance question of a codebook at one factory.
SELECT indicator_id, max(quarter) AS quarter, max_by(band, quarter) AS band
  FROM leads
 WHERE factory_id = $factory AND codebook = $codebook
 GROUP BY indicator_id ORDER BY indicator_id
