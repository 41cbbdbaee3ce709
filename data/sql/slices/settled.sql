-- What came out in a slice waits no longer; of the rest, one row a level.
CREATE OR REPLACE TEMP TABLE waiting_now AS
SELECT w.factory, w.codebook, w.theme, w.dim, w.level, min(w.since) AS since, min(w.opened) AS opened,
       max(w.closed) AS closed, CAST(sum(w.n) AS BIGINT) AS n, CAST(sum(w.s9) AS BIGINT) AS s9
  FROM waiting_now AS w
 WHERE NOT EXISTS (SELECT 1 FROM slices_closing AS c
                    WHERE c.factory = w.factory AND c.codebook = w.codebook AND c.dim = w.dim
                      AND c.unit IN (w.theme, 'overall'))
 GROUP BY w.factory, w.codebook, w.theme, w.dim, w.level
