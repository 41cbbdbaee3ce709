INSERT INTO vault.open_series
SELECT CAST(factory AS INTEGER), CAST(question AS INTEGER), CAST(since AS DATE), CAST(opened AS DATE),
       CAST(last AS DATE), CAST(best AS INTEGER), CAST(quarter AS DATE), CAST(people AS INTEGER)
  FROM open_now
