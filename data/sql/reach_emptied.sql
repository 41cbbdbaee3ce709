-- Quarters that were still running at the last run.
DELETE FROM vault.reach WHERE quarter >= $was
