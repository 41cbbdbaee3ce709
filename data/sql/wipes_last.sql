-- How far one kind was wiped so far.
SELECT max(before), max(last_load), max(release) FROM vault.wipes WHERE what = $what
