DELETE FROM vault.files WHERE load = $load
