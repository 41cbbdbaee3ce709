-- What was written to each question that no answer is known for: the commonest values, cut where they are long.
SELECT question, value, n
  FROM (SELECT question, left(value, $longest) AS value, count(*) AS n FROM unread_answers
         WHERE reason LIKE 'the mapping has no answer%' GROUP BY 1, 2) AS counted
QUALIFY row_number() OVER (PARTITION BY question ORDER BY n DESC, value) <= $most
 ORDER BY question, n DESC, value
