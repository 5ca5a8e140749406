"""The documents say what is there: links lead somewhere, words are bound, commands exist."""

import re
from pathlib import Path

import pytest

HOME = Path(__file__).resolve().parent.parent
DOCUMENTS = sorted([*HOME.glob("*.md"), *HOME.glob("docs/**/*.md"), *HOME.glob("src/**/*.md")])
LINK = re.compile(r"\[[^\]]*\]\(([^)#\s]+)(?:#[^)]*)?\)")


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(HOME)))
def test_every_link_leads_somewhere(document: Path) -> None:
    links = [link for link in LINK.findall(document.read_text()) if "://" not in link]
    assert [link for link in links if not (document.parent / link).exists()] == []


def test_every_room_stands_in_the_architecture() -> None:
    told = (HOME / "ARCHITECTURE.md").read_text()
    rooms = [path.name for path in (HOME / "src" / "gemensam").iterdir() if (path / "__init__.py").exists()]
    assert [room for room in rooms if f"(src/gemensam/{room})" not in told] == []


def test_every_type_of_thing_and_kind_of_space_stands_in_the_glossary() -> None:
    from gemensam.kinds import REGISTRY
    from gemensam.ledger.domain import EVERY_SPACE

    told = set(re.findall(r"^\| ([a-z_ -]+) \|", (HOME / "docs" / "glossary.md").read_text(), re.MULTILINE))
    assert sorted({*REGISTRY.types, *EVERY_SPACE} - told) == []


def test_every_command_has_help_and_stands_in_no_document_unless_it_exists() -> None:
    from gemensam.cli.arguments import parser

    known = set(parser("0")._subparsers._group_actions[0].choices)  # type: ignore[union-attr, arg-type]
    for document in DOCUMENTS:
        named = set(re.findall(r"`?gemensam (?!-)([a-z][a-z-]+)(?= --|`| FILE| add)", document.read_text()))
        assert named <= known, (document.name, named - known)


def test_the_two_commands_of_the_readme_are_in_the_makefile() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (HOME / "Makefile").read_text(), re.MULTILINE))
    assert {"setup", "demo", "demo-reset", "test", "check", "bench", "soak"} <= targets
    assert "make demo" in (HOME / "README.md").read_text() and "make test" in (HOME / "README.md").read_text()


def test_no_document_or_lock_names_a_registry_or_a_path_of_a_machine() -> None:
    locks = [*HOME.glob("requirements*.txt"), HOME / "package-lock.json", HOME / "pyproject.toml"]
    wrong = re.compile(r"index-url|\"resolved\"|/home/|/root/|/work/")
    assert [path.name for path in (*DOCUMENTS, *locks) if wrong.search(path.read_text())] == []
