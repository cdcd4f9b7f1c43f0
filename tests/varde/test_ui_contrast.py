"""Text and lines stand out from what is behind them: WCAG 2.1 AA, measured on the style sheets."""

import re
from pathlib import Path

import pytest

from varde.ui import gallery

STYLES = Path(gallery.__file__).parent / "static" / "varde"
TEXT, LINE = 4.5, 3.0
# (front, back, least ratio): what the pages put on each other.
PAIRS = [
    ("text-default", "background-default", TEXT),
    ("text-default", "background-tinted", TEXT),
    ("text-default", "surface-tinted", TEXT),
    ("text-default", "surface-active", TEXT),
    ("text-subtle", "background-default", TEXT),
    ("text-subtle", "background-tinted", TEXT),
    ("text-subtle", "surface-tinted", TEXT),
    ("base-contrast-default", "base-default", TEXT),
    ("base-contrast-default", "base-hover", TEXT),
    ("base-contrast-default", "base-active", TEXT),
    ("border-default", "background-default", LINE),
    ("border-strong", "background-default", LINE),
    ("base-default", "background-tinted", LINE),
]


def palettes() -> dict[str, dict[str, str]]:
    blocks = re.findall(r'\[data-theme="(\w+)"\] \{([^}]*)\}', (STYLES / "themes.css").read_text())
    return {name: dict(re.findall(r"--ds-color-accent-([\w-]+): (#\w{6})", body)) for name, body in blocks}


def luminance(color: str) -> float:
    parts = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_every_theme_of_the_gallery_has_a_palette() -> None:
    assert set(palettes()) == set(gallery.THEMES)


@pytest.mark.parametrize("theme", gallery.THEMES)
def test_an_accent_can_be_read(theme: str) -> None:
    colors = palettes()[theme]
    weak = [(f, b) for f, b, least in PAIRS if contrast(colors[f], colors[b]) < least]
    assert weak == []


def test_the_quick_exit_can_be_read() -> None:
    assert contrast("#1d2a33", "#ffffff") >= TEXT
    assert contrast("#1d2a33", "#ffe9c2") >= TEXT
