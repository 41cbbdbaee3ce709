UPDATE checked_answers SET outcome = 'already_present', reason = NULL WHERE outcome = 'accepted'
