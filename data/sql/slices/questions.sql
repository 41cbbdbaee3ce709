-- The questions that slices are made of: averaged ones. A theme that is called like the whole has none.
CREATE OR REPLACE TEMP TABLE split_questions AS
SELECT question, codebook, theme, scale, polarity
  FROM vault.questions
 WHERE role = 'scored' AND NOT zero_tolerance AND NOT is_vignette AND theme <> 'overall'
