"""Give an injection, safety rules answered; and take it back within minutes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from b12tracker.clinics.models import User
from patients.actions.errors import AlreadyDone, Refused
from patients.actions.facts import void_fact
from patients.actions.injections import add_injection
from patients.actions.writing import check_past_date, writing
from patients.models import Injection, Patient
from regimens.actions.safety import (
    Concern,
    answered,
    dose_concerns,
    lot_concerns,
    with_dose,
)
from regimens.engine import assess
from regimens.engine.assessment import NextDose
from regimens.engine.facts import Dose, Facts
from regimens.gather import gather_one

UNDO_FOR = timedelta(minutes=10)


@dataclass(frozen=True)
class Foreseen:
    """What recording a dose will do: where treatment stands then, and what to answer first."""

    phase: str
    next_dose: NextDose | None
    concerns: tuple[Concern, ...]


def foresee(facts: Facts, dose: Dose, *, expiry: date | None, today: date) -> Foreseen:
    """Where a person would stand `today`, were this dose given."""
    then = assess(with_dose(facts, dose), today)
    concerns = dose_concerns(facts, dose) + lot_concerns(expiry, dose.date)
    return Foreseen(phase=then.phase, next_dose=then.next_dose, concerns=tuple(concerns))


def give_injection(
    *,
    patient: Patient,
    given_at: datetime,
    answers: Mapping[str, str],
    by: User,
    at: datetime,
    key: UUID | None = None,
    version: int | None = None,
    **fields: Any,
) -> Injection:
    """Record a dose once for each key, with the safety rules' concerns answered.

    The rules are asked again under the patient's lock, so that of two who give
    a dose at once the second has to answer for the first one's. `fields` are
    those of `record_injection`; `answers` as for `safety.answered`. A dose
    that was given is never refused for good: raises `Unanswered` until its
    concerns are answered, `Refused` for what is impossible.
    """
    try:
        with writing(
            "injection.record", patient=patient, by=by, at=at, key=key, version=version
        ) as deed:
            given_on = deed.patient.clinic.local_date(given_at)
            check_past_date(deed, given_on, "given_on", "The date given")
            dose = dose_of(given_on, fields)
            concerns = dose_concerns(gather_one(deed.patient), dose)
            concerns += lot_concerns(fields.get("expiry"), given_on)
            kept = answered(concerns, answers)
            return add_injection(deed, given_at=given_at, acknowledged=kept, **fields)
    except AlreadyDone as done:
        return Injection.objects.get(pk=done.object_id)


def dose_of(given_on: date, fields: Mapping[str, Any]) -> Dose:
    """The engine's dose of an injection's fields."""
    return Dose(
        date=given_on,
        drug=fields["drug"],
        amount_ug=fields["amount_ug"],
        route=fields["route"],
        site=fields.get("site") or None,
        elsewhere=fields.get("elsewhere", False),
    )


def undo_injection(*, injection: Injection, by: User, at: datetime) -> None:
    """Take back a dose that was recorded by mistake, within minutes of recording it.

    It stays, voided; taken back again, nothing changes. Raises `Refused` later
    than `UNDO_FOR` after it was recorded.
    """
    if injection.is_voided:
        return
    if not can_undo(injection, at):
        raise Refused(
            "The 10 minutes for undoing are over. If the entry is wrong, "
            "void it on the chart and say why."
        )
    void_fact(fact=injection, reason="Undone just after it was recorded.", by=by, at=at)


def can_undo(injection: Injection, at: datetime) -> bool:
    """Whether a dose can still be taken back in one step."""
    return not injection.is_voided and at - injection.recorded_at <= UNDO_FOR
