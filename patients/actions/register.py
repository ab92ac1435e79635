"""Register a patient, and change who they are or where they are in care."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import pghistory
from django.db import IntegrityError, transaction

from b12tracker.audit.record import record
from b12tracker.clinics.models import Clinic, User
from patients.actions.errors import Refused, Reused
from patients.actions.facts import record_fact
from patients.actions.writing import EARLIEST, RECORDERS, check_order, require_role, writing
from patients.identifiers import clean_identifier
from patients.models import Absence, Patient, PatientIdentifier, Submission
from patients.signals import facts_changed

EDITABLE = (
    "family_name",
    "given_names",
    "birth_date",
    "sex",
    "pregnancy",
    "breastfeeding",
    "phone",
    "email",
    "address",
    "language",
    "messages_consent",
)


@dataclass(frozen=True)
class Identifier:
    """A number to register, with the system that gave it."""

    system: str
    value: str


def register_patient(
    *,
    clinic: Clinic,
    by: User,
    at: datetime,
    key: UUID | None = None,
    identifiers: Sequence[Identifier] = (),
    **details: Any,
) -> Patient:
    """Make a new patient of this clinic; the same key makes the same patient.

    `details` are the fields of `EDITABLE`. Raises `Refused` for an identifier
    that another patient of the clinic has, or a date that cannot be.
    """
    require_role(by, clinic, RECORDERS)
    if made := _registered_by(key, clinic):
        return made
    check_birth_date(details["birth_date"], clinic.local_date(at))
    try:
        with transaction.atomic(), pghistory.context(user=by.username, action="patient.register"):
            patient = Patient.objects.create(
                clinic=clinic, recorded_at=at, recorded_by=by, **details
            )
            if key is not None:
                Submission.objects.create(
                    key=key, patient=patient, action="patient.register", at=at
                )
            for identifier in identifiers:
                _add_identifier(patient, identifier, by=by, at=at)
            record(
                "patient.register",
                by=by.username,
                at=at,
                clinic_id=clinic.pk,
                patient_id=patient.pk,
                thing=patient,
            )
            facts_changed.send(
                sender=Patient, patient_ids=[patient.pk], today=clinic.local_date(at)
            )
    except IntegrityError:
        # The same form sent twice at the same moment: the first one won.
        if made := _registered_by(key, clinic):
            return made
        # Or somebody gave one of the numbers to another patient at the same moment.
        for identifier in identifiers:
            _free_number(clinic, identifier)
        raise
    return patient


def _registered_by(key: UUID | None, clinic: Clinic) -> Patient | None:
    """The patient whom a form with this key registered in this clinic before."""
    done = Submission.objects.select_related("patient").filter(key=key).first() if key else None
    if done is None:
        return None
    if (done.patient.clinic_id, done.action) != (clinic.pk, "patient.register"):
        raise Reused
    return done.patient


def check_birth_date(birth_date: date, today: date) -> None:
    """Refuse a birth date that has not come, or is beyond a human life."""
    if birth_date > today:
        raise Refused("The birth date cannot be in the future.", field="birth_date")
    if birth_date < EARLIEST:
        raise Refused("The birth date must be 1 January 1900 or later.", field="birth_date")


def _free_number(clinic: Clinic, identifier: Identifier) -> str:
    """The number as it is kept; refused where another patient of the clinic has it."""
    value = clean_identifier(identifier.system, identifier.value)
    taken = PatientIdentifier.objects.standing().filter(
        clinic=clinic, system=identifier.system, value=value
    )
    if other := taken.select_related("patient").first():
        raise Refused(
            f"{other.get_system_display()} {value} already belongs to "
            f"{other.patient.list_name}, born {other.patient.birth_date:%-d %B %Y}.",
            field=identifier.system,
        )
    return value


def _add_identifier(
    patient: Patient, identifier: Identifier, *, by: User, at: datetime
) -> PatientIdentifier:
    return PatientIdentifier.objects.create(
        patient=patient,
        clinic=patient.clinic,
        system=identifier.system,
        value=_free_number(patient.clinic, identifier),
        recorded_at=at,
        recorded_by=by,
    )


def add_identifier(
    *, patient: Patient, identifier: Identifier, by: User, at: datetime, key: UUID | None = None
) -> PatientIdentifier:
    """Give the patient another number."""
    try:
        with writing("identifier.add", patient=patient, by=by, at=at, key=key) as deed:
            made = _add_identifier(deed.patient, identifier, by=by, at=at)
            deed.made = made
    except IntegrityError:
        # Somebody gave the number to another patient at the same moment.
        _free_number(patient.clinic, identifier)
        raise
    return made


def change_patient(
    *,
    patient: Patient,
    by: User,
    at: datetime,
    key: UUID | None = None,
    version: int | None = None,
    **details: Any,
) -> Patient:
    """Change who the person is or how to reach them; history keeps what was.

    Raises `Refused` for a birth date after something that happened to them.
    """
    unknown = details.keys() - set(EDITABLE)
    if unknown:
        raise TypeError(f"not fields of a patient: {sorted(unknown)}")
    with writing("patient.change", patient=patient, by=by, at=at, key=key, version=version) as deed:
        if "birth_date" in details:
            check_birth_date(details["birth_date"], deed.today)
            _check_nothing_before(deed.patient, details["birth_date"])
        changed = {n: v for n, v in details.items() if getattr(deed.patient, n) != v}
        for name, value in changed.items():
            setattr(deed.patient, name, value)
        deed.details = {"fields": sorted(changed)}
        deed.made = deed.patient
        if changed:
            deed.patient.save(update_fields=list(changed))
    return deed.patient


def _check_nothing_before(patient: Patient, birth_date: date) -> None:
    first = [
        facts.filter(voided_at=None).order_by(day).values_list(day, flat=True).first()
        for facts, day in (
            (patient.injection_set, "given_on"),
            (patient.injectionnotgiven_set, "date"),
            (patient.labresult_set, "collected_on"),
            (patient.symptomreview_set, "date"),
            (patient.diagnosis_set, "date"),
            (patient.condition_set, "onset"),
            (patient.medicineuse_set, "start"),
            (patient.folicaciduse_set, "start"),
            (patient.allergy_set, "date"),
        )
    ]
    earliest = min((day for day in [*first, patient.status_since] if day), default=None)
    if earliest is not None and earliest < birth_date:
        raise Refused(
            f"Something is recorded on {earliest:%-d %B %Y}, before this birth date. "
            "Check the birth date, or void that record first.",
            field="birth_date",
        )


def set_care_status(
    *,
    patient: Patient,
    status: str,
    since: date | None,
    by: User,
    at: datetime,
    reason: str,
    key: UUID | None = None,
    version: int | None = None,
) -> Patient:
    """Close a record (transferred, deceased) or take the patient back into care."""
    if not reason.strip():
        raise Refused("Say why the status changes.", field="reason")
    with writing(
        "patient.status",
        patient=patient,
        by=by,
        at=at,
        key=key,
        version=version,
        reason=reason,
    ) as deed:
        if status == Patient.Status.ACTIVE:
            since = None
        elif since is None:
            raise Refused("Enter the date from which this holds.", field="since")
        elif not deed.patient.birth_date <= since <= deed.today:
            raise Refused("The date must lie between the birth date and today.", field="since")
        deed.patient.status = status
        deed.patient.status_since = since
        deed.made = deed.patient
        deed.patient.save(update_fields=["status", "status_since"])
    return deed.patient


def set_away(
    *,
    patient: Patient,
    start: date,
    until: date | None,
    by: User,
    at: datetime,
    note: str = "",
    key: UUID | None = None,
    version: int | None = None,
) -> Absence:
    """Note that the patient is away; it takes the place of an earlier spell."""
    check_order(start, until, "until")
    with writing("absence.record", patient=patient, by=by, at=at, key=key, version=version) as deed:
        deed.patient.absence_set.standing().update(
            voided_at=at, voided_by=by, void_reason="Replaced by a newer entry."
        )
        made = record_fact(Absence, deed, start=start, until=until, note=note)
    return made
