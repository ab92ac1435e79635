"""Courses as they ran, and the treatments, injection runs and loading they make up."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from regimens.engine.facts import Course
from regimens.engine.protocol import PROTOCOL

if TYPE_CHECKING:
    from regimens.engine.history import History


@dataclass(eq=False, slots=True)
class Span:
    """A course as it ran: until its end or the next course, whichever came first."""

    course: Course
    until: date | None
    run_start: date | None = None  # of the injection run it is part of; None for oral

    @property
    def start(self) -> date:
        """Its first day."""
        return self.course.start

    @property
    def oral(self) -> bool:
        """Whether it is tablets."""
        return self.course.regimen == "oral"

    @property
    def interval(self) -> str | None:
        """The maintenance interval in force: the ordered one, else the regimen's default."""
        if self.oral:
            return None
        return self.course.interval or PROTOCOL.regimens[self.course.regimen].interval


def loading_of(history: History, course: Course) -> str:
    """How a course loads: `neuro`, `standard` or `none`.

    For ileal disease and bariatric surgery this is settled on its start day,
    by what was known by that day's end. For other regimens it is their own.
    """
    own = PROTOCOL.regimens[course.regimen].loading
    if own != "if-deficient":
        return own
    day = history.day(course.start)
    if not day.deficient:
        return "none"
    return "neuro" if day.neurological else "standard"


class Treatment:
    """The first course, or one with `reload`, and those after it up to the next `reload`."""

    def __init__(self, history: History, spans: list[Span], until: date | None) -> None:
        self._history = history
        self.spans = spans
        self.start = spans[0].start
        self.until = until  # the first day of the next treatment
        days = history.dose_days
        last = len(days) if until is None else bisect_left(days, until)
        self.dose_days = days[bisect_left(days, self.start) : last]
        self.span_starts = [span.start for span in spans]
        self._loading: dict[date, str] = {}

    @cached_property
    def t0(self) -> date | None:
        """The first countable dose, or the first oral course if that is earlier."""
        oral = [span.start for span in self.spans if span.oral][:1]
        return min(self.dose_days[:1] + oral, default=None)

    @cached_property
    def switches(self) -> list[date]:
        """The days on which an oral course came next after injections, gap or not."""
        pairs = zip(self.spans, self.spans[1:], strict=False)
        return [after.start for before, after in pairs if after.oral and not before.oral]

    @cached_property
    def runs(self) -> list[tuple[date, date | None]]:
        """The injection runs: the first day and the first day after, None if not over."""
        found: dict[date, date | None] = {}
        for span in self.spans:
            if span.run_start is not None:
                found[span.run_start] = span.until
        return list(found.items())

    def loading(self, span: Span) -> str:
        """How the course of a span loads; see `loading_of`."""
        kind = self._loading.get(span.start)
        if kind is None:
            kind = self._loading[span.start] = loading_of(self._history, span.course)
        return kind

    @cached_property
    def loaded_on(self) -> date | None:
        """The first day at whose end loading is over, or needs no more; None if on no day."""
        return self.loaded_without(None)

    def loaded_without(self, left_out: date | None) -> date | None:
        """`loaded_on` as it were without the dose of one day.

        A later course goes on where the treatment stood: while loading is not
        over, by the later course's own kind of loading and with the doses,
        plateau and early end so far.
        """
        injected = [span for span in self.spans if not span.oral]
        days = [day for day in self.dose_days if day != left_out]
        for index, span in enumerate(injected):
            done = self._complete_on(self.loading(span), span.start, days)
            if done is None:
                continue
            done = max(done, span.start)
            if index + 1 == len(injected) or done < injected[index + 1].start:
                return done
        return None

    def _complete_on(self, kind: str, start: date, days: list[date]) -> date | None:
        if kind == "none":
            return start
        ends = [self._ended_early] if self._ended_early else []
        if kind == "standard":
            ends += days[PROTOCOL.loading_doses - 1 :][:1]
        elif days and (plateau := self._plateau_after(days[0])):
            ends.append(plateau)
        return min(ends, default=None)

    @cached_property
    def _ended_early(self) -> date | None:
        ends = (span.course.loading_ended for span in self.spans)
        return min((end for end in ends if end is not None), default=None)

    def _plateau_after(self, first: date) -> date | None:
        """The first plateau after the first dose; one on fatigue alone says nothing here."""
        for review in self._history.words:
            if review.direction == "plateau" and review.date > first:
                return review.date
        return None


def treatments(history: History) -> list[Treatment]:
    """The treatments in order; a course that ends on its start day never ran."""
    courses = [
        course for course in history.by_date("courses", "start") if course.end != course.start
    ]
    last_of_day = {course.start: course for course in courses}
    groups: list[list[Span]] = []
    before: Span | None = None
    for course in last_of_day.values():
        span = Span(course=course, until=course.end)
        if before is not None and (before.until is None or before.until > span.start):
            before.until = span.start
        new = course.reload or before is None
        if not span.oral:
            goes_on = not new and before is not None and before.until == span.start
            span.run_start = (before.run_start if goes_on and before else None) or span.start
        if new:
            groups.append([])
        groups[-1].append(span)
        before = span
    later = [*(group[0].start for group in groups[1:]), None]
    return [Treatment(history, g, until) for g, until in zip(groups, later, strict=False)]
