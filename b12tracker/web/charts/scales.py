"""From dates and values to places in the drawing."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from b12tracker.web.charts.data import Series, Trend

SHORTEST = timedelta(days=120)
# Results of treated people run from below 100 to many thousands: beyond this ratio equal
# steps would flatten all that matters, so the axis goes by factors.
LOG_FROM_RATIO = 6.0
# A value this many times beyond the targets and the middle result is drawn at the edge, with
# an arrow: one blood sample taken after an injection must not flatten the rest.
BEYOND = 10.0
MONTH_STEPS = (1, 2, 3, 6, 12, 24, 60, 120)


@dataclass(frozen=True)
class TimeScale:
    """Dates from left to right."""

    first: date
    last: date
    left: float
    right: float

    @property
    def width(self) -> float:
        """From the first day to the last."""
        return self.right - self.left

    def x(self, day: date) -> float:
        """Where a day is; before the first or after the last, at that end."""
        share = (day - self.first) / (self.last - self.first)
        return self.left + min(max(share, 0.0), 1.0) * self.width

    def ticks(self, apart: float) -> Iterator[tuple[date, str]]:
        """First days of months with their words, at least `apart` from one another."""
        months = (self.last.year - self.first.year) * 12 + self.last.month - self.first.month
        most = max(self.width / apart, 1)
        step = next((s for s in MONTH_STEPS if months / s <= most), 240)
        start = self.first.year * 12 + self.first.month - (self.first.day == 1)
        for number in range(start + -start % step, self.last.year * 12 + self.last.month, step):
            day = date(number // 12, number % 12 + 1, 1)
            yield day, f"{day:%Y}" if step >= 12 else f"{day:%b %Y}"


@dataclass(frozen=True)
class ValueScale:
    """Values from bottom to top of one panel, in equal steps or by factors."""

    low: float
    high: float
    logarithmic: bool
    top: float
    bottom: float

    def y(self, value: float) -> float:
        """Where a value is; beyond the scale, at its edge."""
        low, high, value = self.low, self.high, min(max(value, self.low), self.high)
        if self.logarithmic:
            low, high, value = math.log(low), math.log(high), math.log(value)
        return self.bottom - (value - low) / (high - low) * (self.bottom - self.top)

    def beyond(self, value: float) -> int:
        """-1 below the scale, 1 above it, 0 within."""
        return (value > self.high) - (value < self.low)

    def ticks(self) -> list[float]:
        """At most five round numbers."""
        ticks = self._factors() if self.logarithmic else self._steps()
        return ticks if len(ticks) <= 5 else ticks[:: -(-len(ticks) // 5)]

    def _factors(self) -> list[float]:
        decades = range(math.floor(math.log10(self.low)), math.ceil(math.log10(self.high)) + 1)
        for steps in ((1, 2, 5), (1, 3), (1,)):
            ticks = [step * 10.0**decade for decade in decades for step in steps]
            ticks = [tick for tick in ticks if self.low <= tick <= self.high]
            if len(ticks) <= 5:
                return ticks
        return ticks

    def _steps(self) -> list[float]:
        span = self.high - self.low
        decade = 10.0 ** math.floor(math.log10(span))
        step = next(f * decade for f in (0.2, 0.25, 0.5, 1, 2, 5) if span / (f * decade) <= 4.5)
        first = math.ceil(self.low / step)
        return [number * step for number in range(first, math.floor(self.high / step) + 1)]


def time_scale(trend: Trend, left: float, right: float) -> TimeScale:
    """From the first thing known to today or the last, and never less than some months."""
    days = [point.on for series in trend.series for point in series.points]
    days += [*trend.injections, *(phase.start for phase in trend.phases), trend.today]
    first, last = min(days), max(days)
    if last - first < SHORTEST:
        first = last - SHORTEST
    room = (last - first) * 0.02
    return TimeScale(first - room, last + room, left, right)


def value_scale(series: Series, top: float, bottom: float) -> ValueScale:
    """A scale on which targets and most results are readable, whatever the extremes."""
    values = [float(point.value) for point in series.points]
    ends = [
        float(end) for band in series.bands for end in (band.lower, band.upper) if end is not None
    ]
    middle = [median(values)] if values else []
    anchors = [anchor for anchor in (*ends, *middle) if anchor > 0] or [1.0]
    floor, cap = min(anchors) / BEYOND, max(anchors) * BEYOND
    shown = [value for value in values if floor <= value <= cap] + ends
    low, high = min(shown, default=0.0), max(shown, default=1.0)
    if low > 0 and high / low > LOG_FROM_RATIO:
        room = (high / low) ** 0.08
        return ValueScale(low / room, high * room, True, top, bottom)
    room = (high - low) * 0.15 or high * 0.2 or 1.0
    return ValueScale(max(low - room, 0.0), high + room, False, top, bottom)
