"""How one result is drawn: its shape says what kind of value it is."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.safestring import SafeString

from b12tracker.web.charts.data import Point, Series
from b12tracker.web.charts.scales import ValueScale
from b12tracker.web.charts.svg import INK, MUTED, element, halo, line, width_of

ARROW = 13.0
TOUCH = 12


@dataclass(frozen=True)
class Place:
    """Where a result is drawn, and how much room its words have."""

    x: float
    y: float
    left: float
    right: float
    size: float
    radius: float


def draw_point(series: Series, point: Point, place: Place, scale: ValueScale) -> SafeString:
    """A result that can be reached by keyboard; its words come up on hover and on focus."""
    words = f"{point.label}, {point.on.day} {point.on:%B %Y}"
    told = f"{series.name} {words}" + (", corrected since" if point.superseded else "")
    ring = element(
        "circle",
        cx=place.x,
        cy=place.y,
        r=TOUCH,
        fill="#fff",
        fill_opacity=0,
        stroke=INK,
        stroke_width=2.5,
        class_="app-chart__ring",
    )
    return element(
        "g",
        element("title", told),
        ring,
        _shape(point, place, scale),
        _words(words, place, scale),
        class_="app-chart__point",
        tabindex=0,
        role="img",
    )


def draw_value(point: Point, place: Place, scale: ValueScale) -> SafeString:
    """The value beside its mark, always to be seen."""
    above = place.y - 11 > scale.top + place.size * 0.8
    y = place.y - 11 if above else place.y + place.size + 9
    x, anchor = _anchored(point.label, place)
    return halo(x, y, point.label, place.size, text_anchor=anchor, font_weight=600)


def _words(words: str, place: Place, scale: ValueScale) -> SafeString:
    x, anchor = _anchored(words, place)
    above = place.y - 18 > scale.top
    y = place.y - 18 if above else place.y + place.size + 18
    return halo(
        x,
        y,
        words,
        place.size,
        text_anchor=anchor,
        font_weight=600,
        visibility="hidden",
        class_="app-chart__words",
    )


def _anchored(words: str, place: Place) -> tuple[float, str]:
    half = width_of(words, place.size) / 2
    if place.x + half > place.right:
        return place.right, "end"
    return (place.left, "start") if place.x - half < place.left else (place.x, "middle")


def _shape(point: Point, place: Place, scale: ValueScale) -> SafeString:
    if point.superseded:
        return _crossed(place)
    if point.comparator:
        return _limit(place, -1 if point.comparator.startswith("<") else 1)
    beyond = scale.beyond(float(point.value))
    if beyond:
        return _limit(place, beyond, filled=True)
    return element("circle", cx=place.x, cy=place.y, r=place.radius, fill=INK)


def _crossed(place: Place) -> SafeString:
    arm = max(place.radius - 1, 2.0)
    cross = f"M{place.x - arm:.1f} {place.y - arm:.1f}l{2 * arm} {2 * arm}m0 -{2 * arm}l-{2 * arm} {2 * arm}"
    return element("path", d=cross, stroke=MUTED, stroke_width=2, fill="none")


def _limit(place: Place, direction: int, *, filled: bool = False) -> SafeString:
    """A bar at the limit and an arrow to where the value lies; filled where the scale ends."""
    x, y = place.x, place.y
    tip = y - direction * ARROW
    neck = tip + direction * 6
    head = f"M{x - 5:.1f} {neck:.1f}h10L{x:.1f} {tip:.1f}z"
    paint = INK if filled else "#fff"
    return element(
        "g",
        line(x - 6, y, x + 6, y, stroke=INK, stroke_width=2.5),
        line(x, y, x, neck, stroke=INK, stroke_width=1.5),
        element("path", d=head, fill=paint, stroke=INK, stroke_width=1.5),
    )
