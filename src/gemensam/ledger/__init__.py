"""The log in the database: the only room that writes entries, and the only door to states."""
