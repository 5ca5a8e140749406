"""Static files: hashed names that resolve, collected only when they changed, light enough, and no inline anything."""

import gzip
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import override_settings

import gemensam
from gemensam.web.collected import HashedStatic, collect_if_changed

PACKAGE = Path(gemensam.__file__).parent
WEB = PACKAGE / "web"
TEMPLATES = sorted(PACKAGE.glob("*/templates/**/*.html"))
# Fetched only on a device that its user has chosen to keep pages on.
CHOSEN = {"offline.js", "offline-page.js", "offline-store.js", "sw.js"}
FIRST_VISIT = ["vendor/bootstrap.min.css", "vendor/htmx.min.js", "css/*.css", "js/*.js", "icon.svg"]


@pytest.fixture(scope="module")
def collected(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    root = tmp_path_factory.mktemp("data") / "static"
    with override_settings(STATIC_ROOT=root):
        assert collect_if_changed()
        yield root


def test_modules_import_each_other_by_hashed_names(collected: Path) -> None:
    main = next(collected.glob("js/main.*.js")).read_text()
    imported = re.findall(r'(?:from |import\(?\s?)["\']\./([^"\']+)["\']', main)
    assert len(imported) >= 4
    assert all(re.search(r"\.[0-9a-f]{12}\.js$", name) and (collected / "js" / name).exists() for name in imported)


def test_pages_name_hashed_files_once_collected(collected: Path) -> None:
    storage = HashedStatic()  # type: ignore[no-untyped-call]
    assert re.fullmatch(r"/static/css/theme\.[0-9a-f]{12}\.css", storage.url("css/theme.css"))


def test_text_files_lie_compressed_beside_themselves(collected: Path) -> None:
    sheet = next(collected.glob("css/theme.*.css"))
    assert gzip.decompress(Path(f"{sheet}.gz").read_bytes()) == sheet.read_bytes()


def test_every_file_that_a_template_names_is_there(collected: Path) -> None:
    named = {name for path in TEMPLATES for name in re.findall(r"{% static ['\"]([^'\"]+)['\"]", path.read_text())}
    assert len(named) > 5
    assert {name for name in named if not (collected / name).exists()} == set()


def test_nothing_is_done_when_nothing_changed(collected: Path) -> None:
    assert not collect_if_changed()


def test_the_first_visit_is_within_its_budget() -> None:
    """100 kB for the whole page (issue 2): what all pages share leaves 20 kB for the page itself."""
    found = [path for pattern in FIRST_VISIT for path in sorted((WEB / "static").glob(pattern))]
    assert {path.name for path in found} >= CHOSEN
    files = [path for path in found if path.name not in CHOSEN]
    assert len(files) > 8
    weights = {path.name: len(gzip.compress(path.read_bytes(), 9, mtime=0)) for path in files}
    assert sum(weights.values()) < 80_000, weights


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_templates_hold_nothing_that_the_policy_forbids(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"\sstyle=|\son[a-z]{3,}=[\"\']|hx-on|javascript:|<style", text)
    assert not [tag for tag in re.findall(r"<script[^>]*>", text) if "src=" not in tag and "json" not in tag]
    assert not re.search(r"csrf_token", text) or "allauth" in text or path.parent.name in {"account", "mfa", "webauthn"}
