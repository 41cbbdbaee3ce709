-- What earlier runs left. While months are decided everything is kept in temporary tables that are made anew at
-- each step: DuckDB 2.0 loses sight of a large insert that follows an insert of no row in one transaction.
CREATE OR REPLACE TEMP TABLE series_now AS SELECT * FROM vault.slice_series;
CREATE OR REPLACE TEMP TABLE merging_now AS SELECT * FROM vault.slice_merging;
CREATE OR REPLACE TEMP TABLE waiting_now AS SELECT * FROM vault.slice_waiting;
CREATE OR REPLACE TEMP TABLE slices_now AS SELECT * FROM vault.slices WHERE FALSE;
