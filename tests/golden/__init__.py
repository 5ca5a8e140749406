"""Logs that earlier releases wrote, folded for ever: same verdicts, same states (design 4.6, F26)."""
