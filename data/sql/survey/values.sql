-- How often each answer was given to each question of the file.
SELECT indicator_id, value, count(*) AS n FROM staged_answers GROUP BY ALL ORDER BY indicator_id, n DESC, value
