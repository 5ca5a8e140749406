"""Shift change: what the one who goes on duty must know, handed over and taken over (R40)."""
