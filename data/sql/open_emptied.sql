DELETE FROM vault.open_people;
DELETE FROM vault.open_counts;
DELETE FROM vault.open_series;
