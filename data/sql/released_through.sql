SELECT through, last_load FROM vault.releases WHERE release = $release
