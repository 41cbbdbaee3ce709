-- What the adjustment of each factory and question rests on (statistics A2.3): one row per group of the workforce,
-- with its share of the workforce and of the answers that say a group, and delta, the group's departure over all
-- questions of the codebook, shrunk towards the same group's departure over all factories. Only questions that
-- have a cell by the end of the quarter: what else is in the vault shows nowhere.
CREATE OR REPLACE TEMP TABLE strata_told AS
WITH everywhere AS (
    SELECT codebook, stratum, sum(ws - wn * m) / sum(wn) AS departure FROM stratum_sums GROUP BY codebook, stratum
), here AS (
    SELECT factory, codebook, stratum, sum(ws - wn * m) AS apart, sum(wn) AS wn
      FROM stratum_sums GROUP BY factory, codebook, stratum
), enough AS (
    SELECT s.factory, s.codebook, s.question, any_value(s.m) AS m, sum(s.wn) AS known
      FROM stratum_sums AS s
      JOIN fixing AS f ON f.factory = s.factory
      JOIN (SELECT DISTINCT factory, question FROM vault.cells WHERE closed <= $last_day) AS c
        ON c.factory = s.factory AND c.question = s.question
     GROUP BY s.factory, s.codebook, s.question HAVING sum(s.wn) >= $least_answers
)
SELECT e.factory, e.question, e.m, coalesce(s.wn, 0e0) AS wn, coalesce(s.ws, 0e0) AS ws, g.share_work,
       coalesce(s.wn, 0e0) / e.known AS share_told,
       (coalesce(h.apart, 0e0) + $departure_prior * coalesce(a.departure, 0e0))
       / (coalesce(h.wn, 0e0) + $departure_prior) AS delta
  FROM enough AS e
  JOIN workforce_groups AS g ON g.factory = e.factory
  LEFT JOIN stratum_sums AS s
    ON s.factory = e.factory AND s.question = e.question AND s.stratum = g.stratum
  LEFT JOIN here AS h ON h.factory = e.factory AND h.codebook = e.codebook AND h.stratum = g.stratum
  LEFT JOIN everywhere AS a ON a.codebook = e.codebook AND a.stratum = g.stratum
