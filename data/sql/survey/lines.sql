INSERT INTO sheet_lines SELECT line FROM batch_lines
