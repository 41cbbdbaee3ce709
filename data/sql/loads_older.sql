-- The newest load made before a moment, NULL when there is none.
SELECT max(load) FROM vault.loads WHERE loaded_at < $moment
