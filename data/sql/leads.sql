-- Bands of zero-tolerance answers; $factories NULL: of all.
SELECT factory_id, indicator_id, quarter, band
  FROM leads
 WHERE $factories IS NULL OR list_contains($factories, factory_id)
 ORDER BY factory_id, codebook, indicator_id, quarter
