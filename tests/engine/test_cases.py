"""Every case of the case files gives what it must: the shared ones and our own."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from matching import mismatches

from regimens.engine.assess import assess
from regimens.engine.output import as_dict
from regimens.engine.parse import CaseFaults, parse_case, parse_json

ROOT = Path(__file__).parents[2]
SHARED = Path(os.environ.get("B12_SHARED", ROOT.parent / "shared")) / "clinical" / "cases"
OWN = Path(__file__).parent / "cases"


def _cases(folder: Path) -> list[Any]:
    return [
        pytest.param(case, id=f"{file.stem}:{case['id']}")
        for file in sorted(folder.glob("*.json"))
        for case in _read(file)
    ]


def _read(file: Path) -> list[dict[str, Any]]:
    cases = parse_json(file.read_bytes())
    assert isinstance(cases, list)
    return cases


def _problems(entry: dict[str, Any]) -> list[str]:
    expected = entry["expect"]
    if "faults" in expected:
        return _missing_faults(entry["case"], expected["faults"])
    case = parse_case(entry["case"])
    return mismatches(expected, as_dict(assess(case.facts, case.today, case.policy)))


def _missing_faults(case: object, paths: list[str]) -> list[str]:
    try:
        parse_case(case)
    except CaseFaults as faulty:
        told = [fault.path or "$" for fault in faulty.faults]
        return [f"no fault at {path}, only at {told}" for path in paths if path not in told]
    return [f"no fault at all, expected {paths}"]


@pytest.mark.parametrize("entry", _cases(OWN))
def test_own_case_gives_what_it_must(entry: dict[str, Any]) -> None:
    assert _problems(entry) == []


@pytest.mark.skipif(not SHARED.is_dir(), reason=f"the shared cases are not at {SHARED}")
@pytest.mark.parametrize("entry", _cases(SHARED))
def test_shared_case_gives_what_it_must(entry: dict[str, Any]) -> None:
    assert _problems(entry) == []


def test_every_own_case_says_why() -> None:
    cases = [case.values[0] for case in _cases(OWN)]

    assert cases
    assert [case["id"] for case in cases if not case.get("why", "").strip()] == []


def test_no_two_own_cases_share_an_id() -> None:
    ids = [case.values[0]["id"] for case in _cases(OWN)]

    assert len(ids) == len(set(ids))
