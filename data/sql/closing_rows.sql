-- The answers that no run has closed or carried yet, as (factory, question, fold day) with what the fold
-- needs. Factories without a cell are history: all their answers, in date order. Elsewhere an answer that
-- came late joins the accumulator on the day the last run ended, dated after the last closed cell.
CREATE OR REPLACE TEMP TABLE closing_rows AS
SELECT a.factory, a.question, a.level, a.person,
       CASE WHEN h.factory IS NOT NULL AND a.day <= $before THEN $before ELSE a.day END AS fold_day,
       CASE WHEN h.factory IS NOT NULL AND a.day <= $before
            THEN greatest(a.day, coalesce(CAST(c.closed + INTERVAL 1 DAY AS DATE), a.day)) ELSE a.day END AS span_day,
       date_trunc('quarter', a.day) AS quarter
  FROM vault.answers AS a
  JOIN vault.questions AS q ON q.question = a.question AND NOT q.zero_tolerance
  LEFT JOIN (SELECT DISTINCT factory FROM vault.cells) AS h ON h.factory = a.factory
  LEFT JOIN (SELECT factory, question, max(closed) AS closed FROM vault.cells GROUP BY factory, question) AS c
    ON c.factory = a.factory AND c.question = a.question
 WHERE a.day <= $through AND (h.factory IS NULL OR a.day > $before OR a.load > $last_load)
