"""The next injection, how each dose stood against its due date, and what was missed."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from regimens.engine.assessment import DoseJudged, NextDose
from regimens.engine.dates import add_days
from regimens.engine.day import Day
from regimens.engine.due import Due, due, due_before
from regimens.engine.facts import Policy
from regimens.engine.protocol import PROTOCOL

if TYPE_CHECKING:
    from regimens.engine.history import History

type Steps = list[tuple[str, date]]


@dataclass(frozen=True, slots=True)
class Met:
    """A countable dose, or what ended a wait, against what was due."""

    date: date
    due: Due | None

    @property
    def days(self) -> int:
        """Days after the due date; negative before it."""
        return (self.date - self.due.date).days if self.due else 0

    def missed(self, policy: Policy) -> bool:
        """Whether the dose came too late to be the one expected."""
        return self.due is not None and self.days > tolerated_days(self.due, policy)


def tolerated_days(due: Due, policy: Policy) -> int:
    """The last day late on which an expected dose is not yet a missed one."""
    if due.loading:
        return 0
    return policy.late_days if due.neurological else policy.overdue_days


def band_steps(due: Due, policy: Policy) -> Steps:
    """Each band's name with its first day; a band without a day is left out."""
    first = add_days(due.date, 1)
    if due.loading:
        return [("overdue", first)]
    longest = ("long-overdue", add_days(due.date, tolerated_days(due, policy) + 1))
    if due.neurological:
        steps = [("overdue", first), longest]
    else:
        past_late = add_days(due.date, policy.late_days + 1)
        steps = [("late", first), ("overdue", past_late), longest]
    return [
        step
        for step, after in zip(steps, [*steps[1:], None], strict=True)
        if after is None or step[1] < after[1]
    ]


def due_soon_from(due: Due, policy: Policy) -> date:
    """The first day on which a dose is due soon; in loading, the due date."""
    return due.date if due.loading else add_days(due.date, -policy.due_soon_days)


def next_dose(day: Day) -> NextDose | None:
    """The next injection as it stands on a day; None where none is due."""
    due_now = due(day)
    if due_now is None:
        return None
    policy = day.history.policy
    soon = due_soon_from(due_now, policy)
    band = None
    for name, first in band_steps(due_now, policy):
        if first <= day.date:
            band = name
    return NextDose(
        due=due_now.date,
        due_soon_from=soon,
        overdue_from=add_days(due_now.date, 1),
        status=_status(day.date, soon, due_now.date),
        band=band,
        days_overdue=max(0, (day.date - due_now.date).days),
        number=day.doses_taken + 1,
        of=PROTOCOL.loading_doses if day.phase == "loading" else None,
    )


def _status(today: date, soon: date, due: date) -> str:
    if today > due:
        return "overdue"
    if today == due:
        return "due"
    return "due-soon" if today >= soon else "upcoming"


def dose_met(history: History, day: date) -> Met:
    """A countable dose of a day against what was due; worked out once."""
    met = history.met.get(day)
    if met is None:
        met = history.met[day] = Met(day, due_before(history, day))
    return met


def timing(met: Met) -> str | None:
    """early, on-time or late; None where no dose was due."""
    if met.due is None:
        return None
    if met.days > 0:
        return "late"
    grace = 0 if met.due.loading else PROTOCOL.early_days
    return "early" if met.days < -grace else "on-time"


def given_early(met: Met) -> bool:
    """Whether a dose came so long before a maintenance due date that it is flagged."""
    return met.due is not None and not met.due.loading and timing(met) == "early"


def judged_doses(day: Day) -> tuple[DoseJudged, ...]:
    """Every recorded dose so far, voided ones too, by date, the counted one of a day first."""
    history = day.history
    if history.all_judged is None:
        history.all_judged = list(_judge_all(history))
    known = bisect_right(history.all_dose_dates, day.date)
    return tuple(history.all_judged[:known])


def _judge_all(history: History) -> Iterator[DoseJudged]:
    countable = set(history.dose_days)
    for when in history.all_dose_dates:
        if when not in countable:
            yield DoseJudged(date=when, counted=False, timing=None, days=None)
            continue
        countable.remove(when)
        met = dose_met(history, when)
        days = None if met.due is None else met.days
        yield DoseJudged(date=when, counted=True, timing=timing(met), days=days)


def missed_doses(day: Day) -> tuple[date, ...]:
    """The due dates of the doses that came too late or have not come, one for each wait."""
    policy = day.history.policy
    missed = [met.due.date for met in _waits_over(day) if met.due and met.missed(policy)]
    still_waiting = Met(day.date, due(day))
    if still_waiting.missed(policy) and still_waiting.due:
        missed.append(still_waiting.due.date)
    return tuple(missed)


def _waits_over(day: Day) -> list[Met]:
    """The waits that a dose, the run's end or the closing ended by a day."""
    history = day.history
    if history.waits is None:
        history.waits = list(_ended_waits(history))
    return history.waits[: bisect_right(history.waits, day.date, key=_met_on)]


def _met_on(met: Met) -> date:
    return met.date


def _ended_waits(history: History) -> Iterator[Met]:
    """Every wait that has an end: a dose on the day the run ends, ends no second one."""
    for treatment in history.treatments:
        for start, over in treatment.runs:
            end = min((d for d in (over, history.closed_on) if d is not None), default=None)
            for when in treatment.dose_days:
                if when >= start and (end is None or when < end):
                    yield dose_met(history, when)
            if end is not None and end > start:
                yield Met(end, due(history.day(add_days(end, -1))))
