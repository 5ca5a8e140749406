"""What is installed is pinned, hashed, and named without any address."""

import json
import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOCKS = ("requirements-uv.txt", "requirements.txt", "requirements-dev.txt")


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_pins_every_package_with_a_hash_and_names_no_address(name: str) -> None:
    text = (ROOT / name).read_text()
    assert "://" not in text
    assert not re.search(r"find-links|index-url|file:", text)
    packages = re.split(r"\n(?=\S)", re.sub(r"(?m)^\s*#.*\n", "", text))
    assert len(packages) > 5
    assert [package for package in packages if "==" not in package or "--hash=sha256:" not in package] == []


def test_what_the_package_asks_for_is_what_is_locked() -> None:
    asked = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["dependencies"]
    lines = (ROOT / "requirements.in").read_text().splitlines()
    assert sorted(asked) == sorted(line for line in lines if line and not line.startswith("#"))


def test_the_lock_of_the_front_end_names_no_registry() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    assert [name for name, about in packages.items() if "resolved" in about] == []
    assert [name for name, about in packages.items() if name and "integrity" not in about] == []
