"""Bodies and organisations in a text, each under the one name that it is registered by."""

import re
from collections.abc import Iterator
from typing import Final

from gemensam.governance.reading.domain.dates import Found
from gemensam.governance.reading.domain.grammar import Grammar, name_key

_GENITIVE: Final = re.compile(r"(?i)(?<=[nte])s$|(?<=fullmäktige)s$")


def body_name(text: str, grammar: Grammar) -> str:
    """Return a body's name: definite, without genitive, with its first letter large; abbreviations written out."""
    plain = " ".join(text.split())
    if plain in grammar.words.short_bodies:
        return grammar.words.short_bodies[plain]
    whole = re.sub(r"(?i)^(.*(?:utskott|nämnd|beredning))s$", r"\1", plain)
    name = _GENITIVE.sub("", whole).lower()
    return name[:1].upper() + name[1:]


def bodies_in(text: str, grammar: Grammar) -> Iterator[Found]:
    """Yield the bodies that a text names, in their order."""
    for match in grammar.body.finditer(text):
        yield Found(match.start(), match.end(), body_name(match[0], grammar))


def organisations_in(text: str, grammar: Grammar) -> Iterator[Found]:
    """Yield the organisations that a text names, by the directory's name where it has one."""
    for match in grammar.organisation.finditer(text):
        name = organisation_name(match[0], grammar)
        if name:
            yield Found(match.start(), match.end(), name)


def organisation_name(text: str, grammar: Grammar) -> str:
    """Return the name that an organisation is registered by, or nothing where the words are no name."""
    plain = _without_leading_words(" ".join(text.split()), grammar)
    if not plain or (" " not in plain and plain.lower() in grammar.words.no_names):
        return ""
    if known := grammar.names.get(name_key(plain)):
        return known
    return _as_written(plain) if " " in plain else ""


def _without_leading_words(name: str, grammar: Grammar) -> str:
    words = name.split(" ")
    while words and words[0].lower() in grammar.words.no_names:
        words = words[1:]
    return " ".join(words) if len(words) > 1 else (name if len(name.split(" ")) == 1 else "")


def _as_written(name: str) -> str:
    """Return a name that the directory lacks, with small letters where a letterhead has large ones."""
    words = [word.capitalize() if word.isupper() and len(word) > 2 else word for word in name.split(" ")]
    last = re.sub(r"(?i)^(kommun|stad|förbund|[a-zåäö]+förbund|brandförsvar)s$", r"\1", words[-1])
    small = (
        last.lower()
        if re.fullmatch(r"(?i)kommun|stad|landsting|[a-zåäö]*(förbund|brandförsvar|räddningstjänst)", last)
        else last
    )
    return " ".join([*words[:-1], small])
