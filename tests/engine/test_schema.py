"""The JSON Schema says the same of a case as the reading of one, where a schema can."""

from __future__ import annotations

import json
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from regimens.engine.schema import case_schema

CASES = Path(__file__).parent / "cases"
BARE = {"today": "2026-05-25", "patient": {"birth_date": "1958-03-09"}}
LAB = {"date": "2026-05-01", "analyte": "b12", "value": 300, "unit": "pg/mL"}
SCHEMA = case_schema()
VALIDATOR = Draft202012Validator(SCHEMA)


def sound_cases() -> list[Any]:
    return [
        pytest.param(entry["case"], id=entry["id"])
        for file in sorted(CASES.glob("*.json"))
        for entry in json.loads(file.read_text("utf-8"))
        if "faults" not in entry["expect"]
    ]


def test_it_is_a_schema_of_draft_2020_12() -> None:
    Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("case", sound_cases())
def test_a_sound_case_is_valid(case: dict[str, Any]) -> None:
    assert [error.message for error in VALIDATOR.iter_errors(case)] == []


def test_a_list_of_cases_is_valid() -> None:
    assert VALIDATOR.is_valid([BARE, BARE])


@pytest.mark.parametrize(
    "change",
    [
        {"today": None},
        {"colour": 1},
        {"patient": {}},
        {"patient": {"birth_date": "1958-03-09", "sex": "f"}},
        {"patient": {"birth_date": "1958-03-09", "pregnant": 4}},
        {"labs": None},
        {"labs": [{**LAB, "unit": "mg"}]},
        {"labs": [{**LAB, "unit": None}]},
        {"labs": [{**LAB, "value": -1}]},
        {"labs": [{**LAB, "value": "positive"}]},
        {"labs": [{**LAB, "comparator": "="}]},
        {"labs": [{"date": "2026-05-01", "analyte": "b12", "value": 300}]},
        {"labs": [{**LAB, "analyte": "if-antibody", "value": "positive", "unit": "[IU]/mL"}]},
        {"courses": [{"start": "2026-05-01", "regimen": "im"}]},
        {"courses": [{"start": "2026-05-01", "regimen": "oral", "interval": "P1Y"}]},
        {"courses": [{"start": "2026-05-01", "regimen": "oral", "oral_daily_ug": 0}]},
        {"policy": {"late_days": 1.5}},
    ],
    ids=str,
)
def test_a_faulty_case_is_not_valid(change: dict[str, Any]) -> None:
    case = {**deepcopy(BARE), **change}

    assert not VALIDATOR.is_valid(case)


@pytest.mark.parametrize("word", ["positive", "negative", "equivocal"])
def test_the_words_of_an_antibody_need_no_unit(word: str) -> None:
    lab = {"date": "2026-05-01", "analyte": "if-antibody", "value": word, "unit": None}

    assert VALIDATOR.is_valid({**BARE, "labs": [lab]})
