"""The page that logs an injection as a browser meets it: the patient, the address, the form."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from django.urls import reverse
from people import NOW, TODAY, inject

from b12tracker.clinics.models import User
from patients.models import Injection, Patient
from regimens.models import Course


def in_maintenance(janet: Patient, prescriber: User, nurse: User) -> Patient:
    """Janet in maintenance every three months; the last dose in the left arm on 16 January."""
    Course.objects.create(
        patient=janet,
        start=date(2026, 1, 5),
        regimen="im-standard",
        interval="P3M",
        drug="hydroxocobalamin",
        recorded_at=NOW,
        recorded_by=prescriber,
    )
    days = [date(2026, 1, day) for day in (5, 7, 9, 12, 14, 16)]
    inject(janet, nurse, *days, lot="H26A", expiry=date(2027, 1, 31))
    janet.refresh_from_db()
    return janet


def address(patient: Patient, name: str = "injection-new", **more: Any) -> str:
    """A page about the patient."""
    return reverse(name, kwargs={"pk": patient.pk, **more})


def typed(patient: Patient, **changed: Any) -> dict[str, Any]:
    """The form as a nurse sends it for an ordinary dose now."""
    ordinary = {
        "key": str(uuid.uuid4()),
        "version": str(patient.version),
        "identity_checked": "on",
        "drug": "hydroxocobalamin",
        "amount_ug": "1000",
        "route": "IM",
        "site": "deltoid-right",
        "lot": "H26A",
        "expiry": "2027-01-31",
        "given_on": TODAY.isoformat(),
        "given_time": "10:00",
        "who": "me",
        "who_name": "",
        "note": "",
    }
    return {**ordinary, **changed}


def given_today() -> int:
    """How many doses stand for today."""
    return Injection.objects.standing().filter(given_on=TODAY).count()
