-- The cells closed after release $after, which the file holds already.
INSERT INTO release.cells
SELECT f.factory_id, q.indicator_id, c.opened, c.closed, c.n, c.s1, c.s2, c.c1, c.c2, c.c3, c.c4, c.c5, q.codebook
  FROM vault.cells AS c
  JOIN known_factories AS f ON f.factory = c.factory
  JOIN vault.questions AS q ON q.question = c.question
 WHERE c.release > $after
 ORDER BY f.factory_id, q.codebook, q.indicator_id, c.opened
