-- What waits on: never longer than its quarter, after which keys are others.
INSERT INTO vault.flag_waiting
SELECT factory, sign, quarter, week, person, hit
  FROM flag_open WHERE quarter >= $running ORDER BY factory, sign, week, hash(person)
