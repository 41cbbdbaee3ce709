-- The answers that this run took in, each with the month of the cell it went into (NULL: an open accumulator).
-- An answer without key and sitting counts as one of the people, like the others of its day that said the same
-- about themselves and were asked the same question.
CREATE OR REPLACE TEMP TABLE split_rows AS
WITH scored AS (
    SELECT r.factory, r.question, CAST(p.x9 AS INTEGER) AS x9, r.stratum, coalesce(r.person, r.sitting) AS who,
           r.quarter, r.span_day
      FROM closing_rows AS r JOIN split_points AS p ON p.question = r.question AND p.level = r.level
), counted AS (
    SELECT * FROM scored WHERE who IS NOT NULL
    UNION ALL
    SELECT factory, question, x9, stratum,
           hash(span_day, stratum, row_number() OVER (PARTITION BY factory, question, stratum, span_day)) AS who,
           quarter, span_day
      FROM scored WHERE who IS NULL
)
SELECT r.*, c.month
  FROM counted AS r
  ASOF LEFT JOIN split_closed AS c
    ON c.factory = r.factory AND c.question = r.question AND c.closed >= r.span_day
