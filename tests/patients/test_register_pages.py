"""Registering a patient: once, whole, and not twice under another spelling."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from people import register

from b12tracker.clinics.models import Clinic, User
from patients.models import Diagnosis, Patient, PatientIdentifier

type SignIn = Callable[[User], Client]


def filled_in(**changes: Any) -> dict[str, Any]:
    """The form for Maria Garcia as a nurse fills it in."""
    return {
        "key": str(uuid.uuid4()),
        "family_name": "Garcia",
        "given_names": "Maria",
        "birth_date": "1961-02-03",
        "sex": "female",
        "pregnancy": "no",
        "language": "en",
        "phone": "020 7946 0123",
        "nhs-number": "943 476 5919",
        "cause": "pernicious-anaemia",
        "diagnosed_on": "2026-04-01",
        "deficient": "on",
        **changes,
    }


def test_a_patient_is_registered_with_number_and_diagnosis(client_as: SignIn, nurse: User) -> None:
    answer = client_as(nurse).post("/patients/new/", filled_in())

    maria = Patient.objects.get()
    assert answer.url == f"/patients/{maria.pk}/"
    assert maria.phone == "+44 20 7946 0123"
    assert PatientIdentifier.objects.get().value == "9434765919"
    assert Diagnosis.objects.get().date == date(2026, 4, 1)


def test_the_same_form_sent_twice_registers_one_patient(client_as: SignIn, nurse: User) -> None:
    client, data = client_as(nurse), filled_in()
    first = client.post("/patients/new/", data)

    second = client.post("/patients/new/", data)

    assert second.url == first.url
    assert Patient.objects.count() == Diagnosis.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"birth_date": "2026-05-26"}, "The birth date cannot be in the future."),
        ({"birth_date": "1899-12-31"}, "Enter a year from 1900 to 2199"),
        ({"birth_date": "31/02/1960"}, "Enter a date, such as 16/07/2026."),
        ({"family_name": " "}, "This field is required."),
        ({"nhs-number": "9434765918"}, "This is not a valid NHS number"),
        ({"chi-number": "0101011234"}, "This is not a valid CHI number"),
        ({"phone": "none"}, "Enter a telephone number"),
        ({"phone": "", "messages_consent": "on"}, "Enter a phone number or an e-mail address"),
        ({"diagnosed_on": ""}, "Enter the date of the diagnosis."),
        ({"cause": ""}, "Choose the cause"),
        ({"diagnosed_on": "2026-05-26"}, "The date of the diagnosis cannot be in the future."),
        ({"diagnosed_on": "1950-01-01"}, "is before the patient was born"),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence_and_nothing_typed_is_lost(
    changes: dict[str, str], sentence: str, client_as: SignIn, nurse: User
) -> None:
    answer = client_as(nurse).post("/patients/new/", filled_in(given_names="Zuleika", **changes))

    page = answer.content.decode()
    assert sentence in page
    assert 'value="Zuleika"' in page
    assert not Patient.objects.exists()


@pytest.mark.parametrize(
    ("family_name", "given_names"),
    [
        ("\u0627\u0644\u062d\u0633\u0646", "\u0646\u0648\u0631"),
        ("\u05db\u05d4\u05df", "\u05d3\u05d5\u05d3"),
        ("Smith \U0001f489", "\u0905\u0928\u093f\u0932"),
        ("<b>Bold</b>", "O'Neil & Co"),
    ],
)
def test_a_name_of_any_script_is_kept_as_it_is(
    family_name: str, given_names: str, client_as: SignIn, nurse: User
) -> None:
    client = client_as(nurse)

    answer = client.post(
        "/patients/new/",
        filled_in(family_name=family_name, given_names=given_names),
        follow=True,
    )

    patient = Patient.objects.get()
    assert (patient.family_name, patient.given_names) == (family_name, given_names)
    assert "<b>Bold" not in answer.content.decode()


@pytest.mark.parametrize(
    ("zone", "typed", "kept"),
    [
        ("Europe/London", "020 7946 0123", "+44 20 7946 0123"),
        ("Europe/London", "+1 212 555 0123", "+1 212-555-0123"),
        ("Europe/London", "ask for Ann 123", "ask for Ann 123"),
        ("America/New_York", "020 7946 0123", "020 7946 0123"),
    ],
)
def test_a_phone_number_is_written_in_full_only_where_its_country_is_certain(
    zone: str, typed: str, kept: str, client_as: SignIn, nurse: User, riverside: Clinic
) -> None:
    riverside.time_zone = zone
    riverside.save()

    client_as(nurse).post("/patients/new/", filled_in(phone=typed))

    assert Patient.objects.get().phone == kept


def test_somebody_alike_is_shown_before_anything_is_saved(
    client_as: SignIn, nurse: User, janet: Patient
) -> None:
    data = filled_in(family_name="Wiliams", given_names="Jan", birth_date="1959-03-09")

    answer = client_as(nurse).post("/patients/new/", data)

    page = answer.content.decode()
    assert "Is it one of these?" in page
    assert f'href="/patients/{janet.pk}/"' in page
    assert 'value="Wiliams"' in page
    assert Patient.objects.count() == 1


def test_a_twin_is_registered_after_the_user_says_so(
    client_as: SignIn, nurse: User, janet: Patient
) -> None:
    data = filled_in(
        family_name="Williams", given_names="Joan", birth_date="1959-03-09", another_person="on"
    )

    client_as(nurse).post("/patients/new/", data)

    assert Patient.objects.filter(birth_date=date(1959, 3, 9)).count() == 2


def test_the_holder_of_the_same_number_is_shown(
    client_as: SignIn, nurse: User, riverside: Clinic
) -> None:
    holder = register(nurse, riverside, nhs_number="9434765919")

    answer = client_as(nurse).post("/patients/new/", filled_in())

    assert f'href="/patients/{holder.pk}/"' in answer.content.decode()


def test_a_number_of_somebody_else_is_refused_even_for_another_person(
    client_as: SignIn, nurse: User, riverside: Clinic
) -> None:
    register(nurse, riverside, nhs_number="9434765919")

    answer = client_as(nurse).post("/patients/new/", filled_in(another_person="on"))

    assert "already belongs to" in answer.content.decode()
    assert Patient.objects.count() == 1


def test_nobody_of_another_clinic_is_shown_as_alike(
    client_as: SignIn, nurse: User, nurse2: User, hillside: Clinic
) -> None:
    register(nurse2, hillside, nhs_number="9434765919", birth_date=date(1961, 2, 3))

    answer = client_as(nurse).post("/patients/new/", filled_in())

    assert answer.status_code == 302


def test_a_manager_may_not_register(client_as: SignIn, manager: User) -> None:
    answer = client_as(manager).post("/patients/new/", filled_in())

    assert answer.status_code == 403
    assert not Patient.objects.exists()


def test_the_register_of_an_empty_clinic_says_so(client_as: SignIn, nurse: User) -> None:
    answer = client_as(nurse).get("/patients/")

    assert "No patient is registered here yet." in answer.content.decode()


def test_the_register_goes_on_page_by_page_without_names_in_addresses(
    client_as: SignIn, nurse: User, riverside: Clinic
) -> None:
    for number in range(60):
        register(nurse, riverside, family_name="Alike", given_names=f"Ann {number:02}")
    client = client_as(nurse)

    first = client.get("/patients/")
    second = client.get("/patients/", {"after": first.context["next"]})

    shown = [patient.given_names for patient in first.context["patients"]]
    shown += [patient.given_names for patient in second.context["patients"]]
    assert shown == [f"Ann {number:02}" for number in range(60)]
    assert second.context["next"] is None


@pytest.mark.parametrize("more", [0, 30])
def test_the_register_costs_the_same_whatever_its_size(
    more: int,
    client_as: SignIn,
    nurse: User,
    riverside: Clinic,
    janet: Patient,
    django_assert_num_queries: Callable,
) -> None:
    for number in range(more):
        register(nurse, riverside, given_names=f"Ann {number}")
    client = client_as(nurse)
    client.get("/patients/")

    with django_assert_num_queries(5):  # session, user, place, patients, numbers
        client.get("/patients/")


@pytest.mark.parametrize("after", ["x", "00000000-0000-4000-8000-000000000000"])
def test_a_page_that_is_none_is_not_found(after: str, client_as: SignIn, nurse: User) -> None:
    answer = client_as(nurse).get("/patients/", {"after": after})

    assert answer.status_code == 404


def test_a_name_is_changed(client_as: SignIn, nurse: User, janet: Patient) -> None:
    data = filled_in(family_name="Jones", given_names="Janet", birth_date="1959-03-09")

    client_as(nurse).post(f"/patients/{janet.pk}/edit/", {**data, "version": janet.version})

    janet.refresh_from_db()
    assert janet.family_name == "Jones"


def test_a_stale_form_saves_nothing_keeps_what_was_typed_and_can_be_saved_again(
    client_as: SignIn, nurse: User, janet: Patient
) -> None:
    client, url = client_as(nurse), f"/patients/{janet.pk}/edit/"
    opened = filled_in(family_name="Jones", version=janet.version)
    client.post(url, filled_in(family_name="Smith", version=janet.version))

    refused = client.post(url, opened)

    assert "was changed by somebody else" in refused.content.decode()
    assert 'value="Jones"' in refused.content.decode()
    assert "The record now says: Smith." in refused.content.decode()
    janet.refresh_from_db()
    assert janet.family_name == "Smith"
    client.post(url, {**opened, "version": refused.context["form"]["version"].value()})
    janet.refresh_from_db()
    assert janet.family_name == "Jones"


def test_a_record_is_closed_with_a_reason_and_opened_again(
    client_as: SignIn, nurse: User, janet: Patient
) -> None:
    client, url = client_as(nurse), f"/patients/{janet.pk}/care-status/"
    moved = {"status": "transferred", "since": "2026-05-01", "reason": "Moved to Leeds"}

    client.post(url, {"key": str(uuid.uuid4()), "version": 1, **moved})
    janet.refresh_from_db()
    closed = (janet.status, janet.status_since)
    back = {"status": "active", "since": "", "reason": "Came back"}
    client.post(url, {"key": str(uuid.uuid4()), "version": janet.version, **back})

    janet.refresh_from_db()
    assert closed == ("transferred", date(2026, 5, 1))
    assert (janet.status, janet.status_since) == ("active", None)


def test_a_closing_without_its_date_is_refused(
    client_as: SignIn, nurse: User, janet: Patient
) -> None:
    data = {"key": str(uuid.uuid4()), "status": "deceased", "since": "", "reason": "Told by son"}

    answer = client_as(nurse).post(f"/patients/{janet.pk}/care-status/", data)

    assert "Enter the date from which this holds." in answer.content.decode()


def test_time_away_is_shown_in_the_banner(client_as: SignIn, nurse: User, janet: Patient) -> None:
    data = {"key": str(uuid.uuid4()), "start": "2026-05-20", "until": "2026-06-20", "note": ""}

    answer = client_as(nurse).post(f"/patients/{janet.pk}/away/", data, follow=True)

    assert "Away 20 May 2026 to 20 June 2026" in answer.content.decode()
