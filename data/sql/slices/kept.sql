-- Keeps the answers that a later month will count, and those whose people still count in the running quarter.
INSERT INTO vault.split_answers
SELECT factory, question, x9, stratum, who, quarter, span_day, month
  FROM split_rows
 WHERE (month IS NULL OR month >= $quarter) AND factory IN (SELECT factory FROM vault.cells)
 ORDER BY factory, question
