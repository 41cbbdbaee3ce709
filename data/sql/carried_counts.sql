SELECT factory, question, level, n
  FROM vault.open_counts
 WHERE factory IN (SELECT factory FROM vault.cells)
