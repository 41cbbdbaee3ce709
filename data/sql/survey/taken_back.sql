-- The same answers, no longer staged.
DELETE FROM staged_answers AS s
 USING (SELECT DISTINCT indicator_id FROM follow_ups) AS f
 WHERE f.indicator_id = s.indicator_id
   AND NOT EXISTS (SELECT 1
                     FROM staged_answers AS b
                     JOIN follow_ups AS v ON v.before = b.indicator_id AND v.value = try_cast(b.value AS DOUBLE)
                    WHERE b.submission_id = s.submission_id AND v.indicator_id = s.indicator_id)
