"""One test's panel: its target, its axis, its line and its results."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.safestring import SafeString

from b12tracker.web.charts.data import Band, Point, Series
from b12tracker.web.charts.marks import Place, draw_point, draw_value
from b12tracker.web.charts.scales import TimeScale, ValueScale, value_scale
from b12tracker.web.charts.svg import BAND_EDGE, INK, MUTED, RULE, element, line, text

# Room within a panel for the arrows of what lies beyond its scale.
ABOVE, BELOW = 18.0, 16.0


@dataclass(frozen=True)
class Frame:
    """A panel's box and its share of the drawing's settings."""

    time: TimeScale
    top: float
    bottom: float
    size: float
    two_lines: bool
    band_fill: str


def draw_panel(series: Series, frame: Frame) -> SafeString:
    """The panel with everything in it; without results, a sentence that says so."""
    if not series.points:
        middle = (frame.time.left + frame.time.right) / 2
        y = (frame.top + frame.bottom) / 2 + frame.size * 0.35
        none = text(middle, y, "No results yet", frame.size, text_anchor="middle")
        return element("g", _box(frame, fill="#fff"), *_heading(series, frame), none)
    scale = _scale(series, frame)
    return element(
        "g",
        _box(frame),
        *_heading(series, frame),
        *_axis(scale, frame),
        *_line(series, scale, frame),
        *_points(series, scale, frame),
    )


def draw_target(series: Series, frame: Frame) -> SafeString:
    """What lies under the lines of dates: where the results should be."""
    if not series.points:
        return SafeString("")
    return element("g", *_bands(series.bands, _scale(series, frame), frame))


def _scale(series: Series, frame: Frame) -> ValueScale:
    return value_scale(series, frame.top + ABOVE, frame.bottom - BELOW)


def _box(frame: Frame, fill: str = "none") -> SafeString:
    box = frame.time
    return element(
        "rect",
        x=box.left,
        y=frame.top,
        width=box.right - box.left,
        height=frame.bottom - frame.top,
        fill=fill,
        stroke=RULE,
    )


def _heading(series: Series, frame: Frame) -> Iterator[SafeString]:
    above = frame.top - 8 - (frame.size * 1.35 if frame.two_lines and series.bands else 0)
    name = f"{series.name}, {series.unit}"
    yield text(frame.time.left, above, name, frame.size * 1.08, fill=INK, font_weight=700)
    if series.bands:
        words = "; ".join(band.words for band in series.bands)
        x, anchor = (frame.time.left, "start") if frame.two_lines else (frame.time.right, "end")
        swatch = x if frame.two_lines else x - 22
        yield element(
            "rect",
            x=swatch,
            y=frame.top - 18,
            width=20,
            height=11,
            fill=frame.band_fill,
            stroke=BAND_EDGE,
            stroke_dasharray="3 2",
        )
        start = x + 26 if frame.two_lines else x - 28
        yield text(start, frame.top - 8, words, frame.size, text_anchor=anchor)


def _bands(bands: tuple[Band, ...], scale: ValueScale, frame: Frame) -> Iterator[SafeString]:
    left, right = frame.time.left, frame.time.right
    for band in bands:
        top = frame.top if band.upper is None else scale.y(float(band.upper))
        bottom = frame.bottom if band.lower is None else scale.y(float(band.lower))
        yield element(
            "rect", x=left, y=top, width=right - left, height=bottom - top, fill=frame.band_fill
        )
        for end, y in ((band.upper, top), (band.lower, bottom)):
            if end is not None:
                yield line(left, y, right, y, stroke=BAND_EDGE, stroke_dasharray="5 3")


def _axis(scale: ValueScale, frame: Frame) -> Iterator[SafeString]:
    left = frame.time.left
    for tick in scale.ticks():
        y = scale.y(tick)
        yield line(left - 4, y, left, y, stroke=MUTED)
        yield text(left - 7, y + frame.size * 0.34, f"{tick:,.10g}", frame.size, text_anchor="end")


def _line(series: Series, scale: ValueScale, frame: Frame) -> Iterator[SafeString]:
    joined = _joined(series)
    for before, after in zip(joined, joined[1:], strict=False):
        # A limit is not a level: the line to or from it is only dotted.
        limited = any(p.comparator or scale.beyond(float(p.value)) for p in (before, after))
        yield line(
            frame.time.x(before.on),
            scale.y(float(before.value)),
            frame.time.x(after.on),
            scale.y(float(after.value)),
            stroke=INK,
            stroke_width=1.5,
            stroke_dasharray="2 4" if limited else None,
        )


def _points(series: Series, scale: ValueScale, frame: Frame) -> Iterator[SafeString]:
    joined, crowd = _joined(series), len(series.points)
    named = [p for p in joined if scale.beyond(float(p.value))]
    for point in [*named, *[p for p in joined[-1:] if p not in named]]:
        yield draw_value(point, _place(point, scale, frame, crowd), scale)
    for point in sorted(series.points, key=lambda p: p.on):
        yield draw_point(series, point, _place(point, scale, frame, crowd), scale)


def _joined(series: Series) -> list[Point]:
    return sorted((p for p in series.points if not p.superseded), key=lambda p: p.on)


def _place(point: Point, scale: ValueScale, frame: Frame, crowd: int) -> Place:
    return Place(
        x=frame.time.x(point.on),
        y=scale.y(float(point.value)),
        left=frame.time.left + 2,
        right=frame.time.right - 2,
        size=frame.size,
        radius=min(4.5, max(2.0, 0.35 * frame.time.width / crowd)),
    )
