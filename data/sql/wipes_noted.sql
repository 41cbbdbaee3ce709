INSERT INTO vault.wipes VALUES ($what, $before, $last_load, $release, $wiped_at, $compacted)
