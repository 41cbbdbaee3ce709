"""How files become rows with line numbers. Nothing here decides whether a row is good."""
