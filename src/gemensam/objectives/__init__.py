"""Målbild: målområden, goals and milestones of a period, how far each member has come (G3, G4)."""
