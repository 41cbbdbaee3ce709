-- The frozen cohorts of one month and codebook (FORMATS §3).
SELECT cohort, country, sector, theme, CAST(last_day(month) AS DATE) AS on_day, factories, answers, p10, p25, p50, p75,
       p90, reason
  FROM cohorts
 WHERE month = $month AND codebook = $codebook
 ORDER BY CASE cohort WHEN 'all' THEN 0 WHEN 'country' THEN 1 WHEN 'sector' THEN 2 ELSE 3 END, country, sector,
          CASE theme WHEN 'overall' THEN 0 ELSE 1 END, theme
