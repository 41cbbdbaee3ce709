SELECT DISTINCT factory_id FROM vault.factories WHERE load = $load
