"""The dashboard: each count is of active patients, opens them, and says why."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from people import NOW, TODAY, days_before, inject, measure, register, review
from pytest_django import DjangoAssertNumQueries

from b12tracker.clinics.models import Clinic, User
from patients.actions.register import set_care_status
from patients.models import Patient
from regimens.actions.order import order_course
from regimens.dashboard import TILES, tile_counts, tile_members
from regimens.presenters import FLAG_TITLES

SignIn = Callable[[User], Client]


def counts(clinic: Clinic) -> dict[str, int]:
    """The counts that are not zero, by their code."""
    return {tile.code: number for tile, number in tile_counts(clinic) if number}


def treat(patient: Patient, prescriber: User, last_dose: date, **changed: Any) -> None:
    """Maintenance every three months with its last dose on a day."""
    ordinary = {"regimen": "im-ileal", "interval": "P3M", "drug": "hydroxocobalamin"}
    order_course(
        patient=patient,
        start=last_dose,
        reason="As before",
        answers={"protocol-undefined": "", "regimen-mismatch": ""},
        by=prescriber,
        at=NOW,
        **{**ordinary, **changed},
    )
    inject(patient, prescriber, last_dose)


def test_a_deficient_b12_is_counted(janet: Patient, nurse: User, riverside: Clinic) -> None:
    measure(janet, nurse, TODAY, b12=("120", "pg/mL"))

    assert counts(riverside)["b12-deficient"] == 1


def test_a_functional_deficiency_behind_a_good_b12_is_counted(
    janet: Patient, nurse: User, riverside: Clinic
) -> None:
    measure(
        janet,
        nurse,
        TODAY,
        b12=("420", "pg/mL"),
        mma=("400", "nmol/L"),
        egfr=("90", "mL/min/{1.73_m2}"),
    )

    assert counts(riverside)["functional-deficiency"] == 1


@pytest.mark.parametrize(
    ("days", "codes"),
    [
        (80, set()),
        (95, {"dose-overdue", "recheck-overdue"}),
        (130, {"dose-overdue", "missed", "recheck-overdue"}),
        (200, {"dose-overdue", "missed", "recheck-overdue", "treatment-lapsed"}),
    ],
)
def test_lateness_is_counted_by_how_late_it_is(
    janet: Patient, prescriber: User, riverside: Clinic, days: int, codes: set[str]
) -> None:
    treat(janet, prescriber, days_before(days))

    assert set(counts(riverside)) == codes


def test_a_course_without_an_interval_is_counted(
    janet: Patient, prescriber: User, riverside: Clinic
) -> None:
    treat(janet, prescriber, TODAY, regimen="im-bariatric", interval="")

    assert counts(riverside) == {"protocol-undefined": 1}


def test_new_neurological_symptoms_in_maintenance_are_counted(
    janet: Patient, nurse: User, prescriber: User, riverside: Clinic
) -> None:
    treat(janet, prescriber, days_before(20))
    review(janet, nurse, TODAY, "new", "paraesthesia")

    assert counts(riverside)["neuro-new"] == 1


def test_a_closed_record_is_in_no_count(janet: Patient, nurse: User, riverside: Clinic) -> None:
    # Arrange
    measure(janet, nurse, TODAY, b12=("120", "pg/mL"))

    # Act
    set_care_status(patient=janet, status="deceased", since=TODAY, reason="Died", by=nurse, at=NOW)

    # Assert
    assert counts(riverside) == {}


def test_every_flag_of_a_tile_is_one_that_has_a_name() -> None:
    for tile in TILES:
        assert set(tile.flags) <= set(FLAG_TITLES)


def test_each_count_is_the_length_of_its_list(
    riverside: Clinic, nurse: User, prescriber: User
) -> None:
    # Arrange
    for number, days in enumerate([80, 95, 130, 200]):
        patient = register(nurse, riverside, family_name=f"P{number}")
        treat(patient, prescriber, days_before(days))
        measure(patient, nurse, days_before(3), b12=("150", "pg/mL"))

    # Act
    found = {
        tile.code: (number, len(tile_members(riverside, tile).rows))
        for tile, number in tile_counts(riverside)
    }

    # Assert
    assert all(number == listed for number, listed in found.values())
    assert found["b12-deficient"] == (4, 4)


def test_the_page_opens_the_patients_and_says_why(
    client_as: SignIn, prescriber: User, nurse: User, janet: Patient
) -> None:
    # Arrange
    measure(janet, nurse, TODAY, b12=("120", "pg/mL"))
    client = client_as(prescriber)

    # Act
    home = client.get(reverse("dashboard"))
    opened = client.get(reverse("dashboard-list", args=["b12-deficient"]))

    # Assert
    assert reverse("dashboard-list", args=["b12-deficient"]) in home.text
    assert "WILLIAMS, Janet" in opened.text
    assert "B12 deficient" in opened.context["rows"][0].flags


def test_an_unknown_count_is_not_there(client_as: SignIn, prescriber: User) -> None:
    response = client_as(prescriber).get(reverse("dashboard-list", args=["nonsense"]))

    assert response.status_code == 404


def test_another_clinic_counts_none_of_ours(
    client_as: SignIn, nurse: User, nurse2: User, janet: Patient
) -> None:
    measure(janet, nurse, TODAY, b12=("120", "pg/mL"))

    response = client_as(nurse2).get(reverse("dashboard-list", args=["b12-deficient"]))

    assert response.context["number"] == 0
    assert response.context["rows"] == []


@pytest.mark.parametrize("args", [None, ["b12-deficient"]])
def test_the_pages_take_as_many_queries_whatever_the_size(
    client_as: SignIn,
    prescriber: User,
    nurse: User,
    riverside: Clinic,
    janet: Patient,
    args: list[str] | None,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    # Arrange
    measure(janet, nurse, TODAY, b12=("120", "pg/mL"))
    client, page = (
        client_as(prescriber),
        reverse("dashboard-list" if args else "dashboard", args=args),
    )
    with django_assert_max_num_queries(9) as few:
        client.get(page)
    for number in range(8):
        patient = register(nurse, riverside, family_name=f"P{number}", clinic_number=f"R{number}")
        measure(patient, nurse, TODAY, b12=("120", "pg/mL"))

    # Act and assert
    with django_assert_max_num_queries(len(few.captured_queries)):
        client.get(page)
