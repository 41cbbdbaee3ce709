SELECT DISTINCT what FROM vault.wipes WHERE NOT compacted ORDER BY what
