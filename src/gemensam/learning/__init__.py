"""Looking back: replay of a space, and its timeline."""
