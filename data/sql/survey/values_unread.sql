-- What was written to each question that no answer is known for.
SELECT question, value, count(*) AS n FROM unread_answers WHERE reason LIKE 'the mapping has no answer%'
 GROUP BY ALL ORDER BY question, n DESC, value
