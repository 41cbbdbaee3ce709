DELETE FROM vault.answers WHERE load = $load
