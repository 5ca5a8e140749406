"""The pure heart: entries, clock, feeds, the fold, rights. Standard library and rpds-py only."""
