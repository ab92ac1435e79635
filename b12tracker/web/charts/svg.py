"""SVG as escaped text: presentation attributes only, since the pages forbid inline styles."""

from __future__ import annotations

from html import escape

from django.utils.safestring import SafeString

INK = "#16262b"
MUTED = "#48595d"
RULE = "#d2dcda"
BRAND = "#0f474d"
WASH = "#eef4f2"
BAND_FILL = "#e2f2e9"
BAND_LINE = "#7fb39a"
BAND_EDGE = "#17704a"

# How wide a letter of Noto Sans is on average, in parts of the font's size.
LETTER = 0.56
BOLD_LETTER = 0.6


def element(name: str, *children: str, **attributes: object) -> SafeString:
    """An element; `stroke_width=2` becomes `stroke-width="2"`, None leaves an attribute out."""
    opening = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{_value(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    inner = "".join(child if isinstance(child, SafeString) else escape(child) for child in children)
    # Attributes and children are escaped; the name is one of ours.
    return SafeString(f"<{name}{opening}>{inner}</{name}>")  # nosec B703


def text(x: float, y: float, words: str, size: float, **attributes: object) -> SafeString:
    """A line of text whose baseline starts (or ends, or is centred) at x, y."""
    attributes.setdefault("fill", MUTED)
    return element("text", words, x=x, y=y, font_size=size, **attributes)


def halo(x: float, y: float, words: str, size: float, **attributes: object) -> SafeString:
    """Text that stays readable on top of lines."""
    edge = {"stroke": "#fff", "stroke_width": 4, "stroke_linejoin": "round"}
    return text(x, y, words, size, paint_order="stroke", fill=INK, **edge, **attributes)


def line(x1: float, y1: float, x2: float, y2: float, **attributes: object) -> SafeString:
    """A straight line."""
    attributes.setdefault("stroke", RULE)
    return element("line", x1=x1, y1=y1, x2=x2, y2=y2, **attributes)


def width_of(words: str, size: float, letter: float = LETTER) -> float:
    """About how wide a text is drawn."""
    return len(words) * size * letter


def _value(value: object) -> str:
    if isinstance(value, float):
        return f"{value:.1f}".removesuffix(".0")
    return escape(str(value))
