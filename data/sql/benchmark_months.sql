SELECT DISTINCT month FROM cohorts ORDER BY month
