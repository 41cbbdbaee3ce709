-- Accepted answers of a factory, question and day of which loads brought answers whose identities are wiped.
SELECT count(*)
  FROM checked_answers AS c
 WHERE c.outcome = 'accepted'
   AND EXISTS (SELECT 1 FROM vault.answers AS a
                WHERE a.factory = c.factory AND a.question = c.question AND a.day = c.day
                  AND a.load <= (SELECT max(last_load) FROM vault.wipes WHERE what = 'row identities'))
