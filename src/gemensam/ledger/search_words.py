"""One tokeniser and Swedish stemmer in front of both databases, so that both find the same (design 3.8)."""

import hashlib
import re
import unicodedata
from functools import lru_cache

import snowballstemmer

_WORD = re.compile(r"[^\W_]+")
_stemmer = snowballstemmer.stemmer("swedish")
MAX_WORDS = 20_000
MAX_LETTERS = 80  # of a word that is told apart from others; PostgreSQL takes none beyond some hundred


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """Return a word's Swedish stem, marked so that no text can look like a space's token."""
    return "w" + str(_stemmer.stemWord(word))


def words(text: str) -> list[str]:
    """Return the words of a text in lower case, long ones cut; å, ä and ö stay letters of their own."""
    return [word[:MAX_LETTERS] for word in _WORD.findall(unicodedata.normalize("NFC", text).lower())]


def stems(text: str) -> list[str]:
    """Return the stems of a text, at most `MAX_WORDS`."""
    return [stem(word) for word in words(text)[:MAX_WORDS]]


@lru_cache(maxsize=10_000)
def space_token(space: str) -> str:
    """Return the token under which a space's texts are found; it is looked for with every query."""
    return "s" + hashlib.sha256(space.encode()).hexdigest()[:24]
