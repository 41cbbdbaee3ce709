INSERT INTO effects.heard SELECT codebook, action_id FROM estimated_heard ORDER BY codebook, action_id
