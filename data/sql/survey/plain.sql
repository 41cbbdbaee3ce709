-- A canonical file as a mapped one is looked at: its lines; every question in one wording and at one place.
CREATE OR REPLACE TEMP TABLE sheet_lines AS SELECT DISTINCT line FROM staged_answers;
CREATE OR REPLACE TEMP TABLE worded_answers (line BIGINT, indicator_id VARCHAR, wording VARCHAR, place VARCHAR);
