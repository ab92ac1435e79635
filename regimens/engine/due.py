"""When the next injection is due, and what a dose is early or late against."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from regimens.engine.dates import add_days, add_interval
from regimens.engine.day import LOADING, Day, once_a_day
from regimens.engine.protocol import PROTOCOL
from regimens.engine.treatments import Span, Treatment

if TYPE_CHECKING:
    from regimens.engine.history import History


class Due(NamedTuple):
    """A due date, with the phase and the neurological status it is to be read with."""

    date: date
    loading: bool
    neurological: bool


@once_a_day
def due(day: Day) -> Due | None:
    """The next injection at the end of a day; None where none is due."""
    span, treatment = day.running, day.treatment
    if day.closed or span is None or span.oral or treatment is None:
        return None
    return _due_after(day, span, treatment, day.doses_taken, day.phase in LOADING)


def due_before(history: History, day: date) -> Due | None:
    """What a dose of a day is early or late against: as it stood at the end of the day before.

    On the first day of an injection run, as it stands that day without the dose.
    """
    if day in history.run_starts:
        return _due_without_dose(history.day(day))
    return due(history.day(add_days(day, -1)))


def _due_without_dose(day: Day) -> Due | None:
    """The next injection at the end of a day, as if no dose were given on it."""
    span, treatment = day.running, day.treatment
    if day.closed or span is None or span.oral or treatment is None:
        return None
    loaded_on = treatment.loaded_without(day.date)
    loading = loaded_on is None or loaded_on > day.date
    given_today = day.last_dose == day.date
    return _due_after(day, span, treatment, day.doses_taken - given_today, loading)


def _due_after(day: Day, span: Span, treatment: Treatment, taken: int, loading: bool) -> Due | None:
    """One wait after the last of the doses taken, but not before the injection run began."""
    if span.run_start is None or (span.interval is None and not loading):
        return None
    on = span.run_start
    if taken:
        on = max(on, _wait_from(treatment.dose_days[taken - 1], span, treatment, taken, loading))
    return Due(on, loading, day.neurological)


def _wait_from(last: date, span: Span, treatment: Treatment, taken: int, loading: bool) -> date:
    if not loading:
        return add_interval(last, span.interval or "")
    if treatment.loading(span) == "neuro":
        return last + PROTOCOL.neuro_gap
    return last + PROTOCOL.standard_gaps[taken - 1]
