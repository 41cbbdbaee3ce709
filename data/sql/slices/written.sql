-- The slices of a month, rounded for ever: answers to the nearest 5, the mean to 1 point (2 under 100 answers),
-- never below 10 or above 90.
CREATE OR REPLACE TEMP TABLE slices_now AS
SELECT * FROM slices_now
UNION ALL
SELECT g.factory, g.codebook, g.unit, g.dim, g.level, g.first_day, g.last_day,
       CAST(5 * floor(g.n / 5e0 + 5e-1) AS INTEGER),
       greatest(10e0, least(90e0, CASE WHEN g.n < 100 THEN 2e0 * floor(g.s9 / (18e0 * g.n) + 5e-1)
                                       ELSE floor(g.s9 / (9e0 * g.n) + 5e-1) END)),
       CAST($month AS DATE), CAST($release AS INTEGER)
  FROM slices_groups AS g
  JOIN slices_closing AS c
    ON c.factory = g.factory AND c.codebook = g.codebook AND c.unit = g.unit AND c.dim = g.dim
