-- Quarters fixed in releases published after that of the last wipe.
SELECT 1 FROM vault.quarters WHERE release > $wiped AND release <= $release LIMIT 1
