"""Grundförmågor: each member's own assessment, and the common picture of them (G10)."""
