"""The patterns that come of the words: bodies, organisations, dates, headings. Made once for words and a network."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from gemensam.governance.reading.domain.dates import date_pattern
from gemensam.governance.reading.domain.words import Known, Words

CAPITAL: Final = r"[A-ZÅÄÖÉÜ][\w-]+"
# § 13, § 90/2019, §77; not §§ 1–12, which are all that a person has adjusted.
PARAGRAPH: Final = re.compile(r"(?<!§)§\s?(\d{1,4})(?!\d)(?:\s?[/:]\s?(?:19|20)\d\d)?(?!\s?kap)")
_PREFIX: Final = r"[A-ZÅÄÖ]{1,6}(?:[A-ZÅÄÖa-zåäö]{0,6})"
_END: Final = r"(?![\w/]|[.:-]\d)"
REFERENCE: Final = re.compile(
    rf"(?:(?:{_PREFIX}[ -])?{_PREFIX}[ /.:-]?(?:19|20)\d\d[-/:.]\s?\d{{1,6}}(?:[.:-]\d{{1,6}})*"  # KS-2023/780.103
    rf"|(?:19|20)\d\d/{_PREFIX}[ -]?\d{{1,6}}(?: \d{{2,4}})?"  # 2019/KS 0154 31
    rf"|(?:19|20)\d\d[/:]\d{{1,6}}(?:[.:-]\d{{1,6}})*(?:[ -]{_PREFIX})?"  # 2023/123, 2023:123 KS
    rf"|(?:19|20)\d\d-\d{{3,6}}"
    rf"|{_PREFIX}[ -]\d{{4}}-\d{{3,5}}"  # LS 1403-0284
    rf"|{_PREFIX}[ -]?\d\d/\d{{1,6}}"  # KS 23/123
    rf"|\d{{2,6}}/(?:19|20)\d\d"  # 0123/2023
    rf"|[A-Z]\d{{1,3}}\.\d{{1,6}}/(?:19|20)\d\d"  # A123.456/2022
    rf"|{_PREFIX}/\d\d/\d{{1,6}}"  # KSL/15/0016
    rf"|\d{{2,5}}-\d{{1,6}}[-/](?:19|20)\d\d"  # 451-12345-2022
    rf"){_END}"
)


@dataclass(frozen=True, slots=True)
class Grammar:
    """Compiled patterns. `body` finds bodies of any kind in a text, `bodies_source` is the same for use in others."""

    words: Words
    known: Known
    bodies_source: str
    body: re.Pattern[str]
    date: re.Pattern[str]
    organisation: re.Pattern[str]
    names: Mapping[str, str]
    network: re.Pattern[str]
    network_or_short: re.Pattern[str]
    steering: re.Pattern[str]
    owner: re.Pattern[str]
    proposing: re.Pattern[str]
    acting: re.Pattern[str]


def grammar(words: Words, known: Known) -> Grammar:
    """Return the patterns for these words and this network."""
    bodies = _bodies(words, known)
    beside = _any(words.beside_bodies)
    found = rf"(?<![\wåäö-])(?:{bodies})s?(?![a-zåäö-])(?!\s+(?:{beside}))"
    owners = rf"(?:(?:{bodies})s?|{'|'.join(words.owners_patterns)})"
    what = r"(?P<what>beslut|förslag till (?:beslut|yttrande|{b})[\w ]{{0,60}}|förslag|beslutsförslag|protokollsbeslut)"
    return Grammar(
        words=words,
        known=known,
        bodies_source=bodies,
        body=re.compile(rf"(?i){found}"),
        date=date_pattern(words.months),
        organisation=_organisations(words, known),
        names={name_key(name): one.name for one in known.organisations for name in (one.name, *one.others)},
        network=re.compile(_network(known)),
        network_or_short=re.compile(rf"{_network(known)}|(?<![\w-])(?:{re.escape(known.short)})(?![\w-])"),
        steering=re.compile(rf"(?i)(?<![\w-])(?:{_any(words.steering_documents)})[a-zåäö]{{0,6}}"),
        owner=re.compile(rf"(?i)(?P<owner>{owners})\s+{what.format(b=bodies)}"),
        proposing=re.compile(
            rf"(?i)\b(?:föreslår|föreslå|föreslås|hemställer)\s+(?:hos\s+|till\s+)?(?:att\s+)?(?P<to>{bodies})(?![a-zåäö-])"
        ),
        acting=re.compile(rf"(?i)(?<![\wåäö-])(?P<who>{bodies})\s+(?:beslutar|antar|noterar|godkänner|föreslår|föreslås|ställer|lägger|tar|avger|återremitterar|bordlägger|avslår|fastställer|ingår|tecknar|överlämnar|beslutade(?=\s*(?:att|:|$)))(?![a-zåäö])"),
    )  # fmt: skip


def name_key(name: str) -> str:
    """Return what stays the same when an organisation's name is written in capitals or in the genitive."""
    return " ".join(word.removesuffix("s") for word in name.casefold().split())


def _any(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def _bodies(words: Words, known: Known) -> str:
    base = _any((*words.bodies, *(name.lower() for name in known.bodies)))
    parts = _any(words.body_parts)
    endings = _any(words.body_endings)
    described = r"(?:[a-zåäö]{2,30}-\s(?:och|samt)\s)?"
    # A part of a body: "kommunstyrelsens arbetsutskott", "kommunstyrelsens allmänna utskott".
    part = rf"(?:{base})s\s(?:{described}[a-zåäö]{{3,30}}a\s)?{described}[a-zåäö]{{0,40}}(?:{parts})(?:et|en)?"
    own = rf"(?:{_any(words.body_adjectives)})\s(?:{endings})|{described}[a-zåäö-]{{0,40}}(?:{endings})"
    short = _any(words.short_bodies)
    return rf"{part}|(?:{base})|{own}|(?-i:{short})"


def _organisations(words: Words, known: Known) -> re.Pattern[str]:
    """Return the pattern of a name: those of the directory first, then what any organisation may be called."""
    names = _any(name for one in known.organisations for name in (one.name, *one.others))
    upper = r"[A-ZÅÄÖ][A-ZÅÄÖ-]+"
    endings = "|".join(words.organisation_endings)
    beginnings = "|".join(words.organisation_beginnings)
    general = (
        rf"(?:{CAPITAL} ){{1,3}}(?i:{endings})s?"
        rf"|(?:{upper} ){{1,3}}(?i:{endings})s?"
        rf"|(?i:{beginnings}) (?:i )?{CAPITAL}(?: {CAPITAL})?(?: län)?"
        rf"|{CAPITAL}(?: {CAPITAL}){{0,3}} AB\b"
    )
    return re.compile(rf"(?<![\w-])(?:(?i:{names})s?|{general})(?![\w-])")


def _network(known: Known) -> str:
    """Return the pattern of the network's name, as it is written, broken at a line end or read by a machine.

    It begins with a large letter: *samverkan* in a region is something that many do.
    """
    names = "|".join(f"{re.escape(name[0].upper())}(?i:{_misread(name[1:])})" for name in known.network)
    return rf"(?<![\w-])(?:{names})s?(?![\wåäö])"


_MISREAD: Final = {
    "o": "[o0ö]",
    "l": "[l1I|]",
    "i": "[i1l|]",
    "m": "(?:m|rn)",
    "s": "[s5]",
    " ": r"[\s-]+",
    "å": "[åa]",
}


def _misread(name: str) -> str:
    return "".join(_MISREAD.get(letter, re.escape(letter)) for letter in name.lower())
