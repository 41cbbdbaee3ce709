-- What later runs take up, and the slices that came out in this one.
DELETE FROM vault.slice_series;
DELETE FROM vault.slice_merging;
DELETE FROM vault.slice_waiting;
INSERT INTO vault.slice_series SELECT * FROM series_now ORDER BY ALL;
INSERT INTO vault.slice_merging SELECT * FROM merging_now ORDER BY ALL;
INSERT INTO vault.slice_waiting SELECT * FROM waiting_now ORDER BY ALL;
INSERT INTO vault.slices SELECT * FROM slices_now ORDER BY factory, codebook, dim, unit, first_day, last_day, level;
