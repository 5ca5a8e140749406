"""A document as the recognisers read it: which matter is meant, what stands in its head, and its sections."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from gemensam.governance.reading.domain.grammar import Grammar
from gemensam.governance.reading.domain.lines import Line, joined, prepared
from gemensam.governance.reading.domain.matters import Mark, Matter, split
from gemensam.governance.reading.domain.naming import bodies_in
from gemensam.governance.reading.domain.sections import FRONT, Section, sections

# Headings of a text of its own; minutes have none of them before their first §.
_TEXT = frozenset({"decision", "proposal", "summary", "background"})


@dataclass(frozen=True, slots=True)
class Source:
    """`head`: what stands before any heading, of the document and of the matter. `running`: heads and feet of pages.

    `marks`: the §§ that the matter carries; empty where the document has none. `others`: other matters about the same.
    """

    lines: tuple[Line, ...]
    head: tuple[Line, ...]
    running: tuple[Line, ...]
    sections: tuple[Section, ...]
    marks: tuple[Mark, ...]
    others: tuple[Matter, ...]
    grammar: Grammar
    several: bool = False

    def of_kind(self, *kinds: str) -> tuple[Section, ...]:
        """Return the sections of some kinds, in their order."""
        return tuple(section for section in self.sections if section.kind in kinds)


def source_of(lines: Iterable[Line], grammar: Grammar) -> Source:
    """Return the document, cleaned and ordered; where it holds several matters, the one about the network."""
    headings = frozenset(name for names in grammar.words.headings.values() for name in names)
    whole = prepared(lines, grammar.words.running, headings)
    if any(grammar.network.search(line.text) for line in whole) or grammar.network.search(joined(whole)):
        # Its abbreviation means the network only where the name itself stands as well.
        grammar = replace(grammar, network=grammar.network_or_short)
    running = tuple(line for line in whole if line.running)
    front, matters = split(whole, grammar)
    front_parts = sections(front, grammar)
    if any(part.kind in _TEXT for part in front_parts):
        # Headings stand before the first §: the § is cited far down, and the document is no minutes.
        parts = sections(whole, grammar)
        return Source(whole, parts[0].lines, running, tuple(parts), (), (), grammar)
    chosen = _chosen(matters, front, grammar)
    if chosen is None:
        parts = sections(whole, grammar) if not matters else [Section(FRONT, ())]
        head = parts[0].lines if not matters else tuple(line for line in front if not line.running)
        return Source(whole, head, running, tuple(parts), (), (), grammar, several=bool(matters))
    parts = sections(chosen.lines, grammar)
    head = (*(line for line in front if not line.running), *parts[0].lines)
    others = tuple(one for one in matters if one is not chosen and _about(one, grammar))
    return Source(chosen.lines, head, running, tuple(parts), chosen.marks, others, grammar, several=len(matters) > 1)


def _chosen(matters: Sequence[Matter], front: Sequence[Line], grammar: Grammar) -> Matter | None:
    """Return the only matter, or of several the one about the network; None where several are, or none of them."""
    if len(matters) < 2:
        return matters[0] if matters else None
    about = [matter for matter in matters if _about(matter, grammar)]
    # A list of contents names the matter as well, but decides nothing.
    about = [matter for matter in about if _decides(matter, grammar)] or about
    if len(about) < 2:
        return about[0] if about else _only_decided(matters, grammar)
    bodies = {body.value for line in front for body in bodies_in(line.text, grammar)}
    of_body = [matter for matter in about if any(mark.body in bodies for mark in matter.marks)]
    return (of_body or about)[0]


def _only_decided(matters: Sequence[Matter], grammar: Grammar) -> Matter | None:
    decided = [matter for matter in matters if _decides(matter, grammar)]
    return decided[0] if len(decided) == 1 else None


def _decides(matter: Matter, grammar: Grammar) -> bool:
    return any(part.kind in {"decision", "proposal"} for part in sections(matter.lines, grammar))


def _about(matter: Matter, grammar: Grammar) -> bool:
    """Tell whether the title or the decision of a matter names the network."""
    parts = sections(matter.lines, grammar)
    told = [*parts[0].lines, *(line for part in parts if part.kind in {"decision", "proposal"} for line in part.lines)]
    return bool(grammar.network.search(joined(told)))
