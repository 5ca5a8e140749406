"""The catalogues of user-facing texts: `update` from the sources, `compile` for Django, `check` that they are complete.

Every app directory of src/gemensam owns locale/sv/LC_MESSAGES/django.po with the texts of its own files. Page scripts
hold no texts: they read them from data attributes.
"""

import argparse
import ast
import io
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

import polib
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract, extract_python
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "gemensam"
CATALOGUE = Path("locale", "sv", "LC_MESSAGES", "django.po")
# What in Python marks a text. `_` stands for gettext or gettext_lazy wherever it is imported so.
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
METADATA = {
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Language": "sv",
    "Plural-Forms": "nplurals=2; plural=(n != 1);",
}

Key = tuple[str, str, str]  # context, text, plural


def app_directories() -> list[Path]:
    """The directories that own a catalogue: every package directly in src/gemensam."""
    return sorted(path for path in PACKAGE.iterdir() if path.is_dir() and path.name != "__pycache__")


def texts_of(directory: Path) -> Catalog:
    """All marked texts in the Python files and templates of an app, with the files they stand in."""
    catalogue = Catalog(locale="sv")
    for path in sorted(directory.rglob("*")):
        if method := _method_for(path, directory):
            with path.open("rb") as source:
                for _line, message, comments, context in extract(method, source, KEYWORDS, ["Translators:"]):
                    place = [(path.relative_to(ROOT).as_posix(), 0)]
                    catalogue.add(message, locations=place, auto_comments=comments, context=context)
    return catalogue


def _method_for(path: Path, directory: Path) -> Callable[..., Iterable[Any]] | None:
    if path.suffix == ".py":
        return _extract_python
    in_templates = "templates" in path.relative_to(directory).parts
    return _extract_template if in_templates and path.suffix in (".html", ".txt", ".xml", ".svg") else None


def _extract_python(source: BinaryIO, keywords: Any, comment_tags: Any, options: Any) -> Iterator[Any]:
    """What Babel reads, and the texts within f-strings, which it reads only from Python 3.12 on."""
    yield from extract_python(source, keywords, comment_tags, options)
    source.seek(0)
    for call in _formatted_calls(ast.parse(source.read())):
        name = call.func.id if isinstance(call.func, ast.Name) else ""
        texts = [each.value for each in call.args if isinstance(each, ast.Constant)]
        if name in keywords and texts:
            yield call.lineno, name, texts[0] if len(texts) == 1 else texts, []


def _formatted_calls(tree: ast.AST) -> Iterator[ast.Call]:
    for string in ast.walk(tree):
        if isinstance(string, ast.JoinedStr):
            yield from (each for each in ast.walk(string) if isinstance(each, ast.Call))


def _extract_template(source: BinaryIO, keywords: Any, comment_tags: Any, options: Any) -> Iterable[Any]:
    """Django turns a template into Python-like calls that Babel can read."""
    if not settings.configured:
        settings.configure()
    # In parentheses, because the template's indentation is none that Python accepts.
    text = f"({templatize(source.read().decode('utf-8'))}\n)"
    return extract_python(io.BytesIO(text.encode("utf-8")), keywords, comment_tags, options)


def wanted_entries(directory: Path) -> dict[Key, polib.POEntry]:
    """The entries that the sources ask for, untranslated, by context, text and plural."""
    entries = (_entry(message) for message in texts_of(directory) if message.id)
    return {_key(entry): entry for entry in sorted(entries, key=_key)}


def _entry(message: Message) -> polib.POEntry:
    ids = message.id if isinstance(message.id, tuple) else (message.id, "")
    return polib.POEntry(
        msgid=ids[0],
        msgid_plural=ids[1],
        msgstr_plural={0: "", 1: ""} if ids[1] else {},
        msgctxt=message.context,
        comment="\n".join(message.auto_comments),
        occurrences=[(place, "") for place, _line in message.locations],
        flags=["python-format"] if message.python_format else [],
    )


def _key(entry: polib.POEntry) -> Key:
    return (entry.msgctxt or "", entry.msgid, entry.msgid_plural or "")


def read(path: Path) -> polib.POFile:
    """The catalogue in a file; an empty one when there is no file."""
    if path.exists():
        return polib.pofile(str(path), encoding="utf-8", wrapwidth=110)
    return polib.POFile(wrapwidth=110)


def update(directory: Path) -> int:
    """Rewrite an app's catalogue: translations are kept, new texts come untranslated, unused ones go.

    Returns the number of texts that lack a translation.
    """
    path = directory / CATALOGUE
    wanted = wanted_entries(directory)
    if not wanted:
        path.unlink(missing_ok=True)
        return 0
    known = {_key(entry): entry for entry in read(path) if not entry.obsolete}
    fresh = polib.POFile(wrapwidth=110)
    fresh.metadata = dict(METADATA)
    fresh.extend(_translated(entry, known.get(key)) for key, entry in wanted.items())
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh.save(str(path))
    return len(fresh.untranslated_entries()) + len(fresh.fuzzy_entries())


def _translated(entry: polib.POEntry, known: polib.POEntry | None) -> polib.POEntry:
    if known is not None:
        entry.msgstr, entry.msgstr_plural, entry.tcomment = known.msgstr, known.msgstr_plural, known.tcomment
        entry.flags = sorted({*entry.flags, *(flag for flag in known.flags if flag == "fuzzy")})
    return entry


def compile_all() -> None:
    """Write the binary catalogue beside each text one that is newer."""
    for path in sorted(PACKAGE.glob(f"*/{CATALOGUE}")):
        target = path.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < path.stat().st_mtime:
            read(path).save_as_mofile(str(target))


def faults_of(directory: Path) -> Iterator[str]:
    """What is wrong with an app's catalogue, one line for each text."""
    path = directory / CATALOGUE
    wanted, found = set(wanted_entries(directory)), read(path)
    present = {_key(entry): entry for entry in found if not entry.obsolete}
    where = path.relative_to(ROOT)
    yield from (f"{where}: missing: {key[1]!r}" for key in sorted(wanted - set(present)))
    yield from (f"{where}: not used any more: {key[1]!r}" for key in sorted(set(present) - wanted))
    yield from (f"{where}: obsolete: {entry.msgid!r}" for entry in found.obsolete_entries())
    for key in sorted(wanted & set(present)):
        if fault := _fault_of(present[key]):
            yield f"{where}: {fault}: {key[1]!r}"


def _fault_of(entry: polib.POEntry) -> str:
    if entry.fuzzy:
        return "fuzzy"
    if not entry.translated():
        return "not translated"
    wrong = [text for text in (entry.msgstr_plural.values() or [entry.msgstr]) if _places(text) - _places_of(entry)]
    return f"names a place that the text does not have ({wrong[0]!r})" if wrong else ""


def _places_of(entry: polib.POEntry) -> set[str]:
    return _places(entry.msgid) | _places(entry.msgid_plural or "")


def _places(text: str) -> set[str]:
    """The names in %(name)s and {name}."""
    return {part.split(")")[0] for part in text.split("%(")[1:]} | {
        part.split("}")[0] for part in text.split("{")[1:] if "}" in part
    }


def differing_words(directories: Iterable[Path]) -> Iterator[str]:
    """Texts that two apps translate differently: Django would show one of the two everywhere."""
    words: dict[Key, dict[str, str]] = {}
    for directory in directories:
        for entry in read(directory / CATALOGUE):
            said = entry.msgstr or " / ".join(entry.msgstr_plural.values())
            words.setdefault(_key(entry), {}).setdefault(said, directory.name)
    for key, apps in sorted(words.items()):
        if len(apps) > 1:
            yield f"{key[1]!r} is {' and '.join(f'{said!r} in {app}' for said, app in apps.items())}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("job", choices=("update", "compile", "check"))
    parser.add_argument("apps", nargs="*", help="app directories to look at, such as picture (default: all)")
    given = parser.parse_args()
    chosen = [path for path in app_directories() if not given.apps or path.name in given.apps]
    match given.job:
        case "update":
            for directory in chosen:
                if missing := update(directory):
                    print(f"{directory.name}: {missing} texts to translate")
            compile_all()
        case "compile":
            compile_all()
        case "check":
            faults = [fault for directory in chosen for fault in faults_of(directory)]
            faults += differing_words(app_directories())
            print("\n".join(faults) or "messages: complete")
            return 1 if faults else 0
    return 0


if __name__ == "__main__":
    sys.exit(main())
