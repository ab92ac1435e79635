"""The small trend chart of the care plan: readable in grey and without colour."""

import math
from collections.abc import Iterator
from datetime import date, timedelta

from reportlab.lib.colors import white
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable

from regimens.paper import text, words
from regimens.paper.colours import BAND, INK, SOFT
from regimens.paper.plan import Chart, ChartPoint

LEFT, RIGHT, TOP, BOTTOM = 34.0, 10.0, 16.0, 34.0
INSET = 18.0
LABEL = 8.0
# Results of treated people run from below 100 to many thousands: beyond this ratio equal
# steps would flatten all that matters, so the axis goes by factors.
LOG_FROM_RATIO = 6.0


class TrendChart(Flowable):
    """Draws a `plan.Chart`: target band, results with their values, ticks for injections."""

    def __init__(self, chart: Chart, width: float, height: float) -> None:
        super().__init__()
        self.chart, self.width, self.height = chart, width, height
        self.title = text.clean(f"{chart.title}, {chart.unit}")
        self.band_words = text.clean(chart.band_words)
        # Here, as in TextBlock, a missing glyph can still be named.
        self.band_words_width = text.width(self.band_words, LABEL)
        text.runs(self.title, bold=True)
        days = [p.on for p in chart.points] + list(chart.injections)
        self.first, self.last = min(days), max(days)
        if (self.last - self.first).days < 60:
            self.first, self.last = self.first - timedelta(30), self.last + timedelta(30)
        self.low, self.high, self.logarithmic = value_axis(chart)

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        return self.width, self.height

    def x(self, day: date) -> float:
        share = (day - self.first).days / (self.last - self.first).days
        inner = self.width - LEFT - RIGHT
        return LEFT + INSET + share * (inner - 2 * INSET)

    def y(self, value: float) -> float:
        low, high = self.low, self.high
        if self.logarithmic:
            low, high, value = math.log(low), math.log(high), math.log(max(value, self.low))
        return BOTTOM + (value - low) / (high - low) * (self.height - TOP - BOTTOM)

    def draw(self) -> None:
        self._draw_band()
        self._draw_value_axis()
        self._draw_time_axis()
        self._draw_injections()
        self._draw_line()
        for point in self.chart.points:
            self._draw_point(point)
        self._draw_labels()
        text.draw(self.canv, 0, self.height - 9, self.title, 8.5, bold=True, colour=INK)

    def _draw_band(self) -> None:
        low, high = self.chart.band
        bottom = self.y(self.low if low is None else low)
        top = self.y(self.high if high is None else high)
        canvas: Canvas = self.canv
        canvas.setFillColor(BAND)
        canvas.rect(LEFT, bottom, self.width - LEFT - RIGHT, top - bottom, stroke=0, fill=1)
        canvas.setStrokeColor(SOFT)
        canvas.setLineWidth(0.7)
        canvas.setDash(3, 2)
        for edge, end in ((bottom, low), (top, high)):
            if end is not None:
                canvas.line(LEFT, edge, self.width - RIGHT, edge)
        canvas.setDash()
        start = self.width - RIGHT - self.band_words_width
        text.draw(canvas, start, self.height - 9, self.band_words, LABEL, colour=SOFT)

    def _draw_value_axis(self) -> None:
        canvas: Canvas = self.canv
        canvas.setStrokeColor(SOFT)
        canvas.setLineWidth(0.5)
        canvas.line(LEFT, BOTTOM, LEFT, self.height - TOP)
        for tick in value_ticks(self.low, self.high, self.logarithmic):
            label = f"{tick:g}"
            y = self.y(tick)
            canvas.line(LEFT - 3, y, LEFT, y)
            x = LEFT - 5 - text.width(label, LABEL)
            text.draw(canvas, x, y - 2.7, label, LABEL, colour=SOFT)

    def _draw_time_axis(self) -> None:
        canvas: Canvas = self.canv
        canvas.setStrokeColor(SOFT)
        canvas.line(LEFT, BOTTOM, self.width - RIGHT, BOTTOM)
        for day in month_ticks(self.first, self.last):
            x, label = self.x(day), words.month(day)
            canvas.line(x, BOTTOM, x, BOTTOM - 3)
            start = min(x - text.width(label, LABEL) / 2, self.width - text.width(label, LABEL))
            text.draw(canvas, start, BOTTOM - 11, label, LABEL, colour=SOFT)

    def _draw_injections(self) -> None:
        if not self.chart.injections:
            return
        canvas: Canvas = self.canv
        text.draw(canvas, 0, 5, words.CHART_INJECTIONS, LABEL, colour=SOFT)
        canvas.setStrokeColor(INK)
        canvas.setLineWidth(0.9)
        for day in self.chart.injections:
            canvas.line(self.x(day), 4, self.x(day), 12)

    def _draw_line(self) -> None:
        canvas: Canvas = self.canv
        canvas.setStrokeColor(INK)
        canvas.setLineWidth(1)
        points = self.chart.points
        for before, after in zip(points, points[1:], strict=False):
            # A limit is not a level: the line to or from it is only dotted.
            canvas.setDash(1, 2) if before.comparator or after.comparator else canvas.setDash()
            canvas.line(
                self.x(before.on), self.y(before.value), self.x(after.on), self.y(after.value)
            )
        canvas.setDash()

    def _draw_point(self, point: ChartPoint) -> None:
        canvas: Canvas = self.canv
        x, y = self.x(point.on), self.y(point.value)
        canvas.setStrokeColor(INK)
        canvas.setLineWidth(1)
        if point.comparator:
            canvas.setFillColor(white)
            tip = -5 if point.comparator.startswith("<") else 5
            path = canvas.beginPath()
            path.moveTo(x - 4, y)
            path.lineTo(x + 4, y)
            path.lineTo(x, y + tip)
            path.close()
            canvas.drawPath(path, stroke=1, fill=1)
        else:
            canvas.setFillColor(INK)
            canvas.circle(x, y, 2.6, stroke=0, fill=1)

    def _draw_labels(self) -> None:
        """The value above its point, newest first; one that would cover another is left out."""
        free_until = self.width
        for point in reversed(self.chart.points):
            label = f"{point.comparator}{point.value:.10g}"
            wide = text.width(label, LABEL, bold=True)
            start = min(self.x(point.on) - wide / 2, self.width - wide)
            if start + wide <= free_until:
                y = self.y(point.value) + 7
                text.draw(self.canv, start, y, label, LABEL, bold=True, colour=INK)
                free_until = start - 3


def value_axis(chart: Chart) -> tuple[float, float, bool]:
    """Lower end, upper end, and whether the axis goes by factors rather than equal steps."""
    ends = [end for end in chart.band if end is not None]
    values = [point.value for point in chart.points] + ends
    low, high = min(values), max(values)
    if low > 0 and high / low > LOG_FROM_RATIO:
        room = (high / low) ** 0.2
        return low / room, high * room, True
    return 0.0, high * 1.3 or 1.0, False


def value_ticks(low: float, high: float, logarithmic: bool) -> list[float]:
    """Round numbers within the axis: 1, 2, 5 per decade, or four to eight equal steps."""
    decades = range(math.floor(math.log10(low or 1)) - 1, math.ceil(math.log10(high)) + 1)
    if logarithmic:
        steps = (1, 2, 5) if high / low < 200 else (1,)
        ticks = [factor * 10.0**decade for decade in decades for factor in steps]
        return [tick for tick in ticks if low <= tick <= high]
    step = next(
        factor * 10.0**decade
        for decade in range(-4, 8)
        for factor in (1, 2, 5)
        if high / (factor * 10.0**decade) <= 6
    )
    return [number * step for number in range(int(high / step) + 1)]


def month_ticks(first: date, last: date) -> Iterator[date]:
    """First days of months, three to eight of them, evenly apart."""
    months = (last.year - first.year) * 12 + last.month - first.month
    step = next((s for s in (1, 2, 3, 6, 12, 24, 60) if months / s <= 7), 120)
    start = first.year * 12 + first.month - 1
    if first.day > 1:
        start += 1
    start += -start % step
    for number in range(start, last.year * 12 + last.month, step):
        yield date(number // 12, number % 12 + 1, 1)
