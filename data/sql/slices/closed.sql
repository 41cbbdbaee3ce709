-- The scored cells of this run, with the month in which they count: that of their last day, or the first month
-- not over at the last run ($open_month) where that is past. Answers from before a factory's first cell that
-- came later (early ones) are cells, but in no slice; nor are cells wider than a quarter, which say nothing of a
-- month: theirs is the first of all.
CREATE OR REPLACE TEMP TABLE split_closed AS
SELECT c.factory, c.question, c.opened, c.closed,
       CAST(CASE WHEN date_diff('day', c.opened, c.closed) > 91 THEN DATE '0001-01-01'
                 WHEN f.factory IS NULL THEN date_trunc('month', c.closed)
                 ELSE greatest(date_trunc('month', c.closed), CAST($open_month AS DATE)) END AS DATE) AS month
  FROM vault.cells AS c
  LEFT JOIN (SELECT factory, min(opened) AS opened FROM vault.cells WHERE release < $release GROUP BY factory) AS f
    ON f.factory = c.factory
 WHERE c.release = $release AND c.closed >= coalesce(f.opened, c.closed)
   AND c.question IN (SELECT question FROM split_questions)
