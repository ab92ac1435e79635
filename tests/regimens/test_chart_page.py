"""The chart shows the record beside the engine's answer, and costs the same for a long record."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from people import NOW, TODAY, days_before, diagnose, inject, measure, register, review

from b12tracker.audit.models import AuditEvent
from b12tracker.clinics.models import Clinic, User
from patients.actions.facts import (
    record_allergy,
    record_condition,
    record_fact,
    record_medicine,
    record_not_given,
    record_reaction,
    void_fact,
)
from patients.actions.writing import writing
from patients.models import Patient
from regimens.models import Course, ExtraRecheck

type SignIn = Callable[[User], Client]


def order(patient: Patient, by: User, start: date, **fields: Any) -> Course:
    """A course of injections every 2 months for neurological symptoms."""
    usual = {"regimen": "im-neuro", "interval": "P2M"}
    with writing("course.record", patient=patient, by=by, at=NOW) as deed:
        return record_fact(Course, deed, start=start, **{**usual, **fields})


def treat(patient: Patient, by: User, rounds: int = 1) -> None:
    """Loading a year ago, then a dose and a panel of results every two months."""
    start = days_before(400)
    order(patient, by, start)
    diagnose(patient, by, start)
    review(patient, by, start, "new", "paraesthesia")
    inject(patient, by, *[start + timedelta(days=2 * n) for n in range(4)])
    review(patient, by, start + timedelta(days=8), "plateau", "paraesthesia")
    for number in range(1, rounds + 1):
        day = start + timedelta(days=7 + 59 * number)
        dose = inject(patient, by, day)[0]
        record_reaction(injection=dose, date=day, description="Itching", by=by, at=NOW)
        measure(patient, by, day, b12=("520", "pg/mL"), homocysteine=("9", "umol/L"))
        record_medicine(patient=patient, by=by, at=NOW, code="ppi", start=day, end=None)
        record_condition(patient=patient, by=by, at=NOW, code="gastrectomy", onset=day)
        record_not_given(patient=patient, by=by, at=NOW, date=day, reason="unwell")
        record_allergy(patient=patient, by=by, at=NOW, date=day, substance="other")


def open_chart(client: Client, patient: Patient) -> str:
    return client.get(f"/patients/{patient.pk}/").content.decode()


def test_the_banner_says_who_it_is_and_what_must_not_be_overlooked(
    client_as: SignIn, nurse: User, riverside: Clinic
) -> None:
    janet = register(nurse, riverside, nhs_number="9434765919")
    record_allergy(patient=janet, by=nurse, at=NOW, date=TODAY, substance="cobalt", reaction="Rash")
    order(janet, nurse, TODAY)

    page = open_chart(client_as(nurse), janet)

    for words in (
        "WILLIAMS, Janet",
        "9 March 1959 (67 years)",
        "943 476 5919",
        "Cobalt: Rash",
        "Allergy or earlier reaction to B12",
        "Due 25 May 2026",
    ):
        assert words in page


def test_a_flag_says_why_what_to_do_on_what_evidence_and_by_which_source(
    client_as: SignIn, nurse: User, janet: Patient
) -> None:
    measure(janet, nurse, date(2026, 5, 1), b12=("150", "pg/mL"))

    answer = client_as(nurse).get(f"/patients/{janet.pk}/")

    flag = next(f for f in answer.context["assessment"].flags if f.code == "b12-deficient")
    page = answer.content.decode()
    assert "B12 deficient" in page
    assert "B12 150 pg/mL" in page
    assert flag.do in page
    assert f"Since 1 May 2026. Source: {flag.source}" in page


def test_doses_show_how_they_stood_and_voided_ones_why(
    client_as: SignIn, nurse: User, janet: Patient
) -> None:
    order(janet, nurse, date(2026, 5, 1))
    review(janet, nurse, date(2026, 5, 1), "new", "paraesthesia")
    inject(janet, nurse, date(2026, 5, 1), date(2026, 5, 6))
    wrong = inject(janet, nurse, date(2026, 5, 8))[0]
    void_fact(fact=wrong, reason="Entered twice", by=nurse, at=NOW)
    record_not_given(patient=janet, by=nurse, at=NOW, date=date(2026, 5, 4), reason="unwell")

    doses = client_as(nurse).get(f"/patients/{janet.pk}/").context["doses"].newest

    assert [(row.words.when, row.timing) for row in doses] == [
        ("8 May 2026", ""),
        ("6 May 2026", "3 days late"),
        ("4 May 2026", ""),
        ("1 May 2026", "On time"),
    ]
    assert doses[0].fact.void_reason == "Entered twice"


def test_of_two_doses_on_one_day_the_second_is_not_counted(
    client_as: SignIn, nurse: User, janet: Patient
) -> None:
    order(janet, nurse, date(2026, 5, 1))
    inject(janet, nurse, date(2026, 5, 1), date(2026, 5, 1))

    doses = client_as(nurse).get(f"/patients/{janet.pk}/").context["doses"].newest

    assert sorted(row.timing for row in doses) == ["Not counted", "On time"]


def test_the_trend_is_drawn_with_the_protocols_limits_and_repeated_as_a_table(
    client_as: SignIn, nurse: User, janet: Patient
) -> None:
    treat(janet, nurse)

    answer = client_as(nurse).get(f"/patients/{janet.pk}/")

    page = answer.content.decode()
    assert "target below 271 nmol/L" in page
    assert "in range over 350 pg/mL" in page
    assert "120 g/L or more" in page
    assert answer.context["trend_rows"][0].values == (
        "520 pg/mL",
        "9 \u00b5mol/L",
        "",
        "",
    )


def test_a_reader_who_may_not_record_gets_no_links_that_write(
    client_as: SignIn, manager: User, nurse: User, janet: Patient
) -> None:
    treat(janet, nurse)

    page = open_chart(client_as(manager), janet)

    assert "/void/" not in page
    assert "/new/" not in page
    assert f'href="/patients/{janet.pk}/care-plan.pdf"' in page


def test_only_a_prescriber_is_offered_the_order(
    client_as: SignIn, nurse: User, prescriber: User, janet: Patient
) -> None:
    link = f'href="/patients/{janet.pk}/order/"'

    assert link not in open_chart(client_as(nurse), janet)
    assert link in open_chart(client_as(prescriber), janet)


def test_that_somebody_looked_is_kept_and_shown(
    client_as: SignIn, nurse: User, manager: User, janet: Patient
) -> None:
    open_chart(client_as(manager), janet)

    page = open_chart(client_as(nurse), janet)

    seen = AuditEvent.objects.filter(action="patient.view", patient_id=janet.pk)
    assert list(seen.order_by("pk").values_list("actor", flat=True)) == ["manager", "nurse"]
    assert "looked at the chart" in page


def test_a_look_from_another_clinic_is_refused_and_leaves_no_trace(
    client_as: SignIn, nurse2: User, janet: Patient
) -> None:
    answer = client_as(nurse2).get(f"/patients/{janet.pk}/")

    assert answer.status_code == 404
    assert not AuditEvent.objects.filter(action="patient.view").exists()


def test_a_chart_of_somebody_just_registered_is_whole(
    client_as: SignIn, nurse: User, janet: Patient
) -> None:
    page = open_chart(client_as(nurse), janet)

    assert "No flag is open." in page
    assert "No injection is recorded yet." in page
    assert "No treatment is ordered" in page


@pytest.mark.parametrize("status", ["deceased", "transferred"])
def test_a_closed_record_can_still_be_read(
    status: str, client_as: SignIn, nurse: User, janet: Patient
) -> None:
    Patient.objects.filter(pk=janet.pk).update(status=status, status_since=date(2026, 5, 1))

    page = open_chart(client_as(nurse), janet)

    assert "Record closed" in page
    assert "since 1 May 2026" in page


def test_a_long_record_costs_as_many_queries_as_a_short_one(
    client_as: SignIn, nurse: User, janet: Patient, riverside: Clinic
) -> None:
    joan = register(nurse, riverside, given_names="Joan", birth_date=date(1960, 1, 1))
    treat(janet, nurse, rounds=1)
    treat(joan, nurse, rounds=6)
    client = client_as(nurse)
    open_chart(client, janet)

    counts = []
    for patient in (janet, joan):
        with CaptureQueriesContext(connection) as queries:
            open_chart(client, patient)
        counts.append(len(queries))

    assert counts[0] == counts[1] <= 40


def test_an_extra_recheck_is_shown_and_only_a_prescriber_may_void_it(
    client_as: SignIn, nurse: User, prescriber: User, janet: Patient
) -> None:
    with writing("extra-recheck.add", patient=janet, by=prescriber, at=NOW) as deed:
        extra = record_fact(ExtraRecheck, deed, date=date(2026, 9, 15), reason="Low folate")
    link = f"/patients/{janet.pk}/order/extra-recheck/{extra.pk}/void/"

    seen_by_nurse = open_chart(client_as(nurse), janet)

    assert "Low folate" in seen_by_nurse
    assert link not in seen_by_nurse
    assert link in open_chart(client_as(prescriber), janet)
