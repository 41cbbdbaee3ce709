INSERT INTO vault.open_counts
SELECT CAST(factory AS INTEGER), CAST(question AS INTEGER), CAST(level AS UTINYINT), CAST(n AS INTEGER)
  FROM open_counts_now
