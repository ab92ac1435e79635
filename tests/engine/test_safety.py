"""Safety rules: each with what raises it, what does not, how grave it is and since when."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from given import (
    ANNA,
    LOADING,
    assessed,
    codes,
    condition,
    course,
    deficient,
    dose,
    doses,
    flag,
    lab,
    on,
    review,
)

from regimens.engine.facts import Allergy, Diagnosis, FolicAcid, Medicine

FOLIC = (FolicAcid(start=on("2026-01-02")),)
RUNNING: dict[str, Any] = {"courses": (course("2026-01-05"),)}
MAINTAINED: dict[str, Any] = {**RUNNING, "doses": doses(*LOADING)}


def medicine(code: str, start: str = "2020-01-01", end: str | None = None) -> Medicine:
    return Medicine(code=code, start=on(start), end=on(end) if end else None)


def test_folic_acid_before_b12_is_critical_until_the_day_of_the_first_dose() -> None:
    before = assessed("2026-01-04", **RUNNING, folic_acid=FOLIC)
    first_day = assessed("2026-01-05", **RUNNING, folic_acid=FOLIC, doses=doses("2026-01-05"))
    day_after = assessed("2026-01-06", **RUNNING, folic_acid=FOLIC, doses=doses("2026-01-05"))

    assert flag(before, "folic-acid-before-b12").severity == "critical"
    assert flag(first_day, "folic-acid-before-b12").severity == "warning"
    assert flag(first_day, "folic-acid-before-b12").since == on("2026-01-02")
    assert first_day.changes_on == on("2026-01-06")
    assert "folic-acid-before-b12" not in codes(day_after)
    assert "folic-acid-during-loading" in codes(day_after)


def test_folic_acid_is_no_danger_where_b12_is_known_and_not_deficient() -> None:
    labs = (lab("2026-01-01", "b12", "200"),)

    assert "folic-acid-before-b12" not in codes(assessed("2026-01-04", folic_acid=FOLIC, labs=labs))


def test_a_folic_acid_course_no_longer_runs_from_its_end_on() -> None:
    ended = (replace(FOLIC[0], end=on("2026-01-04")),)

    assert "folic-acid-before-b12" in codes(assessed("2026-01-03", folic_acid=ended))
    assert "folic-acid-before-b12" not in codes(assessed("2026-01-04", folic_acid=ended))


@pytest.mark.parametrize(
    ("facts", "severity"),
    [
        ({"labs": (lab("2026-01-01", "egfr", "59.9"),)}, "warning"),
        ({"labs": (lab("2026-01-01", "egfr", "30"),)}, "warning"),
        ({"labs": (lab("2026-01-01", "egfr", "29.9"),)}, "critical"),
        ({"conditions": (condition("chronic-kidney-disease", "2020-01-01"),)}, "warning"),
        ({"conditions": (condition("diabetic-nephropathy", "2020-01-01"),)}, "critical"),
    ],
)
def test_cyanocobalamin_with_poor_kidneys(facts: dict[str, Any], severity: str) -> None:
    ordered = (course("2026-01-05", drug="cyanocobalamin"),)

    found = assessed("2026-01-06", courses=ordered, **facts)

    assert flag(found, "cyanocobalamin-renal").severity == severity


def test_the_next_injection_takes_a_drug_off_the_list() -> None:
    facts = {**RUNNING, "conditions": (condition("leber-optic-neuropathy", "2020-01-01"),)}
    cyano = dose("2026-01-05", drug="cyanocobalamin")

    after_it = assessed("2026-01-06", **facts, doses=(cyano,))
    after_next = assessed("2026-01-07", **facts, doses=(cyano, dose("2026-01-07")))

    assert flag(after_it, "leber-cyanocobalamin").severity == "critical"
    assert "leber-cyanocobalamin" not in codes(after_next)


@pytest.mark.parametrize(
    ("given", "code", "severity"),
    [
        ({"site": "buttock-left"}, "site-gluteal", "warning"),
        ({"route": "IV"}, "route-intravenous", "critical"),
        ({"route": "IV"}, "dose-nonstandard", "warning"),
        ({"route": "SC"}, "dose-nonstandard", "warning"),
        ({"amount_ug": Decimal(500)}, "dose-nonstandard", "warning"),
        ({"amount_ug": Decimal(2_499_999)}, "dose-nonstandard", "warning"),
        ({"amount_ug": Decimal(2_500_000)}, "dose-nonstandard", "critical"),
    ],
)
def test_an_unusual_injection_is_flagged(given: dict[str, Any], code: str, severity: str) -> None:
    found = assessed("2026-01-06", **RUNNING, doses=(dose("2026-01-05", **given),))

    assert flag(found, code).severity == severity


@pytest.mark.parametrize("given", [{"site": "ventrogluteal-left"}, {"route": "oral"}])
def test_nothing_is_said_of_a_usual_injection_or_of_a_tablet(given: dict[str, Any]) -> None:
    found = assessed("2026-01-06", **RUNNING, doses=(dose("2026-01-05", **given),))

    assert not codes(found) & {"site-gluteal", "dose-nonstandard", "route-intravenous"}


def test_an_allergy_or_an_earlier_reaction_is_critical() -> None:
    allergy = (Allergy(substance="cobalt", date=on("2020-01-01")),)
    other = (Allergy(substance="other", date=on("2020-01-01")),)
    reaction = (dose("2026-01-05", reaction="wheeze"),)

    assert flag(assessed("2026-01-06", allergies=allergy), "cobalamin-allergy").since
    assert flag(assessed("2026-01-06", doses=reaction), "cobalamin-allergy").severity == "critical"
    assert "cobalamin-allergy" not in codes(assessed("2026-01-06", allergies=other))


@pytest.mark.parametrize(
    ("facts", "severity"),
    [
        ({"diagnosis": deficient(cause="pernicious-anaemia")}, "critical"),
        ({"diagnosis": deficient(cause="ileal-resection")}, "critical"),
        ({"diagnosis": deficient(cause="crohns-ileal")}, "warning"),
        ({"conditions": (condition("ileal-resection", "2020-01-01", "20.5"),)}, "critical"),
        ({"conditions": (condition("ileal-resection", "2020-01-01", "20"),)}, "warning"),
        ({"conditions": (condition("bariatric-surgery", "2020-01-01"),)}, "critical"),
        ({}, "warning"),
    ],
)
def test_stopping_treatment_is_as_grave_as_its_cause_is_lasting(
    facts: dict[str, Any], severity: str
) -> None:
    ended = (course("2026-01-05", end="2026-03-01"),)

    found = flag(assessed("2026-03-04", courses=ended, **facts), "lifelong-treatment-stop")

    assert (found.severity, found.since) == (severity, on("2026-03-01"))


def test_an_end_to_come_is_flagged_without_a_date_and_not_if_a_course_follows() -> None:
    ending = course("2026-01-05", end="2026-03-01")

    alone = assessed("2026-02-01", courses=(ending,))
    followed = assessed("2026-02-01", courses=(ending, course("2026-03-01", "oral")))
    too_late = assessed("2026-02-01", courses=(ending, course("2026-03-02", "oral")))

    assert flag(alone, "lifelong-treatment-stop").since is None
    assert alone.changes_on is not None
    assert "lifelong-treatment-stop" not in codes(followed)
    assert "lifelong-treatment-stop" in codes(too_late)


def test_new_neurological_symptoms_under_maintenance_are_critical() -> None:
    reviews = (review("2026-03-01", "new", "gait-ataxia"), review("2026-03-05", "worse", "fatigue"))

    found = assessed("2026-03-10", **MAINTAINED, symptom_reviews=reviews)

    assert flag(found, "neuro-new").severity == "critical"
    assert flag(found, "neuro-new").since == on("2026-03-01")


@pytest.mark.parametrize("word", ["improving", "plateau", "resolved"])
def test_a_better_word_takes_new_symptoms_off(word: str) -> None:
    reviews = (review("2026-03-01", "new", "gait-ataxia"), review("2026-03-05", word))

    found = assessed("2026-03-10", **MAINTAINED, symptom_reviews=reviews)

    assert "neuro-new" not in codes(found)


def test_symptoms_of_the_treatments_first_day_are_not_new_ones() -> None:
    reviews = (review("2026-01-05", "new", "gait-ataxia"),)

    assert "neuro-new" not in codes(assessed("2026-03-10", **MAINTAINED, symptom_reviews=reviews))


@pytest.mark.parametrize(
    ("severe", "later", "severity"),
    [(True, (), "critical"), (False, (), "warning"), (True, ("none",), "warning")],
)
def test_neurological_symptoms_on_tablets(
    severe: bool, later: tuple[str, ...], severity: str
) -> None:
    reviews = (
        review("2026-01-02", "improving", "paraesthesia", severe=severe),
        *(review("2026-01-08", word) for word in later),
    )

    found = assessed("2026-01-10", courses=(course("2026-01-05", "oral"),), symptom_reviews=reviews)

    assert flag(found, "neuro-on-oral").severity == severity


@pytest.mark.parametrize(
    ("interval", "flagged"),
    [("P3M", True), ("P10W", True), ("P9W", True), ("P8W", False), ("P2M", False)],
)
def test_a_longer_interval_than_suggested_is_a_mismatch(interval: str, flagged: bool) -> None:
    facts = {
        "courses": (course("2026-01-05", "im-neuro", interval=interval),),
        "symptom_reviews": (review("2026-01-02", "new", "paraesthesia"),),
    }

    assert ("regimen-mismatch" in codes(assessed("2026-01-06", **facts))) is flagged


def test_tablets_are_the_equal_of_standard_injections_and_not_of_ileal_ones() -> None:
    tablets = (course("2026-01-05", "oral"),)
    resected = (condition("ileal-resection", "2020-01-01", "30"),)

    standard = assessed("2026-01-06", courses=tablets, diagnosis=deficient())
    ileal = assessed("2026-01-06", courses=tablets, conditions=resected)

    assert "regimen-mismatch" not in codes(standard)
    assert flag(ileal, "regimen-mismatch").since == on("2026-01-05")


@pytest.mark.parametrize(
    ("labs", "medicines", "severity"),
    [
        ((lab("2026-01-02", "haemoglobin", "79.9"),), (), "critical"),
        ((lab("2026-01-02", "haemoglobin", "80"),), (), None),
        ((lab("2026-01-02", "potassium", "3.49"),), (), "critical"),
        ((lab("2026-01-02", "potassium", "3.5"),), (), None),
        ((lab("2026-01-02", "haemoglobin", "100"),), (medicine("digoxin"),), "warning"),
        ((lab("2026-01-02", "haemoglobin", "120"),), (medicine("digoxin"),), None),
    ],
)
def test_potassium_may_fall_at_the_start(
    labs: tuple[Any, ...], medicines: tuple[Medicine, ...], severity: str | None
) -> None:
    found = assessed("2026-01-05", **RUNNING, labs=labs, medicines=medicines)

    if severity is None:
        assert "hypokalaemia-risk" not in codes(found)
    else:
        assert flag(found, "hypokalaemia-risk").severity == severity


def test_after_the_first_dose_low_potassium_is_a_warning_and_past_loading_nothing() -> None:
    labs = (lab("2026-01-02", "potassium", "3.1"),)

    loading = assessed("2026-01-05", **RUNNING, labs=labs, doses=doses("2026-01-05"))

    assert flag(loading, "hypokalaemia-risk").severity == "warning"
    assert "hypokalaemia-risk" not in codes(assessed("2026-01-16", **MAINTAINED, labs=labs))


@pytest.mark.parametrize(
    "facts",
    [
        {"medicines": (medicine("anticoagulant-oral"),)},
        {"conditions": (condition("bleeding-disorder", "2020-01-01"),)},
        {"labs": (lab("2026-01-01", "platelets", "49"),)},
    ],
)
def test_bleeding_risk_matters_for_injections_only(facts: dict[str, Any]) -> None:
    injections = assessed("2026-01-06", **RUNNING, **facts)
    tablets = assessed("2026-01-06", courses=(course("2026-01-05", "oral"),), **facts)
    ended = assessed("2026-01-06", courses=(course("2026-01-03", end="2026-01-05"),), **facts)

    assert "anticoagulant-im" in codes(injections)
    assert "anticoagulant-im" not in codes(tablets) | codes(ended)


def test_nitrous_oxide_counts_however_long_ago_and_is_critical_with_symptoms() -> None:
    exposed = (medicine("nitrous-oxide", "2020-01-01", "2020-01-02"),)
    symptoms = (review("2026-01-02", "new", "paraesthesia"),)
    named = Diagnosis(date=on("2026-01-01"), cause="nitrous-oxide")

    alone = assessed("2026-01-06", medicines=exposed)
    ill = assessed("2026-01-06", diagnosis=named, symptom_reviews=symptoms)

    assert flag(alone, "nitrous-oxide").severity == "warning"
    assert flag(ill, "nitrous-oxide").severity == "critical"


def test_interacting_medicines_share_a_flag_and_chloramphenicol_warns() -> None:
    found = assessed("2026-01-06", medicines=(medicine("metformin"), medicine("h2-blocker")))
    grave = assessed("2026-01-06", medicines=(medicine("chloramphenicol-parenteral"),))
    ended = assessed("2026-01-06", medicines=(medicine("ppi", end="2026-01-06"),))

    assert flag(found, "interacting-medicine").why.startswith("Metformin and H2 blocker can")
    assert flag(grave, "interacting-medicine").severity == "warning"
    assert "interacting-medicine" not in codes(ended)


def test_pregnancy_has_no_date() -> None:
    found = assessed("2026-01-06", patient=replace(ANNA, breastfeeding=True))

    assert flag(found, "pregnancy-review").since is None
    assert found.changes_on is None


@pytest.mark.parametrize(
    ("taken", "flagged"),
    [("2026-01-05", False), ("2026-01-06", True), ("2026-01-18", True), ("2026-01-19", False)],
)
def test_an_antibody_is_early_from_1_to_13_days_after_a_dose(taken: str, flagged: bool) -> None:
    labs = (lab(taken, "if-antibody", "positive"),)

    found = assessed("2026-02-01", **RUNNING, doses=doses("2026-01-05"), labs=labs)

    assert ("if-antibody-early" in codes(found)) is flagged


def test_a_person_is_under_16_until_the_birthday() -> None:
    born = replace(ANNA, birth_date=on("2010-01-06"))

    before = assessed("2026-01-05", patient=born)

    assert flag(before, "under-16").since == on("2010-01-06")
    assert before.changes_on == on("2026-01-06")
    assert "under-16" not in codes(assessed("2026-01-06", patient=born))


@pytest.mark.parametrize(
    ("conditions", "flagged"),
    [
        ((("ileal-resection", "20"),), True),
        ((("ileal-resection", "12"), ("ileal-resection", "8")), True),
        ((("ileal-resection", "12"),), False),
        ((("ileal-resection", "21"),), False),
        ((("ileal-resection", None),), True),
        ((("ileal-resection", "21"), ("ileal-resection", None)), False),
        ((("crohns-ileal", None),), True),
        ((("crohns-ileal", None), ("ileal-resection", "21")), False),
    ],
)
def test_prophylaxis_is_the_clinicians_choice_up_to_20_cm(
    conditions: tuple[tuple[str, str | None], ...], flagged: bool
) -> None:
    recorded = tuple(condition(code, "2020-01-01", cm) for code, cm in conditions)

    found = assessed("2026-01-06", conditions=recorded)

    assert ("prophylaxis-clinician-decides" in codes(found)) is flagged


def test_a_cause_stands_for_its_condition_until_one_is_recorded() -> None:
    cause = Diagnosis(date=on("2026-01-01"), cause="ileal-resection")
    recorded = (condition("ileal-resection", "2026-01-03", "30"),)

    before = assessed("2026-01-02", diagnosis=cause, conditions=recorded)
    after = assessed("2026-01-03", diagnosis=cause, conditions=recorded)

    assert "prophylaxis-clinician-decides" in codes(before)
    assert before.suggestion is None
    assert after.suggestion is not None
    assert after.suggestion.regimen == "im-ileal"


def test_glossitis_alone_asks_for_a_confirmation() -> None:
    sore = review("2026-01-02", "new", "glossitis", "fatigue")
    numb = review("2026-01-04", "new", "paraesthesia")

    alone = assessed("2026-01-03", symptom_reviews=(sore,))
    both = assessed("2026-01-05", symptom_reviews=(sore, numb))

    assert alone.suggestion is not None
    assert alone.suggestion.regimen == "im-neuro"
    assert "glossitis-only" in codes(alone)
    assert "glossitis-only" not in codes(both)
