"""Django's PostgreSQL, with questions planned once and a cheap look at a connection: ENGINE in the settings."""
