CREATE OR REPLACE TEMP TABLE slices_closing AS
SELECT factory, codebook, unit, dim FROM slices_groups WHERE FALSE
