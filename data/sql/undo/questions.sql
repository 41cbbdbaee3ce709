-- Questions that a load brought and that no answer uses.
DELETE FROM vault.questions
 WHERE load = $load AND question NOT IN (SELECT question FROM vault.answers)
