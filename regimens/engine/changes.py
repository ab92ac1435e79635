"""The next date on which the same facts may give another assessment."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from itertools import chain
from typing import Protocol

from regimens.engine.dates import DAY, add_days, add_months
from regimens.engine.day import Day, once_a_day
from regimens.engine.doses import band_steps, due_soon_from, judged_doses, missed_doses, next_dose
from regimens.engine.due import due
from regimens.engine.facts import Facts, Patient
from regimens.engine.flags import controlled, findings, flags
from regimens.engine.history import History, Voidable
from regimens.engine.protocol import PROTOCOL
from regimens.engine.rechecks import listed_rechecks, open_rechecks, partly_done, result_sets
from regimens.engine.reminders import recheck_steps, reminders
from regimens.engine.safety_doses import lapse_date
from regimens.engine.suggest import course_summary, suggestion
from regimens.engine.timeline import Dated


class Spell(Protocol):
    """A fact with a beginning and perhaps an end."""

    @property
    def start(self) -> date: ...

    @property
    def end(self) -> date | None: ...


def next_change(day: Day) -> date | None:
    """The first later date with another assessment, but for its day counts; None if never.

    Walks from one possible change to the next until an answer differs. Where a
    void takes effect the past reads differently too, so there the flags' first
    days are compared as well; on other days they follow from the flags.
    """
    voids = void_dates(day.history.facts)
    while possible := possible_changes(day):
        later_on = min(possible)
        history = day.history
        parts = PARTS
        if later_on in voids:
            history = History(history.facts, history.policy, voided_by=later_on)
            parts = (*PARTS, flags)
        later = history.day(later_on)
        if any(part(day) != part(later) for part in parts):
            return later_on
        day = later
    return None


def possible_changes(day: Day) -> set[date]:
    """Every later date on which the assessment of a day might stop holding.

    A date too many costs one comparison; a date too few would be late.
    """
    found = chain(
        _of_facts(day.history),
        _of_treatment_start(day.history),
        _of_dose(day),
        _of_rechecks(day),
        _of_partial(day),
        _of_symptoms_and_tablets(day),
    )
    return {one for one in found if one is not None and one > day.date}


@once_a_day
def _shown_dose(day: Day) -> object:
    """The next dose but for its count of days."""
    dose = next_dose(day)
    return dose and (dose.due, dose.due_soon_from, dose.status, dose.band, dose.number, dose.of)


@once_a_day
def _shown_rechecks(day: Day) -> object:
    """The rechecks but for their counts of days."""
    return [
        (one.t0, one.milestone, one.due, one.status, one.date, one.tests, one.missing)
        for one in listed_rechecks(day)
    ]


@once_a_day
def _shown_flags(day: Day) -> object:
    """The flags but for their first days."""
    return [(rule.code, *finding.shown) for rule, finding in findings(day)]


# From what changes most often to what costs most: the first difference ends a comparison.
PARTS: tuple[Callable[[Day], object], ...] = (
    lambda day: day.phase,
    _shown_dose,
    _shown_rechecks,
    once_a_day(reminders),
    once_a_day(missed_doses),
    once_a_day(judged_doses),
    course_summary,
    suggestion,
    lambda day: day.neurological,
    once_a_day(result_sets),
    _shown_flags,
    controlled,
)


def void_dates(facts: Facts) -> set[date]:
    """The dates on which facts are voided."""
    lists: tuple[Iterable[Voidable], ...] = (
        facts.conditions,
        facts.symptom_reviews,
        facts.courses,
        facts.doses,
        facts.not_given,
        facts.folic_acid,
        facts.allergies,
        facts.medicines,
        facts.labs,
        facts.extra_rechecks,
        facts.rechecks_off,
        [facts.diagnosis] if facts.diagnosis else [],
    )
    return {fact.voided for items in lists for fact in items if fact.voided is not None}


def _of_facts(history: History) -> Iterable[date | None]:
    """The dates in the facts themselves; the same for every day."""
    if history.own_dates is None:
        history.own_dates = sorted({d for d in _own_dates(history.facts) if d is not None})
    return history.own_dates


def _own_dates(facts: Facts) -> Iterator[date | None]:
    """What takes effect by its own date: beginnings, ends, voids, an absence, a birthday."""
    yield from void_dates(facts)
    yield from _of_person(facts.patient)
    if facts.diagnosis is not None:
        yield facts.diagnosis.date
    for condition in facts.conditions:
        yield condition.onset
        yield condition.ended
    for course in facts.courses:
        yield course.start
        yield course.end
        yield course.loading_ended
    spells: tuple[Iterable[Spell], ...] = (facts.folic_acid, facts.medicines, facts.rechecks_off)
    for spell in chain.from_iterable(spells):
        yield spell.start
        yield spell.end
    dated: tuple[Iterable[Dated], ...] = (
        *(facts.symptom_reviews, facts.doses, facts.not_given),
        *(facts.allergies, facts.labs),
    )
    for fact in chain.from_iterable(dated):
        yield fact.date


def _of_person(patient: Patient) -> Iterator[date | None]:
    """A birthday, a closing, an absence: from its first day to the day after its last."""
    yield add_months(patient.birth_date, 12 * PROTOCOL.adult_from_years)
    yield patient.status_since
    if patient.away is not None:
        yield patient.away.start
        if patient.away.until is not None:
            yield add_days(patient.away.until, 1)


def _of_treatment_start(history: History) -> Iterator[date | None]:
    """The day after T0: folic acid no longer comes before B12."""
    for treatment in history.treatments:
        if treatment.t0 is not None:
            yield add_days(treatment.t0, 1)


def _of_dose(day: Day) -> Iterator[date | None]:
    """The next injection's steps, and what follows if none is given."""
    policy = day.history.policy
    due_now = due(day)
    if due_now is not None:
        yield due_soon_from(due_now, policy)
        yield due_now.date
        for _, first in band_steps(due_now, policy):
            yield first
    yield lapse_date(day)
    if day.last_dose_in_run is not None:
        yield add_days(day.last_dose_in_run, policy.loading_gap_days + 1)
    if day.treatment is not None and day.treatment.dose_days:
        yield add_days(day.treatment.dose_days[0], policy.loading_review_days)
    if day.newest_review is not None:
        yield add_days(day.newest_review.date, policy.loading_review_days)


def _of_rechecks(day: Day) -> Iterator[date | None]:
    """The steps of the open rechecks; each has a day on which it is due and one after."""
    for recheck in open_rechecks(day):
        yield add_days(recheck.due, 1)
        for _, first in recheck_steps(recheck):
            yield first


def _of_partial(day: Day) -> Iterator[date | None]:
    """The first day on which another recheck, or none, is partial with the same results.

    Which one it is moves with windows opening, with the middle between two due
    dates and with results growing too old, so each day in reach is asked.
    """
    if not any_usable(day):
        return
    now = partly_done(day)
    for days in range(1, PROTOCOL.set_days + 2):
        later = add_days(day.date, days)
        if partly_done(day.history.day(later)) != now:
            yield later
            return


def any_usable(day: Day) -> bool:
    """Whether a result of a set is young enough to be part of one yet to come."""
    first = add_days(day.date, -PROTOCOL.set_days)
    history = day.history
    return any(
        timeline.newest_from(first, day.date)
        for timeline in (history.b12, history.haemoglobin, history.mcv, history.homocysteine)
    )


def _of_symptoms_and_tablets(day: Day) -> Iterator[date | None]:
    """MMA that grows too old while symptoms persist; three months on tablets."""
    if day.mma is not None:
        yield add_months(day.mma.date, PROTOCOL.marker_months) + DAY
    if day.treatment is not None:
        for span in day.treatment.spans:
            if span.oral:
                yield add_months(span.start, PROTOCOL.oral_failure_months)
