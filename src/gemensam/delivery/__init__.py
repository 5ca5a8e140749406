"""What runs by itself: computed from state and clock, done by the one active worker (design section 6)."""
