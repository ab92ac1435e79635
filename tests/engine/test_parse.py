"""Every fault of a case is found and told at its own path."""

from __future__ import annotations

from copy import deepcopy
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from regimens.engine.facts import Away, Policy
from regimens.engine.parse import Case, CaseFaults, parse_case, parse_json
from regimens.engine.schema import case_schema

FULL: dict[str, Any] = {
    "today": "2026-05-25",
    "patient": {
        "birth_date": "1958-03-09",
        "sex": "female",
        "pregnant": False,
        "breastfeeding": False,
        "status": "active",
        "status_since": None,
        "away": {"from": "2026-06-10", "until": "2026-06-20"},
    },
    "diagnosis": {"date": "2026-02-20", "cause": "pernicious-anaemia", "deficient": True},
    "conditions": [
        {"code": "ileal-resection", "onset": "2019-04-02", "ended": None, "length_cm": 12}
    ],
    "symptom_reviews": [
        {"date": "2026-03-01", "symptoms": ["paraesthesia"], "severe": False, "direction": "new"}
    ],
    "courses": [
        {
            "start": "2026-03-01",
            "regimen": "im-neuro",
            "interval": "P2M",
            "drug": "hydroxocobalamin",
            "loading_ended": "2026-03-20",
            "reload": False,
            "end": None,
            "end_reason": None,
            "oral_daily_ug": None,
        },
        {"start": "2026-06-01", "regimen": "oral", "oral_daily_ug": 1000},
    ],
    "doses": [
        {
            "date": "2026-03-01",
            "drug": "hydroxocobalamin",
            "amount_ug": 1000,
            "route": "IM",
            "site": "deltoid-left",
            "elsewhere": False,
            "reaction": None,
            "voided": {"date": "2026-03-02", "reason": "wrong patient"},
        }
    ],
    "not_given": [{"date": "2026-03-05", "reason": "declined"}],
    "folic_acid": [{"start": "2026-04-20", "end": None}],
    "allergies": [{"substance": "other", "date": "2020-01-01"}],
    "medicines": [{"code": "metformin", "start": "2021-01-01", "end": None}],
    "labs": [
        {
            "date": "2026-04-07",
            "analyte": "b12",
            "value": 520,
            "comparator": None,
            "unit": "pg/mL",
            "voided": None,
        },
        {"date": "2026-04-07", "analyte": "if-antibody", "value": "positive", "unit": None},
    ],
    "extra_rechecks": [{"date": "2026-09-15", "reason": "prescriber"}],
    "rechecks_off": [{"start": "2026-05-20", "end": "2026-05-22", "reason": "patient's wish"}],
    "policy": {"late_days": 7},
}


def changed(where: str, value: object) -> dict[str, Any]:
    """The full case with one value put in, at a path such as `labs.0.unit`."""
    case = deepcopy(FULL)
    *steps, last = [int(step) if step.isdigit() else step for step in where.split(".")]
    target: Any = case
    for step in steps:
        target = target[step]
    target[last] = value
    return case


def faults(case: object) -> list[str]:
    with pytest.raises(CaseFaults) as faulty:
        parse_case(case)
    return [fault.path or "$" for fault in faulty.value.faults]


def sound(case: object) -> Case:
    return parse_case(case)


def test_a_full_case_is_read() -> None:
    case = sound(FULL)

    assert case.today == date(2026, 5, 25)
    assert case.policy == Policy(late_days=7)
    assert case.facts.patient.away == Away(start=date(2026, 6, 10), until=date(2026, 6, 20))
    assert case.facts.doses[0].voided == date(2026, 3, 2)
    assert case.facts.labs[1].value == "positive"


def test_what_is_missing_has_its_default() -> None:
    case = sound(
        {
            "today": "2026-05-25",
            "patient": {"birth_date": "1958-03-09"},
            "courses": [{"start": "2026-03-01", "regimen": "oral"}],
        }
    )

    assert (case.facts.patient.sex, case.facts.patient.status) == ("unknown", "active")
    assert case.facts.courses[0].drug == "hydroxocobalamin"
    assert (case.facts.diagnosis, case.facts.labs, case.policy) == (None, (), Policy())


@pytest.mark.parametrize(
    ("where", "value"),
    [
        ("today", "2026-5-25"),
        ("today", "20260525"),
        ("today", "2026-W22-1"),
        ("today", "2026-02-30"),
        ("today", "2200-01-01"),
        ("today", None),
        ("patient.birth_date", "1899-12-31"),
        ("patient.birth_date", "2026-05-26"),
        ("patient.sex", "f"),
        ("patient.sex", None),
        ("patient.pregnant", 4),
        ("patient.pregnant", 0),
        ("patient.pregnant", "1"),
        ("patient.breastfeeding", 1),
        ("patient.status", "dead"),
        ("patient.status_since", "2026-05-26"),
        ("patient.away", []),
        ("patient.away.until", "2026-06-09"),
        ("patient.away.from", None),
        ("diagnosis", "yes"),
        ("diagnosis.cause", "Pernicious-anaemia"),
        ("diagnosis.deficient", "true"),
        ("diagnosis.date", "2026-05-26"),
        ("conditions.0.code", "crohns"),
        ("conditions.0.onset", "1958-03-08"),
        ("conditions.0.ended", "2019-04-01"),
        ("conditions.0.length_cm", 0),
        ("conditions.0.length_cm", True),
        ("symptom_reviews.0.severe", None),
        ("symptom_reviews.0.direction", "better"),
        ("symptom_reviews.0.symptoms", "paraesthesia"),
        ("symptom_reviews.0.symptoms", []),
        ("courses.0.regimen", "im"),
        ("courses.0.interval", "P0M"),
        ("courses.0.interval", "P100W"),
        ("courses.0.interval", "P1Y"),
        ("courses.0.interval", "P2M\n"),
        ("courses.0.drug", "b12"),
        ("courses.0.loading_ended", "2026-02-28"),
        ("courses.0.loading_ended", "2026-05-26"),
        ("courses.0.end", "2026-02-28"),
        ("courses.0.reload", 0),
        ("courses.0.oral_daily_ug", -1),
        ("courses.1.start", "2026-03-01"),
        ("doses.0.date", "2026-05-26"),
        ("doses.0.amount_ug", 0),
        ("doses.0.amount_ug", "1000"),
        ("doses.0.route", "im"),
        ("doses.0.site", "arm"),
        ("doses.0.voided", True),
        ("doses.0.voided.date", "2026-02-28"),
        ("not_given.0.reason", 5),
        ("folic_acid.0.end", "2026-04-19"),
        ("allergies.0.substance", "nickel"),
        ("medicines.0.code", "aspirin"),
        ("labs.0.analyte", "B12"),
        ("labs.0.value", -1),
        ("labs.0.value", "520"),
        ("labs.0.value", "positive"),
        ("labs.0.value", True),
        ("labs.0.value", None),
        ("labs.0.value", float("inf")),
        ("labs.0.unit", None),
        ("labs.0.unit", "pg/ml"),
        ("labs.0.comparator", "="),
        ("labs.1.unit", "[IU]/mL"),
        ("labs.1.comparator", "<"),
        ("extra_rechecks.0.date", "2200-01-01"),
        ("rechecks_off.0.start", "2026-05-26"),
        ("policy", None),
        ("policy.late_days", -1),
        ("policy.late_days", 7.5),
        ("policy.late_days", True),
        ("policy.overdue_days", 7),
        ("policy.grace_days", 1),
        ("labs.0.lab", "Riverside"),
        ("colour", 1),
        ("labs", {}),
        ("doses.0", None),
    ],
)
def test_a_wrong_value_is_a_fault_at_its_own_path(where: str, value: object) -> None:
    expected = "".join(f"[{step}]" if step.isdigit() else f".{step}" for step in where.split("."))

    assert faults(changed(where, value)) == [expected.removeprefix(".")]


@pytest.mark.parametrize(
    ("where", "value"),
    [
        ("patient.birth_date", "1900-01-01"),
        ("patient.pregnant", 2),
        ("patient.pregnant", True),
        ("patient.away.until", None),
        ("patient.away", {"from": "2026-06-10", "until": "2026-06-10"}),
        ("diagnosis", None),
        ("conditions.0.onset", "1958-03-09"),
        ("conditions.0.ended", "2199-12-31"),
        ("conditions.0.length_cm", 0.1),
        ("courses.0.interval", "P99W"),
        ("courses.0.end", "2030-01-01"),
        ("courses.0.loading_ended", "2026-05-25"),
        ("doses.0.date", "2026-03-02"),
        ("doses.0.voided", {"date": "2026-12-01"}),
        ("labs.0.value", 0),
        ("labs.0.date", "2026-05-25"),
        ("labs.1", {"date": "2026-04-07", "analyte": "if-antibody", "value": "negative"}),
        ("labs.1", {"date": "2026-04-07", "analyte": "if-antibody", "value": 3, "unit": "[IU]/mL"}),
        ("policy.late_days", 0),
        ("policy", {}),
        ("symptom_reviews.0", {"date": "2026-03-01", "direction": "plateau"}),
    ],
)
def test_a_value_just_inside_is_sound(where: str, value: object) -> None:
    assert sound(changed(where, value)).today == date(2026, 5, 25)


@pytest.mark.parametrize(
    ("where", "key"),
    [
        ("today", "today"),
        ("patient", "birth_date"),
        ("diagnosis", "date"),
        ("diagnosis", "cause"),
        ("conditions.0", "code"),
        ("conditions.0", "onset"),
        ("symptom_reviews.0", "direction"),
        ("courses.0", "start"),
        ("courses.0", "regimen"),
        ("doses.0", "date"),
        ("doses.0", "drug"),
        ("doses.0", "amount_ug"),
        ("doses.0", "route"),
        ("allergies.0", "substance"),
        ("labs.0", "analyte"),
        ("labs.0", "value"),
        ("labs.0", "unit"),
    ],
)
def test_a_required_key_that_is_missing_is_named(where: str, key: str) -> None:
    case = deepcopy(FULL)
    target: Any = case
    if where != key:
        for step in where.split("."):
            target = target[int(step) if step.isdigit() else step]
    del target[key]

    path = where.replace(".0", "[0]")
    assert (path if where == key else f"{path}.{key}") in faults(case)


def test_a_missing_patient_is_told_with_what_it_must_have() -> None:
    assert faults({"today": "2026-05-25"}) == ["patient", "patient.birth_date"]


def test_every_fault_is_told_at_once() -> None:
    case = changed("labs.0.unit", "mg")
    case["labs"][0]["value"] = -1
    case["doses"][0]["route"] = "nasal"

    assert faults(case) == ["doses[0].route", "labs[0].value", "labs[0].unit"]


def test_a_wrong_birth_date_is_not_held_against_other_dates() -> None:
    assert faults(changed("patient.birth_date", "2030-01-01")) == ["patient.birth_date"]


def test_a_voided_fact_must_be_sound_too() -> None:
    assert faults(changed("doses.0.amount_ug", -5)) == ["doses[0].amount_ug"]


@pytest.mark.parametrize("status", ["transferred", "deceased"])
def test_a_closed_patient_needs_the_date(status: str) -> None:
    assert faults(changed("patient.status", status)) == ["patient.status_since"]


def test_direction_none_names_no_symptom() -> None:
    assert faults(changed("symptom_reviews.0.direction", "none")) == ["symptom_reviews[0].symptoms"]


@pytest.mark.parametrize(
    ("course", "allowed"),
    [
        ({"voided": {"date": "2026-05-25"}}, True),
        ({"voided": {"date": "2026-05-26"}}, False),
        ({"end": "2026-03-01"}, True),
        ({"end": "2026-03-02"}, False),
    ],
)
def test_two_courses_may_start_on_one_day_only_if_one_is_void_today_or_never_ran(
    course: dict[str, Any], allowed: bool
) -> None:
    case = deepcopy(FULL)
    case["courses"].append({"start": "2026-03-01", "regimen": "oral", **course})

    if allowed:
        assert len(sound(case).facts.courses) == 3
    else:
        assert faults(case) == ["courses[2].start"]


def test_a_number_is_kept_as_it_was_written() -> None:
    given = parse_json(
        b'{"today":"2026-05-25","patient":{"birth_date":"1958-03-09"},"labs":[{"date":'
        b'"2026-05-01","analyte":"mma","value":0.27099999999999999999999,"unit":"umol/L"}]}'
    )

    assert parse_case(given).facts.labs[0].value == Decimal("0.27099999999999999999999")


@pytest.mark.parametrize("written", ["1e99999999999999999999", "1e-99999999999999999999", "1e600"])
def test_a_number_beyond_reckoning_is_a_fault(written: str) -> None:
    value = parse_json(written)

    assert faults(changed("labs.0.value", value)) == ["labs[0].value"]


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"{",
        b"[NaN]",
        b"[Infinity]",
        b"[-Infinity]",
        b'{"a": 1, "a": 1}',
        b'"\xff"',
        b"[" * 200_000,
        b'{"a":' * 200_000,
    ],
)
def test_what_is_no_json_is_a_fault_of_the_whole(text: bytes) -> None:
    with pytest.raises(CaseFaults) as faulty:
        parse_json(text)

    assert [fault.path for fault in faulty.value.faults] == [""]
    assert str(faulty.value).startswith("$: ")
    assert "\n" not in str(faulty.value)


@pytest.mark.parametrize("given", [None, 5, "case", [], True])
def test_a_case_is_an_object(given: object) -> None:
    assert faults(given) == ["$"]


def test_the_path_of_an_odd_key_stays_on_one_line() -> None:
    case = {**FULL, "a\nb": 1}

    assert faults(case) == [r"['a\nb']"]


def test_ten_thousand_doses_are_read() -> None:
    case = deepcopy(FULL)
    case["doses"] = case["doses"] * 10_000

    assert len(sound(case).facts.doses) == 10_000


def test_the_schema_knows_the_same_keys_as_the_full_case() -> None:
    properties = case_schema()["$defs"]["case"]["properties"]

    assert set(properties) == set(FULL)
    assert set(properties["doses"]["items"]["properties"]) == set(FULL["doses"][0])
