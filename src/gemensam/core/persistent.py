"""The one place that names the persistent map (design 4.2): readers take no lock."""

from rpds import HashTrieMap

__all__ = ["EMPTY", "HashTrieMap"]

EMPTY: HashTrieMap = HashTrieMap()  # type: ignore[type-arg]
