INSERT INTO effects.coverage
SELECT codebook, indicator_id, cells, left_out, factories, days
  FROM estimated_coverage
 ORDER BY codebook, indicator_id
