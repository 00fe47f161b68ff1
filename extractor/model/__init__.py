"""Our trained networks and what they need to run: words, pieces, windows, tags."""
