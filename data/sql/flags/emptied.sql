-- Nothing waits longer than its quarter.
DELETE FROM vault.flag_waiting WHERE quarter < $before
