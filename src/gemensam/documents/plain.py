"""Text that any of the fonts can print: nothing is lost, what has no glyph is written out.

PDF/A and PDF/UA forbid a missing glyph, so Typst refuses the whole document for one emoji. A report must print whatever
its writer's keyboard sent, so such a character becomes its code and name: [U+1F44D THUMBS UP SIGN].
"""

import re
import unicodedata

# Verified glyph by glyph against Typst 0.15's built-in fonts by a test; Source Sans adds nothing that matters here.
_COVERED = """
0020-007e 00a0-00ac 00ae-034e 0350-0377 037a-037f 0384-038a 038c 038e-03a1 03a3-04ff 0591-05c7 05d0-05ea 05ef-05f4
060c 061b 061f 0621-063a 0640-0655 0660-066d 10d0-10ff 1e00-1eff 1f00-1f15 1f18-1f1d 1f20-1f45 1f48-1f4d 1f50-1f57
2000-200a 2010-2027 202f-2040 2042 2044-2052 2054-205f 2070-2071 2074-208e 2090-209c 20a0-20c0 2100-211e 2120 2122
2126-214f 2153-215f 2190-2311 2318-23ff 2460-2604 2609-262f 2638-268b 26a0-26a7 2701-2704 2706-2709 270c-2714
2717-2726 2729-274b 274d 274f-2752 2756 2758-275e 2761-2767 2776-277f 2794 2798-27af 27b1-27be 27f5-27ff
"""
# What every text font has: used for a second try, should shaping fail on an unforeseen run of characters.
_CAUTIOUS = "0020-007e 00a0-00ac 00ae-017f 2010-2014 2018-201a 201c-201e 2020-2022 2026 2030 2039-203a 20ac 2212"

# Joiners, marks of direction, variation selectors and soft hyphens change how neighbours are drawn and are no text.
_INVISIBLE = re.compile("[\u00ad\u034f\u061c\u200b-\u200f\u2060-\u2064\ufe00-\ufe0f\ufeff]")
_BREAKS = re.compile("\r\n|[\r\n\u0085\u2028\u2029\v\f]")
_LONG = re.compile(r"[^\s\u200b-]{25,}")
_BREAK_EVERY = 12


def _table(ranges: str) -> frozenset[int]:
    bounds = (part.partition("-") for part in ranges.split())
    return frozenset(code for low, _, high in bounds for code in range(int(low, 16), int(high or low, 16) + 1))


COVERED = _table(_COVERED)
CAUTIOUS = _table(_CAUTIOUS)


def written_out(character: str) -> str:
    """Return a character as its code and Unicode name, the name only where it says more than the code."""
    code = f"U+{ord(character):04X}"
    name = unicodedata.name(character, "")
    return f"[{code}]" if not name or name.endswith(code[2:]) else f"[{code} {name}]"


def plain(text: str, covered: frozenset[int] = COVERED) -> str:
    """Return the text with only printable characters and line feeds; very long words may break."""
    text = unicodedata.normalize("NFC", _BREAKS.sub("\n", text).replace("\t", " "))
    text = _INVISIBLE.sub("", text)
    if not all(ord(character) in covered or character == "\n" for character in text):
        text = "".join(c if ord(c) in covered or c == "\n" else written_out(c) for c in text)
    return _LONG.sub(_breakable, text)


def _breakable(match: re.Match[str]) -> str:
    """Put a zero-width space at every twelfth place, but never before a combining character."""
    word, pieces, start = match[0], [], 0
    for place in range(_BREAK_EVERY, len(word)):
        if place - start >= _BREAK_EVERY and not unicodedata.combining(word[place]):
            pieces.append(word[start:place])
            start = place
    return "\u200b".join([*pieces, word[start:]])
