"""The fixed cast of the tests: two clinics, who works there, and who is treated.

Patients and their facts are made only by the product's own actions, on fixed
days, so that a test reads as a clinic would tell it.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from b12tracker.clinics.models import Clinic, Membership, User
from patients.actions.facts import record_diagnosis, record_symptoms
from patients.actions.injections import record_injection
from patients.actions.register import Identifier, register_patient
from patients.actions.results import NewResult, record_results
from patients.models import Diagnosis, Injection, LabResult, Patient, SymptomReview

LONDON = ZoneInfo("Europe/London")
NOW = datetime(2026, 5, 25, 10, 0, tzinfo=LONDON)
TODAY = NOW.date()


def make_clinic(name: str, time_zone: str = "Europe/London") -> Clinic:
    """A clinic by name."""
    return Clinic.objects.create(name=name, time_zone=time_zone, phone="020 7946 0123")


def make_user(username: str, clinic: Clinic, *roles: str, name: str = "") -> User:
    """Somebody who holds these roles in one clinic."""
    first, _, last = (name or username.capitalize()).partition(" ")
    user = User.objects.create_user(username=username, first_name=first, last_name=last)
    for role in roles:
        Membership.objects.create(user=user, clinic=clinic, role=role)
    return user


def register(
    by: User,
    clinic: Clinic,
    *,
    family_name: str = "Williams",
    given_names: str = "Janet",
    birth_date: date = date(1959, 3, 9),
    sex: str = "female",
    nhs_number: str = "",
    clinic_number: str = "",
    at: datetime = NOW,
    **details: Any,
) -> Patient:
    """A registered patient; without numbers unless they are given."""
    numbers = {"nhs-number": nhs_number, "clinic-number": clinic_number}
    return register_patient(
        clinic=clinic,
        by=by,
        at=at,
        identifiers=[Identifier(system, value) for system, value in numbers.items() if value],
        family_name=family_name,
        given_names=given_names,
        birth_date=birth_date,
        sex=sex,
        **details,
    )


def diagnose(
    patient: Patient,
    by: User,
    day: date,
    *,
    cause: str = "pernicious-anaemia",
    deficient: bool = True,
) -> Diagnosis:
    """Record why the patient is treated."""
    return record_diagnosis(
        patient=patient, date=day, cause=cause, deficient=deficient, by=by, at=NOW
    )


def review(
    patient: Patient, by: User, day: date, direction: str, *symptoms: str, severe: bool = False
) -> SymptomReview:
    """Record a symptom review."""
    return record_symptoms(
        patient=patient,
        by=by,
        at=NOW,
        date=day,
        direction=direction,
        symptoms=list(symptoms),
        severe=severe,
    )


def inject(patient: Patient, by: User, *days: date, **fields: Any) -> list[Injection]:
    """Record an ordinary 1 mg injection at nine in the morning of each day."""
    ordinary: dict[str, Any] = {
        "drug": "hydroxocobalamin",
        "amount_ug": Decimal(1000),
        "route": "IM",
        "site": "deltoid-left",
        "given_by": str(by),
    }
    zone = ZoneInfo(patient.clinic.time_zone)
    return [
        record_injection(
            patient=patient,
            given_at=datetime.combine(day, time(9), tzinfo=zone),
            by=by,
            at=NOW,
            **{**ordinary, **fields},
        )
        for day in days
    ]


def measure(patient: Patient, by: User, day: date, **values: tuple[str, str]) -> list[LabResult]:
    """Record results of one day: `b12=("520", "pg/mL")`; an underscore stands for a dash."""
    return record_results(
        patient=patient,
        collected_on=day,
        results=[
            NewResult(analyte=name.replace("_", "-"), value=Decimal(value), unit=unit)
            for name, (value, unit) in values.items()
        ],
        by=by,
        at=NOW,
    )


def days_before(days: int, day: date = TODAY) -> date:
    """A date so many days before another."""
    return day - timedelta(days=days)
