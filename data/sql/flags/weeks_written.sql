INSERT INTO vault.flag_weeks
SELECT factory, week, sittings, busiest, alike, $release FROM flag_weeks_now ORDER BY factory, week
