-- Answers of days that were wiped, which came later than that.
SELECT 1 FROM vault.answers WHERE load > $wiped AND load <= $last_load AND day < $before LIMIT 1
