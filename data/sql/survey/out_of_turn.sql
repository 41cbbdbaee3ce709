-- Answers to a question that follows another, in sittings that did not give the answer before it.
INSERT INTO unread_answers
SELECT s.line, 'it is asked only after a certain answer to ''' || f.before || ''', which this sitting did not give',
       s.indicator_id, s.value
  FROM staged_answers AS s
  JOIN (SELECT DISTINCT indicator_id, before FROM follow_ups) AS f ON f.indicator_id = s.indicator_id
 WHERE NOT EXISTS (SELECT 1
                     FROM staged_answers AS b
                     JOIN follow_ups AS v ON v.before = b.indicator_id AND v.value = try_cast(b.value AS DOUBLE)
                    WHERE b.submission_id = s.submission_id AND v.indicator_id = s.indicator_id)
