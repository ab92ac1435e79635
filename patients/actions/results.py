"""Record laboratory results, one or a panel, and correct them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from b12tracker.clinics.models import User
from patients.actions.errors import AlreadyDone, Refused
from patients.actions.facts import record_fact
from patients.actions.writing import check_past_date, writing
from patients.models import LabResult, Patient
from patients.units import ucum


@dataclass(frozen=True)
class NewResult:
    """One result as the laboratory reported it."""

    analyte: str
    value: Decimal | None = None
    unit: str = ""
    comparator: str = ""
    value_word: str = ""
    range_low: Decimal | None = None
    range_high: Decimal | None = None
    note: str = ""
    acknowledged: list[dict[str, Any]] = field(default_factory=list)

    def columns(self) -> dict[str, Any]:
        """The row's columns, with the unit as the engine knows it."""
        columns = asdict(self)
        if self.value is not None:
            columns["unit"] = ucum(self.analyte, self.unit)
        return columns


def record_results(
    *,
    patient: Patient,
    collected_on: date,
    results: Sequence[NewResult],
    by: User,
    at: datetime,
    laboratory: str = "",
    key: UUID | None = None,
    version: int | None = None,
) -> list[LabResult]:
    """Record a panel of results taken on one day, all or none, once for each key.

    Raises `Refused` for an empty panel, a date that cannot be, or a unit that
    is not the analyte's.
    """
    if not results:
        raise Refused("Enter at least one result.")
    try:
        with writing(
            "results.record", patient=patient, by=by, at=at, key=key, version=version
        ) as deed:
            check_past_date(deed, collected_on, "collected_on", "The date of the sample")
            made = [
                record_fact(
                    LabResult,
                    deed,
                    collected_on=collected_on,
                    laboratory=laboratory,
                    **_columns(result),
                )
                for result in results
            ]
            deed.details = {"results": [row.pk for row in made]}
        return made
    except AlreadyDone:
        return []


def _columns(result: NewResult) -> dict[str, Any]:
    try:
        return result.columns()
    except ValueError as wrong:
        raise Refused(str(wrong), field=result.analyte) from wrong


def correct_result(
    *,
    result: LabResult,
    correction: NewResult,
    collected_on: date,
    reason: str,
    by: User,
    at: datetime,
    key: UUID | None = None,
    version: int | None = None,
) -> LabResult:
    """Put a new version in the place of a result; the old one stays, voided."""
    if not reason.strip():
        raise Refused("Say why the result is corrected.", field="reason")
    try:
        with writing(
            "results.correct",
            patient=result.patient,
            by=by,
            at=at,
            key=key,
            version=version,
            reason=reason,
        ) as deed:
            check_past_date(deed, collected_on, "collected_on", "The date of the sample")
            old = LabResult.objects.select_for_update(of=("self",)).get(pk=result.pk)
            if old.is_voided:
                raise Refused("This result was already corrected or voided.")
            old.voided_at, old.voided_by, old.void_reason = at, by, reason
            old.save(update_fields=["voided_at", "voided_by", "void_reason"])
            return record_fact(
                LabResult,
                deed,
                collected_on=collected_on,
                laboratory=old.laboratory,
                version=old.version + 1,
                replaces=old,
                **_columns(correction),
            )
    except AlreadyDone as done:
        return LabResult.objects.get(pk=done.object_id)
