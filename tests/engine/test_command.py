"""The engine as a command: what it prints, where, and how it ends."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
CASE = {"today": "2026-05-04", "patient": {"birth_date": "1960-05-10", "sex": "female"}}
KEYS = [
    "today",
    "phase",
    "controlled",
    "neurological",
    "course",
    "suggestion",
    "next_dose",
    "doses",
    "missed_doses",
    "rechecks",
    "sets",
    "reminders",
    "flags",
    "changes_on",
]


def run(given: object, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    text = given if isinstance(given, bytes) else json.dumps(given).encode()
    return subprocess.run(
        [sys.executable, "-m", "regimens.engine", *arguments],
        input=text,
        cwd=ROOT,
        capture_output=True,
        timeout=60,
    )


def test_one_case_gives_one_assessment_in_the_contracts_order() -> None:
    ran = run(CASE)

    assert (ran.returncode, ran.stderr) == (0, b"")
    assert list(json.loads(ran.stdout)) == KEYS


def test_a_list_of_cases_gives_a_list_in_the_same_order() -> None:
    ran = run([CASE, {**CASE, "today": "2026-05-05"}])

    assert [one["today"] for one in json.loads(ran.stdout)] == ["2026-05-04", "2026-05-05"]


def test_an_empty_list_gives_an_empty_list() -> None:
    ran = run([])

    assert (ran.returncode, json.loads(ran.stdout)) == (0, [])


def test_a_fault_is_told_by_its_path_and_nothing_is_answered() -> None:
    lab = {"date": "2026-05-01", "analyte": "b12", "value": 300, "unit": "mg"}

    ran = run({**CASE, "labs": [lab]})

    assert (ran.returncode, ran.stdout) == (2, b"")
    assert ran.stderr == b"labs[0].unit: 'mg' is not a unit of b12 (pg/mL, ng/L, pmol/L)\n"


def test_a_fault_in_a_list_says_in_which_case_and_the_sound_ones_are_not_answered() -> None:
    ran = run([CASE, {**CASE, "colour": 1}, {**CASE, "today": "soon"}])

    assert (ran.returncode, ran.stdout) == (2, b"")
    assert [line.partition(":")[0] for line in ran.stderr.decode().splitlines()] == [
        "[1].colour",
        "[2].today",
    ]


def test_a_case_of_a_list_that_is_no_object_is_named() -> None:
    ran = run([CASE, 5])

    assert (ran.returncode, ran.stderr) == (2, b"[1]: 5 is not an object\n")


def test_what_is_no_json_is_a_fault_of_the_whole() -> None:
    ran = run(b"{")

    assert (ran.returncode, ran.stdout, ran.stderr[:13]) == (2, b"", b"$: not JSON: ")
    assert ran.stderr.count(b"\n") == 1


def test_half_a_surrogate_pair_is_answered_as_it_was_given() -> None:
    dose = b'{"date":"2026-05-01","drug":"hydroxocobalamin","amount_ug":1000,"route":"IM"'
    reaction = b',"reaction":"\\ud800"}'

    ran = run(json.dumps(CASE).encode()[:-1] + b',"doses":[' + dose + reaction + b"]}")

    assert ran.returncode == 0
    assert json.loads(ran.stdout)["phase"] == "not-started"


def test_an_unknown_option_ends_with_2() -> None:
    ran = run(CASE, "--verbose")

    assert (ran.returncode, ran.stdout) == (2, b"")


def test_the_schema_is_json_and_reads_no_case() -> None:
    ran = run(b"", "--schema")

    schema = json.loads(ran.stdout)
    assert ran.returncode == 0
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["$defs"]["case"]["required"] == ["today", "patient"]
