"""Since when a flag has held: the first of the unbroken run of days up to a day."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable
from datetime import date

from regimens.engine.dates import add_days
from regimens.engine.day import Day
from regimens.engine.findings import Finding, Rule
from regimens.engine.history import History

EVERY_DAY = "every-day"

type Turns = Callable[[History], Iterable[date | None]]


def since(rule: Rule, finding: Finding, day: Day) -> date | None:
    """The first day of the run; None if what makes it true has no date.

    Between two turns (dates of facts that the rule reads) a rule can only
    become true, by time alone, on the finding's onset. So the run is walked
    back from turn to turn, asking the day before each.
    """
    if finding.undated:
        return None
    history, today = day.history, day.date
    while True:
        turn = last_turn(history, rule.reads, today)
        if finding.onset is not None and finding.onset > turn:
            return finding.onset
        if turn == date.min:
            return None
        today = add_days(turn, -1)
        earlier = rule.about(history.day(today), finding.about)
        if earlier is None or earlier.undated:
            return turn
        finding = earlier


def last_turn(history: History, reads: tuple[str, ...], today: date) -> date:
    """The last date up to a day on which what a rule reads may differ from the day before."""
    if EVERY_DAY in reads:
        return today
    turns = history.turns.get(reads)
    if turns is None:
        dates = {turn for kind in reads for turn in TURNS[kind](history) if turn is not None}
        turns = history.turns[reads] = sorted(dates)
    index = bisect_right(turns, today)
    return turns[index - 1] if index else date.min


def _of_conditions(history: History) -> Iterable[date | None]:
    for condition in history.conditions:
        yield condition.onset
        yield condition.ended
    if history.diagnosis is not None:
        yield history.diagnosis.date


def _of_treatment(history: History) -> Iterable[date | None]:
    """Starts, ends, the end of loading, T0 and the day after it."""
    for treatment in history.treatments:
        yield treatment.loaded_on
        yield treatment.t0
        if treatment.t0 is not None:
            yield add_days(treatment.t0, 1)
        for span in treatment.spans:
            yield span.start
            yield span.course.end


def _spells(name: str) -> Turns:
    def of(history: History) -> Iterable[date | None]:
        for spell in getattr(history, name):
            yield spell.start
            yield spell.end

    return of


def _dates(name: str) -> Turns:
    def of(history: History) -> Iterable[date | None]:
        return (fact.date for fact in getattr(history, name))

    return of


TURNS: dict[str, Turns] = {
    **{
        name: _dates(name)
        for name in (
            "allergies",
            "antibody",
            "b12",
            "egfr",
            "haemoglobin",
            "homocysteine",
            "injections",
            "mcv",
            "mma",
            "platelets",
            "potassium",
            "reactions",
            "reviews",
            "sets",
        )
    },
    "conditions": _of_conditions,
    "doses": lambda history: history.dose_days,
    "folic-acid": _spells("folic_acid"),
    "medicines": _spells("medicines"),
    "rechecks-off": _spells("rechecks_off"),
    "treatment": _of_treatment,
}
