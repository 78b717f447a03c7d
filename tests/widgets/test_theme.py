"""The colours of all widgets: readable in light and in dark."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import dezero_widgets

THEME = Path(dezero_widgets.__file__).parents[1] / "ts" / "shared" / "theme.ts"
TEXT_ON = [
    ("ink", "panel"), ("ink", "soft"), ("ink", "gen"), ("ink", "var"), ("ink", "fun"), ("ink", "gradsoft"), ("ink", "now"),
    ("ink", "badsoft"), ("ink", "oksoft"), ("muted", "panel"), ("muted", "soft"), ("muted", "gen"), ("muted", "fun"),
    ("grad", "panel"), ("grad", "gen"), ("funline", "panel"), ("ok", "panel"), ("ok", "oksoft"), ("bad", "panel"),
    ("bad", "badsoft"), ("badink", "badcell"), ("panel", "grad"), ("panel", "funline"),
]  # fmt: skip
SHAPE_ON = [("varline", "panel"), ("varline", "gen"), ("funline", "gen"), ("grad", "gen"), ("bad", "panel")]

pytestmark = pytest.mark.skipif(not THEME.exists(), reason="the sources of the widgets are not installed")


def colours(name):
    text = re.search(rf"const {name} = `([^`]*)`", THEME.read_text(encoding="utf-8")).group(1)
    return dict(re.findall(r"--(\w+):(#[0-9a-f]{3,6});?", text))


def luminance(colour):
    digits = colour[1:] if len(colour) == 7 else "".join(2 * c for c in colour[1:])
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    r, g, b = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(a, b):
    low, high = sorted((luminance(a), luminance(b)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", ["LIGHT", "DARK"])
@pytest.mark.parametrize(("front", "back"), TEXT_ON)
def test_text_has_four_and_a_half_to_one(theme, front, back):
    found = colours(theme)
    assert contrast(found[front], found[back]) >= 4.5


@pytest.mark.parametrize("theme", ["LIGHT", "DARK"])
@pytest.mark.parametrize(("front", "back"), SHAPE_ON)
def test_outlines_have_three_to_one(theme, front, back):
    found = colours(theme)
    assert contrast(found[front], found[back]) >= 3.0
