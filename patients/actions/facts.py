"""Record single facts, and void them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.db import models

from b12tracker.clinics.models import User
from patients.actions.errors import AlreadyDone, Refused
from patients.actions.writing import RECORDERS, Deed, check_order, check_past_date, writing
from patients.models import (
    Allergy,
    Condition,
    Diagnosis,
    Fact,
    FolicAcidUse,
    Injection,
    InjectionNotGiven,
    MedicineUse,
    Patient,
    Reaction,
    SymptomReview,
)


def record_fact[FactT: Fact](model: type[FactT], deed: Deed, **fields: Any) -> FactT:
    """Insert one fact as what the deed made."""
    made = model._default_manager.create(
        patient=deed.patient, recorded_at=deed.at, recorded_by=deed.by, **fields
    )
    deed.made = made
    return made


def _once[FactT: Fact](
    model: type[FactT],
    action: str,
    *,
    patient: Patient,
    by: User,
    at: datetime,
    key: UUID | None,
    version: int | None,
    dates: dict[str, str],
    fields: dict[str, Any],
) -> FactT:
    """Record one dated fact once; `dates` names the fields that may not be in the future."""
    try:
        with writing(action, patient=patient, by=by, at=at, key=key, version=version) as deed:
            for name, what in dates.items():
                check_past_date(deed, fields[name], name, what)
            return record_fact(model, deed, **fields)
    except AlreadyDone as done:
        return model._default_manager.get(pk=done.object_id)


def record_diagnosis(
    *,
    patient: Patient,
    date: date,
    cause: str,
    deficient: bool,
    by: User,
    at: datetime,
    note: str = "",
    key: UUID | None = None,
    version: int | None = None,
) -> Diagnosis:
    """Record what the person is treated for; it takes the place of an earlier diagnosis."""
    try:
        with writing(
            "diagnosis.record", patient=patient, by=by, at=at, key=key, version=version
        ) as deed:
            check_past_date(deed, date, "date", "The date of the diagnosis")
            deed.patient.diagnosis_set.standing().update(
                voided_at=at, voided_by=by, void_reason="Replaced by a newer diagnosis."
            )
            return record_fact(
                Diagnosis, deed, date=date, cause=cause, deficient=deficient, note=note
            )
    except AlreadyDone as done:
        return Diagnosis.objects.get(pk=done.object_id)


def record_condition(
    *,
    patient: Patient,
    by: User,
    at: datetime,
    key: UUID | None = None,
    version: int | None = None,
    **fields: Any,
) -> Condition:
    """Record a condition: code, onset, ended, length_cm, procedure, note."""
    check_order(fields["onset"], fields.get("ended"), "ended")
    return _once(
        Condition,
        "condition.record",
        patient=patient,
        by=by,
        at=at,
        key=key,
        version=version,
        dates={"onset": "The beginning"},
        fields=fields,
    )


def record_symptoms(
    *,
    patient: Patient,
    by: User,
    at: datetime,
    key: UUID | None = None,
    version: int | None = None,
    **fields: Any,
) -> SymptomReview:
    """Record a symptom review: date, symptoms, severe, direction, note."""
    direction, symptoms = fields["direction"], fields.get("symptoms") or []
    if direction in ("new", "worse") and not symptoms:
        raise Refused("Tick the symptoms that are new or worse.", field="symptoms")
    if direction == "none" and symptoms:
        raise Refused(
            "You ticked symptoms and 'No symptoms'. Choose one of the two.", field="symptoms"
        )
    return _once(
        SymptomReview,
        "symptoms.record",
        patient=patient,
        by=by,
        at=at,
        key=key,
        version=version,
        dates={"date": "The date of the review"},
        fields=fields,
    )


def record_medicine(
    *,
    patient: Patient,
    by: User,
    at: datetime,
    key: UUID | None = None,
    version: int | None = None,
    **fields: Any,
) -> MedicineUse:
    """Record a medicine or exposure: code, start, end, note."""
    check_order(fields["start"], fields.get("end"), "end")
    return _once(
        MedicineUse,
        "medicine.record",
        patient=patient,
        by=by,
        at=at,
        key=key,
        version=version,
        dates={"start": "The start"},
        fields=fields,
    )


def record_folic_acid(
    *,
    patient: Patient,
    by: User,
    at: datetime,
    key: UUID | None = None,
    version: int | None = None,
    **fields: Any,
) -> FolicAcidUse:
    """Record a course of folic acid: start, end, note."""
    check_order(fields["start"], fields.get("end"), "end")
    return _once(
        FolicAcidUse,
        "folic-acid.record",
        patient=patient,
        by=by,
        at=at,
        key=key,
        version=version,
        dates={"start": "The start"},
        fields=fields,
    )


def record_allergy(
    *,
    patient: Patient,
    by: User,
    at: datetime,
    key: UUID | None = None,
    version: int | None = None,
    **fields: Any,
) -> Allergy:
    """Record an allergy: substance, date, reaction, note."""
    return _once(
        Allergy,
        "allergy.record",
        patient=patient,
        by=by,
        at=at,
        key=key,
        version=version,
        dates={"date": "The date"},
        fields=fields,
    )


def record_not_given(
    *,
    patient: Patient,
    by: User,
    at: datetime,
    key: UUID | None = None,
    version: int | None = None,
    **fields: Any,
) -> InjectionNotGiven:
    """Record that a dose was not given: date, reason, note. It moves no date."""
    if fields["reason"] == InjectionNotGiven.Reason.OTHER and not fields.get("note", "").strip():
        raise Refused("Say in the note why the injection was not given.", field="note")
    return _once(
        InjectionNotGiven,
        "injection.not-given",
        patient=patient,
        by=by,
        at=at,
        key=key,
        version=version,
        dates={"date": "The date"},
        fields=fields,
    )


def record_reaction(
    *,
    injection: Injection,
    date: date,
    description: str,
    by: User,
    at: datetime,
    key: UUID | None = None,
    version: int | None = None,
) -> Reaction:
    """Record what happened after a dose."""
    if date < injection.given_on:
        raise Refused("A reaction cannot come before its injection.", field="date")
    return _once(
        Reaction,
        "reaction.record",
        patient=injection.patient,
        by=by,
        at=at,
        key=key,
        version=version,
        dates={"date": "The date of the reaction"},
        fields={"injection": injection, "date": date, "description": description},
    )


def end_use(
    *,
    use: MedicineUse | FolicAcidUse | Condition,
    end: date,
    by: User,
    at: datetime,
    key: UUID | None = None,
    version: int | None = None,
) -> None:
    """Note when a medicine, folic acid or condition ended."""
    start_name, end_name = ("onset", "ended") if isinstance(use, Condition) else ("start", "end")
    with writing(
        f"{use._meta.model_name}.end",
        patient=use.patient,
        by=by,
        at=at,
        key=key,
        version=version,
    ) as deed:
        row = _lock(use)
        check_order(getattr(row, start_name), end, "end")
        if row.is_voided:
            raise Refused("This entry was voided and cannot be changed.")
        setattr(row, end_name, end)
        row.save(update_fields=[end_name])
        deed.made = row


def void_fact(
    *,
    fact: Fact,
    reason: str,
    by: User,
    at: datetime,
    key: UUID | None = None,
    version: int | None = None,
    roles: tuple[str, ...] = RECORDERS,
) -> None:
    """Mark a fact as entered in error; it stays visible, and no rule reads it.

    Voiding it again changes nothing. Raises `Refused` without a reason.
    """
    if not reason.strip():
        raise Refused("Say why this entry is wrong. The reason is kept with it.", field="reason")
    try:
        with writing(
            f"{fact._meta.model_name}.void",
            patient=fact.patient,
            by=by,
            at=at,
            key=key,
            version=version,
            reason=reason,
            roles=roles,
        ) as deed:
            row = _lock(fact)
            deed.made = row
            if row.is_voided:
                return
            row.voided_at, row.voided_by, row.void_reason = at, by, reason
            row.save(update_fields=["voided_at", "voided_by", "void_reason"])
    except AlreadyDone:
        return


def _lock(fact: Fact) -> Fact:
    manager: models.Manager[Any] = type(fact)._default_manager
    try:
        return manager.select_for_update(of=("self",)).get(pk=fact.pk)
    except ObjectDoesNotExist as gone:
        raise Refused("This entry is no longer there.") from gone
