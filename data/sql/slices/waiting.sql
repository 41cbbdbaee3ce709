CREATE OR REPLACE TEMP TABLE waiting_now AS
SELECT * FROM waiting_now
UNION ALL
SELECT g.*
  FROM slices_gained AS g
  JOIN series_now AS s ON s.factory = g.factory AND s.codebook = g.codebook AND s.dim = g.dim
