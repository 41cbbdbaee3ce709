DELETE FROM vault.headcount WHERE load = $load
