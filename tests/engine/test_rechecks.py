"""Rechecks and sets: the grid, which set serves which check, and what is left open."""

from __future__ import annotations

from typing import Any

import pytest
from given import (
    ANNA,
    LOADING,
    assessed,
    codes,
    course,
    doses,
    extra,
    flag,
    lab,
    on,
    panel,
    review,
)

from regimens.engine.assessment import Assessment
from regimens.engine.facts import Patient, RechecksOff

MAINTAINED: dict[str, Any] = {"courses": (course("2026-01-05"),), "doses": doses(*LOADING)}


def listed(assessment: Assessment) -> list[tuple[str, str, str]]:
    return [(one.milestone, one.due.isoformat(), one.status) for one in assessment.rechecks]


def served(assessment: Assessment) -> list[str | None]:
    return [one.serves for one in assessment.sets]


@pytest.mark.parametrize(
    ("today", "status"),
    [
        ("2026-03-07", "upcoming"),
        ("2026-03-08", "due-soon"),
        ("2026-04-04", "due-soon"),
        ("2026-04-05", "due"),
        ("2026-04-06", "overdue"),
    ],
)
def test_a_recheck_passes_through_its_statuses(today: str, status: str) -> None:
    assert listed(assessed(today, **MAINTAINED))[0] == ("3-months", "2026-04-05", status)


@pytest.mark.parametrize(("taken", "serves"), [("2026-03-21", None), ("2026-03-22", "3-months")])
def test_a_set_serves_the_3_month_check_from_14_days_before(taken: str, serves: str | None) -> None:
    assert served(assessed("2026-03-22", **MAINTAINED, labs=panel(taken))) == [serves]


@pytest.mark.parametrize(
    ("taken", "serves"), [("2026-06-06", "3-months"), ("2026-06-07", "6-months")]
)
def test_a_set_serves_other_checks_from_28_days_before(taken: str, serves: str) -> None:
    assert served(assessed("2026-06-07", **MAINTAINED, labs=panel(taken))) == [serves]


def test_a_set_between_two_checks_serves_the_one_due_first() -> None:
    facts = {"extra_rechecks": (extra("2026-02-01"), extra("2026-02-11"))}

    equally_near = assessed("2026-02-06", labs=panel("2026-02-06"), **facts)
    nearer_later = assessed("2026-02-07", labs=panel("2026-02-07"), **facts)

    assert [one[2] for one in listed(equally_near)] == ["done", "due-soon"]
    assert [one[2] for one in listed(nearer_later)] == ["missed", "done"]


def test_a_late_set_is_marked_late_and_does_not_move_the_grid() -> None:
    found = assessed("2026-05-01", **MAINTAINED, labs=panel("2026-05-01"))

    assert (found.rechecks[0].status, found.rechecks[0].days_late) == ("done", 26)
    assert listed(found)[1] == ("6-months", "2026-07-05", "upcoming")


def test_a_baseline_serves_an_extra_recheck_at_most() -> None:
    baseline = panel("2026-01-05")

    alone = assessed("2026-01-16", **MAINTAINED, labs=baseline)
    wanted = assessed(
        "2026-01-16", **MAINTAINED, labs=baseline, extra_rechecks=(extra("2026-01-20"),)
    )

    assert served(alone) == [None]
    assert served(wanted) == ["extra"]


def test_items_14_days_apart_make_a_set_and_15_do_not() -> None:
    others = panel("2026-04-15")[1:]

    together = assessed("2026-04-15", **MAINTAINED, labs=(lab("2026-04-01", "b12", "520"), *others))
    apart = assessed("2026-04-15", **MAINTAINED, labs=(lab("2026-03-31", "b12", "520"), *others))

    assert [one.date for one in together.sets] == [on("2026-04-15")]
    assert apart.sets == ()


def test_a_result_of_one_set_is_not_used_for_the_next() -> None:
    labs = (*panel("2026-04-01"), *panel("2026-04-05")[1:])

    assert len(assessed("2026-04-10", **MAINTAINED, labs=labs).sets) == 1


def test_a_set_takes_the_newest_of_each_test() -> None:
    labs = (
        *panel("2026-04-05")[1:],
        lab("2026-04-01", "b12", "520"),
        lab("2026-04-03", "b12", "300"),
    )

    assert not assessed("2026-04-05", **MAINTAINED, labs=labs).sets[0].at_target


def test_a_set_takes_an_mma_of_its_own_days() -> None:
    labs = (*panel("2026-04-05"), lab("2026-03-22", "mma", "400"), lab("2026-03-22", "egfr", "90"))

    assert not assessed("2026-04-05", **MAINTAINED, labs=labs).sets[0].at_target


def test_an_mma_before_the_days_of_a_set_is_not_part_of_it() -> None:
    labs = (*panel("2026-04-05"), lab("2026-03-21", "mma", "400"), lab("2026-03-21", "egfr", "90"))

    assert assessed("2026-04-05", **MAINTAINED, labs=labs).sets[0].at_target


@pytest.mark.parametrize(
    ("today", "missing"),
    [("2026-04-01", ("cbc",)), ("2026-04-15", ("cbc",)), ("2026-04-16", ())],
)
def test_a_recheck_is_partial_while_its_results_are_young_enough(
    today: str, missing: tuple[str, ...]
) -> None:
    labs = (lab("2026-04-01", "b12", "520"), lab("2026-04-01", "homocysteine", "8"))

    assert assessed(today, **MAINTAINED, labs=labs).rechecks[0].missing == missing


def test_haemoglobin_without_mcv_is_no_blood_count() -> None:
    labs = (lab("2026-04-01", "haemoglobin", "135"),)

    assert assessed("2026-04-01", **MAINTAINED, labs=labs).rechecks[0].status == "due-soon"


def test_a_partial_recheck_stays_overdue_as_a_flag() -> None:
    found = assessed("2026-04-10", **MAINTAINED, labs=(lab("2026-04-01", "b12", "520"),))

    assert flag(found, "recheck-overdue").since == on("2026-04-06")
    assert flag(found, "recheck-partial").since == on("2026-04-01")
    assert found.rechecks[0].days_late == 5


def test_mma_is_asked_for_while_b12_is_borderline() -> None:
    borderline = assessed("2026-02-01", **MAINTAINED, labs=(lab("2026-01-30", "b12", "300"),))
    in_range = assessed("2026-02-01", **MAINTAINED, labs=(lab("2026-01-30", "b12", "351"),))

    assert borderline.rechecks[0].tests == ("b12", "cbc", "homocysteine", "mma")
    assert in_range.rechecks[0].tests == ("b12", "cbc", "homocysteine")


def test_symptoms_persist_from_three_months_after_t0() -> None:
    day_before = (review("2026-04-04", "improving", "paraesthesia"),)
    on_the_day = (review("2026-04-05", "improving", "paraesthesia"),)

    early = assessed("2026-04-06", **MAINTAINED, symptom_reviews=day_before)
    late = assessed("2026-04-06", **MAINTAINED, symptom_reviews=on_the_day)

    assert "mma-suggested" not in codes(early)
    assert flag(late, "mma-suggested").since == on("2026-04-05")


def test_two_rechecks_on_one_date_are_the_grids() -> None:
    found = assessed("2026-02-01", **MAINTAINED, extra_rechecks=(extra("2026-04-05"),))

    assert listed(found) == [("3-months", "2026-04-05", "upcoming")]


def test_an_extra_recheck_on_a_far_point_of_the_grid_stays_listed() -> None:
    found = assessed("2026-02-01", **MAINTAINED, extra_rechecks=(extra("2028-01-05"),))

    assert [one[0] for one in listed(found)] == ["3-months", "24-months"]


def test_a_switch_to_tablets_adds_a_check_three_months_later() -> None:
    courses = (course("2026-01-05"), course("2026-02-10", "oral"))

    found = assessed("2026-02-10", courses=courses, doses=doses(*LOADING))

    assert listed(found)[1] == ("after-switch", "2026-05-10", "upcoming")


def test_tablets_that_begin_a_new_treatment_are_no_switch() -> None:
    courses = (course("2026-01-05"), course("2026-02-10", "oral", reload=True))

    found = assessed("2026-02-10", courses=courses, doses=doses(*LOADING))

    assert listed(found) == [
        ("3-months", "2026-04-05", "superseded"),
        ("3-months", "2026-05-10", "upcoming"),
    ]


def test_an_extra_recheck_belongs_to_the_treatment_of_its_date() -> None:
    courses = (course("2026-01-05"), course("2026-02-10", reload=True))
    extras = (extra("2026-02-09"), extra("2026-02-10"))

    found = assessed("2026-02-10", courses=courses, doses=doses(*LOADING), extra_rechecks=extras)

    assert [(one.t0, one.status) for one in found.rechecks] == [
        (on("2026-01-05"), "superseded"),
        (None, "due"),
        (on("2026-01-05"), "superseded"),
    ]


def test_an_extra_recheck_needs_no_treatment() -> None:
    found = assessed("2026-02-01", extra_rechecks=(extra("2026-01-20"),))

    assert listed(found) == [("extra", "2026-01-20", "overdue")]
    assert flag(found, "recheck-overdue").since == on("2026-01-21")


def test_an_ended_treatment_keeps_its_rechecks_and_their_reminders() -> None:
    facts = {**MAINTAINED, "courses": (course("2026-01-05", end="2026-02-01"),)}

    found = assessed("2026-04-01", **facts)

    assert listed(found) == [("3-months", "2026-04-05", "due-soon")]
    assert [one.step for one in found.reminders][:2] == ["due-soon", "due"]


@pytest.mark.parametrize(("closed", "statuses"), [("2026-04-05", []), ("2026-04-06", ["missed"])])
def test_closing_misses_what_was_due_before_that_day(closed: str, statuses: list[str]) -> None:
    patient = Patient(birth_date=ANNA.birth_date, status="transferred", status_since=on(closed))

    found = assessed("2026-06-01", patient=patient, **MAINTAINED)

    assert [one.status for one in found.rechecks] == statuses
    assert (found.phase, found.flags, found.reminders) == ("closed", (), ())


def test_a_set_after_the_closing_serves_nothing() -> None:
    patient = Patient(birth_date=ANNA.birth_date, status="deceased", status_since=on("2026-04-10"))

    found = assessed("2026-06-01", patient=patient, **MAINTAINED, labs=panel("2026-04-11"))

    assert served(found) == [None]


def test_a_recheck_done_early_does_not_end_the_list() -> None:
    found = assessed("2026-03-25", **MAINTAINED, labs=panel("2026-03-25"))

    assert listed(found) == [
        ("3-months", "2026-04-05", "done"),
        ("6-months", "2026-07-05", "upcoming"),
    ]


def test_a_set_of_the_12_month_check_not_at_target_asks_for_another() -> None:
    year = panel("2027-01-05", homocysteine="12")
    better = (*year, *panel("2027-03-01"))

    found = assessed("2027-04-01", **MAINTAINED, labs=year)

    assert flag(found, "not-stable").since == on("2027-01-05")
    assert "not-stable" not in codes(assessed("2027-04-01", **MAINTAINED, labs=better))


def test_rechecks_switched_off_stay_listed_without_reminders() -> None:
    off = (RechecksOff(start=on("2026-02-01"), end=on("2026-03-01"), reason="wish"),)

    found = assessed("2026-02-28", **MAINTAINED, rechecks_off=off)
    on_again = assessed("2026-03-01", **MAINTAINED, rechecks_off=off)

    assert {one.kind for one in found.reminders} == {"dose"}
    assert flag(found, "monitoring-stopped").since == on("2026-02-01")
    assert {one.kind for one in on_again.reminders} == {"dose", "recheck"}
    assert "monitoring-stopped" not in codes(on_again)


def test_a_low_egfr_known_later_excuses_a_set_taken_before() -> None:
    labs = panel("2026-04-05", homocysteine="16")
    kidneys = lab("2026-06-01", "egfr", "40")

    before = assessed("2026-05-31", **MAINTAINED, labs=labs)
    after = assessed("2026-06-01", **MAINTAINED, labs=(*labs, kidneys))

    assert (before.sets[0].at_target, after.sets[0].at_target) == (False, True)
