-- An accumulator of a quarter that is over begins the running one with nobody counted.
UPDATE vault.open_series SET best = greatest(best, people), people = 0, quarter = $before WHERE quarter < $before
