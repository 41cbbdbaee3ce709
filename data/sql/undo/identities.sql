DELETE FROM vault.identities WHERE load = $load
