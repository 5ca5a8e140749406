"""Files in: decision documents that are uploaded, read beside the log, and wait for a person who confirms (G7)."""
