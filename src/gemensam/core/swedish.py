"""Swedish order of words, without any database's or machine's collation."""

import unicodedata

_LETTERS = str.maketrans({"å": "{", "ä": "|", "æ": "|", "ö": "}", "ø": "}", "é": "e", "è": "e", "ü": "y"})


def sort_key(text: str) -> tuple[str, str]:
    """Return a key that sorts å, ä, ö after z and takes no notice of case; ties keep the text's own order."""
    composed = unicodedata.normalize("NFC", text)
    return composed.lower().translate(_LETTERS), composed
