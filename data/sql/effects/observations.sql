-- The cells of a codebook's averaged questions: places of question and factory, days from 1970-01-01, answers, mean.
WITH units AS (
    SELECT factory_id, row_number() OVER (ORDER BY factory_id) - 1 AS unit FROM factories
), asked AS (
    SELECT indicator_id, row_number() OVER (ORDER BY place, indicator_id) - 1 AS question
      FROM indicators
     WHERE codebook = $codebook AND role = 'scored' AND NOT zero_tolerance AND NOT is_vignette
)
SELECT a.question, u.unit, date_diff('day', DATE '1970-01-01', c.opened) AS opened,
       date_diff('day', DATE '1970-01-01', c.closed) AS closed, CAST(c.n AS DOUBLE) AS n, c.s1 / c.n AS y
  FROM cells AS c
  JOIN asked AS a ON a.indicator_id = c.indicator_id
  JOIN units AS u ON u.factory_id = c.factory_id
 WHERE c.codebook = $codebook
 ORDER BY a.question, u.unit, c.closed
