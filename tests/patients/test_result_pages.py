"""Results are kept as reported; what cannot be or is hard to believe is asked about."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from people import measure

from b12tracker.clinics.models import User
from patients.models import LabResult, Patient

type SignIn = Callable[[User], Client]


def panel(**values: str) -> dict[str, Any]:
    """The form of a sample of 20 May 2026; `mma="300"`, `unit_mma="nmol/L"`."""
    data = {"key": str(uuid.uuid4()), "collected_on": "2026-05-20"}
    for name, value in values.items():
        data[name if name in data else name.replace("_", "-")] = value
    return data


def page_of(patient: Patient) -> str:
    return f"/patients/{patient.pk}/results/new/"


def test_a_panel_is_saved_in_one_go(client_as: SignIn, nurse: User, janet: Patient) -> None:
    data = panel(
        b12="147.6",
        unit_b12="pmol/L",
        low_b12="133",
        high_b12="675",
        haemoglobin="12.0",
        unit_haemoglobin="g/dL",
        if_antibody="Positive",
        laboratory="North Lab",
    )

    client_as(nurse).post(page_of(janet), data)

    rows = {row.analyte: row for row in LabResult.objects.all()}
    assert (rows["b12"].value, rows["b12"].unit) == (Decimal("147.6"), "pmol/L")
    assert (rows["b12"].range_low, rows["b12"].range_high) == (133, 675)
    assert rows["haemoglobin"].laboratory == "North Lab"
    assert rows["if-antibody"].value_word == "positive"
    assert len(rows) == 3


def test_a_bounded_value_is_kept_and_shown_as_reported(
    client_as: SignIn, nurse: User, janet: Patient
) -> None:
    answer = client_as(nurse).post(page_of(janet), panel(b12="<150", unit_b12="pg/mL"), follow=True)

    row = LabResult.objects.get()
    assert (row.comparator, row.value) == ("<", 150)
    assert "&lt;\u00a0150 pg/mL" in answer.content.decode()


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"b12": "1,200", "unit_b12": "pg/mL"}, "Write 1200 or 1.2."),
        ({"b12": "abc", "unit_b12": "pg/mL"}, "Enter a number such as"),
        ({"b12": "-5", "unit_b12": "pg/mL"}, "Enter a value of 0 or more."),
        ({"b12": "500", "unit_b12": "mg"}, "mg is not a unit of this test."),
        ({"b12": "500", "unit_b12": ""}, "Choose a unit"),
        ({}, "Enter at least one result."),
        ({"low_b12": "180"}, "Enter the result, or clear its range."),
        (
            {"b12": "500", "unit_b12": "ng/L", "low_b12": "9", "high_b12": "5"},
            "The range ends below its beginning.",
        ),
        ({"b12": "500", "unit_b12": "ng/L", "low_b12": "1,5"}, "Enter a plain number"),
        (
            {"b12": "500", "unit_b12": "ng/L", "collected_on": "2026-05-26"},
            "The date of the sample cannot be in the future.",
        ),
        (
            {"b12": "500", "unit_b12": "ng/L", "collected_on": "1959-03-08"},
            "before the patient was born",
        ),
        ({"b12": "500", "unit_b12": "ng/L", "collected_on": ""}, "This field is required."),
    ],
)
def test_what_cannot_be_is_refused_whole_and_nothing_typed_is_lost(
    values: dict[str, str], sentence: str, client_as: SignIn, nurse: User, janet: Patient
) -> None:
    data = panel(mma="300", unit_mma="nmol/L", **values) if values else panel()

    answer = client_as(nurse).post(page_of(janet), data)

    page = answer.content.decode()
    assert sentence in page
    assert all(f'value="{value}"' in page for name, value in values.items() if name == "b12")
    assert not LabResult.objects.exists()


def test_a_value_that_is_hard_to_believe_is_asked_about_once(
    client_as: SignIn, nurse: User, janet: Patient
) -> None:
    client, data = client_as(nurse), panel(b12="24000", unit_b12="pg/mL")

    asked = client.post(page_of(janet), data)
    before = LabResult.objects.count()
    client.post(page_of(janet), {**data, "sure-b12": "24000 pg/mL"})

    assert "B12 24,000 pg/mL?" in asked.content.decode()
    assert 'name="sure-b12" value="24000 pg/mL"' in asked.content.decode()
    assert before == 0
    assert LabResult.objects.get().acknowledged[0]["code"] == "implausible-value"


def test_the_answer_about_one_value_is_no_answer_about_another(
    client_as: SignIn, nurse: User, janet: Patient
) -> None:
    data = panel(b12="99000", unit_b12="pg/mL", sure_b12="24000 pg/mL")

    answer = client_as(nurse).post(page_of(janet), data)

    assert "B12 99,000 pg/mL?" in answer.content.decode()
    assert not LabResult.objects.exists()


def test_the_same_panel_sent_twice_is_saved_once(
    client_as: SignIn, nurse: User, janet: Patient
) -> None:
    client, data = client_as(nurse), panel(b12="520", unit_b12="pg/mL")
    client.post(page_of(janet), data)

    again = client.post(page_of(janet), data)

    assert again.status_code == 302
    assert LabResult.objects.count() == 1


def test_a_stale_panel_saves_nothing_and_says_so(
    client_as: SignIn, nurse: User, janet: Patient
) -> None:
    data = {**panel(b12="520", unit_b12="pg/mL"), "version": janet.version}
    measure(janet, nurse, date(2026, 5, 1), b12=("300", "pg/mL"))

    answer = client_as(nurse).post(page_of(janet), data)

    assert "was changed by somebody else" in answer.content.decode()
    assert LabResult.objects.count() == 1


def test_the_unit_last_used_for_the_patient_is_chosen(
    client_as: SignIn, nurse: User, janet: Patient
) -> None:
    measure(janet, nurse, date(2026, 5, 1), b12=("300", "pmol/L"))

    answer = client_as(nurse).get(page_of(janet))

    assert '<option value="pmol/L" selected>pmol/L</option>' in answer.content.decode()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"analyte": "b12", "b12": "200", "unit-b12": "pg/mL"}, "148 pmol/L"),
        ({"analyte": "b12", "b12": "<150", "unit-b12": "pmol/L"}, "&lt;\u00a0203 ng/L"),
        ({"analyte": "haemoglobin", "haemoglobin": "12.0", "unit-haemoglobin": "g/dL"}, "120 g/L"),
        ({"analyte": "mma", "mma": "271", "unit-mma": "nmol/L"}, "0.271 \u00b5mol/L"),
        ({"analyte": "b12", "b12": "1,200", "unit-b12": "pg/mL"}, ""),
        ({"analyte": "b12", "b12": "200", "unit-b12": "mg"}, ""),
        ({"analyte": "mcv", "mcv": "90", "unit-mcv": "fL"}, ""),
        ({"analyte": "nothing"}, ""),
    ],
)
def test_a_value_is_also_shown_in_its_other_unit(
    data: dict[str, str], words: str, client_as: SignIn, nurse: User, janet: Patient
) -> None:
    answer = client_as(nurse).post(f"/patients/{janet.pk}/results/other-unit/", data)

    assert answer.content.decode() == words


def correction(**values: str) -> dict[str, Any]:
    """A corrected B12 of the same day."""
    return panel(b12="250", unit_b12="pg/mL", reason="Laboratory's correction", **values)


def test_a_corrected_result_is_a_new_version_and_the_old_one_stays(
    client_as: SignIn, nurse: User, janet: Patient
) -> None:
    old = measure(janet, nurse, date(2026, 5, 20), b12=("520", "pg/mL"))[0]
    url = f"/patients/{janet.pk}/results/{old.pk}/correct/"

    answer = client_as(nurse).post(url, correction(), follow=True)

    new = LabResult.objects.standing().get()
    assert (new.version, new.value, new.replaces_id) == (2, 250, old.pk)
    assert "Laboratory&#x27;s correction" in answer.content.decode()


def test_a_correction_starts_from_what_was_reported(
    client_as: SignIn, nurse: User, janet: Patient
) -> None:
    old = measure(janet, nurse, date(2026, 5, 20), b12=("520", "pg/mL"))[0]

    answer = client_as(nurse).get(f"/patients/{janet.pk}/results/{old.pk}/correct/")

    assert answer.context["form"]["b12"].value() == "520"


def test_a_result_is_not_corrected_twice(client_as: SignIn, nurse: User, janet: Patient) -> None:
    old = measure(janet, nurse, date(2026, 5, 20), b12=("520", "pg/mL"))[0]
    client, url = client_as(nurse), f"/patients/{janet.pk}/results/{old.pk}/correct/"
    client.post(url, correction())

    answer = client.post(url, correction())

    assert "already corrected or voided" in answer.content.decode()
    assert LabResult.objects.standing().count() == 1


def test_a_correction_without_a_reason_is_refused(
    client_as: SignIn, nurse: User, janet: Patient
) -> None:
    old = measure(janet, nurse, date(2026, 5, 20), b12=("520", "pg/mL"))[0]
    data = {**correction(), "reason": ""}

    answer = client_as(nurse).post(f"/patients/{janet.pk}/results/{old.pk}/correct/", data)

    assert "Say why the result is corrected." in answer.content.decode()


def test_a_value_with_a_nul_is_refused_and_breaks_nothing(
    client_as: SignIn, nurse: User, janet: Patient
) -> None:
    answer = client_as(nurse).post(page_of(janet), panel(b12="5\x00", unit_b12="pg/mL"))

    assert answer.status_code == 200
    assert not LabResult.objects.exists()
