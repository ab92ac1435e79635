"""Complete sets of results, each taken on the day that its last item was."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from regimens.engine.dates import add_days
from regimens.engine.day import Day
from regimens.engine.labs import Result
from regimens.engine.protocol import PROTOCOL
from regimens.engine.timeline import Timeline

if TYPE_CHECKING:
    from regimens.engine.history import History


@dataclass(eq=False, slots=True)
class LabSet:
    """B12, blood count and homocysteine, with an MMA of the same days if there is one."""

    date: date
    b12: Result
    haemoglobin: Result
    mcv: Result
    homocysteine: Result
    mma: Result | None

    def homocysteine_reached(self) -> bool:
        """Whether homocysteine is below its target."""
        return self.homocysteine.below(PROTOCOL.homocysteine_target)

    def mma_reached(self) -> bool:
        """Whether MMA was measured and is below its target."""
        return self.mma is not None and self.mma.below(PROTOCOL.mma_target)


def build_sets(history: History) -> list[LabSet]:
    """Every set, in order: made on the first day on which no item is missing or too old."""
    return [_make(history, first, day) for first, day in _set_days(history)]


def set_items(history: History) -> tuple[Timeline[Result], ...]:
    """The results that a set cannot do without."""
    return history.b12, history.haemoglobin, history.mcv, history.homocysteine


def _set_days(history: History) -> Iterator[tuple[date, date]]:
    """The first and last possible day of each set's items."""
    items = [set(timeline.dates) for timeline in set_items(history)]
    last = [date.min] * len(items)
    after = date.min  # the first day after the set before
    for day in sorted(set.union(*items)):
        for index, dates in enumerate(items):
            if day in dates:
                last[index] = day
        first = max(after, add_days(day, -PROTOCOL.set_days))
        if min(last) >= first:
            yield first, day
            after = add_days(day, 1)


def _make(history: History, first: date, day: date) -> LabSet:
    b12, haemoglobin, mcv, homocysteine = (
        found for timeline in set_items(history) if (found := timeline.newest(day)) is not None
    )
    mma = history.mma.newest_from(first, day)
    return LabSet(day, b12, haemoglobin, mcv, homocysteine, mma)


def sets_upto(day: Day) -> list[LabSet]:
    """The sets made by a day."""
    return day.history.sets.upto(day.date)


def newest_set(day: Day) -> LabSet | None:
    """The newest set by a day."""
    return day.history.sets.newest(day.date)


def at_target(one: LabSet, day: Day) -> bool:
    """Whether a set is at target, with the kidney function known by a day.

    A homocysteine or MMA above its target does not count against the set with
    a low eGFR; an unknown eGFR is not a low one.
    """
    if one.b12.level != "in-range":
        return False
    if day.anaemic(one.haemoglobin) and one.mcv.above(PROTOCOL.macrocytosis_above):
        return False
    if not one.homocysteine_reached() and not low_egfr(day, one.homocysteine):
        return False
    return one.mma is None or one.mma_reached() or low_egfr(day, one.mma)


def low_egfr(day: Day, result: Result) -> bool:
    """Whether the eGFR to judge a result by is known and low."""
    egfr = day.egfr_for(result)
    return egfr is not None and egfr.below(PROTOCOL.egfr_caveat_below)
