-- Units (themes, or $overall where no theme closes) in which every level has at least 30 answers, and two do.
CREATE OR REPLACE TEMP TABLE slices_asked AS
SELECT g.factory, g.codebook, g.unit, g.dim
  FROM slices_groups AS g
  LEFT JOIN (SELECT DISTINCT factory, codebook, dim FROM slices_closing) AS c
    ON c.factory = g.factory AND c.codebook = g.codebook AND c.dim = g.dim
 WHERE (g.unit = 'overall') = $overall AND c.factory IS NULL
 GROUP BY g.factory, g.codebook, g.unit, g.dim
HAVING count(*) >= 2 AND min(g.n) >= 30
