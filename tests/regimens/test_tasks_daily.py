"""The daily job of each clinic, by its own calendar."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django_q.models import OrmQ
from people import NOW, diagnose, inject, make_clinic, make_user, measure, register
from pytest_django import DjangoAssertNumQueries

from b12tracker.clinics.models import Clinic, User
from b12tracker.jobs.ledger import CLINIC_DAY, last_run
from b12tracker.jobs.models import JobRun
from patients.actions.facts import void_fact
from patients.actions.injections import record_injection
from patients.models import Injection, Patient
from regimens.actions import refresh as refreshing
from regimens.actions.order import order_course
from regimens.engine.assessment import Assessment
from regimens.engine.facts import Facts
from regimens.models import Reminder, Status
from regimens.tasks import clinic_day, daily

LAST_DOSE = date(2026, 3, 23)  # the next one, every 12 weeks, is due on 15 June 2026
DUE = date(2026, 6, 15)
LOADING = [date(2025, 11, 24) + timedelta(days=n) for n in (0, 2, 4, 7, 9, 11)]


def treated(by: User, clinic: Clinic, last: date = LAST_DOSE, **who: Any) -> Patient:
    """Somebody in maintenance every 12 weeks, rechecked in good time, last dosed on a day."""
    patient = register(by, clinic, at=NOW - timedelta(days=300), **who)
    diagnose(patient, by, date(2025, 11, 20))
    order_course(
        patient=patient, start=LOADING[0], regimen="im-standard", interval="P12W",
        drug="hydroxocobalamin", answers={}, by=by, at=NOW, reason="Agreed.",
    )  # fmt: skip
    inject(patient, by, *LOADING, last)
    values = {
        "b12": ("520", "ng/L"), "homocysteine": ("7", "umol/L"), "mma": ("150", "nmol/L"),
        "haemoglobin": ("140", "g/L"), "mcv": ("90", "fL"), "egfr": ("90", "mL/min/{1.73_m2}"),
    }  # fmt: skip
    for day in (date(2026, 2, 25), date(2026, 5, 23)):
        measure(patient, by, day, **values)
    return patient


def night(clinic: Clinic, day: date) -> None:
    """The clinic's daily job on a date, early in its morning."""
    early = datetime(day.year, day.month, day.day, 0, 10, tzinfo=ZoneInfo(clinic.time_zone))
    with time_machine.travel(early, tick=False):
        clinic_day(str(clinic.pk))


def give(patient: Patient, by: User, day: date) -> Injection:
    """The next injection, on a later day than the cast's own today."""
    moment = datetime.combine(day, time(10), tzinfo=ZoneInfo("Europe/London"))
    return record_injection(
        patient=patient, given_at=moment, by=by, at=moment, drug="hydroxocobalamin",
        amount_ug=1000, route="IM", site="deltoid-left", given_by=str(by),
    )  # fmt: skip


def doses() -> list[tuple[str, str]]:
    rows = Reminder.objects.filter(kind="dose", for_date=DUE).order_by("on")
    return list(rows.values_list("step", "state"))


@pytest.fixture
def patient(prescriber: User, riverside: Clinic) -> Patient:
    return treated(prescriber, riverside)


def test_a_reminder_is_made_on_the_day_its_step_comes(patient: Patient, riverside: Clinic) -> None:
    night(riverside, DUE)

    assert ("due", "open") in doses()


def test_the_next_step_overtakes_the_one_before(patient: Patient, riverside: Clinic) -> None:
    night(riverside, DUE)

    night(riverside, DUE + timedelta(days=1))

    assert doses() == [("due", "overtaken"), ("late", "open")]


def test_the_same_night_twice_writes_nothing(patient: Patient, riverside: Clinic) -> None:
    night(riverside, DUE)
    before = list(Reminder.objects.values()), list(Status.objects.values())

    night(riverside, DUE)

    assert (list(Reminder.objects.values()), list(Status.objects.values())) == before
    assert JobRun.objects.get().attempts == 1


def test_three_missed_nights_end_in_the_last_reminder_alone(
    patient: Patient, riverside: Clinic
) -> None:
    night(riverside, date(2026, 5, 26))
    made_before = Reminder.objects.filter(kind="dose").count()

    night(riverside, DUE + timedelta(days=3))

    assert made_before == 0
    assert Reminder.objects.filter(kind="dose", state="open").count() == 1
    assert Reminder.objects.filter(kind="dose").count() == 1
    assert Status.objects.get().assessed_on == DUE + timedelta(days=3)


def test_a_step_reached_by_new_facts_is_made_in_the_next_night(
    patient: Patient, riverside: Clinic, prescriber: User
) -> None:
    night(riverside, date(2026, 5, 26))
    give(patient, prescriber, DUE)
    given = patient.injection_set.get(given_on=DUE)
    void_fact(fact=given, reason="Wrong patient.", by=prescriber, at=given.given_at)
    assert doses() == []

    night(riverside, DUE)

    assert doses() == [("due", "open")]


def test_a_dose_closes_its_reminder_at_once(
    patient: Patient, riverside: Clinic, prescriber: User
) -> None:
    night(riverside, DUE)

    give(patient, prescriber, DUE)

    assert {state for _, state in doses()} == {"closed"}


def test_a_voided_dose_brings_its_reminder_back(
    patient: Patient, riverside: Clinic, prescriber: User
) -> None:
    night(riverside, DUE)
    given = give(patient, prescriber, DUE)

    void_fact(fact=given, reason="Wrong patient.", by=prescriber, at=given.given_at)

    assert ("due", "open") in doses()


def test_only_whose_answer_changes_is_looked_at(
    prescriber: User, riverside: Clinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    changing = treated(prescriber, riverside, given_names="Changing")
    treated(prescriber, riverside, last=date(2026, 4, 20), given_names="Quiet")
    night(riverside, DUE)
    asked: list[Any] = []
    real = refreshing.refresh_chunk

    def watch(patient_ids: Sequence[Any], **when: Any) -> Any:
        asked.extend(patient_ids)
        return real(patient_ids, **when)

    monkeypatch.setattr("regimens.tasks.refresh_chunk", watch)
    turn = Status.objects.get(patient=changing).changes_on
    assert turn is not None

    night(riverside, turn)

    assert asked == [changing.pk]


def test_somebody_without_a_status_gets_one(patient: Patient, riverside: Clinic) -> None:
    night(riverside, DUE)
    Status.objects.all().delete()

    night(riverside, DUE + timedelta(days=1))

    assert Status.objects.get().patient == patient


def test_one_who_cannot_be_assessed_hides_nobody_and_is_named(
    prescriber: User, riverside: Clinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = [treated(prescriber, riverside, given_names=f"Good {n}") for n in range(4)]
    bad = treated(prescriber, riverside, birth_date=date(1950, 1, 1), given_names="Bad")
    real = refreshing.assess

    def trip(facts: Facts, today: date) -> Assessment:
        if facts.patient.birth_date == date(1950, 1, 1):
            raise ZeroDivisionError("Bad Williams")
        return real(facts, today)

    monkeypatch.setattr(refreshing, "assess", trip)

    night(riverside, DUE)

    run = last_run(riverside)
    assert run is not None and run.state == JobRun.State.FAILED
    assert run.summary["failed"] == [str(bad.pk)]
    assert run.summary["assessed"] == len(good)
    reminded = set(Reminder.objects.filter(step="due").values_list("patient", flat=True))
    assert reminded == {patient.pk for patient in good}


def test_a_day_that_left_somebody_out_is_tried_again(
    patient: Patient, riverside: Clinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(refreshing, "assess", lambda facts, today: 1 / 0)
        night(riverside, DUE)

    night(riverside, DUE)

    assert ("due", "open") in doses()
    assert JobRun.objects.get().state == JobRun.State.DONE


def test_more_patients_take_no_more_queries(
    prescriber: User, riverside: Clinic, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    treated(prescriber, riverside)
    for count in (0, 8):
        for number in range(count):
            treated(prescriber, riverside, given_names=f"Janet {number}")
        JobRun.objects.all().delete()
        with django_assert_max_num_queries(36):
            night(riverside, DUE)


# --- whose day it is ----------------------------------------------------------------


def queued() -> list[str]:
    """The clinics whose day waits in the queue."""
    return [str(task.task["args"][0]) for task in OrmQ.objects.all()]


@pytest.fixture
def far_west(db: None) -> Clinic:
    clinic = make_clinic("Far West", "America/Los_Angeles")
    make_user("nurse-west", clinic, "nurse")
    return clinic


def test_each_clinic_starts_its_own_day(riverside: Clinic, far_west: Clinic) -> None:
    night(riverside, date(2026, 5, 25))
    night(far_west, date(2026, 5, 24))

    # Ten past midnight in London is the afternoon of the day before out west.
    with time_machine.travel(datetime(2026, 5, 25, 0, 10, tzinfo=ZoneInfo("Europe/London"))):
        daily()

    assert queued() == []
    with time_machine.travel(datetime(2026, 5, 25, 0, 10, tzinfo=ZoneInfo(far_west.time_zone))):
        daily()
    assert queued() == [str(far_west.pk)]


def test_the_hour_that_comes_twice_starts_no_second_day(riverside: Clinic) -> None:
    first = datetime(2026, 10, 25, 1, 30, tzinfo=ZoneInfo("Europe/London"))
    with time_machine.travel(first, tick=False):
        clinic_day(str(riverside.pk))

    with time_machine.travel(first.replace(fold=1), tick=False):
        daily()

    assert queued() == []


def test_the_night_with_an_hour_less_has_its_day(riverside: Clinic) -> None:
    night(riverside, date(2026, 3, 28))

    with time_machine.travel(datetime(2026, 3, 29, 2, 5, tzinfo=ZoneInfo("Europe/London"))):
        daily()

    assert queued() == [str(riverside.pk)]


def test_the_ledger_names_the_clinic_and_its_date(riverside: Clinic) -> None:
    night(riverside, DUE)

    run = JobRun.objects.get()
    assert (run.name, run.key) == (CLINIC_DAY, f"{riverside.pk} 2026-06-15")
