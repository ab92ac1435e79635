"""After an injection: undo, what was not given, and who may see or do what."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from inject_forms import address, given_today, in_maintenance, typed
from people import NOW, TODAY, inject
from pytest_django import DjangoAssertNumQueries
from time_machine import Traveller

from b12tracker.clinics.models import User
from patients.models import Injection, InjectionNotGiven, Patient
from regimens.models import Status

SignIn = Callable[[User], Client]


@pytest.fixture
def treated(janet: Patient, prescriber: User, nurse: User) -> Patient:
    """Janet in maintenance, her last dose in the left arm on 16 January."""
    return in_maintenance(janet, prescriber, nurse)


def test_undo_within_ten_minutes_brings_the_old_date_back(
    client_as: SignIn, nurse: User, treated: Patient
) -> None:
    # Arrange
    client = client_as(nurse)
    saved = client.post(address(treated), typed(treated))

    # Act
    client.post(saved["Location"] + "undo/")

    # Assert
    assert given_today() == 0
    assert Status.objects.get(patient=treated).due == date(2026, 4, 16)


def test_undo_after_ten_minutes_is_refused_with_what_to_do(
    client_as: SignIn, nurse: User, treated: Patient, at_now: Traveller
) -> None:
    # Arrange
    client = client_as(nurse)
    saved = client.post(address(treated), typed(treated))
    at_now.move_to(NOW + timedelta(minutes=11))

    # Act
    response = client.post(saved["Location"] + "undo/", follow=True)

    # Assert
    assert "void it on the chart" in response.text
    assert given_today() == 1


def test_a_double_click_on_undo_is_not_told_as_too_late(
    client_as: SignIn, nurse: User, treated: Patient
) -> None:
    # Arrange
    client = client_as(nurse)
    saved = client.post(address(treated), typed(treated))
    client.post(saved["Location"] + "undo/")

    # Act
    response = client.post(saved["Location"] + "undo/", follow=True)

    # Assert
    assert "Undone: the injection is struck through" in response.text
    assert "10 minutes for undoing are over" not in response.text


def test_looking_at_the_pages_writes_nothing(
    client_as: SignIn, nurse: User, treated: Patient
) -> None:
    client = client_as(nurse)
    client.get(address(treated, "injection-undo", injection=Injection.objects.earliest("pk").pk))
    client.get(address(treated))

    assert Injection.objects.standing().count() == 6


def test_a_dose_not_given_leaves_the_date_where_it_was(
    client_as: SignIn, nurse: User, treated: Patient
) -> None:
    # Act
    client_as(nurse).post(
        address(treated, "injection-not-given"),
        {
            "key": str(uuid.uuid4()),
            "version": treated.version,
            "date": TODAY.isoformat(),
            "reason": "no-stock",
        },
    )

    # Assert
    assert InjectionNotGiven.objects.get().reason == "no-stock"
    assert Status.objects.get(patient=treated).due == date(2026, 4, 16)


@pytest.mark.parametrize("name", ["injection-new", "injection-preview", "injection-not-given"])
def test_another_clinics_patient_is_not_there(
    client_as: SignIn, nurse2: User, treated: Patient, name: str
) -> None:
    assert client_as(nurse2).post(address(treated, name), typed(treated)).status_code == 404


def test_a_saved_dose_of_another_clinic_is_not_there(
    client_as: SignIn, nurse2: User, treated: Patient
) -> None:
    dose = Injection.objects.earliest("pk")

    response = client_as(nurse2).get(address(treated, "injection-saved", injection=dose.pk))

    assert response.status_code == 404


def test_a_manager_cannot_log(client_as: SignIn, manager: User, treated: Patient) -> None:
    assert client_as(manager).get(address(treated)).status_code == 403


def test_the_page_asks_as_much_of_the_database_after_many_doses(
    client_as: SignIn,
    nurse: User,
    treated: Patient,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    # Arrange
    client = client_as(nurse)
    with django_assert_max_num_queries(60) as few:
        client.get(address(treated))
    inject(treated, nurse, *(date(2020, month, 1) for month in range(1, 13)))

    # Act and assert
    with django_assert_max_num_queries(len(few.captured_queries)):
        client.get(address(treated))
