-- The slices of a month, rounded for ever: answers to the nearest 5; the mean in steps that, times these answers,
-- make three hundred points or more (10 points under 60 answers, 5 under 200, 2 under 500, otherwise 1), never below
-- 10 or above 90.
CREATE OR REPLACE TEMP TABLE slices_now AS
WITH counted AS (
    SELECT g.*, CAST(5 * floor(g.n / 5e0 + 5e-1) AS INTEGER) AS told
      FROM slices_groups AS g
      JOIN slices_closing AS c
        ON c.factory = g.factory AND c.codebook = g.codebook AND c.unit = g.unit AND c.dim = g.dim
), stepped AS (
    SELECT *, CASE WHEN told < 60 THEN 1e1 WHEN told < 200 THEN 5e0 WHEN told < 500 THEN 2e0 ELSE 1e0 END AS step
      FROM counted
)
SELECT * FROM slices_now
UNION ALL
SELECT factory, codebook, unit, dim, level, first_day, last_day, told,
       greatest(10e0, least(90e0, step * floor(s9 / (9e0 * step * n) + 5e-1))),
       CAST($month AS DATE), CAST($release AS INTEGER)
  FROM stepped
