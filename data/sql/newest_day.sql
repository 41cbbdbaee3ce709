SELECT max(closed) FROM cells
