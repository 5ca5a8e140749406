"""Identifiers for tests, made as a client makes them."""

from gemensam.ledger.ids import uuid7

__all__ = ["new_id"]


def new_id() -> str:
    return uuid7()
