-- How often each answer was given to each question of the file: the commonest values, cut where they are long.
SELECT indicator_id, value, n
  FROM (SELECT indicator_id, left(value, $longest) AS value, count(*) AS n FROM staged_answers GROUP BY 1, 2) AS counted
QUALIFY row_number() OVER (PARTITION BY indicator_id ORDER BY n DESC, value) <= $most
 ORDER BY indicator_id, n DESC, value
