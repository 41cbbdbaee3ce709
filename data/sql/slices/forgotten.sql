-- Answers of cells of a quarter that is over have been counted: nothing of them is needed any more.
DELETE FROM vault.split_answers WHERE month < $quarter
