"""Answer links (R85): secret addresses by which somebody answers what a member is asked, without an account."""
