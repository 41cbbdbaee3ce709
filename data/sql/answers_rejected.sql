SELECT c.line, c.reason, s.* EXCLUDE (line)
  FROM checked_answers AS c JOIN staged_answers AS s ON s.line = c.line
 WHERE c.outcome = 'rejected'
 ORDER BY c.line
