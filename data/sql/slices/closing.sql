-- Of those, the units in which every level has at least 15 people, and 10 beside any few that it was merged from.
-- Themes close where at least half of the themes that wait do; otherwise the whole may.
CREATE OR REPLACE TEMP TABLE slices_closing AS
WITH enough AS (
    SELECT g.factory, g.codebook, g.unit, g.dim
      FROM slices_groups AS g
      JOIN slices_asked AS a
        ON a.factory = g.factory AND a.codebook = g.codebook AND a.unit = g.unit AND a.dim = g.dim
      LEFT JOIN slices_people AS p
        ON p.factory = g.factory AND p.codebook = g.codebook AND p.unit = g.unit AND p.dim = g.dim AND p.level = g.level
     GROUP BY g.factory, g.codebook, g.unit, g.dim
    HAVING min(coalesce(p.people, 0)) >= 15 AND min(coalesce(p.others, 10)) >= 10
), waiting AS (
    SELECT factory, codebook, dim, count(DISTINCT theme) AS themes
      FROM waiting_now
     GROUP BY factory, codebook, dim
), shares AS (
    SELECT e.*, w.themes, count(*) OVER (PARTITION BY e.factory, e.codebook, e.dim) AS closing
      FROM enough AS e
      JOIN waiting AS w ON w.factory = e.factory AND w.codebook = e.codebook AND w.dim = e.dim
)
SELECT * FROM slices_closing
UNION ALL
SELECT factory, codebook, unit, dim FROM shares WHERE unit = 'overall' OR 2 * closing >= themes
