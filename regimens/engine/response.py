"""Flags about how treatment is working: relapse, failure and response."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from regimens.engine.assessment import Evidence
from regimens.engine.dates import add_days, add_months
from regimens.engine.day import Day, once_a_day
from regimens.engine.evidence import in_one_sentence, of_day, of_lab, of_review, of_running
from regimens.engine.findings import CRITICAL, WARNING, Finding, rule
from regimens.engine.labs import Result
from regimens.engine.protocol import PROTOCOL
from regimens.engine.rechecks import current_plan
from regimens.engine.sets import LabSet, at_target, newest_set, sets_upto
from regimens.engine.targets import macrocytic_anaemia

YEAR_MARK = "12-months"


@once_a_day
def first_success(day: Day) -> LabSet | None:
    """The first set at target after the patient's first T0.

    "Some set was at target, and by facts dated after it": the first such set
    leaves the most facts after it, so it alone needs to be asked.
    """
    t0s = (treatment.t0 for treatment in day.history.treatments)
    first_t0 = next((t0 for t0 in t0s if t0 is not None), None)
    if first_t0 is None:
        return None
    return next(
        (one for one in sets_upto(day) if one.date > first_t0 and at_target(one, day)), None
    )


@rule("relapse-suspected", "b12", "mma", "egfr", "haemoglobin", "mcv", "reviews", "sets")
def relapse_suspected(day: Day) -> Finding | None:
    """A set was at target, and facts dated after it speak against that."""
    success = first_success(day)
    if success is None:
        return None
    signs = list(_signs_after(day, success.date))
    if not signs:
        return None
    evidence = of_day("set", success.date, "Set of results at target")
    for _, facts in signs:
        evidence += facts
    return Finding(CRITICAL, evidence, says=in_one_sentence(words for words, _ in signs))


def _signs_after(day: Day, since: date) -> Iterator[tuple[str, tuple[Evidence, ...]]]:
    """What speaks for a relapse, dated after a set at target; homocysteine alone never."""
    if day.b12 and day.b12.date > since and day.b12_is("deficient"):
        yield "B12 has become deficient", of_lab(day.b12)
    if day.mma and day.mma.date > since and day.mma_over_with_good_kidneys():
        yield "MMA has risen with good kidney function", of_lab(day.mma, day.egfr_for(day.mma))
    word = day.newest_word
    if word and word.date > since and word.direction in ("new", "worse"):
        yield "neurological symptoms are new or worse", of_review(word)
    blood = [result for result in (day.haemoglobin, day.mcv) if result is not None]
    if macrocytic_anaemia(day) and any(result.date > since for result in blood):
        yield "there is anaemia with large red cells", of_lab(*blood)


@rule("oral-failure", "treatment", "sets", "egfr")
def oral_failure(day: Day) -> Finding | None:
    """Three months on tablets without a break, and the newest set since is not at target."""
    start = oral_since(day)
    newest = newest_set(day)
    if start is None or newest is None:
        return None
    judged_on = add_months(start, PROTOCOL.oral_failure_months)
    if day.date < judged_on or at_target(newest, day):
        return None
    if newest.date < add_days(judged_on, -PROTOCOL.oral_failure_set_days):
        return None
    return Finding(WARNING, of_set(newest) + of_running(day), onset=judged_on)


def oral_since(day: Day) -> date | None:
    """The first day of the tablets that run now, of courses that followed without a break."""
    if day.phase != "oral" or day.treatment is None:
        return None
    start: date | None = None
    until: date | None = None
    for span in day.treatment.spans:
        if span.start > day.date:
            break
        if not span.oral:
            start = None
        elif start is None or until != span.start:
            start = span.start
        until = span.until
    return start


def of_set(one: LabSet) -> tuple[Evidence, ...]:
    """What a set was made of."""
    return of_lab(one.b12, one.haemoglobin, one.mcv, one.homocysteine, one.mma)


@rule("not-stable", "treatment", "sets", "egfr")
def not_stable(day: Day) -> Finding | None:
    """The set of the 12-month recheck is not at target, nor is any set since."""
    if day.treatment is None:
        return None
    for item in current_plan(day).items:
        yearly = item.served_on(day.date) if item.milestone == YEAR_MARK else None
        if yearly is not None:
            since = [one for one in sets_upto(day) if one.date >= yearly.date]
            if any(at_target(one, day) for one in since):
                return None
            return Finding(WARNING, of_set(yearly))
    return None


@rule("no-response", "treatment", "haemoglobin")
def no_response(day: Day) -> Finding | None:
    """Haemoglobin was low at the start, and weeks into treatment it has not risen enough."""
    newest = day.haemoglobin
    if day.t0 is None or newest is None:
        return None
    if newest.date < day.t0 + timedelta(weeks=PROTOCOL.response_weeks):
        return None
    start = day.history.haemoglobin.newest(day.t0)
    if start is None or add_months(start.date, PROTOCOL.baseline_months) < day.t0:
        return None
    if not day.anaemic(start) or _risen(start, newest):
        return None
    return Finding(WARNING, of_lab(start, newest))


def _risen(start: Result, newest: Result) -> bool:
    """Whether the rise is at least the one expected; `<` and `>` count as just beside."""
    rise = newest.exact - start.exact
    return (rise, newest.nudge - start.nudge) >= (PROTOCOL.response_g_per_l, 0)
