INSERT INTO worded_answers SELECT line, indicator_id, wording, place FROM worded_batch
