"""The trend: several tests above one another, with injections and phases, on one time axis."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.safestring import SafeString

from b12tracker.web.charts.data import Figure, Series, Trend
from b12tracker.web.charts.panel import Frame, draw_panel, draw_target
from b12tracker.web.charts.scales import TimeScale, time_scale
from b12tracker.web.charts.svg import (
    BAND_FILL,
    BAND_LINE,
    BRAND,
    INK,
    LETTER,
    MUTED,
    WASH,
    element,
    line,
    text,
    width_of,
)

STRIP = 24.0
ROW = 48.0
# Beyond this many, ticks touch: they are drawn as one and named together.
SINGLE_TICKS = 60


@dataclass(frozen=True)
class Layout:
    """Sizes of one drawing, in units of its view box."""

    key: str
    width: float
    left: float
    panel: float
    empty_panel: float
    size: float
    two_lines: bool


WIDE = Layout("w", 960, 56, 136, 64, 14, False)
NARROW = Layout("n", 344, 46, 124, 56, 13, True)
RIGHT_MARGIN = 14.0


def draw_trend(trend: Trend, *, key: str = "trend") -> Figure:
    """The figure as SVG. `key` tells figures on one page apart."""
    return Figure(wide=_draw(trend, WIDE, key), narrow=_draw(trend, NARROW, key))


def _draw(trend: Trend, layout: Layout, key: str) -> SafeString:
    key = f"{key}-{layout.key}"
    time = time_scale(trend, layout.left, layout.width - RIGHT_MARGIN)
    frames, bottom = _frames(trend, layout, time, key)
    height = bottom + (ROW if trend.injections else 0) + layout.size * 2.2
    panels = list(zip(trend.series, frames, strict=True))
    return element(
        "svg",
        element("title", trend.title, id=f"{key}-title"),
        element("desc", describe(trend), id=f"{key}-about"),
        element("defs", _band_pattern(key)),
        *_phases(trend, time, layout, frames),
        *(draw_target(series, frame) for series, frame in panels),
        *_gridlines(trend, time, layout, frames, height),
        *_today(trend, time, layout, frames, height),
        *_injections(trend, time, layout, bottom),
        *(draw_panel(series, frame) for series, frame in panels),
        viewBox=f"0 0 {layout.width} {height:.0f}",
        role="group",
        aria_labelledby=f"{key}-title {key}-about",
    )


def describe(trend: Trend) -> str:
    """What the figure shows, in a few sentences, for those who cannot see it."""
    told = [_told(series) for series in trend.series]
    if trend.injections:
        told.append(f"{_counted(len(trend.injections), 'injection')}.")
    return " ".join(told)


def _told(series: Series) -> str:
    if not series.points:
        return f"{series.name}: no results yet."
    last = max(series.points, key=lambda point: (not point.superseded, point.on))
    count = _counted(len(series.points), "result")
    return f"{series.name}: {count}, the last {last.label} on {_words(last.on)}."


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _words(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _frames(trend: Trend, layout: Layout, time: TimeScale, key: str) -> tuple[list[Frame], float]:
    """A frame for each series, and where the last one ends."""
    y = STRIP if trend.phases else 0.0
    frames = []
    for series in trend.series:
        top = y + layout.size * (3.6 if layout.two_lines and series.bands else 2.3)
        y = top + (layout.panel if series.points else layout.empty_panel)
        fill = f"url(#{key}-band)"
        frames.append(Frame(time, top, y, layout.size, layout.two_lines, fill))
    return frames, y + 6


def _band_pattern(key: str) -> SafeString:
    """Hatching, so that a target is seen without colour."""
    return element(
        "pattern",
        element("rect", width=7, height=7, fill=BAND_FILL),
        line(0, 0, 0, 7, stroke=BAND_LINE, stroke_width=1.4),
        id=f"{key}-band",
        width=7,
        height=7,
        patternUnits="userSpaceOnUse",
        patternTransform="rotate(45)",
    )


def _phases(
    trend: Trend, time: TimeScale, layout: Layout, frames: list[Frame]
) -> Iterator[SafeString]:
    for number, phase in enumerate(sorted(trend.phases, key=lambda p: p.start)):
        left, right = time.x(phase.start), time.x(phase.end or time.last)
        until = f" to {_words(phase.end)}" if phase.end else " until now"
        fits = width_of(phase.words, layout.size) + 8 <= right - left
        words = text(left + 5, STRIP - 8, phase.words, layout.size, fill=INK, font_weight=600)
        box = {"x": left, "width": max(right - left, 1.0)}
        yield element(
            "g",
            element("title", f"{phase.words}, {_words(phase.start)}{until}"),
            element("rect", **box, y=0.5, height=STRIP - 1, fill="#fff", stroke=MUTED),
            *(_shade(box, frame, ("#fff", WASH)[number % 2]) for frame in frames),
            words if fits else "",
        )


def _shade(box: dict[str, float], frame: Frame, fill: str) -> SafeString:
    return element(
        "g",
        element("rect", **box, y=frame.top, height=frame.bottom - frame.top, fill=fill),
        line(box["x"], frame.top, box["x"], frame.bottom, stroke=MUTED, stroke_dasharray="1 3"),
    )


def _gridlines(
    trend: Trend, time: TimeScale, layout: Layout, frames: list[Frame], height: float
) -> Iterator[SafeString]:
    """Dates along the foot, and their lines through all panels."""
    foot = height - layout.size * 1.9
    today = time.x(trend.today)
    apart = layout.size * LETTER * 11
    for day, words in time.ticks(apart):
        x = time.x(day)
        for frame in frames:
            yield line(x, frame.top, x, frame.bottom)
        yield line(x, foot, x, foot + 5, stroke=MUTED)
        half = width_of(words, layout.size) / 2
        if abs(x - today) > half + layout.size * 2.6 and x + half <= layout.width:
            yield text(x, foot + layout.size * 1.4, words, layout.size, text_anchor="middle")
    yield line(time.left, foot, time.right, foot, stroke=MUTED)


def _today(
    trend: Trend, time: TimeScale, layout: Layout, frames: list[Frame], height: float
) -> Iterator[SafeString]:
    today, foot = time.x(trend.today), height - layout.size * 1.9
    for frame in frames:
        ends = (today, frame.top, today, frame.bottom)
        yield line(*ends, stroke=BRAND, stroke_width=1.5, stroke_dasharray="6 3")
    end = min(today + layout.size * 1.4, layout.width - 2)
    y = foot + layout.size * 1.4
    yield line(today, foot - 4, today, foot + 5, stroke=BRAND, stroke_width=2)
    yield text(end, y, "Today", layout.size, text_anchor="end", fill=BRAND, font_weight=700)


def _injections(
    trend: Trend, time: TimeScale, layout: Layout, bottom: float
) -> Iterator[SafeString]:
    if not trend.injections:
        return
    days = sorted(trend.injections)
    middle = bottom + ROW - 14
    yield text(time.left, middle - 15, "Injections", layout.size * 1.08, fill=INK, font_weight=700)
    yield line(time.left, middle + 7, time.right, middle + 7)
    thick = min(1.6, max(0.5, 0.4 * time.width / len(days)))
    for first, last in _named(days):
        ticks = "".join(f"M{time.x(d):.1f} {middle - 7:.1f}v14" for d in days if first <= d <= last)
        named = (
            f"Injection, {_words(first)}"
            if first == last
            else f"{len(days)} injections, {_words(first)} to {_words(last)}"
        )
        yield element(
            "path", element("title", named), d=ticks, stroke=INK, stroke_width=thick, fill="none"
        )


def _named(days: list[date]) -> list[tuple[date, date]]:
    if len(days) > SINGLE_TICKS:
        return [(days[0], days[-1])]
    return [(day, day) for day in sorted(set(days))]
