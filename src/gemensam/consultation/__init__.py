"""Remiss: sent, answered in several ways, met view by view, put together (G5)."""
