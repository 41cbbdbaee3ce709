-- Each line of a sheet that brought any answer: accepted if one of its answers was, and so on.
SELECT line, CASE WHEN bool_or(outcome = 'accepted') THEN 'accepted'
                  WHEN bool_or(outcome = 'already_present') THEN 'already_present'
                  ELSE 'rejected' END AS state
  FROM checked_answers
 GROUP BY line
