"""Record an injection that was given."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from b12tracker.clinics.models import User
from patients.actions.errors import AlreadyDone, Refused
from patients.actions.facts import record_fact
from patients.actions.writing import Deed, check_past_date, writing
from patients.models import Injection, Patient


def record_injection(
    *,
    patient: Patient,
    given_at: datetime,
    by: User,
    at: datetime,
    key: UUID | None = None,
    version: int | None = None,
    **fields: Any,
) -> Injection:
    """Record a dose; the same key records it once.

    `fields` are those of `Injection`: drug, amount_ug, route, site, lot,
    expiry, given_by, elsewhere, place, identity_checked, acknowledged, note.
    A true event is never refused, only the impossible: the future, before
    birth. Raises `Refused`.
    """
    try:
        with writing(
            "injection.record", patient=patient, by=by, at=at, key=key, version=version
        ) as deed:
            return add_injection(deed, given_at=given_at, **fields)
    except AlreadyDone as done:
        return Injection.objects.get(pk=done.object_id)


def add_injection(deed: Deed, *, given_at: datetime, **fields: Any) -> Injection:
    """The row itself, within a deed that has begun."""
    given_on = deed.patient.clinic.local_date(given_at)
    check_past_date(deed, given_on, "given_on", "The date given")
    if given_at > deed.at:
        raise Refused("The time given cannot be in the future. Check the time.", field="given_time")
    return record_fact(Injection, deed, given_at=given_at, given_on=given_on, **fields)
