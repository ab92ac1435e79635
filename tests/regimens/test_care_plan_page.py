"""The care plan of a real record: what it says, in which size, and when it is not printed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.urls import reverse
from people import NOW, TODAY, days_before, diagnose, inject, measure, register, review
from pypdf import PdfReader

from b12tracker.audit.models import AuditEvent
from b12tracker.clinics.models import Clinic, User
from patients.actions.facts import record_folic_acid
from patients.models import Patient
from regimens.actions.order import order_course
from regimens.engine import assess
from regimens.engine.forecast import projected_dues
from regimens.gather import gather_one
from regimens.paper.plan import CarePlan
from regimens.paper.presenter import care_plan_of, record_of
from regimens.prefill import running_course

SignIn = Callable[[User], Client]


@pytest.fixture
def treated(janet: Patient, prescriber: User, nurse: User) -> Patient:
    """Janet, loaded in January, in maintenance every three months, last dose on 16 April."""
    diagnose(janet, nurse, date(2026, 1, 2))
    order(janet, prescriber, start=date(2026, 1, 5))
    inject(janet, nurse, *(date(2026, 1, day) for day in (5, 7, 9, 12, 14, 16)))
    inject(janet, nurse, date(2026, 4, 16))
    return janet


def order(patient: Patient, by: User, **changed: Any) -> None:
    """An ordinary order, but for what is changed."""
    ordinary = {
        "start": TODAY,
        "regimen": "im-standard",
        "interval": "P3M",
        "drug": "hydroxocobalamin",
        "reason": "As agreed",
        "answers": {"folic-acid-before-b12": "Starts today", "regimen-mismatch": ""},
    }
    order_course(patient=patient, by=by, at=NOW, **{**ordinary, **changed})


def plan_of(patient: Patient, today: date = TODAY) -> CarePlan:
    """The plan as of a day."""
    facts = gather_one(patient)
    record = record_of(patient, running_course(patient, today))
    return care_plan_of(record, facts, assess(facts, today), "A4")


def text_of(pdf: bytes) -> str:
    """All words of a PDF, in one line."""
    pages = [page.extract_text() for page in PdfReader(BytesIO(pdf)).pages]
    return " ".join(" ".join(pages).replace("\u00a0", " ").split())


def test_the_next_date_and_the_four_after_it(treated: Patient) -> None:
    # Act
    plan = plan_of(treated)

    # Assert
    assert plan.next_treatment.next is not None
    assert plan.next_treatment.next.on == date(2026, 7, 16)
    assert [due.on for due in plan.next_treatment.following] == [
        date(2026, 10, 16),
        date(2027, 1, 16),
        date(2027, 4, 16),
        date(2027, 7, 16),
    ]


def test_the_projection_takes_an_overdue_dose_to_be_given_today(treated: Patient) -> None:
    dues = projected_dues(gather_one(treated), date(2026, 8, 1), 2)

    assert dues == [date(2026, 11, 1), date(2027, 2, 1)]


def test_the_projection_goes_through_loading_into_maintenance(
    janet: Patient, prescriber: User
) -> None:
    order(janet, prescriber)

    dues = projected_dues(gather_one(janet), TODAY, 6)

    assert dues == [
        date(2026, 5, 27),
        date(2026, 5, 29),
        date(2026, 6, 1),
        date(2026, 6, 3),
        date(2026, 6, 5),
        date(2026, 9, 5),
    ]


def test_an_overdue_date_asks_to_ring(treated: Patient) -> None:
    plan = plan_of(treated, date(2026, 7, 20))

    assert "This date passed 4 days ago" in plan.next_treatment.explanation


def test_a_blood_test_whose_date_has_passed_asks_to_come_soon(treated: Patient) -> None:
    plan = plan_of(treated)

    assert plan.next_bloods[0].on == date(2026, 4, 5)
    assert plan.next_bloods[0].tests == (
        "Vitamin B12, blood count (haemoglobin, MCV), homocysteine. "
        "This date has passed: please come soon."
    )


def test_neurological_loading_promises_no_later_dates(
    janet: Patient, prescriber: User, nurse: User
) -> None:
    review(janet, nurse, TODAY, "new", "paraesthesia")
    order(janet, prescriber, regimen="im-neuro", interval="P2M")

    plan = plan_of(janet)

    assert plan.next_treatment.following == ()
    assert "until you improve no further" in plan.next_treatment.explanation


def test_tablets_have_no_injection_date(janet: Patient, prescriber: User, nurse: User) -> None:
    # Arrange
    diagnose(janet, nurse, TODAY, cause="dietary")
    order(janet, prescriber, regimen="oral", interval="", oral_daily_ug=Decimal(1000))

    # Act
    plan = plan_of(janet)

    # Assert
    assert (plan.route, plan.for_life, plan.next_treatment.next) == ("tablets", False, None)
    assert plan.treatment == ("Hydroxocobalamin tablets by mouth: 1000 micrograms every day.",)


def test_targets_stand_in_the_unit_in_which_the_value_was_reported(
    treated: Patient, nurse: User
) -> None:
    # Arrange
    measure(treated, nurse, TODAY, b12=("300", "pmol/L"), haemoglobin=("12.6", "g/dL"))

    # Act
    rows = {row.name: (row.target, row.last_value) for row in plan_of(treated).targets}

    # Assert
    assert rows["Vitamin B12"] == ("above 258 pmol/L", "300 pmol/L")
    assert rows["Haemoglobin"] == ("120 g/L or more", "12.6 g/dL")
    assert rows["Methylmalonic acid (MMA)"] == ("below 271 nmol/L", "")


def test_the_chart_draws_only_values_of_one_unit(treated: Patient, nurse: User) -> None:
    # Arrange
    measure(treated, nurse, days_before(90), b12=("140", "pmol/L"))
    measure(treated, nurse, days_before(60), b12=("410", "ng/L"))
    measure(treated, nurse, days_before(5), b12=("520", "pg/mL"))

    # Act
    chart = plan_of(treated).chart

    # Assert
    assert chart is not None
    assert [point.value for point in chart.points] == [410, 520]


def test_folic_acid_is_named_while_it_is_taken(treated: Patient, nurse: User) -> None:
    record_folic_acid(patient=treated, start=days_before(9), end=None, by=nurse, at=NOW)

    assert plan_of(treated).folic_acid == "You take folic acid."


def test_the_page_is_a_pdf_without_the_name_in_its_file_name(
    client_as: SignIn, nurse: User, treated: Patient
) -> None:
    # Act
    response = client_as(nurse).get(reverse("care-plan", args=[treated.pk]))

    # Assert
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == 'inline; filename="care-plan.pdf"'
    assert "Janet Williams" in text_of(response.content)
    assert "16 July 2026" in text_of(response.content)


@pytest.mark.parametrize(
    ("size", "points"), [("", (595, 842)), ("A4", (595, 842)), ("Letter", (612, 792))]
)
def test_the_size_is_the_clinics_or_the_one_asked_for(
    client_as: SignIn, nurse: User, treated: Patient, size: str, points: tuple[int, int]
) -> None:
    response = client_as(nurse).get(reverse("care-plan", args=[treated.pk]), {"size": size})

    box = PdfReader(BytesIO(response.content)).pages[0].mediabox
    assert (round(box.width), round(box.height)) == points


def test_who_printed_it_is_kept(client_as: SignIn, nurse: User, treated: Patient) -> None:
    client_as(nurse).get(reverse("care-plan", args=[treated.pk]))

    event = AuditEvent.objects.get(action="care-plan.print")
    assert (event.actor, event.patient_id) == ("nurse", treated.pk)


def test_a_character_that_no_font_has_is_named_instead_of_left_out(
    client_as: SignIn, nurse: User, riverside: Clinic
) -> None:
    # Arrange
    patient = register(nurse, riverside, family_name="\U00012000ke")

    # Act
    response = client_as(nurse).get(reverse("care-plan", args=[patient.pk]))

    # Assert
    assert response.status_code == 422
    assert "U+12000 (CUNEIFORM SIGN A)" in response.text


def test_another_clinics_plan_is_not_there(
    client_as: SignIn, nurse2: User, treated: Patient
) -> None:
    assert client_as(nurse2).get(reverse("care-plan", args=[treated.pk])).status_code == 404


def test_the_plan_is_of_the_clinics_own_day(
    client_as: SignIn, nurse: User, treated: Patient, at_now: Any, riverside: Clinic
) -> None:
    riverside.time_zone = "Pacific/Auckland"
    riverside.save()
    at_now.move_to(datetime(2026, 5, 25, 23, 0, tzinfo=ZoneInfo("Europe/London")))

    response = client_as(nurse).get(reverse("care-plan", args=[treated.pk]))

    assert "Valid as of 26 May 2026" in text_of(response.content)
