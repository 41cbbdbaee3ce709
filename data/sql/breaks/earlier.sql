-- The same of the answers that were there before, of the questions and factories that the file speaks of.
SELECT c.indicator_id, a.factory, a.level, count(*) AS n
  FROM vault.answers AS a
  JOIN (SELECT DISTINCT indicator_id, question, factory FROM checked_answers WHERE outcome = 'accepted') AS c
    ON c.question = a.question AND c.factory = a.factory
 GROUP BY ALL
 ORDER BY ALL
