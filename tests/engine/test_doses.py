"""The dose forecast: loading, maintenance, early and late, missed, lapsed."""

from __future__ import annotations

from datetime import date

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
    on,
    review,
)

from regimens.engine import Policy
from regimens.engine.assessment import Assessment
from regimens.engine.facts import Patient

MAINTAINED = {"courses": (course("2026-01-05", interval="P3M"),), "doses": doses(*LOADING)}


def due(assessment: Assessment) -> date:
    assert assessment.next_dose is not None
    return assessment.next_dose.due


def timings(assessment: Assessment) -> list[tuple[str | None, int | None]]:
    return [(dose.timing, dose.days) for dose in assessment.doses]


@pytest.mark.parametrize(
    ("given", "expected"),
    [(1, "2026-01-07"), (2, "2026-01-09"), (3, "2026-01-12"), (4, "2026-01-14"), (5, "2026-01-16")],
)
def test_standard_loading_counts_from_each_actual_dose(given: int, expected: str) -> None:
    facts = {**MAINTAINED, "doses": doses(*LOADING[:given])}

    assert due(assessed(LOADING[given - 1], **facts)) == on(expected)


def test_a_treatment_with_no_dose_is_due_on_the_first_day_of_its_injections() -> None:
    courses = (course("2026-01-05", "oral"), course("2026-03-01"))

    assert due(assessed("2026-03-04", courses=courses)) == on("2026-03-01")


def test_no_due_date_comes_before_the_injections_begin_again() -> None:
    courses = (course("2026-01-05"), course("2026-02-01", "oral"), course("2026-06-01"))

    assert due(assessed("2026-06-01", courses=courses, doses=doses(*LOADING))) == on("2026-06-01")


def test_a_changed_interval_counts_from_the_last_dose_whatever_date_that_gives() -> None:
    courses = (course("2026-01-05", interval="P3M"), course("2026-04-01", interval="P1M"))

    assert due(assessed("2026-04-01", courses=courses, doses=doses(*LOADING))) == on("2026-02-16")


def test_later_courses_are_not_loaded_again_without_a_reload() -> None:
    courses = (course("2026-01-05"), course("2026-02-01", "im-neuro"))

    assert assessed("2026-02-01", courses=courses, doses=doses(*LOADING)).phase == "maintenance"


def test_a_reload_brings_loading_back() -> None:
    courses = (course("2026-01-05"), course("2026-02-01", "im-neuro", reload=True))

    found = assessed("2026-02-01", courses=courses, doses=doses(*LOADING))

    assert found.phase == "loading-neuro"
    assert found.next_dose is not None
    assert found.next_dose.number == 1


def test_doses_given_under_tablets_still_count_for_loading() -> None:
    courses = (course("2026-01-05"), course("2026-01-15", "oral"), course("2026-02-01"))

    assert assessed("2026-02-01", courses=courses, doses=doses(*LOADING)).phase == "maintenance"


def test_a_plateau_on_the_day_of_the_first_dose_does_not_end_neurological_loading() -> None:
    facts = {"courses": (course("2026-01-05", "im-neuro"),), "doses": doses("2026-01-05")}

    same_day = assessed("2026-01-06", **facts, symptom_reviews=(review("2026-01-05", "plateau"),))
    next_day = assessed("2026-01-06", **facts, symptom_reviews=(review("2026-01-06", "plateau"),))

    assert (same_day.phase, next_day.phase) == ("loading-neuro", "maintenance")


@pytest.mark.parametrize("word", [("resolved",), ("plateau", "fatigue")])
def test_neither_resolved_nor_a_plateau_of_fatigue_ends_neurological_loading(
    word: tuple[str, ...],
) -> None:
    facts = {"courses": (course("2026-01-05", "im-neuro"),), "doses": doses("2026-01-05")}

    found = assessed("2026-01-09", **facts, symptom_reviews=(review("2026-01-08", *word),))

    assert found.phase == "loading-neuro"


def test_how_an_ileal_course_loads_is_settled_on_its_start_day() -> None:
    facts = {
        "conditions": (condition("ileal-resection", "2020-01-01", "40"),),
        "courses": (course("2026-01-05", "im-ileal"),),
    }

    on_the_day = assessed("2026-01-09", **facts, diagnosis=deficient("2026-01-05"))
    a_day_later = assessed("2026-01-09", **facts, diagnosis=deficient("2026-01-06"))

    assert (on_the_day.phase, a_day_later.phase) == ("loading", "prophylaxis")


def test_a_bariatric_course_without_an_interval_has_no_due_date_past_loading() -> None:
    found = assessed("2026-02-01", courses=(course("2026-01-05", "im-bariatric"),))

    assert found.next_dose is None
    assert flag(found, "protocol-undefined").since == on("2026-01-05")


@pytest.mark.parametrize(
    ("today", "band"),
    [
        ("2026-04-16", None),
        ("2026-04-17", "late"),
        ("2026-04-30", "late"),
        ("2026-05-01", "overdue"),
        ("2026-05-14", "overdue"),
        ("2026-05-15", "long-overdue"),
    ],
)
def test_maintenance_bands(today: str, band: str | None) -> None:
    found = assessed(today, **MAINTAINED)

    assert found.next_dose is not None
    assert found.next_dose.band == band


@pytest.mark.parametrize(
    ("today", "band"),
    [("2026-04-17", "overdue"), ("2026-04-30", "overdue"), ("2026-05-01", "long-overdue")],
)
def test_neurological_status_moves_a_late_dose_one_band_up(today: str, band: str) -> None:
    reviews = (review("2026-01-20", "improving", "paraesthesia"),)

    found = assessed(today, **MAINTAINED, symptom_reviews=reviews)

    assert found.next_dose is not None
    assert found.next_dose.band == band


def test_a_clinic_can_move_the_bands() -> None:
    found = assessed("2026-04-20", Policy(late_days=2, overdue_days=3), **MAINTAINED)

    assert found.next_dose is not None
    assert found.next_dose.band == "long-overdue"
    assert found.missed_doses == (on("2026-04-16"),)


@pytest.mark.parametrize(
    ("given", "judged"),
    [
        ("2026-04-01", ("early", -15)),
        ("2026-04-02", ("on-time", -14)),
        ("2026-04-16", ("on-time", 0)),
        ("2026-04-17", ("late", 1)),
    ],
)
def test_a_maintenance_dose_is_judged_against_its_due_date(
    given: str, judged: tuple[str, int]
) -> None:
    found = assessed("2026-05-20", **{**MAINTAINED, "doses": doses(*LOADING, given)})

    assert timings(found)[-1] == judged
    assert ("dose-early" in codes(found)) is (judged[0] == "early")


def test_an_early_loading_dose_is_early_but_not_flagged() -> None:
    found = assessed("2026-01-06", **{**MAINTAINED, "doses": doses("2026-01-05", "2026-01-06")})

    assert timings(found)[-1] == ("early", -1)
    assert "dose-early" not in codes(found)


def test_a_dose_is_judged_by_what_was_ordered_the_day_before() -> None:
    courses = (course("2026-01-05", interval="P3M"), course("2026-03-16", interval="P2M"))

    found = assessed("2026-03-16", courses=courses, doses=doses(*LOADING, "2026-03-16"))

    assert timings(found)[-1] == ("early", -31)


def test_the_first_dose_of_a_reload_is_judged_by_the_reload() -> None:
    courses = (course("2026-01-05"), course("2026-06-01", reload=True))

    found = assessed("2026-06-01", courses=courses, doses=doses(*LOADING, "2026-06-01"))

    assert timings(found)[-1] == ("on-time", 0)
    assert found.missed_doses == (on("2026-04-16"),)


def test_a_dose_before_the_first_course_counts_but_was_not_due() -> None:
    found = assessed("2026-01-05", courses=(course("2026-01-05"),), doses=doses("2026-01-01"))

    assert [(d.counted, d.timing) for d in found.doses] == [(True, None)]
    assert found.next_dose is not None
    assert found.next_dose.number == 1


def test_a_second_dose_of_a_day_and_a_voided_one_are_kept_and_do_not_count() -> None:
    given = (dose("2026-01-05"), dose("2026-01-05"), dose("2026-01-07", voided=on("2026-01-08")))

    found = assessed("2026-01-08", courses=(course("2026-01-05"),), doses=given)

    assert [(d.date.day, d.counted) for d in found.doses] == [(5, True), (5, False), (7, False)]
    assert found.next_dose is not None
    assert found.next_dose.due == on("2026-01-07")


@pytest.mark.parametrize(("ended", "missed"), [("2026-05-14", ()), ("2026-05-15", ("2026-04-16",))])
@pytest.mark.parametrize("how", ["end", "oral", "reload", "closing"])
def test_a_wait_is_measured_up_to_what_ended_it(
    ended: str, missed: tuple[str, ...], how: str
) -> None:
    first = course("2026-01-05", interval="P3M", end=ended if how == "end" else None)
    later = {
        "oral": (course(ended, "oral"),),
        "reload": (course(ended, reload=True),),
    }.get(how, ())
    patient = ANNA
    if how == "closing":
        patient = Patient(birth_date=ANNA.birth_date, status="transferred", status_since=on(ended))

    found = assessed(ended, patient=patient, courses=(first, *later), doses=doses(*LOADING))

    assert found.missed_doses == tuple(on(day) for day in missed)


def test_a_dose_on_the_day_the_injections_end_is_one_wait_with_the_end() -> None:
    courses = (course("2026-01-05"), course("2026-06-01", "oral"))

    found = assessed("2026-06-10", courses=courses, doses=doses(*LOADING, "2026-06-01"))

    assert found.missed_doses == (on("2026-04-16"),)
    assert timings(found)[-1] == ("late", 46)


@pytest.mark.parametrize(("today", "flagged"), [("2026-01-26", False), ("2026-01-27", True)])
def test_loading_is_interrupted_after_more_than_14_days(today: str, flagged: bool) -> None:
    found = assessed(today, **{**MAINTAINED, "doses": doses(*LOADING[:4])})

    assert ("loading-interrupted" in codes(found)) is flagged


def test_loading_is_reviewed_from_day_21_and_again_after_each_review() -> None:
    facts = {"courses": (course("2026-01-05", "im-neuro"),), "doses": doses("2026-01-05")}
    later = (review("2026-01-20", "improving", "paraesthesia"),)

    found = assessed("2026-02-12", **facts)
    reviewed = assessed("2026-02-09", **facts, symptom_reviews=later)
    again = assessed("2026-02-12", **facts, symptom_reviews=later)

    assert flag(found, "loading-review-due").since == on("2026-01-26")
    assert "loading-review-due" not in codes(reviewed)
    assert flag(again, "loading-review-due").since == on("2026-02-10")


@pytest.mark.parametrize(("today", "flagged"), [("2026-07-15", False), ("2026-07-16", True)])
def test_treatment_lapses_when_two_intervals_have_passed(today: str, flagged: bool) -> None:
    assert ("treatment-lapsed" in codes(assessed(today, **MAINTAINED))) is flagged


def test_treatment_does_not_lapse_by_a_dose_before_the_injections_began_again() -> None:
    courses = (course("2026-01-05"), course("2026-02-01", "oral"), course("2027-01-01"))

    found = assessed("2027-01-02", courses=courses, doses=doses(*LOADING))

    assert "treatment-lapsed" not in codes(found)


def test_a_course_that_ends_on_its_start_day_never_ran() -> None:
    courses = (course("2026-01-05"), course("2026-02-01", "oral", end="2026-02-01"))

    found = assessed("2026-02-01", courses=courses, doses=doses(*LOADING))

    assert found.phase == "maintenance"
