INSERT INTO vault.split_cells SELECT factory, question, month, opened, closed FROM split_closed WHERE month >= $next_month
