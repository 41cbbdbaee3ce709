-- Who gave an answer of a quarter that is over counts for nothing any more.
UPDATE vault.split_answers SET who = NULL WHERE month IS NULL AND quarter < $quarter AND who IS NOT NULL
