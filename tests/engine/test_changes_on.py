"""The engine's promises, tried on random histories.

The nightly job looks only at patients whose `changes_on` has come, and a clinician
reads `since` as fact: so both are compared with asking day by day.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from given import ANNA, extra, lab, on
from histories import histories, policies
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from regimens.engine import Assessment, Facts, Policy, assess
from regimens.engine.changes import void_dates
from regimens.engine.facts import Lab
from regimens.engine.flags import findings
from regimens.engine.history import History
from regimens.engine.since import since

DAY = timedelta(days=1)
TIGHT, WIDE = 60, 400
LISTS = (
    "conditions",
    "symptom_reviews",
    "courses",
    "doses",
    "not_given",
    "folic_acid",
    "allergies",
    "medicines",
    "labs",
    "extra_rechecks",
    "rechecks_off",
)


def trying(examples: int) -> Any:
    """How hard to try; the deadline is the whole run's, not one example's."""
    return settings(
        max_examples=examples,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.large_base_example],
    )


def answer(assessment: Assessment) -> Assessment:
    """All that `changes_on` compares: no day counts, not the day itself."""
    dose = assessment.next_dose
    return replace(
        assessment,
        today=date.min,
        changes_on=None,
        next_dose=dose and replace(dose, days_overdue=0),
        rechecks=tuple(replace(recheck, days_late=None) for recheck in assessment.rechecks),
    )


def answer_on(facts: Facts, day: date, policy: Policy) -> Assessment:
    return answer(assess(facts, day, policy))


def holds_until_changes_on(facts: Facts, today: date, policy: Policy, most: int) -> None:
    """Every day before it, up to so many, and the last; or some years if it never comes."""
    assessment = assess(facts, today, policy)
    now, changes_on = answer(assessment), assessment.changes_on
    if changes_on is None:
        days = [today + DAY * ahead for ahead in (1, 2, 14, 15, 28, 29, 61, 92, 366, 1500)]
    else:
        ahead = (changes_on - today).days
        days = [today + DAY * one for one in range(1, min(ahead, most))]
        days += [changes_on - DAY] * (ahead > most)
        assert ahead > 0
        assert answer_on(facts, changes_on, policy) != now
    for day in days:
        assert answer_on(facts, day, policy) == now


@trying(150)
@given(histories(TIGHT), policies)
def test_the_answer_holds_until_changes_on_and_not_a_day_longer(
    history: tuple[Facts, date], policy: Policy
) -> None:
    holds_until_changes_on(*history, policy, most=40)


@trying(60)
@given(histories(WIDE), policies)
def test_the_same_over_months_and_years(history: tuple[Facts, date], policy: Policy) -> None:
    holds_until_changes_on(*history, policy, most=40)


@pytest.mark.parametrize("span", [TIGHT, WIDE])
def test_since_is_the_first_of_the_unbroken_run_of_days(span: int) -> None:
    @trying(150)
    @given(histories(span), policies)
    def day_by_day(history: tuple[Facts, date], policy: Policy) -> None:
        facts, today = history
        past = History(facts, policy, voided_by=today)
        for rule, finding in findings(past.day(today)):
            found = since(rule, finding, past.day(today))
            if rule.code == "under-16":
                assert found == facts.patient.birth_date
            elif finding.undated:
                assert found is None
            else:
                first = today
                while _dated(rule.about(past.day(first - DAY), finding.about)):
                    first -= DAY
                assert (rule.code, found) == (rule.code, first)

    day_by_day()


def _dated(finding: Any) -> bool:
    return finding is not None and not finding.undated


@trying(60)
@given(histories(WIDE), st.randoms(use_true_random=False))
def test_the_order_of_the_facts_means_nothing(history: tuple[Facts, date], random: Any) -> None:
    facts, today = history
    shuffled = {name: list(getattr(facts, name)) for name in LISTS}
    for facts_of_a_kind in shuffled.values():
        random.shuffle(facts_of_a_kind)

    mixed = replace(facts, **{name: tuple(items) for name, items in shuffled.items()})

    assert assess(mixed, today) == assess(facts, today)


@trying(60)
@given(histories(TIGHT))
def test_a_voided_fact_is_an_absent_one_from_its_void_on(history: tuple[Facts, date]) -> None:
    facts, today = history
    today = max([today, *void_dates(facts)])
    left = {
        name: tuple(fact for fact in getattr(facts, name) if fact.voided is None) for name in LISTS
    }
    diagnosis = facts.diagnosis if facts.diagnosis and not facts.diagnosis.voided else None

    without = assess(replace(facts, diagnosis=diagnosis, **left), today)
    found = assess(facts, today)

    counted = tuple(dose for dose in found.doses if dose.counted)
    assert counted == tuple(dose for dose in without.doses if dose.counted)
    assert replace(found, doses=()) == replace(without, doses=())


@trying(60)
@given(histories(TIGHT), st.data())
def test_a_result_never_moves_a_dose(history: tuple[Facts, date], data: st.DataObject) -> None:
    """But where deficiency decides whether a course loads: ileal and bariatric ones."""
    facts, today = history
    courses = [course for course in facts.courses if course.regimen in ("im-standard", "im-neuro")]
    facts = replace(facts, courses=tuple(courses))
    kept = data.draw(
        st.lists(st.sampled_from(facts.labs), unique=True) if facts.labs else st.just([])
    )
    fewer: tuple[Lab, ...] = tuple(kept)

    found = assess(facts, today)
    other = assess(replace(facts, labs=fewer), today)

    assert (found.next_dose, found.doses) == (other.next_dose, other.doses)
    assert found.missed_doses == other.missed_doses


@trying(60)
@given(histories(WIDE), st.dates(date(1900, 1, 1), date(2199, 12, 31)), policies)
def test_no_day_is_refused(history: tuple[Facts, date], today: date, policy: Policy) -> None:
    facts, _ = history

    assessment = assess(facts, today, policy)

    assert assessment.today == today
    assert assessment.changes_on is None or assessment.changes_on > today


def test_a_void_that_only_moves_the_first_day_of_a_flag_changes_the_answer() -> None:
    first = replace(lab("2026-01-01", "b12", "120"), voided=on("2026-03-01"))
    facts = Facts(patient=ANNA, labs=(first, lab("2026-02-01", "b12", "120")))

    before = assess(facts, on("2026-02-10"))
    after = assess(facts, on("2026-03-01"))

    assert [flag.since for flag in before.flags] == [on("2026-01-01")]
    assert before.changes_on == on("2026-03-01")
    assert [flag.since for flag in after.flags] == [on("2026-02-01")]


def test_the_middle_between_two_rechecks_moves_a_partial_one() -> None:
    extras = (extra("2026-02-01"), extra("2026-02-11"))
    facts = Facts(patient=ANNA, extra_rechecks=extras, labs=(lab("2026-02-03", "b12", "520"),))

    assessment = assess(facts, on("2026-02-04"))

    assert [one.status for one in assessment.rechecks] == ["partial", "due-soon"]
    assert assessment.changes_on == on("2026-02-07")


def test_results_that_grow_too_old_end_a_partial_recheck() -> None:
    facts = Facts(
        patient=ANNA,
        extra_rechecks=(extra("2026-02-01"),),
        labs=(lab("2026-02-03", "b12", "520"), lab("2026-02-03", "homocysteine", "8")),
    )

    assert assess(facts, on("2026-02-10")).changes_on == on("2026-02-18")
