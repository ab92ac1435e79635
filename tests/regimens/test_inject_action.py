"""Giving an injection: once, answered for, never refused for good, and undone for ten minutes."""

from __future__ import annotations

import threading
import uuid
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connections
from people import NOW, TODAY, days_before, diagnose, inject, make_clinic, make_user, register

from b12tracker.clinics.models import User
from patients.actions.errors import Refused, Stale
from patients.actions.facts import record_allergy
from patients.models import Injection, Patient
from regimens.actions.inject import give_injection, undo_injection
from regimens.actions.safety import Unanswered
from regimens.models import Course, Status


def give(patient: Patient, by: User, given_at: datetime = NOW, **changed: Any) -> Injection:
    """An ordinary dose, now, with nothing answered, but for what is changed."""
    ordinary: dict[str, Any] = {
        "drug": "hydroxocobalamin",
        "amount_ug": Decimal(1000),
        "route": "IM",
        "site": "deltoid-left",
        "given_by": str(by),
        "answers": {},
        "at": NOW,
    }
    return give_injection(patient=patient, given_at=given_at, by=by, **{**ordinary, **changed})


@pytest.fixture
def treated(janet: Patient, prescriber: User, nurse: User) -> Patient:
    """Janet in maintenance: six loading doses in January, then every three months."""
    diagnose(janet, nurse, date(2026, 1, 2))
    Course.objects.create(
        patient=janet,
        start=date(2026, 1, 5),
        regimen="im-standard",
        interval="P3M",
        recorded_at=NOW,
        recorded_by=prescriber,
    )
    inject(janet, nurse, *(date(2026, 1, day) for day in (5, 7, 9, 12, 14, 16)))
    return janet


def test_a_dose_given_moves_the_next_date(treated: Patient, nurse: User) -> None:
    # Act
    give(treated, nurse)

    # Assert
    assert Status.objects.get(patient=treated).due == date(2026, 8, 25)


def test_the_same_form_sent_twice_makes_one_dose(treated: Patient, nurse: User) -> None:
    # Arrange
    key = uuid.uuid4()

    # Act
    first = give(treated, nurse, key=key)
    second = give(treated, nurse, key=key)

    # Assert
    assert first.pk == second.pk
    assert Injection.objects.filter(patient=treated, given_on=TODAY).count() == 1


def test_a_second_dose_on_one_day_is_asked_about(treated: Patient, nurse: User) -> None:
    # Arrange
    give(treated, nurse)

    # Act
    with pytest.raises(Unanswered) as refused:
        give(treated, nurse)

    # Assert
    assert "duplicate-dose" in {concern.code for concern in refused.value.concerns}
    assert Injection.objects.filter(patient=treated, given_on=TODAY).count() == 1


def test_a_second_dose_that_was_given_is_recorded_once_answered(
    treated: Patient, nurse: User
) -> None:
    # Arrange
    give(treated, nurse)
    answers = {"duplicate-dose": "", "dose-early": ""}

    # Act
    second = give(treated, nurse, answers=answers)

    # Assert
    assert {"code": "duplicate-dose", "severity": "warning", "reason": ""} in second.acknowledged


def test_a_critical_concern_needs_a_reason_beside_its_tick(treated: Patient, nurse: User) -> None:
    # Arrange
    record_allergy(patient=treated, substance="cobalt", date=days_before(30), by=nurse, at=NOW)

    # Act
    with pytest.raises(Unanswered) as refused:
        give(treated, nurse, answers={"cobalamin-allergy": "  "})

    # Assert
    assert [concern.code for concern in refused.value.concerns] == ["cobalamin-allergy"]


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"site": "buttock-left"}, "site-gluteal"),
        ({"route": "IV"}, "route-intravenous"),
        ({"amount_ug": Decimal(500)}, "dose-nonstandard"),
        ({"amount_ug": Decimal(5_000_000)}, "dose-nonstandard"),
        ({"expiry": date(2026, 4, 30), "lot": "A1"}, "lot-expired"),
        ({"given_at": NOW.replace(month=2)}, "dose-early"),
    ],
)
def test_a_dose_that_was_given_is_never_refused_for_good(
    treated: Patient, nurse: User, changed: dict[str, Any], code: str
) -> None:
    # Arrange
    with pytest.raises(Unanswered) as refused:
        give(treated, nurse, **changed)
    concerns = refused.value.concerns

    # Act
    made = give(
        treated, nurse, **changed, answers={concern.code: "Given so" for concern in concerns}
    )

    # Assert
    assert code in {kept["code"] for kept in made.acknowledged}


def test_an_ordinary_dose_asks_nothing(treated: Patient, nurse: User) -> None:
    assert give(treated, nurse, expiry=TODAY, lot="A1").acknowledged == []


@pytest.mark.parametrize(
    ("given_at", "field"),
    [
        (NOW + timedelta(days=1), "given_on"),
        (NOW + timedelta(hours=1), "given_time"),
        (NOW.replace(year=1950), "given_on"),
    ],
)
def test_what_cannot_be_is_refused(
    treated: Patient, nurse: User, given_at: datetime, field: str
) -> None:
    with pytest.raises(Refused) as refused:
        give(treated, nurse, given_at)

    assert refused.value.field == field


def test_a_form_older_than_the_record_is_refused(treated: Patient, nurse: User) -> None:
    treated.refresh_from_db()
    seen = treated.version
    give(treated, nurse, NOW - timedelta(days=1))

    with pytest.raises(Stale):
        give(treated, nurse, version=seen)


def test_undo_strikes_the_dose_out_and_brings_the_old_date_back(
    treated: Patient, nurse: User
) -> None:
    # Arrange
    made = give(treated, nurse)

    # Act
    undo_injection(injection=made, by=nurse, at=NOW + timedelta(minutes=10))

    # Assert
    made.refresh_from_db()
    assert made.void_reason == "Undone just after it was recorded."
    assert Status.objects.get(patient=treated).due == date(2026, 4, 16)


def test_undo_is_refused_after_ten_minutes(treated: Patient, nurse: User) -> None:
    made = give(treated, nurse)

    with pytest.raises(Refused, match="void it on the chart"):
        undo_injection(injection=made, by=nurse, at=NOW + timedelta(minutes=10, seconds=1))


def test_a_manager_records_no_dose(treated: Patient, manager: User) -> None:
    with pytest.raises(Refused, match="Only a nurse or prescriber"):
        give(treated, manager)


@pytest.mark.django_db(transaction=True)
def test_of_two_nurses_who_give_at_once_the_second_is_asked_about_the_first() -> None:
    # Arrange
    clinic = make_clinic("Riverside")
    nurses = [make_user(name, clinic, "nurse") for name in ("nora", "nils")]
    patient = register(nurses[0], clinic)
    start = threading.Barrier(2)
    outcomes: list[Injection | list[str]] = []

    def save(by: User) -> None:
        start.wait()
        try:
            outcomes.append(give(patient, by, key=uuid.uuid4()))
        except Unanswered as refused:
            outcomes.append([concern.code for concern in refused.concerns])
        finally:
            connections.close_all()

    # Act
    threads = [threading.Thread(target=save, args=(nurse,)) for nurse in nurses]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    # Assert
    assert Injection.objects.count() == 1
    assert ["duplicate-dose"] in outcomes
