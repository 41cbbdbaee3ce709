-- The answers of a span of days within one quarter, recoded to 0..100 (100 is good). $factories NULL: of all.
CREATE OR REPLACE TEMP TABLE quarter_rows AS
SELECT a.factory, a.question, r.codebook, r.averaged, r.zero_tolerance, r.x, a.day, a.gender, a.department,
       a.tenure_band, a.sitting, a.person
  FROM vault.answers AS a
  JOIN recoded AS r ON r.question = a.question AND r.level = a.level
 WHERE a.day >= $first_day AND a.day <= $last_day
   AND ($factories IS NULL OR list_contains($factories, a.factory))
