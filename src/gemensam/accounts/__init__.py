"""Who signs in, with what second factor, and which functions they may act in (R61 to R64, R67)."""
