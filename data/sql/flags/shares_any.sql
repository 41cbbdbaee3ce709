SELECT 1 FROM flag_shares_now LIMIT 1
