-- Every frozen month with its codebooks: oldest first, within a month the codebook that most factories were asked by.
SELECT codebook, month, max(CASE WHEN cohort = 'all' AND theme = 'overall' THEN factories END) AS factories
  FROM cohorts
 GROUP BY codebook, month
 ORDER BY month, factories DESC NULLS LAST, codebook
