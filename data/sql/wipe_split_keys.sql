-- Who gave an answer of a quarter that is over counts in no slice any more.
UPDATE vault.split_answers SET who = NULL WHERE who IS NOT NULL AND quarter < $before
