"""Every refusal has words, in both languages, and a status."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import translation

import gemensam
from gemensam.core.refusal import Refused
from gemensam.web import labels, problem

PACKAGE = Path(gemensam.__file__).parent
# The command line has words of its own (cli/reasons.py), for when Django is not loaded; the demonstration's player
# tells its operator on the console and answers no reader.
APART = {"cli", "demo"}


def refused_codes() -> Iterator[tuple[str, str]]:
    """Every code written in the program as `Refused("code")`, with the file that writes it."""
    for path in sorted(PACKAGE.rglob("*.py")):
        if path.relative_to(PACKAGE).parts[0] in APART:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Refused":
                for argument in node.args[:1]:
                    yield from ((code, str(path.relative_to(PACKAGE))) for code in _texts(argument))


def _texts(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from (*_texts(node.body), *_texts(node.orelse))


def test_every_code_that_is_raised_has_words() -> None:
    silent = {f"{code} ({where})" for code, where in refused_codes() if code not in labels.REFUSALS}
    assert silent == set()


@pytest.mark.parametrize("code", sorted(labels.REFUSALS))
def test_words_are_in_both_languages(code: str) -> None:
    with translation.override("en"):
        english = str(labels.REFUSALS[code].text)
    with translation.override("sv"):
        swedish = str(labels.REFUSALS[code].text)
    assert english and swedish != english


def test_facts_stand_in_the_words_and_times_are_local() -> None:
    with translation.override("en"):
        said = labels.words(Refused("occurred_in_future", occurred_at=0))
    assert said == "The time 1 Jan 1970 01:00 has not come yet."


def test_missing_facts_do_not_hide_the_words() -> None:
    assert "%(limit)s" in labels.words(Refused("header_too_large"))


def test_an_unknown_code_is_shown_as_it_is_and_counts_as_invalid() -> None:
    assert (labels.words(Refused("odd_thing")), labels.status_of("odd_thing")) == ("odd_thing", 422)


def test_a_code_cannot_get_two_meanings() -> None:
    with pytest.raises(ValueError, match="csrf"):
        labels.register_refusals({"csrf": "Something else"})


def test_a_problem_document_has_the_code_the_facts_and_an_address_that_explains_it() -> None:
    told = problem.document(Refused("readers_changed", seen=1, current=2, circle=("nacka", "täby")))
    assert (told["status"], told["code"], told["type"]) == (409, "readers_changed", "/problems/readers_changed/")
    assert (told["seen"], told["current"], told["circle"]) == (1, 2, ["nacka", "täby"])


def test_facts_never_overwrite_what_the_document_says_itself() -> None:
    told = problem.document(Refused("csrf", status=200, type="about:blank"))
    assert (told["status"], told["type"]) == (403, "/problems/csrf/")


def test_who_is_not_signed_in_is_told_how_to_authenticate() -> None:
    answer = problem.response(Refused("not_signed_in"))
    assert (answer.status_code, answer["WWW-Authenticate"]) == (401, "Bearer")
    assert answer["Content-Type"] == "application/problem+json"
