-- A dimension is counted at a factory from the month on in which anybody first says something about it.
CREATE OR REPLACE TEMP TABLE series_now AS
SELECT * FROM series_now
UNION ALL
SELECT DISTINCT g.factory, g.codebook, g.dim, g.since
  FROM slices_gained AS g
  LEFT JOIN series_now AS s ON s.factory = g.factory AND s.codebook = g.codebook AND s.dim = g.dim
 WHERE g.level <> 'not said' AND s.factory IS NULL
