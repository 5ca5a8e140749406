"""Work on paper: the reservpärm, what is needed when the program cannot be reached (R69, R70)."""
