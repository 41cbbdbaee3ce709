INSERT INTO vault.questions
SELECT (SELECT coalesce(max(question), 0) FROM vault.questions)
       + CAST(row_number() OVER (ORDER BY codebook, indicator_id) AS INTEGER),
       CAST(codebook AS VARCHAR), CAST(indicator_id AS VARCHAR), CAST(theme AS VARCHAR),
       CAST(theme_name AS VARCHAR), CAST(short_name AS VARCHAR), CAST(text AS VARCHAR),
       CAST(scale AS VARCHAR), CAST(polarity AS TINYINT), CAST(zero_tolerance AS BOOLEAN),
       CAST(is_vignette AS BOOLEAN), CAST(role AS VARCHAR), CAST(event_sensitive AS BOOLEAN),
       $load
  FROM new_questions
