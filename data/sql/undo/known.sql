SELECT count(*) FROM vault.loads WHERE load = $load
