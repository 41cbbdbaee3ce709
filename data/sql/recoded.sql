-- What each value of each question says on 0..100, and whether the question is averaged into scores.
CREATE OR REPLACE TEMP TABLE recoded AS
SELECT q.question, q.codebook, CAST(v.level AS UTINYINT) AS level, v.x, q.zero_tolerance,
       q.role = 'scored' AND NOT q.zero_tolerance AND NOT q.is_vignette AS averaged
  FROM vault.questions AS q JOIN recoded_values AS v ON v.question = q.question
