"""The theme's colours are measured as WCAG 2.2 measures them: 4.5:1 for text, 3:1 for shapes and fields."""

import re
from pathlib import Path

import pytest

import gemensam.web

CSS = (Path(gemensam.web.__file__).parent / "static" / "css" / "theme.css").read_text()
Palette = dict[str, str]


def _palette(selector: str) -> Palette:
    block = CSS.split(selector + " {", 1)[1].split("}", 1)[0]
    return dict(re.findall(r"(--[\w-]+): (#[0-9a-f]{3,6});", block))


LIGHT = _palette(":root")
DARK = LIGHT | _palette(':root[data-theme="dark"]')
CONTRAST = LIGHT | _palette(':root[data-theme="contrast"]')
PALETTES = {"light": LIGHT, "dark": DARK, "contrast": CONTRAST}
GROUNDS = ("--paper", "--panel", "--sunken")
TEXT = [(ink, ground) for ink in ("--ink", "--muted", "--link") for ground in GROUNDS]
TEXT += [("--on-accent", "--accent"), ("--on-accent", "--accent-hover"), ("--link", "--accent-soft")]
TEXT += [("--on-bar", "--bar"), ("--on-bar-muted", "--bar"), ("--on-bar", "--bar-hover"), ("--mark-text", "--mark-a")]
TEXT += [("--ink", f"--{kind}-soft") for kind in ("info", "warning", "danger", "success", "past")]
TEXT += [(f"--{kind}", ground) for kind in ("warning", "danger", "success") for ground in ("--panel", "--paper")]
TEXT += [(f"--d{digit}", f"--k{digit}") for digit in (*range(1, 6), "u")] + [("--none", "--panel")]
SHAPES = [("--line-strong", ground) for ground in GROUNDS] + [("--accent", ground) for ground in GROUNDS]
SHAPES += [(f"--e{digit}", ground) for digit in (*range(1, 6), "u") for ground in ("--panel", "--paper")]
SHAPES += [("--mark-a", "--mark-b")]


def _luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(2 * each for each in colour[1:])
    parts = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first: str, second: str) -> float:
    light, dark = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_counted_as_the_standard_does() -> None:
    assert round(contrast("#000", "#ffffff"), 1) == 21.0
    assert round(contrast("#777777", "#fff"), 2) == 4.48


@pytest.mark.parametrize("name", PALETTES)
def test_text_can_be_read(name: str) -> None:
    palette = PALETTES[name]
    weak = {(ink, on): contrast(palette[ink], palette[on]) for ink, on in TEXT}
    assert {pair: ratio for pair, ratio in weak.items() if ratio < 4.5} == {}


@pytest.mark.parametrize("name", PALETTES)
def test_shapes_and_fields_can_be_seen(name: str) -> None:
    palette = PALETTES[name]
    weak = {(edge, on): contrast(palette[edge], palette[on]) for edge, on in SHAPES}
    assert {pair: ratio for pair, ratio in weak.items() if ratio < 3} == {}


def test_the_scale_darkens_step_by_step_in_light_so_that_it_holds_in_black_and_white() -> None:
    steps = [_luminance(LIGHT[f"--k{digit}"]) for digit in range(1, 6)]
    assert steps == sorted(steps, reverse=True)


def test_dark_by_the_device_is_the_same_dark_as_by_choice() -> None:
    assert _palette(':root[data-theme="auto"]') == _palette(':root[data-theme="dark"]')
