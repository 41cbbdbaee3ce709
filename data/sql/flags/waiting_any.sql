SELECT 1 FROM flag_open WHERE quarter >= $running LIMIT 1
