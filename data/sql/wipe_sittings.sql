UPDATE vault.answers SET sitting = NULL
 WHERE sitting IS NOT NULL AND day < $before AND load <= $last_load
