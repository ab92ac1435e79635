"""How every change to a patient is made: locked, checked, written, audited, announced.

Actions take `by` (the user who does it) and `at` (the moment, from whoever may
read the clock); the clinic's date follows from them. A form's `key` makes the
action happen once however often the form is sent; its `version` makes a form
that was opened before somebody else's change say so.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

import pghistory
from django.db import models, transaction

from b12tracker.audit.record import record
from b12tracker.clinics.models import Clinic, Membership, Role, User
from patients.actions.errors import AlreadyDone, Refused, Reused, Stale
from patients.models import Patient, Submission
from patients.signals import facts_changed

RECORDERS = (Role.NURSE, Role.PRESCRIBER)
EARLIEST = date(1900, 1, 1)


@dataclass
class Deed:
    """One change in the making: the locked patient, who, when, and what it makes."""

    patient: Patient
    by: User
    at: datetime
    action: str
    reason: str = ""
    made: models.Model | None = None
    details: dict[str, Any] = field(default_factory=dict)

    @property
    def today(self) -> date:
        """The clinic's date at the moment of the deed."""
        return self.patient.clinic.local_date(self.at)


def require_role(by: User, clinic: Clinic, roles: tuple[str, ...]) -> None:
    """Refuse a user who holds none of these roles in the clinic."""
    if not Membership.objects.filter(user=by, clinic=clinic, role__in=roles).exists():
        words = " or ".join(Role(role).label.lower() for role in roles)
        raise Refused(f"Only a {words} of {clinic} can do this.")


@contextmanager
def writing(
    action: str,
    *,
    patient: Patient,
    by: User,
    at: datetime,
    key: UUID | None = None,
    version: int | None = None,
    reason: str = "",
    roles: tuple[str, ...] = RECORDERS,
) -> Iterator[Deed]:
    """The one transaction in which facts about a patient change.

    Locks the patient first, so that of two who write at once the second sees
    what the first wrote. Raises `AlreadyDone` for a key carried out before,
    `Reused` for a key of another deed, `Stale` for an outdated version,
    `Refused` without the role.
    """
    with transaction.atomic(), pghistory.context(user=by.username, action=action, reason=reason):
        locked = Patient.objects.select_for_update(of=("self",)).select_related("clinic")
        deed = Deed(locked.get(pk=patient.pk), by, at, action, reason)
        require_role(by, deed.patient.clinic, roles)
        if key is not None and (done := Submission.objects.filter(key=key).first()):
            # A key names one deed on one record; any other use of it is not that deed.
            if (done.patient_id, done.action) != (deed.patient.pk, action):
                raise Reused
            raise AlreadyDone(done.object_id)
        if version is not None and version != deed.patient.version:
            raise Stale
        yield deed
        _finish(deed, key)


def _finish(deed: Deed, key: UUID | None) -> None:
    """Count the change, keep the key, audit, and ring the bell."""
    patient = deed.patient
    Patient.objects.filter(pk=patient.pk).update(version=models.F("version") + 1)
    made_id = str(deed.made.pk) if deed.made is not None else ""
    if key is not None:
        Submission.objects.create(
            key=key, patient=patient, action=deed.action, object_id=made_id, at=deed.at
        )
    record(
        deed.action,
        by=deed.by.username,
        at=deed.at,
        clinic_id=patient.clinic_id,
        patient_id=patient.pk,
        thing=deed.made,
        reason=deed.reason,
        details=deed.details,
    )
    facts_changed.send(sender=Patient, patient_ids=[patient.pk], today=deed.today)


def check_past_date(deed: Deed, day: date, field: str, what: str) -> None:
    """Refuse a day that has not come, or before the person was born."""
    if day > deed.today:
        raise Refused(
            f"{what} cannot be in the future. Enter today's date or earlier.", field=field
        )
    if day < deed.patient.birth_date:
        raise Refused(
            f"{what} is before the patient was born "
            f"({deed.patient.birth_date:%-d %B %Y}). Check the date.",
            field=field,
        )


def check_order(start: date, end: date | None, field: str) -> None:
    """Refuse an end before its beginning."""
    if end is not None and end < start:
        raise Refused("The end cannot be before the start. Check both dates.", field=field)
