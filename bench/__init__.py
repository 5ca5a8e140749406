"""`make bench`: what the program promises, measured beside the physical limit of the same machine in the same run."""
