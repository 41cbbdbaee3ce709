SELECT codebook, indicator_id, theme, text, scale, CAST(polarity AS DOUBLE) AS polarity, zero_tolerance,
       is_vignette, role
  FROM vault.questions
