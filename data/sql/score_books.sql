-- When each factory was first asked by each codebook: the first days on which a cell opened and closed.
SELECT codebook, factory_id, min(opened) AS begun, min(closed) AS closed FROM cells GROUP BY codebook, factory_id
