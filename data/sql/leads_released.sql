-- The bands fixed after release $after, which the file holds already.
INSERT INTO release.leads
SELECT f.factory_id, q.indicator_id, l.quarter, l.band, q.codebook
  FROM vault.leads AS l
  JOIN known_factories AS f ON f.factory = l.factory
  JOIN vault.questions AS q ON q.question = l.question
 WHERE l.release > $after
 ORDER BY f.factory_id, q.codebook, q.indicator_id, l.quarter
