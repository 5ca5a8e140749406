"""Filters of the målbild's templates."""
