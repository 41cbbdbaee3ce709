-- The first release that took in anything of this load; NULL when none did. Answers of days that no release has
-- reached are not taken in yet; factories, questions and head counts are with the first release after their load.
SELECT min(r.release)
  FROM vault.releases AS r
 WHERE r.last_load >= $load
   AND (EXISTS (SELECT 1 FROM vault.answers AS a WHERE a.load = $load AND a.day <= r.through)
        OR EXISTS (SELECT 1 FROM vault.headcount AS h WHERE h.load = $load)
        OR EXISTS (SELECT 1 FROM vault.factories AS f WHERE f.load = $load)
        OR EXISTS (SELECT 1 FROM vault.questions AS q WHERE q.load = $load))
