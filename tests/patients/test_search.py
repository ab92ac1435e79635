"""Patients are found by name, number or birth date, whatever way they are typed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from people import register

from b12tracker.clinics.models import Clinic, User
from patients.models import Patient
from patients.search import find_patients, parse_search


@pytest.fixture
def everybody(nurse: User, riverside: Clinic) -> dict[str, Patient]:
    """Janet Williams with her numbers, and others with names of many kinds."""
    people = {
        "janet": {"nhs_number": "943 476 5919", "clinic_number": "r-1001"},
        "jose": {
            "family_name": "Nu\u00f1ez Garc\u00eda",
            "given_names": "Jos\u00e9",
            "birth_date": date(1941, 12, 1),
        },
        "zoe": {"family_name": "Zhou", "given_names": "Zoe", "birth_date": date(2004, 2, 29)},
        "li": {"family_name": "Li", "given_names": "Na", "birth_date": date(1970, 7, 7)},
        "noor": {
            "family_name": "\u0627\u0644\u062d\u0633\u0646",
            "given_names": "\u0646\u0648\u0631",
            "birth_date": date(1988, 4, 2),
        },
    }
    return {name: register(nurse, riverside, **details) for name, details in people.items()}


@pytest.mark.parametrize(
    ("typed", "who"),
    [
        ("williams", "janet"),
        ("WILLIAMS Janet", "janet"),
        ("janet williams", "janet"),
        ("Williams, Janet", "janet"),
        ("Wiliams", "janet"),
        ("Jenet Willaims", "janet"),
        ("will", "janet"),
        ("9434765919", "janet"),
        ("943 476 5919", "janet"),
        ("R-1001", "janet"),
        ("09/03/1959", "janet"),
        ("9.3.1959", "janet"),
        ("1959-03-09", "janet"),
        ("9 March 1959", "janet"),
        ("9 Mar 1959", "janet"),
        ("9/3/59", "janet"),
        ("09031959", "janet"),
        ("janet 9/3/1959", "janet"),
        ("nunez", "jose"),
        ("jose garcia", "jose"),
        ("zhou 29/2/04", "zoe"),
        ("li", "li"),
        ("\0williams", "janet"),
        ("\u0627\u0644\u062d\u0633\u0646", "noor"),
    ],
)
def test_a_patient_is_found_first(
    typed: str, who: str, everybody: dict[str, Patient], riverside: Clinic
) -> None:
    found = find_patients(riverside, typed)

    assert [patient.full_name for patient in found][:1] == [everybody[who].full_name]


@pytest.mark.parametrize(
    "typed", ["", ",", "  ", "%", "_", "31/02/1959", "janet 1/1/1950", "xyz", "\U0001f489"]
)
def test_what_fits_nobody_finds_nobody(
    typed: str, everybody: dict[str, Patient], riverside: Clinic
) -> None:
    found = find_patients(riverside, typed)

    assert found == []


def test_an_exact_number_comes_before_names(
    everybody: dict[str, Patient], nurse: User, riverside: Clinic
) -> None:
    register(nurse, riverside, family_name="R-1001", given_names="Robot")

    found = find_patients(riverside, "r-1001")

    assert [patient.family_name for patient in found] == ["Williams", "R-1001"]


def test_nobody_of_another_clinic_is_found(everybody: dict[str, Patient], hillside: Clinic) -> None:
    found = find_patients(hillside, "williams")

    assert found == []


@pytest.mark.parametrize("more", [0, 20])
def test_a_search_costs_the_same_however_many_fit(
    more: int,
    everybody: dict[str, Patient],
    nurse: User,
    riverside: Clinic,
    django_assert_num_queries: Callable,
) -> None:
    for number in range(more):
        register(nurse, riverside, given_names=f"Jan{number}")

    with django_assert_num_queries(6):  # savepoint, setting, holders, patients, numbers, release
        find_patients(riverside, "williams")


def test_two_digits_of_a_year_mean_both_centuries() -> None:
    search = parse_search("1/2/05")

    assert search.birth_dates == (date(2005, 2, 1), date(1905, 2, 1))


def test_the_name_searched_for_is_in_no_address(
    client_as: Callable[[User], Client], nurse: User, janet: Patient
) -> None:
    client = client_as(nurse)

    answer = client.post("/patients/search/", {"q": "williams"}, follow=True)

    assert "WILLIAMS, Janet" in answer.content.decode()
    assert [address for address, _ in answer.redirect_chain] == ["/patients/search/"]


def test_enter_opens_the_first_patient_found(
    client_as: Callable[[User], Client], nurse: User, janet: Patient
) -> None:
    client = client_as(nurse)

    answer = client.post("/patients/search/", {"q": "williams"}, follow=True)

    assert f'href="/patients/{janet.pk}/" autofocus' in answer.content.decode()


def test_nobody_found_says_what_to_try(
    client_as: Callable[[User], Client], nurse: User, janet: Patient
) -> None:
    client = client_as(nurse)

    answer = client.post("/patients/search/", {"q": "Nobody"}, follow=True)

    assert "Nobody on the register of Riverside fits" in answer.content.decode()


def test_a_search_without_a_token_is_refused(nurse: User, at_now: object) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(nurse, backend="allauth.account.auth_backends.AuthenticationBackend")

    answer = client.post("/patients/search/", {"q": "williams"})

    assert answer.status_code == 403
