"""Reminders: made once a step is reached, closed when what they remind of is no longer so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from django.db.models.functions import Now

from regimens.engine.assessment import Assessment
from regimens.engine.assessment import Reminder as Step
from regimens.models import Reminder


class Key(NamedTuple):
    """What makes a reminder the same one: whose, of what, due when, which step."""

    patient: UUID
    kind: str
    for_date: date
    step: str

    @property
    def due(self) -> tuple[UUID, str, date]:
        """The dose or recheck that it is about."""
        return self.patient, self.kind, self.for_date


class Synced(NamedTuple):
    """How many reminders were made, stand again, were overtaken, or were closed.

    `waiting` are the patients with a step reached whose reminder is still to
    be made.
    """

    made: int = 0
    reopened: int = 0
    overtaken: int = 0
    closed: int = 0
    waiting: frozenset[UUID] = frozenset()

    @property
    def counts(self) -> dict[str, int]:
        """The numbers alone."""
        return {name: value for name, value in self._asdict().items() if name != "waiting"}


def sync(
    assessments: Mapping[UUID, Assessment],
    clinics: Mapping[UUID, UUID],
    *,
    make: bool,
    at: datetime | None = None,
) -> Synced:
    """Make reminders agree with these assessments; `clinics` has each patient's clinic.

    An open step of a due date that has moved on is overtaken; one whose due
    date is gone is closed, and stands again when it is back. With `make`, the
    last step reached of each dose and recheck is made, once. Without, as when
    facts change, none is: half-entered history would leave a trail of
    reminders of what never was. `at` is when, by default the database's
    moment. At most five queries, whatever the size; run again it writes nothing.
    """
    wanted, existing = _wanted(assessments), _existing(assessments)
    done = _apply(wanted, existing, at)
    new = {key: step for key, step in wanted.items() if key not in existing}
    if not make:
        return done._replace(waiting=frozenset(key.patient for key in new))
    # Another worker may have made one since we looked: the constraint keeps one.
    Reminder.objects.bulk_create(
        [_row(key, step, clinics[key.patient], at) for key, step in new.items()],
        ignore_conflicts=True,
    )
    return done._replace(made=len(new))


def _row(key: Key, step: Step, clinic_id: UUID, at: datetime | None) -> Reminder:
    return Reminder(
        patient_id=key.patient,
        clinic_id=clinic_id,
        kind=key.kind,
        for_date=key.for_date,
        step=key.step,
        milestone=step.milestone or "",
        on=step.on,
        made_at=at or Now(),
    )


def _wanted(assessments: Mapping[UUID, Assessment]) -> dict[Key, Step]:
    """The steps that stand on the day of the assessment: of each due date the last one reached."""
    return {
        Key(pk, step.kind, step.for_date, step.step): step
        for pk, found in assessments.items()
        for step in found.reminders
        if step.on <= found.today
    }


def _existing(patient_ids: Iterable[UUID]) -> dict[Key, tuple[int, str]]:
    rows = Reminder.objects.filter(patient__in=list(patient_ids)).values_list(
        "patient_id", "kind", "for_date", "step", "pk", "state"
    )
    return {
        Key(patient, kind, for_date, step): (pk, state)
        for patient, kind, for_date, step, pk, state in rows
    }


def _apply(
    wanted: Mapping[Key, Step], existing: Mapping[Key, tuple[int, str]], at: datetime | None
) -> Synced:
    """Bring the states of existing rows up to date, one query for each kind of change."""
    dues = {key.due for key in wanted}
    changes: dict[str, list[int]] = defaultdict(list)
    for key, (pk, state) in existing.items():
        if key in wanted:
            right = Reminder.State.OPEN
        elif state == Reminder.State.OPEN:
            right = Reminder.State.OVERTAKEN if key.due in dues else Reminder.State.CLOSED
        else:
            continue
        if state != right:
            changes[right].append(pk)
    for state, pks in changes.items():
        ended = None if state == Reminder.State.OPEN else at or Now()
        Reminder.objects.filter(pk__in=pks).update(state=state, closed_at=ended)
    return Synced(
        reopened=len(changes[Reminder.State.OPEN]),
        overtaken=len(changes[Reminder.State.OVERTAKEN]),
        closed=len(changes[Reminder.State.CLOSED]),
    )
