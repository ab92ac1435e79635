"""Single facts are added, ended and voided; a wrong one stays visible."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from people import NOW, inject, measure, register

from b12tracker.clinics.models import Clinic, User
from patients.actions.facts import record_medicine
from patients.models import (
    Allergy,
    Condition,
    Diagnosis,
    FolicAcidUse,
    Injection,
    LabResult,
    MedicineUse,
    Patient,
    PatientIdentifier,
    Reaction,
    SymptomReview,
)

type SignIn = Callable[[User], Client]

KINDS: list[tuple[str, type, dict[str, Any]]] = [
    ("diagnosis", Diagnosis, {"cause": "dietary", "date": "2026-05-01"}),
    (
        "condition",
        Condition,
        {"code": "ileal-resection", "onset": "2019-04-02", "length_cm": "25.5"},
    ),
    (
        "symptoms",
        SymptomReview,
        {"date": "2026-05-25", "direction": "new", "symptoms": ["paraesthesia"]},
    ),
    ("medicine", MedicineUse, {"code": "metformin", "start": "2020-01-01"}),
    ("folic-acid", FolicAcidUse, {"start": "2026-01-01", "end": "2026-02-01"}),
    ("allergy", Allergy, {"substance": "cobalt", "date": "2026-05-25", "reaction": "Rash"}),
    ("identifier", PatientIdentifier, {"system": "clinic-number", "value": "R-7"}),
]


def sent(**data: Any) -> dict[str, Any]:
    """A form with a fresh key."""
    return {"key": str(uuid.uuid4()), **data}


@pytest.mark.parametrize(("kind", "model", "data"), KINDS)
def test_a_fact_is_added_and_shown_on_the_chart(
    kind: str, model: Any, data: dict[str, Any], client_as: SignIn, nurse: User, janet: Patient
) -> None:
    client, url = client_as(nurse), f"/patients/{janet.pk}/facts/{kind}/new/"
    assert client.get(url).status_code == 200

    answer = client.post(url, sent(**data), follow=True)

    fact = model.objects.get()
    assert fact.patient == janet
    assert f"/facts/{kind}/{fact.pk}/void/" in answer.content.decode()


@pytest.mark.parametrize(("kind", "model", "data"), KINDS)
def test_the_same_form_sent_twice_adds_one_fact(
    kind: str, model: Any, data: dict[str, Any], client_as: SignIn, nurse: User, janet: Patient
) -> None:
    client, url, form = client_as(nurse), f"/patients/{janet.pk}/facts/{kind}/new/", sent(**data)
    client.post(url, form)

    again = client.post(url, form)

    assert again.status_code == 302
    assert model.objects.count() == 1


@pytest.mark.parametrize(
    ("kind", "data", "sentence"),
    [
        ("allergy", {"substance": "cobalt", "date": "2026-05-26"}, "cannot be in the future"),
        ("allergy", {"substance": "cobalt", "date": "1959-03-08"}, "before the patient was born"),
        (
            "medicine",
            {"code": "ppi", "start": "2026-02-01", "end": "2026-01-01"},
            "before the start",
        ),
        ("symptoms", {"date": "2026-05-25", "direction": "new"}, "Tick the symptoms"),
        (
            "symptoms",
            {"date": "2026-05-25", "direction": "none", "symptoms": ["fatigue"]},
            "Choose one of the two",
        ),
        (
            "condition",
            {"code": "gastrectomy", "onset": "2020-01-01", "length_cm": "20"},
            "only for an ileal resection",
        ),
        (
            "condition",
            {"code": "ileal-resection", "onset": "2020-01-01", "length_cm": "0"},
            "above 0",
        ),
        ("identifier", {"system": "nhs-number", "value": "123"}, "not a valid NHS number"),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(
    kind: str,
    data: dict[str, Any],
    sentence: str,
    client_as: SignIn,
    nurse: User,
    janet: Patient,
) -> None:
    answer = client_as(nurse).post(f"/patients/{janet.pk}/facts/{kind}/new/", sent(**data))

    assert sentence in answer.content.decode()


def test_a_note_of_10_000_characters_is_kept_whole(
    client_as: SignIn, nurse: User, janet: Patient
) -> None:
    note = "a\r\n" * 4_999 + "\U0001f489."
    data = sent(code="ppi", start="2026-01-01", note=note)

    client_as(nurse).post(f"/patients/{janet.pk}/facts/medicine/new/", data)

    assert MedicineUse.objects.get().note == "a\n" * 4_999 + "\U0001f489."


def test_a_note_of_10_001_characters_is_refused_and_not_lost(
    client_as: SignIn, nurse: User, janet: Patient
) -> None:
    data = sent(code="ppi", start="2026-01-01", note="n" * 10_001)

    answer = client_as(nurse).post(f"/patients/{janet.pk}/facts/medicine/new/", data)

    page = answer.content.decode()
    assert "This note has 10,001 characters. Shorten it to 10,000." in page
    assert "n" * 10_001 in page
    assert not MedicineUse.objects.exists()


def test_a_reaction_belongs_to_its_injection(
    client_as: SignIn, nurse: User, janet: Patient
) -> None:
    dose = inject(janet, nurse, date(2026, 5, 1))[0]
    url = f"/patients/{janet.pk}/facts/reaction/new/?injection={dose.pk}"

    client_as(nurse).post(url, sent(date="2026-05-02", description="Itching"))

    assert Reaction.objects.get().injection == dose


@pytest.mark.parametrize("number", ["", "x", "999999", "9" * 40])
def test_a_reaction_to_no_injection_is_not_found(
    number: str, client_as: SignIn, nurse: User, janet: Patient
) -> None:
    answer = client_as(nurse).get(
        f"/patients/{janet.pk}/facts/reaction/new/", {"injection": number}
    )

    assert answer.status_code == 404


def test_an_injection_of_somebody_else_has_no_reaction_here(
    client_as: SignIn, nurse: User, riverside: Clinic, janet: Patient
) -> None:
    other = register(nurse, riverside, given_names="Joan")
    dose = inject(other, nurse, date(2026, 5, 1))[0]

    answer = client_as(nurse).get(
        f"/patients/{janet.pk}/facts/reaction/new/", {"injection": dose.pk}
    )

    assert answer.status_code == 404


def test_a_void_is_shown_first_and_written_only_when_sent(
    client_as: SignIn, nurse: User, janet: Patient
) -> None:
    dose = inject(janet, nurse, date(2026, 5, 1))[0]
    client, url = client_as(nurse), f"/patients/{janet.pk}/facts/injection/{dose.pk}/void/"

    shown = client.get(url)
    dose.refresh_from_db()

    assert "Hydroxocobalamin 1000 micrograms, IM" in shown.content.decode()
    assert not dose.is_voided


def test_a_voided_injection_stays_on_the_chart_with_its_reason(
    client_as: SignIn, nurse: User, janet: Patient
) -> None:
    dose = inject(janet, nurse, date(2026, 5, 1))[0]
    url = f"/patients/{janet.pk}/facts/injection/{dose.pk}/void/"

    answer = client_as(nurse).post(url, sent(reason="Wrong patient <i>"), follow=True)

    page = answer.content.decode()
    assert Injection.objects.get().is_voided
    assert "Wrong patient &lt;i&gt;" in page
    assert 'class="app-void"' in page


def test_a_void_without_a_reason_is_refused(client_as: SignIn, nurse: User, janet: Patient) -> None:
    result = measure(janet, nurse, date(2026, 5, 1), b12=("520", "pg/mL"))[0]
    url = f"/patients/{janet.pk}/facts/result/{result.pk}/void/"

    answer = client_as(nurse).post(url, sent(reason=" "))

    assert "Say why this entry is wrong." in answer.content.decode()
    assert not LabResult.objects.get().is_voided


def test_a_manager_may_not_void(
    client_as: SignIn, manager: User, nurse: User, janet: Patient
) -> None:
    result = measure(janet, nurse, date(2026, 5, 1), b12=("520", "pg/mL"))[0]
    url = f"/patients/{janet.pk}/facts/result/{result.pk}/void/"

    answer = client_as(manager).post(url, sent(reason="Wrong"))

    assert answer.status_code == 403


def test_a_fact_of_another_patient_is_not_found_here(
    client_as: SignIn, nurse: User, riverside: Clinic, janet: Patient
) -> None:
    other = register(nurse, riverside, given_names="Joan")
    dose = inject(other, nurse, date(2026, 5, 1))[0]

    answer = client_as(nurse).get(f"/patients/{janet.pk}/facts/injection/{dose.pk}/void/")

    assert answer.status_code == 404


def test_a_medicine_ends(client_as: SignIn, nurse: User, janet: Patient) -> None:
    use = record_medicine(
        patient=janet, by=nurse, at=NOW, code="ppi", start=date(2026, 1, 1), end=None
    )
    url = f"/patients/{janet.pk}/facts/medicine/{use.pk}/end/"

    client_as(nurse).post(url, sent(end="2026-05-01"))

    use.refresh_from_db()
    assert use.end == date(2026, 5, 1)


def test_a_medicine_does_not_end_before_it_began(
    client_as: SignIn, nurse: User, janet: Patient
) -> None:
    use = record_medicine(
        patient=janet, by=nurse, at=NOW, code="ppi", start=date(2026, 1, 1), end=None
    )
    url = f"/patients/{janet.pk}/facts/medicine/{use.pk}/end/"

    answer = client_as(nurse).post(url, sent(end="2025-12-31"))

    assert "The end cannot be before the start." in answer.content.decode()


@pytest.mark.parametrize("kind", ["unknown", "injection", "absence"])
def test_a_kind_that_is_not_added_here_is_not_found(
    kind: str, client_as: SignIn, nurse: User, janet: Patient
) -> None:
    answer = client_as(nurse).get(f"/patients/{janet.pk}/facts/{kind}/new/")

    assert answer.status_code == 404


def test_a_form_without_a_token_saves_nothing(nurse: User, janet: Patient, at_now: object) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(nurse, backend="allauth.account.auth_backends.AuthenticationBackend")
    data = sent(substance="cobalt", date="2026-05-25")

    answer = client.post(f"/patients/{janet.pk}/facts/allergy/new/", data)

    assert answer.status_code == 403
    assert not Allergy.objects.exists()
