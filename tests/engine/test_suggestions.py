"""The suggested regimen: its order, its interval, and its reason."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from given import ANNA, assessed, condition, course, deficient, lab, on, review

from regimens.engine.facts import Diagnosis

NUMB = {"symptom_reviews": (review("2026-01-02", "new", "paraesthesia"),)}
LONG = condition("ileal-resection", "2020-01-01", "20.1")
SHORT = condition("ileal-resection", "2020-01-01", "20")
SURGERY = condition("bariatric-surgery", "2020-01-01")


@pytest.mark.parametrize(
    ("facts", "regimen", "interval"),
    [
        (NUMB, "im-neuro", "P2M"),
        ({**NUMB, "conditions": (LONG,)}, "im-neuro", "P1M"),
        ({**NUMB, "conditions": (SURGERY,)}, "im-neuro", "P2M"),
        ({"conditions": (LONG,)}, "im-ileal", "P1M"),
        ({"conditions": (LONG, SURGERY)}, "im-ileal", "P1M"),
        ({"conditions": (SHORT, SURGERY)}, "im-bariatric", None),
        ({"conditions": (SURGERY,), "diagnosis": deficient()}, "im-bariatric", None),
        ({"diagnosis": deficient()}, "im-standard", "P3M"),
        ({"labs": (lab("2026-01-02", "b12", "179"),)}, "im-standard", "P3M"),
    ],
)
def test_the_first_indication_decides_and_the_shortest_interval_wins(
    facts: dict[str, Any], regimen: str, interval: str | None
) -> None:
    found = assessed("2026-01-05", **facts).suggestion

    assert found is not None
    assert (found.regimen, found.interval) == (regimen, interval)
    assert found.alternatives == (("oral",) if regimen == "im-standard" else ())


def test_a_functional_deficiency_is_a_deficiency() -> None:
    labs = (lab("2026-01-02", "b12", "400"), lab("2026-01-02", "mma", "300"))

    assert assessed("2026-01-05", labs=labs).suggestion is None
    found = assessed("2026-01-05", labs=(*labs, lab("2026-01-03", "egfr", "90"))).suggestion
    assert found is not None
    assert found.regimen == "im-standard"


def test_lengths_of_several_resections_add_up_while_they_hold() -> None:
    ended = (
        condition("ileal-resection", "2019-01-01", "12", ended="2026-01-05"),
        condition("ileal-resection", "2020-01-01", "9"),
    )

    both = assessed("2026-01-04", conditions=ended)
    one = assessed("2026-01-05", conditions=ended)

    assert both.suggestion is not None
    assert one.suggestion is None


def test_bariatric_surgery_named_as_the_cause_is_enough() -> None:
    cause = Diagnosis(date=on("2026-01-03"), cause="bariatric-surgery")

    assert assessed("2026-01-02", diagnosis=cause).suggestion is None
    found = assessed("2026-01-03", diagnosis=cause).suggestion
    assert found is not None
    assert found.regimen == "im-bariatric"


def test_neurological_status_stays_for_the_suggestion() -> None:
    reviews = (*NUMB["symptom_reviews"], review("2026-03-01", "none"))

    found = assessed("2030-01-05", symptom_reviews=reviews, courses=(course("2026-01-05"),))

    assert found.neurological
    assert found.suggestion is not None
    assert found.suggestion.regimen == "im-neuro"


def test_nothing_is_suggested_for_a_closed_record() -> None:
    person = replace(ANNA, status="deceased", status_since=on("2026-01-04"))

    assert assessed("2026-01-05", patient=person, diagnosis=deficient()).suggestion is None
