INSERT INTO release.cohorts
SELECT cohort, country, sector, codebook, theme, month, factories, answers, p10, p25, p50, p75, p90, reason
  FROM vault.cohorts
 ORDER BY month, codebook, cohort, country, sector, theme
