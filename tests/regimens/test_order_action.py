"""Ordering: prescribers only, with reasons where they are due, and overrides that are kept."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from people import NOW, TODAY, days_before, diagnose, inject, measure, review

from b12tracker.audit.models import AuditEvent
from b12tracker.clinics.models import User
from patients.actions.errors import Refused, Stale
from patients.actions.facts import record_allergy
from patients.models import Patient
from regimens.actions.order import (
    add_extra_recheck,
    end_course,
    end_loading,
    order_course,
    switch_rechecks_off,
    switch_rechecks_on,
    void_order,
)
from regimens.actions.safety import Unanswered
from regimens.models import Course, ExtraRecheck, RechecksOff, Status


def order(patient: Patient, by: User, **changed: Any) -> Course:
    """An ordinary order from today, but for what is changed."""
    ordinary: dict[str, Any] = {
        "start": TODAY,
        "regimen": "im-standard",
        "interval": "P3M",
        "drug": "hydroxocobalamin",
        "answers": {},
    }
    return order_course(patient=patient, by=by, at=NOW, **{**ordinary, **changed})


@pytest.fixture
def deficient(janet: Patient, nurse: User) -> Patient:
    """Janet with pernicious anaemia and no neurological symptom."""
    diagnose(janet, nurse, days_before(3))
    return janet


def test_an_order_starts_the_forecast(deficient: Patient, prescriber: User) -> None:
    # Act
    order(deficient, prescriber)

    # Assert
    status = Status.objects.get(patient=deficient)
    assert (status.phase, status.due) == ("loading", TODAY)


def test_a_nurse_cannot_order(deficient: Patient, nurse: User) -> None:
    with pytest.raises(Refused, match="Only a prescriber of Riverside"):
        order(deficient, nurse)


def test_the_same_order_sent_twice_is_one_course(deficient: Patient, prescriber: User) -> None:
    # Arrange
    key = uuid.uuid4()

    # Act
    first, second = (order(deficient, prescriber, key=key) for _ in range(2))

    # Assert
    assert first.pk == second.pk
    assert Course.objects.count() == 1


def test_an_order_against_an_older_record_is_refused(
    deficient: Patient, prescriber: User, nurse: User
) -> None:
    deficient.refresh_from_db()
    seen = deficient.version
    review(deficient, nurse, TODAY, "new", "paraesthesia")

    with pytest.raises(Stale):
        order(deficient, prescriber, version=seen)


def test_another_regimen_than_the_suggested_one_needs_a_reason(
    deficient: Patient, prescriber: User
) -> None:
    with pytest.raises(Refused) as refused:
        order(deficient, prescriber, regimen="im-ileal", interval="P1M")

    assert refused.value.field == "reason"


def test_the_equal_alternative_needs_no_reason(deficient: Patient, prescriber: User) -> None:
    made = order(deficient, prescriber, regimen="oral", interval="", oral_daily_ug=Decimal(1000))

    assert made.reason == ""


def test_an_interval_outside_the_options_needs_a_reason(
    deficient: Patient, prescriber: User
) -> None:
    with pytest.raises(Refused, match="outside the regimen's own"):
        order(deficient, prescriber, interval="P6W")


def test_an_interval_of_ones_own_is_ordered_with_its_reason(
    deficient: Patient, prescriber: User
) -> None:
    made = order(deficient, prescriber, interval="P6W", reason="Symptoms come back at week 7")

    assert made.interval == "P6W"


def test_two_orders_on_one_day_are_refused(deficient: Patient, prescriber: User) -> None:
    order(deficient, prescriber)

    with pytest.raises(Refused, match="Another order already starts on 25 May 2026"):
        order(deficient, prescriber)


def test_a_start_before_birth_is_refused(deficient: Patient, prescriber: User) -> None:
    with pytest.raises(Refused, match="before the patient was born"):
        order(deficient, prescriber, start=date(1950, 1, 1))


def test_a_critical_flag_stops_the_order_until_it_is_overridden_with_a_reason(
    deficient: Patient, prescriber: User, nurse: User
) -> None:
    # Arrange
    record_allergy(patient=deficient, substance="cobalt", date=TODAY, by=nurse, at=NOW)

    # Act
    with pytest.raises(Unanswered):
        order(deficient, prescriber, answers={"cobalamin-allergy": ""})
    made = order(deficient, prescriber, answers={"cobalamin-allergy": "Desensitised 2024"})

    # Assert
    assert made.acknowledged[0]["reason"] == "Desensitised 2024"


def test_cyanocobalamin_in_kidney_failure_stops_the_order(
    deficient: Patient, prescriber: User, nurse: User
) -> None:
    measure(deficient, nurse, days_before(5), egfr=("22", "mL/min/{1.73_m2}"))

    with pytest.raises(Unanswered) as refused:
        order(deficient, prescriber, drug="cyanocobalamin")

    assert [(c.code, c.severity) for c in refused.value.concerns] == [
        ("cyanocobalamin-renal", "critical")
    ]


def test_less_than_the_suggested_treatment_must_be_acknowledged(
    deficient: Patient, prescriber: User, nurse: User
) -> None:
    review(deficient, nurse, TODAY, "new", "paraesthesia")

    with pytest.raises(Unanswered) as refused:
        order(deficient, prescriber, reason="Patient's wish")

    assert "regimen-mismatch" in {concern.code for concern in refused.value.concerns}


def test_ending_a_lifelong_treatment_needs_an_answer_with_a_reason(
    deficient: Patient, prescriber: User
) -> None:
    # Arrange
    course = order(deficient, prescriber, start=days_before(30))
    ended: dict[str, Any] = {
        "course": course,
        "end": TODAY,
        "end_reason": "Moves abroad",
        "by": prescriber,
        "at": NOW,
    }

    # Act
    with pytest.raises(Unanswered):
        end_course(**ended, answers={})
    end_course(**ended, answers={"lifelong-treatment-stop": "Goes on at her new clinic"})

    # Assert
    course.refresh_from_db()
    assert (course.end, course.end_reason) == (TODAY, "Moves abroad")
    assert course.acknowledged[-1]["code"] == "lifelong-treatment-stop"


def test_a_course_does_not_end_before_it_starts(deficient: Patient, prescriber: User) -> None:
    course = order(deficient, prescriber)

    with pytest.raises(Refused, match="cannot be before the start"):
        end_course(
            course=course,
            end=days_before(1),
            end_reason="Mistake",
            answers={},
            by=prescriber,
            at=NOW,
        )


def test_loading_ended_early_begins_maintenance(
    deficient: Patient, prescriber: User, nurse: User
) -> None:
    # Arrange
    course = order(deficient, prescriber, start=days_before(10))
    inject(deficient, nurse, days_before(10), days_before(8))

    # Act
    end_loading(course=course, loading_ended=TODAY, by=prescriber, at=NOW)

    # Assert
    assert Status.objects.get(patient=deficient).phase == "maintenance"


def test_loading_cannot_end_in_the_future(deficient: Patient, prescriber: User) -> None:
    course = order(deficient, prescriber)

    with pytest.raises(Refused, match="cannot be in the future"):
        end_loading(course=course, loading_ended=date(2026, 5, 26), by=prescriber, at=NOW)


def test_an_extra_recheck_appears_among_the_rechecks(deficient: Patient, prescriber: User) -> None:
    add_extra_recheck(patient=deficient, date=date(2026, 6, 1), by=prescriber, at=NOW)

    assert Status.objects.get(patient=deficient).recheck_due == date(2026, 6, 1)


def test_switching_rechecks_off_must_be_acknowledged_and_can_be_ended(
    deficient: Patient, prescriber: User
) -> None:
    # Arrange
    off: dict[str, Any] = {
        "patient": deficient,
        "start": TODAY,
        "end": None,
        "reason": "Palliative care",
        "by": prescriber,
        "at": NOW,
    }

    # Act
    with pytest.raises(Unanswered):
        switch_rechecks_off(**off, answers={})
    spell = switch_rechecks_off(**off, answers={"monitoring-stopped": ""})
    during = Status.objects.get(patient=deficient).flags
    switch_rechecks_on(spell=spell, by=prescriber, at=NOW)

    # Assert
    assert "monitoring-stopped" in during
    assert "monitoring-stopped" not in Status.objects.get(patient=deficient).flags


@pytest.mark.parametrize("kind", ["course", "extra-recheck", "rechecks-off"])
def test_only_a_prescriber_voids_an_order(
    deficient: Patient, prescriber: User, nurse: User, kind: str
) -> None:
    # Arrange
    orders: dict[str, Callable[[], Course | ExtraRecheck | RechecksOff]] = {
        "course": lambda: order(deficient, prescriber),
        "extra-recheck": lambda: add_extra_recheck(
            patient=deficient, date=TODAY, by=prescriber, at=NOW
        ),
        "rechecks-off": lambda: switch_rechecks_off(
            patient=deficient,
            start=TODAY,
            end=None,
            reason="Abroad",
            answers={"monitoring-stopped": ""},
            by=prescriber,
            at=NOW,
        ),
    }
    made = orders[kind]()

    # Act
    with pytest.raises(Refused):
        void_order(order=made, reason="Wrong patient", by=nurse, at=NOW)
    void_order(order=made, reason="Wrong patient", by=prescriber, at=NOW)

    # Assert
    made.refresh_from_db()
    assert made.is_voided


def test_every_order_is_in_the_audit_trail(deficient: Patient, prescriber: User) -> None:
    order(deficient, prescriber)

    event = AuditEvent.objects.get(action="course.order")
    assert (event.actor, event.patient_id) == ("prescriber", deficient.pk)
