"""Copy the few front-end files that are used from node_modules into the package (both targets are ignored by git)."""

import filecmp
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MODULES = ROOT / "node_modules"
STATIC = ROOT / "src" / "gemensam" / "web" / "static" / "vendor"
FONTS = ROOT / "src" / "gemensam" / "documents" / "fonts"

# The style sheet names its map, and a named file that is missing stops the hashing of static files. MapLibre is a
# module and its worker; the third that its distribution names is empty.
STATIC_FILES = {
    "bootstrap/dist/css/bootstrap.min.css": "bootstrap.min.css",
    "bootstrap/dist/css/bootstrap.min.css.map": "bootstrap.min.css.map",
    "bootstrap/LICENSE": "bootstrap.LICENSE.txt",
    "htmx.org/dist/htmx.min.js": "htmx.min.js",
    "htmx.org/LICENSE": "htmx.LICENSE.txt",
    "maplibre-gl/dist/maplibre-gl.mjs": "maplibre-gl.mjs",
    "maplibre-gl/dist/maplibre-gl-worker.mjs": "maplibre-gl-worker.mjs",
    "maplibre-gl/dist/maplibre-gl.css": "maplibre-gl.css",
    "maplibre-gl/LICENSE.txt": "maplibre-gl.LICENSE.txt",
}
FONT_FILES = {
    f"source-sans/TTF/SourceSans3-{cut}.ttf": f"SourceSans3-{cut}.ttf"
    for cut in ("Regular", "It", "Semibold", "SemiboldIt", "Bold", "BoldIt")
} | {"source-sans/LICENSE.md": "SourceSans3.LICENSE.md"}


def copy_all(files: dict[str, str], target: Path) -> int:
    """Make `target` hold exactly these files and return how many were written."""
    target.mkdir(parents=True, exist_ok=True)
    for stray in set(target.iterdir()) - {target / name for name in files.values()}:
        shutil.rmtree(stray) if stray.is_dir() else stray.unlink()
    return sum(copy_one(MODULES / source, target / name) for source, name in files.items())


def copy_one(source: Path, target: Path) -> bool:
    if target.exists() and filecmp.cmp(source, target, shallow=False):
        return False
    shutil.copyfile(source, target)
    return True


def main() -> int:
    try:
        written = copy_all(STATIC_FILES, STATIC) + copy_all(FONT_FILES, FONTS)
    except FileNotFoundError as missing:
        print(f"vendor: {missing.filename} is missing; run `make setup`", file=sys.stderr)
        return 1
    print(f"vendor: {written} files written")
    return 0


if __name__ == "__main__":
    sys.exit(main())
