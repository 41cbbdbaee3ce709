INSERT INTO vault.cohorts
SELECT cohort, country, sector, codebook, theme, CAST(month AS DATE), CAST(factories AS INTEGER),
       CAST(answers AS INTEGER), CAST(p10 AS DOUBLE), CAST(p25 AS DOUBLE), CAST(p50 AS DOUBLE), CAST(p75 AS DOUBLE),
       CAST(p90 AS DOUBLE), reason
  FROM cohorts_now
