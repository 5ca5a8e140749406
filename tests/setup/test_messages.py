"""The catalogues' tool: what it finds, what it keeps, what it refuses."""

from pathlib import Path

import polib
import pytest

from scripts import messages

TEMPLATE = """{% load i18n %}
  <p>{% translate "Hello" %} {% translate "May" context "month" %} {{ _("Filter")|title }}
    {% blocktranslate trimmed count n=rows|length %}
      One row
    {% plural %}
      {{ n }} rows
    {% endblocktranslate %}</p>
{% translate "Last" %}
"""
PYTHON = 'from django.utils.translation import gettext_lazy as _\nA = _("From Python %(name)s")\n'


@pytest.fixture
def app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    directory = tmp_path / "src" / "gemensam" / "picture"
    (directory / "templates" / "picture").mkdir(parents=True)
    (directory / "templates" / "picture" / "page.html").write_text(TEMPLATE)
    (directory / "labels.py").write_text(PYTHON)
    monkeypatch.setattr(messages, "ROOT", tmp_path)
    monkeypatch.setattr(messages, "PACKAGE", directory.parent)
    return directory


def translate(app: Path, **words: str) -> None:
    path = app / messages.CATALOGUE
    catalogue = polib.pofile(str(path))
    for entry in catalogue:
        entry.msgstr = words.get(entry.msgid.split()[0], "" if entry.msgid_plural else "ord")
        entry.msgstr_plural = {0: "En rad", 1: "%(n)s rader"} if entry.msgid_plural else {}
    catalogue.save(str(path))


def test_texts_are_found_in_templates_and_in_python(app: Path) -> None:
    found = set(messages.wanted_entries(app))
    assert found == {
        ("", "Hello", ""),
        ("month", "May", ""),
        ("", "Filter", ""),
        ("", "One row", "%(n)s rows"),
        ("", "Last", ""),
        ("", "From Python %(name)s", ""),
    }


def test_a_new_text_is_reported_until_it_is_translated(app: Path) -> None:
    assert len(list(messages.faults_of(app))) == 6
    assert messages.update(app) == 6
    assert all("not translated" in fault for fault in messages.faults_of(app))
    translate(app)
    assert list(messages.faults_of(app)) == []


def test_translations_are_kept_and_unused_ones_go(app: Path) -> None:
    messages.update(app)
    translate(app, Hello="Hej")
    (app / "labels.py").write_text("")
    assert list(messages.faults_of(app)) == [
        "src/gemensam/picture/locale/sv/LC_MESSAGES/django.po: not used any more: 'From Python %(name)s'"
    ]
    assert messages.update(app) == 0
    catalogue = polib.pofile(str(app / messages.CATALOGUE))
    assert {entry.msgstr for entry in catalogue if entry.msgid == "Hello"} == {"Hej"}
    assert len(catalogue) == 5


def test_a_fuzzy_translation_is_refused(app: Path) -> None:
    messages.update(app)
    translate(app)
    catalogue = polib.pofile(str(app / messages.CATALOGUE))
    next(entry for entry in catalogue if entry.msgid == "Hello").flags.append("fuzzy")
    catalogue.save()
    assert [fault.split(": ")[1] for fault in messages.faults_of(app)] == ["fuzzy"]


def test_a_translation_with_a_place_that_the_text_lacks_is_refused(app: Path) -> None:
    messages.update(app)
    translate(app, From="Från %(nmae)s")
    assert [fault.split(": ")[1] for fault in messages.faults_of(app)] == [
        "names a place that the text does not have ('Från %(nmae)s')"
    ]


def test_two_apps_must_say_the_same_in_the_same_words(app: Path) -> None:
    messages.update(app)
    translate(app, Hello="Hej")
    other = app.parent / "coordination"
    other.mkdir()
    (other / "labels.py").write_text('from django.utils.translation import gettext as _\nA = _("Hello")\n')
    messages.update(other)
    translate(other, Hello="God dag")
    assert len(list(messages.differing_words([app, other]))) == 1


def test_a_text_within_an_f_string_is_found(app: Path) -> None:
    (app / "drawing.py").write_text(
        """A = f"<b>{escape(_('Deep'))}</b> {pgettext('verb', 'Pin')} {ngettext('one', 'more', 2)}"\n"""
    )
    found = set(messages.wanted_entries(app))
    assert {("", "Deep", ""), ("verb", "Pin", ""), ("", "one", "more")} <= found
