"""Who may see what, as pure code. The lowest layer: it imports nothing of ours."""
