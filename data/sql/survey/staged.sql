SELECT count(*) FROM staged_answers
