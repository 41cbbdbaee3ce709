-- What people said about themselves in answers that arrived now, where that combination was never heard before.
INSERT INTO vault.strata
SELECT DISTINCT stratum, gender, department, tenure_band, others
  FROM (SELECT hash(gender, department, tenure_band, others) AS stratum, gender, department, tenure_band, others
          FROM vault.answers) AS said
 WHERE stratum IN (SELECT DISTINCT stratum FROM closing_rows WHERE stratum NOT IN (SELECT stratum FROM vault.strata))
