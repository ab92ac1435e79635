"""Results against their targets: cut-offs on both sides, units, eGFR, relapse and response."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from given import (
    ANNA,
    LOADING,
    assessed,
    codes,
    course,
    deficient,
    doses,
    flag,
    lab,
    on,
    panel,
    review,
)

MAINTAINED: dict[str, Any] = {"courses": (course("2026-01-05"),), "doses": doses(*LOADING)}
EARLIER = "2026-02-01"


def codes_of(*labs: Any, **facts: Any) -> set[str]:
    return codes(assessed("2026-02-20", labs=labs, **facts))


@pytest.mark.parametrize(
    ("value", "unit", "level"),
    [
        ("179.9", "pg/mL", "b12-deficient"),
        ("180", "ng/L", "b12-borderline"),
        ("350", "pg/mL", "b12-borderline"),
        ("350.1", "pg/mL", "b12-alone-not-enough"),
        ("132.9", "pmol/L", "b12-deficient"),
        ("133", "pmol/L", "b12-borderline"),
        ("258", "pmol/L", "b12-borderline"),
        ("258.1", "pmol/L", "b12-alone-not-enough"),
    ],
)
def test_b12_is_judged_by_its_own_units_cut_offs(value: str, unit: str, level: str) -> None:
    found = codes_of(lab(EARLIER, "b12", value, unit))

    assert found & {"b12-deficient", "b12-borderline", "b12-alone-not-enough"} == {level}


@pytest.mark.parametrize(
    ("value", "level"),
    [
        ("24.9", "b12-deficient"),
        ("25", "b12-borderline"),
        ("70", "b12-borderline"),
        ("70.1", "b12-alone-not-enough"),
    ],
)
def test_active_b12_has_its_own_cut_offs(value: str, level: str) -> None:
    assert level in codes_of(lab(EARLIER, "active-b12", value))


@pytest.mark.parametrize(
    ("comparator", "value", "level"),
    [
        ("<", "180", "b12-deficient"),
        ("<=", "180", "b12-borderline"),
        (">", "350", "b12-alone-not-enough"),
        (">=", "350", "b12-borderline"),
    ],
)
def test_less_and_more_than_are_just_beside_the_value(
    comparator: str, value: str, level: str
) -> None:
    assert level in codes_of(lab(EARLIER, "b12", value, comparator=comparator))


def test_the_newer_of_serum_and_active_b12_counts_and_the_worse_of_a_day() -> None:
    low, fine = lab(EARLIER, "b12", "120"), lab("2026-02-02", "active-b12", "90")

    assert "b12-deficient" not in codes_of(low, fine)
    assert "b12-deficient" in codes_of(low, replace(fine, date=low.date))


@pytest.mark.parametrize(
    ("value", "unit", "high"),
    [("0.2709", "umol/L", False), ("32.00", "ug/L", False), ("32.01", "ug/L", True)],
)
def test_mma_in_another_unit_is_converted_exactly(value: str, unit: str, high: bool) -> None:
    found = codes_of(lab(EARLIER, "mma", value, unit), lab(EARLIER, "egfr", "80"))

    assert ("mma-high" in found) is high


@pytest.mark.parametrize(
    ("egfr_on", "egfr", "expected"),
    [
        ("2026-02-01", "60", {"mma-high", "functional-deficiency"}),
        ("2026-02-01", "59.9", {"mma-high-renal-caveat"}),
        ("2025-02-01", "80", {"mma-high", "functional-deficiency"}),
        ("2025-01-31", "80", {"mma-high-renal-caveat", "egfr-needed"}),
    ],
)
def test_a_raised_mma_is_read_by_an_egfr_of_the_same_twelve_months(
    egfr_on: str, egfr: str, expected: set[str]
) -> None:
    labs = (lab(EARLIER, "b12", "430"), lab(EARLIER, "mma", "271"), lab(egfr_on, "egfr", egfr))

    found = codes_of(*labs)

    renal = {"mma-high", "functional-deficiency", "mma-high-renal-caveat", "egfr-needed"}
    assert found & renal == expected


def test_without_any_b12_a_raised_mma_is_high_and_no_more() -> None:
    found = codes_of(lab(EARLIER, "mma", "400"), lab(EARLIER, "egfr", "80"))

    assert "mma-high" in found
    assert "functional-deficiency" not in found


def test_homocysteine_is_excused_by_a_low_egfr_and_not_by_an_unknown_one() -> None:
    raised = lab(EARLIER, "homocysteine", "10")

    assert "homocysteine-not-at-target" in codes_of(raised)
    assert "homocysteine-renal-caveat" in codes_of(raised, lab(EARLIER, "egfr", "59"))


@pytest.mark.parametrize(
    ("sex", "pregnant", "cut_off"),
    [
        ("male", False, 130),
        ("female", False, 120),
        ("other", False, 130),
        ("female", True, 110),
        ("female", 1, 110),
        ("female", 2, 105),
        ("female", 3, 110),
    ],
)
def test_anaemia_is_below_the_cut_off_for_sex_and_pregnancy(
    sex: str, pregnant: bool | int, cut_off: int
) -> None:
    person = replace(ANNA, sex=sex, pregnant=pregnant)
    large = lab(EARLIER, "mcv", "100.1")

    at_it = codes_of(lab(EARLIER, "haemoglobin", str(cut_off)), large, patient=person)
    below = codes_of(lab(EARLIER, "haemoglobin", f"{cut_off - 1}.9"), large, patient=person)

    assert "anaemia-macrocytic" not in at_it
    assert "anaemia-macrocytic" in below


def test_an_mcv_of_100_is_not_large() -> None:
    found = codes_of(lab(EARLIER, "haemoglobin", "90"), lab(EARLIER, "mcv", "100"))

    assert "anaemia-macrocytic" not in found


@pytest.mark.parametrize(
    ("marker_on", "flagged"),
    [("2025-11-01", False), ("2025-10-31", True), ("2026-02-10", False)],
)
def test_a_b12_in_range_needs_a_marker_within_three_months(marker_on: str, flagged: bool) -> None:
    found = codes_of(lab(EARLIER, "b12", "500"), lab(marker_on, "homocysteine", "8"))

    assert ("b12-alone-not-enough" in found) is flagged


def test_mma_is_suggested_again_when_the_last_one_is_too_old_for_symptoms_that_persist() -> None:
    facts = {
        "symptom_reviews": (review("2026-01-10", "worse", "paraesthesia"),),
        "labs": (lab("2026-01-10", "mma", "200"),),
    }

    assert assessed("2026-04-10", **facts).changes_on == on("2026-04-11")
    assert flag(assessed("2026-05-01", **facts), "mma-suggested").since == on("2026-04-11")


RELAPSES = {
    "b12": (lab("2026-06-01", "b12", "150"),),
    "mma": (lab("2026-06-01", "mma", "300"), lab("2026-04-05", "egfr", "80")),
    "anaemia": (lab("2026-06-01", "haemoglobin", "100"), lab("2026-06-01", "mcv", "105")),
}


@pytest.mark.parametrize("sign", RELAPSES)
def test_a_relapse_is_suspected_by_results_after_a_set_at_target(sign: str) -> None:
    labs = (*panel("2026-04-05"), *RELAPSES[sign])

    found = assessed("2026-06-10", **MAINTAINED, labs=labs)

    assert flag(found, "relapse-suspected").since == on("2026-06-01")
    assert not found.controlled


def test_homocysteine_alone_is_never_a_relapse() -> None:
    labs = (*panel("2026-04-05"), lab("2026-06-01", "homocysteine", "30"))

    assert "relapse-suspected" not in codes(assessed("2026-06-10", **MAINTAINED, labs=labs))


def test_a_relapse_needs_a_set_at_target_after_the_first_dose() -> None:
    labs = (*panel("2026-01-05"), lab("2026-06-01", "b12", "150"))

    assert "relapse-suspected" not in codes(assessed("2026-06-10", **MAINTAINED, labs=labs))


def test_controlled_needs_a_marker_below_its_target() -> None:
    kidneys = lab("2026-04-05", "egfr", "40")
    excused = (*panel("2026-04-05", homocysteine="16"), kidneys)
    with_mma = (*excused, lab("2026-04-05", "mma", "200"))

    assert assessed("2026-04-06", **MAINTAINED, labs=excused).sets[0].at_target
    assert not assessed("2026-04-06", **MAINTAINED, labs=excused).controlled
    assert assessed("2026-04-06", **MAINTAINED, labs=with_mma).controlled


@pytest.mark.parametrize(("taken", "flagged"), [("2026-03-21", False), ("2026-03-22", True)])
def test_tablets_fail_by_a_set_at_most_14_days_before_three_months(
    taken: str, flagged: bool
) -> None:
    facts = {"courses": (course("2026-01-05", "oral"),), "diagnosis": deficient()}

    found = assessed("2026-04-05", **facts, labs=panel(taken, homocysteine="12"))

    assert ("oral-failure" in codes(found)) is flagged


def test_tablets_have_not_failed_before_three_months_are_up() -> None:
    facts = {
        "courses": (course("2026-01-05", "oral"),),
        "labs": panel("2026-03-30", homocysteine="12"),
    }

    assert "oral-failure" not in codes(assessed("2026-04-04", **facts))
    assert flag(assessed("2026-04-09", **facts), "oral-failure").since == on("2026-04-05")


def test_a_break_in_the_tablets_starts_their_three_months_again() -> None:
    courses = (course("2026-01-05", "oral", end="2026-02-01"), course("2026-02-03", "oral"))

    found = assessed("2026-04-20", courses=courses, labs=panel("2026-04-10", homocysteine="12"))

    assert "oral-failure" not in codes(found)


@pytest.mark.parametrize(
    ("newest_on", "newest", "flagged"),
    [
        ("2026-03-02", "109", True),
        ("2026-03-02", "110", False),
        ("2026-03-01", "100", False),
    ],
)
def test_haemoglobin_must_rise_by_10_within_eight_weeks(
    newest_on: str, newest: str, flagged: bool
) -> None:
    labs = (lab("2026-01-05", "haemoglobin", "100"), lab(newest_on, "haemoglobin", newest))

    assert ("no-response" in codes(assessed("2026-03-10", **MAINTAINED, labs=labs))) is flagged


def test_a_haemoglobin_too_long_before_the_first_dose_is_no_start() -> None:
    labs = (lab("2025-10-04", "haemoglobin", "100"), lab("2026-03-05", "haemoglobin", "100"))

    assert "no-response" not in codes(assessed("2026-03-10", **MAINTAINED, labs=labs))


def test_evidence_keeps_value_and_unit_as_entered() -> None:
    found = assessed("2026-02-20", labs=(lab(EARLIER, "b12", "150.0", comparator="<"),))

    (evidence,) = flag(found, "b12-deficient").evidence
    assert (evidence.fact, evidence.date) == ("lab", on(EARLIER))
    assert evidence.text == "B12 <150.0 pg/mL"
