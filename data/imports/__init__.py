"""Files on their way in: where their bytes lie, what is seen in them, and who takes them to the vault."""
