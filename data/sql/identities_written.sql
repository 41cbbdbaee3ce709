INSERT INTO vault.identities
SELECT identity, content, $load FROM checked_answers WHERE outcome = 'accepted' ORDER BY identity
