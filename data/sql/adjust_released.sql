-- The adjustments fixed after release $after, which the file holds already.
INSERT INTO release.adjust
SELECT f.factory_id, q.indicator_id, a.quarter, a.points, a.d_w, q.codebook
  FROM vault.adjust AS a
  JOIN known_factories AS f ON f.factory = a.factory
  JOIN vault.questions AS q ON q.question = a.question
 WHERE a.release > $after
 ORDER BY f.factory_id, q.codebook, q.indicator_id, a.quarter
