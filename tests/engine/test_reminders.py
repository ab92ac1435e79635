"""Reminders: one for each step, the last reached and those to come."""

from __future__ import annotations

from typing import Any

from given import ANNA, LOADING, assessed, course, doses, on, review

from regimens.engine import Policy
from regimens.engine.assessment import Assessment
from regimens.engine.facts import Away, Patient

MAINTAINED: dict[str, Any] = {"courses": (course("2026-01-05"),), "doses": doses(*LOADING)}


def steps(assessment: Assessment, kind: str = "dose") -> list[tuple[str, str]]:
    found = [one for one in assessment.reminders if one.kind == kind]
    return [(one.step, one.on.isoformat()) for one in found]


def test_a_maintenance_dose_is_announced_and_then_followed_band_by_band() -> None:
    assert steps(assessed("2026-02-01", **MAINTAINED)) == [
        ("due-soon", "2026-04-02"),
        ("due", "2026-04-16"),
        ("late", "2026-04-17"),
        ("overdue", "2026-05-01"),
        ("long-overdue", "2026-05-15"),
    ]


def test_a_loading_dose_is_not_announced_before_it_is_due() -> None:
    facts = {"courses": (course("2026-01-05"),), "doses": doses("2026-01-05")}

    assert steps(assessed("2026-01-06", **facts)) == [
        ("due", "2026-01-07"),
        ("overdue", "2026-01-08"),
    ]


def test_a_step_that_another_has_overtaken_is_no_longer_sent() -> None:
    assert steps(assessed("2026-05-03", **MAINTAINED)) == [
        ("overdue", "2026-05-01"),
        ("long-overdue", "2026-05-15"),
    ]


def test_a_step_that_another_overtakes_on_its_own_day_is_never_sent() -> None:
    policy = Policy(due_soon_days=0, late_days=0, overdue_days=1)

    assert [step for step, _ in steps(assessed("2026-02-01", policy, **MAINTAINED))] == [
        "due",
        "overdue",
        "long-overdue",
    ]


def test_neurological_status_skips_the_first_band() -> None:
    reviews = (review("2026-01-20", "improving", "paraesthesia"),)

    found = assessed("2026-02-01", **MAINTAINED, symptom_reviews=reviews)

    assert [step for step, _ in steps(found)] == ["due-soon", "due", "overdue", "long-overdue"]


def test_a_recheck_is_announced_28_days_before_and_followed_three_times() -> None:
    found = assessed("2026-02-01", **MAINTAINED)

    assert steps(found, "recheck") == [
        ("due-soon", "2026-03-08"),
        ("due", "2026-04-05"),
        ("overdue-1", "2026-05-03"),
        ("overdue-2", "2026-05-31"),
        ("overdue-3", "2026-06-28"),
    ]


def test_the_last_reminder_stays_the_last() -> None:
    found = assessed("2026-07-04", **MAINTAINED)

    of_3_months = [one.step for one in found.reminders if one.milestone == "3-months"]
    assert of_3_months == ["overdue-3"]


def test_nothing_is_sent_while_away_and_one_reminder_afterwards() -> None:
    away = Away(start=on("2026-04-10"), until=on("2026-05-20"))
    patient = Patient(birth_date=ANNA.birth_date, sex="female", away=away)

    last_day = assessed("2026-05-20", patient=patient, **MAINTAINED)
    back = assessed("2026-05-21", patient=patient, **MAINTAINED)

    assert last_day.reminders == ()
    assert last_day.next_dose is not None
    assert last_day.next_dose.status == "overdue"
    assert last_day.changes_on == on("2026-05-21")
    assert steps(back) == [("long-overdue", "2026-05-15")]
