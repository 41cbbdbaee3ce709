-- Every answer of a sheet that was not taken, with its line and reason, in the order of the file.
SELECT line, reason, question, value FROM unread_answers
UNION ALL
SELECT line, reason, indicator_id, value FROM checked_answers WHERE outcome = 'rejected'
UNION ALL
SELECT l.line, 'no question of the mapping is answered in this row', NULL, NULL
  FROM sheet_lines AS l
 WHERE l.line NOT IN (SELECT line FROM checked_answers) AND l.line NOT IN (SELECT line FROM unread_answers)
 ORDER BY line
