"""A birth date is corrected only to a day before everything that holds."""

from __future__ import annotations

from datetime import date

import pytest
from people import NOW

from b12tracker.clinics.models import User
from patients.actions.errors import Refused
from patients.actions.facts import record_medicine, void_fact
from patients.actions.register import change_patient, set_care_status
from patients.models import Patient

BORN_LATER = date(1995, 3, 9)


def test_a_medicine_from_before_the_new_birth_date_refuses_it(janet: Patient, nurse: User) -> None:
    record_medicine(patient=janet, by=nurse, at=NOW, code="ppi", start=date(1990, 1, 1))

    with pytest.raises(Refused, match="1 January 1990, before this birth date"):
        change_patient(patient=janet, by=nurse, at=NOW, birth_date=BORN_LATER)


def test_a_voided_entry_does_not_stand_in_the_way(janet: Patient, nurse: User) -> None:
    # Arrange
    wrong = record_medicine(patient=janet, by=nurse, at=NOW, code="ppi", start=date(1990, 1, 1))
    void_fact(fact=wrong, by=nurse, at=NOW, reason="Typing error")

    # Act
    change_patient(patient=janet, by=nurse, at=NOW, birth_date=BORN_LATER)

    # Assert
    janet.refresh_from_db()
    assert janet.birth_date == BORN_LATER


def test_a_record_closed_before_the_new_birth_date_refuses_it(janet: Patient, nurse: User) -> None:
    set_care_status(
        patient=janet,
        status="transferred",
        since=date(1990, 1, 1),
        by=nurse,
        at=NOW,
        reason="Moved away",
    )

    with pytest.raises(Refused, match="before this birth date"):
        change_patient(patient=janet, by=nurse, at=NOW, birth_date=BORN_LATER)
