"""The pages of prescribers: what they suggest, foretell and stop; and that others stay out."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from people import NOW, TODAY, days_before, diagnose, inject, make_user, review
from pytest_django import DjangoAssertNumQueries

from b12tracker.clinics.models import Clinic, User
from patients.actions.facts import record_allergy
from patients.models import Patient
from regimens.actions.order import add_extra_recheck, order_course
from regimens.models import Course, ExtraRecheck, RechecksOff, Status

SignIn = Callable[[User], Client]


@pytest.fixture
def deficient(janet: Patient, nurse: User) -> Patient:
    """Janet with pernicious anaemia and no neurological symptom."""
    diagnose(janet, nurse, days_before(3))
    janet.refresh_from_db()
    return janet


@pytest.fixture
def running(deficient: Patient, prescriber: User) -> Course:
    """Her course, every three months, begun ten days ago."""
    course = order_course(
        patient=deficient,
        start=days_before(10),
        regimen="im-standard",
        interval="P3M",
        drug="hydroxocobalamin",
        answers={},
        by=prescriber,
        at=NOW,
    )
    deficient.refresh_from_db()
    return course


@pytest.fixture
def prescriber2(hillside: Clinic) -> User:
    """Orders treatment at Hillside."""
    return make_user("prescriber2", hillside, "prescriber", name="Petra Hill")


def address(patient: Patient, name: str = "order-new", **more: Any) -> str:
    """A page about the patient."""
    return reverse(name, kwargs={"pk": patient.pk, **more})


def typed(patient: Patient, **changed: Any) -> dict[str, Any]:
    """The order form as a prescriber sends it."""
    ordinary = {
        "key": str(uuid.uuid4()),
        "version": str(patient.version),
        "regimen": "im-standard",
        "interval": "P3M",
        "drug": "hydroxocobalamin",
        "start": TODAY.isoformat(),
    }
    return {**ordinary, **changed}


def test_the_page_suggests_a_regimen_with_its_source(
    client_as: SignIn, prescriber: User, deficient: Patient
) -> None:
    # Act
    response = client_as(prescriber).get(address(deficient))

    # Assert
    assert "Suggested: Injections, without neurological symptoms, every 3 months" in response.text
    assert "Equal alternative: Tablets by mouth" in response.text
    assert "NICE NG239" in response.text


def test_what_is_suggested_is_preselected(
    client_as: SignIn, prescriber: User, deficient: Patient, nurse: User
) -> None:
    review(deficient, nurse, TODAY, "new", "paraesthesia")

    form = client_as(prescriber).get(address(deficient)).context["form"]

    assert (form.initial["regimen"], form.initial["interval"]) == ("im-neuro", "P2M")


def test_the_first_date_is_said_before_saving(
    client_as: SignIn, prescriber: User, deficient: Patient
) -> None:
    response = client_as(prescriber).post(
        address(deficient, "order-preview"), typed(deficient, start="2026-06-02")
    )

    assert "Next dose due 2 June 2026" in response.text
    assert not Course.objects.exists()


def test_a_nurse_is_told_that_she_cannot_order(
    client_as: SignIn, nurse: User, deficient: Patient
) -> None:
    response = client_as(nurse).get(address(deficient))

    assert response.status_code == 403
    assert "Your role in this clinic does not include this page." in response.text


def test_saving_the_order_starts_treatment(
    client_as: SignIn, prescriber: User, deficient: Patient
) -> None:
    client_as(prescriber).post(address(deficient), typed(deficient))

    assert Status.objects.get(patient=deficient).phase == "loading"


def test_a_double_click_makes_one_order(
    client_as: SignIn, prescriber: User, deficient: Patient
) -> None:
    client, form = client_as(prescriber), typed(deficient)

    answers = [client.post(address(deficient), form).status_code for _ in range(2)]

    assert answers == [302, 302]
    assert Course.objects.count() == 1


def test_an_interval_of_ones_own_takes_number_unit_and_reason(
    client_as: SignIn, prescriber: User, deficient: Patient
) -> None:
    form = typed(
        deficient, interval="other", other_count="6", other_unit="W", reason="Tired at week 7"
    )

    client_as(prescriber).post(address(deficient), form)

    assert Course.objects.get().interval == "P6W"


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"interval": "other"}, "Enter a number of months or weeks"),
        ({"interval": "P1M", "regimen": "im-neuro"}, "Say why you order another regimen"),
        ({"oral_daily_ug": "1000"}, "A daily amount belongs to tablets only"),
        ({"start": "1950-01-01"}, "before the patient was born"),
        ({"start": "soon"}, "Enter a date, such as 16/07/2026."),
    ],
)
def test_what_cannot_be_ordered_gets_a_sentence(
    client_as: SignIn,
    prescriber: User,
    deficient: Patient,
    changed: dict[str, Any],
    sentence: str,
) -> None:
    response = client_as(prescriber).post(address(deficient), typed(deficient, **changed))

    assert sentence in response.text
    assert not Course.objects.exists()


def test_an_override_without_a_reason_saves_nothing_and_keeps_the_form(
    client_as: SignIn, prescriber: User, deficient: Patient, nurse: User
) -> None:
    # Arrange
    record_allergy(patient=deficient, substance="cobalt", date=TODAY, by=nurse, at=NOW)
    deficient.refresh_from_db()
    client, form = client_as(prescriber), typed(deficient, note="Seen with her son")

    # Act
    stopped = client.post(address(deficient), {**form, "answer": ["cobalamin-allergy"]})
    client.post(
        address(deficient),
        {
            **form,
            "answer": ["cobalamin-allergy"],
            "reason-cobalamin-allergy": "Patch test negative",
        },
    )

    # Assert
    assert "Nothing has been saved yet" in stopped.text
    assert "Seen with her son" in stopped.text
    assert Course.objects.get().acknowledged[0]["reason"] == "Patch test negative"


def test_ending_a_lifelong_treatment_asks_who_and_why(
    client_as: SignIn, prescriber: User, running: Course
) -> None:
    # Arrange
    client = client_as(prescriber)
    page = address(running.patient, "order-end", course=running.pk)
    form = {
        "key": str(uuid.uuid4()),
        "end": TODAY.isoformat(),
        "end_reason": "Dr Ahmed: care passes to her new clinic",
    }

    # Act
    shown = client.get(page)
    stopped = client.post(page, form)
    client.post(
        page,
        {
            **form,
            "answer": ["lifelong-treatment-stop"],
            "reason-lifelong-treatment-stop": "Handed over",
        },
    )

    # Assert
    assert "Treatment is being stopped" in shown.text
    assert "Nothing has been saved yet" in stopped.text
    running.refresh_from_db()
    assert running.end == TODAY


def test_loading_can_be_ended_early(
    client_as: SignIn, prescriber: User, nurse: User, running: Course
) -> None:
    inject(running.patient, nurse, days_before(9))

    client_as(prescriber).post(
        address(running.patient, "order-loading-ended", course=running.pk),
        {"key": str(uuid.uuid4()), "loading_ended": TODAY.isoformat()},
    )

    assert Status.objects.get(patient=running.patient).phase == "maintenance"


def test_an_extra_recheck_is_set_by_its_date(
    client_as: SignIn, prescriber: User, deficient: Patient
) -> None:
    client_as(prescriber).post(
        address(deficient, "extra-recheck"),
        {"key": str(uuid.uuid4()), "date": "2026-07-01", "reason": "After her operation"},
    )

    assert ExtraRecheck.objects.get().date == date(2026, 7, 1)


def test_rechecks_are_switched_off_with_a_tick_and_on_again_with_a_click(
    client_as: SignIn, prescriber: User, deficient: Patient
) -> None:
    # Arrange
    client, page = client_as(prescriber), address(deficient, "rechecks-off")
    form = {"key": str(uuid.uuid4()), "start": TODAY.isoformat(), "reason": "Palliative care"}

    # Act
    client.post(page, {**form, "answer": ["monitoring-stopped"]})
    off = RechecksOff.objects.get()
    ended_before = off.end
    client.post(page, {"on": "yes"})

    # Assert
    off.refresh_from_db()
    assert (ended_before, off.end) == (None, TODAY)


def test_an_order_in_error_is_voided_with_a_reason(
    client_as: SignIn, prescriber: User, deficient: Patient
) -> None:
    made = add_extra_recheck(patient=deficient, date=TODAY, by=prescriber, at=NOW)

    client_as(prescriber).post(
        address(deficient, "order-void", kind="extra-recheck", fact=made.pk),
        {"key": str(uuid.uuid4()), "reason": "Meant for another patient"},
    )

    made.refresh_from_db()
    assert made.void_reason == "Meant for another patient"


@pytest.mark.parametrize(
    ("name", "more"),
    [
        ("order-new", {}),
        ("order-preview", {}),
        ("extra-recheck", {}),
        ("rechecks-off", {}),
        ("order-end", {"course": 1}),
        ("order-loading-ended", {"course": 1}),
        ("order-void", {"kind": "course", "fact": 1}),
    ],
)
def test_another_clinics_patient_is_not_there(
    client_as: SignIn,
    prescriber2: User,
    deficient: Patient,
    name: str,
    more: dict[str, Any],
) -> None:
    response = client_as(prescriber2).post(address(deficient, name, **more), typed(deficient))

    assert response.status_code == 404


def test_the_page_asks_as_much_of_the_database_after_many_doses(
    client_as: SignIn,
    prescriber: User,
    nurse: User,
    running: Course,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    # Arrange
    client = client_as(prescriber)
    with django_assert_max_num_queries(40) as few:
        client.get(address(running.patient))
    inject(running.patient, nurse, *(date(2020, month, 1) for month in range(1, 13)))

    # Act and assert
    with django_assert_max_num_queries(len(few.captured_queries)):
        client.get(address(running.patient))
