"""Live updates: signals to browsers and programs that something has moved, never what (design 5.6)."""
