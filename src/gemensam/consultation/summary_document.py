"""A remissammanställning in words: sections that the page, the PDF and the DOCX draw alike (headings of 13.5)."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from gemensam.consultation import labels
from gemensam.consultation.rows import place_words
from gemensam.documents.shapes import Column, TextSection
from gemensam.organisations.names import in_language
from gemensam.web import times

Content = Mapping[str, Any]


def sections_of(content: Content, yttranden: Mapping[str, str], via: Mapping[str, str]) -> tuple[TextSection, ...]:
    """Return the parts in their order.

    `yttranden`: texts by the digest of the answer; `via`: words of the ways in.
    """
    return (
        _send_list(content, via),
        TextSection(heading=_("Summary of the remiss"), paragraphs=(content["summary"] or "–",)),
        TextSection(heading=_("Views by section, with answers"), paragraphs=_none(_placed(content))),
        *_by_section(content),
        _others(content),
        _changes(content),
        TextSection(heading=_("Appendix: the yttranden"), paragraphs=_none(_written(content))),
        *_appendix(content, yttranden),
    )


def _send_list(content: Content, via: Mapping[str, str]) -> TextSection:
    members = content["members"]
    answered = sum(1 for each in members if each["state"] in ("answered", "awaits"))
    told = ngettext("%(n)s of %(of)s has answered.", "%(n)s of %(of)s have answered.", answered)
    columns = (
        Column(heading=_("Organisation"), weight=3), Column(heading=pgettext("remiss", "Answer"), weight=3),
        Column(heading=pgettext("remiss", "When"), weight=2), Column(heading=pgettext("remiss", "How"), weight=2),
        Column(heading=_("Decision"), weight=3),
    )  # fmt: skip
    rows = tuple(_member(each, content, via) for each in members)
    counted = told % {"n": answered, "of": len(members)}
    return TextSection(
        heading=_("Send-list and answers"), paragraphs=(" ".join([counted, _by_answer(members)]).strip(),),
        columns=columns, rows=rows,
    )  # fmt: skip


def _by_answer(members: Iterable[Content]) -> str:
    found: dict[str, int] = {}
    for each in members:
        if each["answer"]:
            word = in_language(each, "word")
            found[word] = found.get(word, 0) + 1
    return ", ".join(f"{word}: {n}" for word, n in found.items()) + ("." if found else "")


def _member(each: Content, content: Content, via: Mapping[str, str]) -> tuple[str, ...]:
    if not each["answer"]:
        return (each["name"], str(labels.STANDINGS[each["state"]]), "", "", "")
    late = f" ({_('after the deadline')})" if each["late"] else ""
    word = in_language(each, "word") + (f", {_('a political answer follows')}" if each["awaits"] else "")
    decision = ", ".join(part for part in (each["body"], each["decided_on"], each["diary"]) if part)
    when = times.local(each["at"]).date().isoformat() if each["at"] else ""
    return (each["name"], word, f"{when}{late}", via.get(each["via"], _("in the program")), decision)


def _none(found: Iterable[Any]) -> tuple[str, ...]:
    return () if any(True for _each in found) else (pgettext("remiss", "None."),)


def _codes(content: Content) -> dict[str, str]:
    return {code: section["code"] for section in content["sections"] for code in section["paragraphs"]}


def _placed(content: Content) -> list[Content]:
    known = _codes(content)
    return [each for each in content["views"] if each["paragraph"] in known]


def _by_section(content: Content) -> Iterable[TextSection]:
    known, placed = _codes(content), _placed(content)
    for section in content["sections"]:
        views = [each for each in placed if known[each["paragraph"]] == section["code"]]
        if views:
            order = {code: place for place, code in enumerate(section["paragraphs"])}
            views.sort(key=lambda each: order[each["paragraph"]])
            yield _views(f"{section['code']} {section['title']}".strip(), 3, views)


def _views(heading: str, level: int, views: Iterable[Content]) -> TextSection:
    columns = (
        Column(heading=_("Paragraph"), weight=1), Column(heading=_("Organisation"), weight=2),
        Column(heading=_("Synpunkt"), weight=5), Column(heading=_("Bemötande"), weight=4),
    )  # fmt: skip
    return TextSection(heading=heading, level=level, columns=columns, rows=tuple(map(_view, views)))


def _view(each: Content) -> tuple[str, ...]:
    place = place_words({"page": each["page"], "line": each["line"]})
    kind = in_language(each, "word")
    said = f"”{each['quote']}”\n{kind}{f' · {place}' if place else ''}" + (f"\n{each['note']}" if each["note"] else "")
    outcome = in_language(each, "outcome_word") or _("without bemötande")
    return (
        each["paragraph"] or "–",
        each["name"],
        said,
        "\n".join(part for part in (outcome, each["response"]) if part),
    )


def _others(content: Content) -> TextSection:
    known = _codes(content)
    views = [each for each in content["views"] if each["paragraph"] not in known]
    heading = _("Other views")
    return _views(heading, 2, views) if views else TextSection(heading=heading, paragraphs=_none(()))


def _changes(content: Content) -> TextSection:
    heading = _("Changes since the remissversion")
    if not content["revised"]:
        return TextSection(heading=heading, paragraphs=(_("There is no text after the remiss yet."),))
    if not content["changes"]:
        return TextSection(heading=heading, paragraphs=(_("Nothing has been changed."),))
    columns = (
        Column(heading=_("Paragraph"), weight=1), Column(heading=pgettext("remiss", "Before"), weight=4),
        Column(heading=pgettext("remiss", "After"), weight=4),
    )  # fmt: skip
    rows = tuple(
        (f"{each['code']}\n{labels.CHANGES[each['kind']]}", each["before"] or "–", each["after"] or "–")
        for each in content["changes"]
    )
    return TextSection(heading=heading, columns=columns, rows=rows)


def _written(content: Content) -> list[Content]:
    return [each for each in content["members"] if each["has_text"] or each["files"] or each["reason"]]


def _appendix(content: Content, yttranden: Mapping[str, str]) -> Iterable[TextSection]:
    for each in _written(content):
        files = tuple(
            _("Document: %(name)s (%(digest)s)") % {"name": file["name"], "digest": file["digest"][:16]}
            for file in each["files"]
        )
        said = tuple(part for part in (each["reason"], yttranden.get(each["digest"], "")) if part)
        yield TextSection(heading=each["name"], level=3, paragraphs=(in_language(each, "word"), *said, *files))
