-- The answers to be looked at now: those of weeks that are over before $now, were not before $was, or came since.
-- So every answer is looked at once: when its week is over, or when it comes later than that.
CREATE OR REPLACE TEMP TABLE flag_taken AS
SELECT factory, question, level, day, sitting, person
  FROM vault.answers WHERE load > $last_load AND day < $now
UNION ALL
SELECT factory, question, level, day, sitting, person
  FROM vault.answers WHERE load <= $last_load AND day >= $was AND day < $now
