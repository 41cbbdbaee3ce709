-- What a mapped survey needs beside its answers: its rows, what no answer could be made of, and each wording.
CREATE OR REPLACE TEMP TABLE sheet_lines (line BIGINT);
CREATE OR REPLACE TEMP TABLE unread_answers (line BIGINT, reason VARCHAR, question VARCHAR, value VARCHAR);
CREATE OR REPLACE TEMP TABLE worded_answers (line BIGINT, indicator_id VARCHAR, wording VARCHAR, place VARCHAR);
