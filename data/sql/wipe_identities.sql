DELETE FROM vault.identities WHERE load <= $last_load
