INSERT INTO vault.answers
SELECT factory, question, day, level, channel, gender, department, tenure_band, others,
       CASE WHEN submission_id IS NOT NULL
            THEN md5_number_lower(sha256(concat_ws(chr(31), $person_key, 'sitting', submission_id))) END,
       CASE WHEN respondent_key IS NOT NULL
            THEN md5_number_lower(sha256(concat_ws(chr(31), $person_key, 'person', factory_id, respondent_key))) END,
       $load
  FROM checked_answers
 WHERE outcome = 'accepted'
 ORDER BY factory, day, question, hash(identity)
