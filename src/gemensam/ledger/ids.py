"""UUIDv7 (RFC 9562): identifiers that sort by the time of their making."""

import secrets
import time
import uuid


def uuid7() -> str:
    """Return a new identifier in its usual written form."""
    ms = time.time_ns() // 1_000_000
    random = secrets.randbits(74)
    value = (ms << 80) | (0x7 << 76) | ((random >> 62) << 64) | (0b10 << 62) | (random & ((1 << 62) - 1))
    return str(uuid.UUID(int=value))
