"""Projects, known events and follow-up of agreements (G11–G13)."""
