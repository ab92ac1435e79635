"""A form's key stands for one deed on one record, and for what was typed."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from people import NOW, register

from b12tracker.clinics.models import Clinic, User
from patients.actions.errors import Refused
from patients.actions.facts import record_allergy, record_folic_acid
from patients.actions.register import register_patient
from patients.models import Allergy, FolicAcidUse, LabResult, Patient

KEY = uuid.UUID("6f0f7c38-30a5-4f1e-9a55-7d2a1f1f6b11")
TODAY = NOW.date()


def note_allergy(patient: Patient, by: User) -> Allergy:
    """Record an allergy with the fixed key."""
    return record_allergy(patient=patient, by=by, at=NOW, key=KEY, date=TODAY, substance="cobalt")


def test_a_key_of_another_patient_gives_nothing_of_theirs(
    janet: Patient, hillside: Clinic, nurse: User, nurse2: User
) -> None:
    # Arrange
    note_allergy(janet, nurse)
    other = register(nurse2, hillside)

    # Act and assert
    with pytest.raises(Refused, match="nothing has been saved"):
        note_allergy(other, nurse2)


def test_a_key_of_another_deed_is_refused(janet: Patient, nurse: User) -> None:
    note_allergy(janet, nurse)

    with pytest.raises(Refused, match="nothing has been saved"):
        record_folic_acid(patient=janet, by=nurse, at=NOW, key=KEY, start=TODAY)

    assert not FolicAcidUse.objects.exists()


def test_a_key_of_another_clinic_registers_nobody_and_shows_nobody(
    janet: Patient, hillside: Clinic, nurse: User, nurse2: User
) -> None:
    note_allergy(janet, nurse)

    with pytest.raises(Refused, match="nothing has been saved"):
        register_patient(
            clinic=hillside,
            by=nurse2,
            at=NOW,
            key=KEY,
            family_name="Okafor",
            birth_date=janet.birth_date,
        )


def test_a_panel_changed_after_back_is_not_said_to_be_saved(
    client_as: Callable[[User], Client], nurse: User, janet: Patient, at_now: Any
) -> None:
    # Arrange
    url = reverse("results-new", kwargs={"pk": janet.pk})
    sent = {
        "key": str(KEY),
        "version": str(janet.version),
        "collected_on": TODAY.isoformat(),
        "b12": "180",
        "unit-b12": "pg/mL",
    }
    client = client_as(nurse)
    client.post(url, sent)

    # Act
    again = client.post(url, {**sent, "b12": "810"})

    # Assert
    assert "Nothing has been saved yet" in again.text
    assert 'value="810"' in again.text
    assert LabResult.objects.get().value == 180
