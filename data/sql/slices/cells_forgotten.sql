DELETE FROM vault.split_cells WHERE month < $next_month
