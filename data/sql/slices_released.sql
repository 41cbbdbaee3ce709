-- The slices that came out after release $after, which the file holds already.
INSERT INTO release.slices
SELECT f.factory_id, s.unit, s.dim, s.level, s.first_day, s.last_day, s.n, s.mean, s.codebook
  FROM vault.slices AS s
  JOIN known_factories AS f ON f.factory = s.factory
 WHERE s.release > $after
 ORDER BY f.factory_id, s.codebook, s.dim, s.unit, s.first_day, s.last_day, s.level
