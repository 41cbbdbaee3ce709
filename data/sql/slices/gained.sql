-- What the cells of a month hold, by level of every dimension. Sums over whole cells, none left out.
CREATE OR REPLACE TEMP TABLE slices_gained AS
WITH month_rows AS (
    SELECT factory, question, x9, stratum FROM split_rows WHERE month = $month
    UNION ALL
    SELECT factory, question, x9, stratum FROM vault.split_answers WHERE month = $month
), month_cells AS (
    SELECT factory, question, opened, closed FROM split_closed WHERE month = $month
    UNION ALL
    SELECT factory, question, opened, closed FROM vault.split_cells WHERE month = $month
), spans AS (
    SELECT c.factory, q.codebook, q.theme, min(c.opened) AS opened, max(c.closed) AS closed
      FROM month_cells AS c JOIN split_questions AS q ON q.question = c.question
     GROUP BY c.factory, q.codebook, q.theme
), sums AS (
    SELECT r.factory, q.codebook, q.theme, l.dim, l.level, count(*) AS n, sum(r.x9) AS s9
      FROM month_rows AS r
      JOIN split_questions AS q ON q.question = r.question
      JOIN stratum_levels AS l ON l.stratum = r.stratum
     GROUP BY r.factory, q.codebook, q.theme, l.dim, l.level
)
SELECT s.factory, s.codebook, s.theme, s.dim, s.level, CAST($month AS DATE) AS since, p.opened, p.closed, s.n, s.s9
  FROM sums AS s
  JOIN spans AS p ON p.factory = s.factory AND p.codebook = s.codebook AND p.theme = s.theme
