-- Factories with a warning about a span that ended at most $days before a day.
SELECT DISTINCT factory_id FROM flags WHERE first_day <= $on AND date_diff('day', last_day, $on) <= $days
