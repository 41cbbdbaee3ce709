-- The sittings of one week join what waits.
INSERT INTO flag_open
SELECT factory, sign, quarter, week, person, hit FROM flag_signs WHERE week = $week
