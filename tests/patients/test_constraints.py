"""The database refuses what must not exist, whoever asks it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.db.models import Model
from people import NOW, TODAY, diagnose, inject, measure

from b12tracker.audit.models import AuditEvent
from b12tracker.clinics.models import Membership, User
from patients.models import (
    Absence,
    Allergy,
    Condition,
    Diagnosis,
    FolicAcidUse,
    Injection,
    InjectionNotGiven,
    LabResult,
    MedicineUse,
    Patient,
    PatientIdentifier,
    Reaction,
    SymptomReview,
)
from regimens.models import Course, ExtraRecheck, RechecksOff, Reminder

pytestmark = pytest.mark.django_db

INJECTION: dict[str, Any] = {
    "given_at": NOW,
    "given_on": TODAY,
    "drug": "hydroxocobalamin",
    "amount_ug": Decimal(1000),
    "route": "IM",
    "given_by": "Nora Nurse",
}
RESULT: dict[str, Any] = {
    "collected_on": TODAY,
    "analyte": "b12",
    "value": Decimal(520),
    "unit": "pg/mL",
}
FAR = date(2200, 1, 1)
BEFORE = TODAY - timedelta(days=1)

REFUSED: list[tuple[str, type[Model], dict[str, Any]]] = [
    ("injection_amount_above_zero", Injection, INJECTION | {"amount_ug": Decimal(0)}),
    ("injection_known_drug", Injection, INJECTION | {"drug": "water"}),
    ("injection_known_route", Injection, INJECTION | {"route": "IT"}),
    ("injection_known_site", Injection, INJECTION | {"site": "elbow"}),
    ("injection_date_in_calendar", Injection, INJECTION | {"given_on": FAR}),
    ("injection_void_whole", Injection, INJECTION | {"voided_at": NOW}),
    ("not_given_other_says_which", InjectionNotGiven, {"date": TODAY, "reason": "other"}),
    ("not_given_date_in_calendar", InjectionNotGiven, {"date": FAR, "reason": "declined"}),
    ("not_given_void_whole", InjectionNotGiven, {"date": TODAY, "void_reason": "wrong"}),
    ("lab_result_number_or_word", LabResult, RESULT | {"value": Decimal(-1)}),
    ("lab_result_number_or_word", LabResult, RESULT | {"value": None}),
    ("lab_result_number_has_a_unit", LabResult, RESULT | {"unit": ""}),
    ("lab_result_range_in_order", LabResult, RESULT | {"range_low": 9, "range_high": 8}),
    ("lab_result_date_in_calendar", LabResult, RESULT | {"collected_on": FAR}),
    ("lab_result_void_whole", LabResult, RESULT | {"voided_at": NOW}),
    ("diagnosis_known_cause", Diagnosis, {"date": TODAY, "cause": "bad luck"}),
    ("diagnosis_date_in_calendar", Diagnosis, {"date": FAR, "cause": "dietary"}),
    (
        "condition_dates_in_order",
        Condition,
        {"code": "gastrectomy", "onset": TODAY, "ended": BEFORE},
    ),
    (
        "condition_length_of_a_resection",
        Condition,
        {"code": "gastrectomy", "onset": TODAY, "length_cm": 20},
    ),
    ("symptoms_new_or_worse_are_named", SymptomReview, {"date": TODAY, "direction": "new"}),
    (
        "symptoms_none_names_none",
        SymptomReview,
        {"date": TODAY, "direction": "none", "symptoms": ["fatigue"]},
    ),
    (
        "medicine_dates_in_order",
        MedicineUse,
        {"code": "metformin", "start": TODAY, "end": BEFORE},
    ),
    ("folic_acid_dates_in_order", FolicAcidUse, {"start": TODAY, "end": BEFORE}),
    ("absence_dates_in_order", Absence, {"start": TODAY, "until": BEFORE}),
    ("course_end_and_reason_together", Course, {"start": TODAY, "regimen": "oral", "end": TODAY}),
    (
        "course_interval_is_months_or_weeks",
        Course,
        {"start": TODAY, "regimen": "im-standard", "interval": "P0M"},
    ),
    ("course_known_regimen", Course, {"start": TODAY, "regimen": "im-weekly"}),
    (
        "course_dates_in_order",
        Course,
        {"start": TODAY, "regimen": "oral", "end": BEFORE, "end_reason": "x"},
    ),
    (
        "course_loading_ends_after_start",
        Course,
        {"start": TODAY, "regimen": "im-neuro", "loading_ended": BEFORE},
    ),
    (
        "course_oral_dose_of_an_oral_course",
        Course,
        {"start": TODAY, "regimen": "im-neuro", "oral_daily_ug": 1000},
    ),
    ("condition_known_code", Condition, {"code": "hiccups", "onset": TODAY}),
    ("medicine_known_code", MedicineUse, {"code": "tea", "start": TODAY}),
    ("allergy_known_substance", Allergy, {"substance": "pollen", "date": TODAY}),
    ("symptoms_known_direction", SymptomReview, {"date": TODAY, "direction": "sideways"}),
    ("lab_result_known_analyte", LabResult, RESULT | {"analyte": "zinc"}),
    ("extra_recheck_date_in_calendar", ExtraRecheck, {"date": FAR}),
    ("rechecks_off_has_a_reason", RechecksOff, {"start": TODAY, "reason": ""}),
    (
        "rechecks_off_dates_in_order",
        RechecksOff,
        {"start": TODAY, "end": BEFORE, "reason": "wish"},
    ),
]


@pytest.mark.parametrize(("name", "model", "fields"), REFUSED)
def test_an_impossible_fact_is_refused_by_its_constraint(
    name: str, model: type[Model], fields: dict[str, Any], janet: Patient, nurse: User
) -> None:
    row = model(patient=janet, recorded_at=NOW, recorded_by=nurse, **fields)

    with pytest.raises(IntegrityError, match=name):
        row.save(force_insert=True)


PATIENTS: list[tuple[str, dict[str, Any]]] = [
    ("patient_status_and_its_date_together", {"status": "deceased"}),
    ("patient_status_and_its_date_together", {"status_since": TODAY}),
    (
        "patient_status_not_before_birth",
        {"status": "deceased", "status_since": date(1950, 1, 1)},
    ),
    ("patient_known_sex", {"sex": "neither"}),
    ("patient_known_status", {"status": "lost", "status_since": TODAY}),
    ("patient_known_pregnancy", {"pregnancy": "9"}),
    ("patient_family_name_not_empty", {"family_name": ""}),
    ("patient_consent_needs_an_address", {"messages_consent": True, "email": "", "phone": ""}),
    ("patient_birth_date_in_calendar", {"birth_date": date(1899, 12, 31)}),
]


@pytest.mark.parametrize(("name", "fields"), PATIENTS)
def test_an_impossible_patient_is_refused_by_its_constraint(
    name: str, fields: dict[str, Any], janet: Patient
) -> None:
    with pytest.raises(IntegrityError, match=name):
        Patient.objects.filter(pk=janet.pk).update(**fields)


TWICE: list[tuple[str, type[Model], dict[str, Any]]] = [
    ("diagnosis_one_standing", Diagnosis, {"date": TODAY, "cause": "dietary"}),
    ("absence_one_standing", Absence, {"start": TODAY}),
    ("course_one_start_a_day", Course, {"start": TODAY, "regimen": "oral"}),
    ("lab_result_taken_in_once", LabResult, RESULT | {"source": "csv", "source_key": "row-1"}),
]


@pytest.mark.parametrize(("name", "model", "fields"), TWICE)
def test_a_second_one_is_refused_by_its_constraint(
    name: str, model: type[Model], fields: dict[str, Any], janet: Patient, nurse: User
) -> None:
    kept = {"patient": janet, "recorded_at": NOW, "recorded_by": nurse, **fields}
    model(**kept).save()

    with pytest.raises(IntegrityError, match=name):
        model(**kept).save(force_insert=True)


def test_a_number_belongs_to_one_patient_of_a_clinic(janet: Patient, nurse: User) -> None:
    number = {
        "patient": janet,
        "clinic": janet.clinic,
        "system": "clinic-number",
        "value": "R-1",
        "recorded_at": NOW,
        "recorded_by": nurse,
    }
    PatientIdentifier.objects.create(**number)

    with pytest.raises(IntegrityError, match="identifier_one_patient_each"):
        PatientIdentifier.objects.create(**number)


def test_a_reaction_says_what_happened(janet: Patient, nurse: User) -> None:
    (dose,) = inject(janet, nurse, TODAY)

    with pytest.raises(IntegrityError, match="reaction_is_described"):
        Reaction.objects.create(
            patient=janet,
            injection=dose,
            date=TODAY,
            description="",
            recorded_at=NOW,
            recorded_by=nurse,
        )


def test_a_reminder_step_is_made_once(janet: Patient) -> None:
    step = {
        "patient": janet,
        "clinic": janet.clinic,
        "kind": "dose",
        "for_date": TODAY,
        "step": "due",
        "on": TODAY,
        "made_at": NOW,
    }
    Reminder.objects.create(**step)

    with pytest.raises(IntegrityError, match="reminder_made_once"):
        Reminder.objects.create(**step)


def test_a_user_holds_each_role_once(nurse: User, janet: Patient) -> None:
    with pytest.raises(IntegrityError, match="membership_one_of_each_role"):
        Membership.objects.create(user=nurse, clinic=janet.clinic, role="nurse")


def _row(model: type[Model], patient: Patient) -> Model:
    return model._default_manager.filter(patient=patient).first()  # type: ignore[return-value]


DELETED: list[tuple[type[Model], Callable[[Patient, User], object]]] = [
    (Injection, lambda p, by: inject(p, by, TODAY)),
    (LabResult, lambda p, by: measure(p, by, TODAY, b12=("520", "pg/mL"))),
    (Diagnosis, lambda p, by: diagnose(p, by, TODAY)),
]


@pytest.mark.parametrize(("model", "make"), DELETED)
def test_a_fact_cannot_be_deleted(
    model: type[Model],
    make: Callable[[Patient, User], object],
    janet: Patient,
    nurse: User,
) -> None:
    make(janet, nurse)
    row = _row(model, janet)

    with pytest.raises(DatabaseError, match="Cannot delete"), transaction.atomic():
        model._base_manager.filter(pk=row.pk)._raw_delete("default")

    assert model._base_manager.filter(pk=row.pk).exists()


@pytest.mark.parametrize("change", ["update", "delete"])
def test_the_audit_trail_cannot_be_changed(change: str, janet: Patient) -> None:
    events = AuditEvent.objects.filter(patient_id=janet.pk, action="patient.register")

    with pytest.raises(DatabaseError, match=f"Cannot .*{change}"), transaction.atomic():
        events.update(actor="nobody") if change == "update" else events._raw_delete("default")

    assert events.get().actor == "nurse"
