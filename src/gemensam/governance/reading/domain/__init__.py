"""From lines to a decision: one small recogniser per field. What is not stated is said to be so, never guessed (G7)."""
