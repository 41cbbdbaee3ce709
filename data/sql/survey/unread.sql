INSERT INTO unread_answers SELECT line, reason, question, value FROM unread_batch
