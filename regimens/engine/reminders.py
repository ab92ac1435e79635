"""The reminders still to be made: the last step reached by a day, and the later ones."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from regimens.engine.assessment import Recheck, Reminder
from regimens.engine.dates import add_days
from regimens.engine.day import Day
from regimens.engine.doses import Steps, band_steps, due_soon_from
from regimens.engine.due import Due, due
from regimens.engine.facts import Policy
from regimens.engine.protocol import PROTOCOL
from regimens.engine.rechecks import open_rechecks


def reminders(day: Day) -> tuple[Reminder, ...]:
    """The reminders of the next dose and of each open recheck; none while away or closed."""
    if day.closed or is_away(day):
        return ()
    found = list(_dose_reminders(day)) + list(_recheck_reminders(day))
    found.sort(key=lambda one: (one.on, one.kind, one.for_date))
    return tuple(found)


def is_away(day: Day) -> bool:
    """Whether the patient is away; `until` is the last day of it."""
    away = day.history.patient.away
    if away is None or away.start > day.date:
        return False
    return away.until is None or away.until >= day.date


def rechecks_are_off(day: Day) -> bool:
    """Whether rechecks are switched off."""
    return any(
        off.start <= day.date and (off.end is None or off.end > day.date)
        for off in day.history.rechecks_off
    )


def _dose_reminders(day: Day) -> Iterator[Reminder]:
    due_now = due(day)
    if due_now is None:
        return
    for step, on in still_to_send(dose_steps(due_now, day.history.policy), day.date):
        yield Reminder(kind="dose", for_date=due_now.date, step=step, on=on)


def _recheck_reminders(day: Day) -> Iterator[Reminder]:
    if rechecks_are_off(day):
        return
    for recheck in open_rechecks(day):
        for step, on in still_to_send(recheck_steps(recheck), day.date):
            yield Reminder(
                kind="recheck",
                for_date=recheck.due,
                step=step,
                on=on,
                milestone=recheck.milestone,
            )


def dose_steps(one: Due, policy: Policy) -> Steps:
    """A dose's steps with their days: due soon (not in loading), due, then each band."""
    soon = [] if one.loading else [("due-soon", due_soon_from(one, policy))]
    return [*soon, ("due", one.date), *band_steps(one, policy)]


def recheck_steps(recheck: Recheck) -> Steps:
    """A recheck's steps with their days."""
    soon = add_days(recheck.due, -PROTOCOL.recheck_due_soon_days)
    late = PROTOCOL.recheck_reminder_every_days
    return [
        ("due-soon", soon),
        ("due", recheck.due),
        *(
            (f"overdue-{number}", add_days(recheck.due, number * late))
            for number in range(1, PROTOCOL.recheck_reminders + 1)
        ),
    ]


def still_to_send(steps: Steps, today: date) -> Steps:
    """The steps that no later one has overtaken by today, or on its own day."""
    return [
        (step, on)
        for (step, on), after in zip(steps, [*steps[1:], None], strict=True)
        if after is None or (after[1] > today and after[1] > on)
    ]
