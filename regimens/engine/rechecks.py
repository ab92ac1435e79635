"""The rechecks and sets as they stand on a day."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from regimens.engine.assessment import Recheck, ResultSet
from regimens.engine.dates import add_days
from regimens.engine.day import Day, once_a_day
from regimens.engine.history import History
from regimens.engine.plan import Plan, Planned
from regimens.engine.protocol import PROTOCOL
from regimens.engine.sets import at_target, newest_set, sets_upto

TESTS = ("b12", "cbc", "homocysteine")
BEFORE_TREATMENT = -1


class Partly(NamedTuple):
    """The recheck that a set completed today would serve, and the tests it still lacks."""

    item: Planned
    missing: tuple[str, ...]


def rechecks(day: Day) -> tuple[Recheck, ...]:
    """The rechecks listed on a day, by due date, with those of earlier treatments."""
    history = day.history
    last = recheck_day(day)
    group = history.day(last).treatments_begun - 1
    listed: list[Recheck] = []
    for earlier in range(BEFORE_TREATMENT, group):
        listed += _superseded(history, earlier)
    plan = _plan(history, group, last, over=False)
    for item in plan.upto_first_open_after(last):
        found = _closed(plan, item, last) if day.closed else _open_or_done(day, plan, item)
        if found is not None:
            listed.append(found)
    listed.sort(key=lambda recheck: recheck.due)
    return tuple(listed)


def recheck_day(day: Day) -> date:
    """The last day on which rechecks moved: the day itself, or that of the closing."""
    closed_on = day.history.closed_on
    return min(day.date, closed_on) if closed_on is not None else day.date


def current_plan(day: Day) -> Plan:
    """The rechecks of the current treatment, or those without one before the first."""
    last = recheck_day(day)
    return _plan(day.history, day.history.day(last).treatments_begun - 1, last, over=False)


def _plan(history: History, group: int, last: date, *, over: bool) -> Plan:
    """The plan of a treatment by a day.

    An extra recheck belongs to the treatment of its date: to the current one
    also where its date is still to come.
    """
    if group == BEFORE_TREATMENT:
        t0, switches, start = None, [], date.min
        until = history.treatment_starts[0] if history.treatment_starts else None
    else:
        treatment = history.treatments[group]
        start, until = treatment.start, treatment.until
        t0 = treatment.t0 if treatment.t0 is not None and treatment.t0 <= last else None
        switches = [day for day in treatment.switches if day <= last]
    key = (group, over, t0, len(switches))
    plan = history.plans.get(key)
    if plan is None:
        last_extra = until if over else None
        extras = [
            d for d in history.extras if d >= start and (last_extra is None or d < last_extra)
        ]
        sets = [s for s in history.sets if s.date >= start and (until is None or s.date < until)]
        plan = history.plans[key] = Plan(t0, switches, extras, sets)
    return plan


def _superseded(history: History, group: int) -> list[Recheck]:
    """An earlier treatment's rechecks as they stood on its last day; the open ones given up."""
    found = history.superseded.get(group)
    if found is None:
        last = add_days(history.treatments[group + 1].start, -1)
        plan = _plan(history, group, last, over=True)
        found = history.superseded[group] = [
            _settled(plan, item, last) or _recheck(plan, item, "superseded")
            for item in plan.upto_first_open_after(last)
        ]
    return found


def _settled(plan: Plan, item: Planned, day: date) -> Recheck | None:
    """A recheck that a set has served or jumped over by a day."""
    if (served := item.served_on(day)) is not None:
        late = (served.date - item.due).days
        return _recheck(plan, item, "done", on=served.date, days_late=late)
    return None if item.open_on(day) else _recheck(plan, item, "missed")


def _closed(plan: Plan, item: Planned, day: date) -> Recheck | None:
    """A recheck of a closed record: missed if due before the closing, else fallen away."""
    if (settled := _settled(plan, item, day)) is not None:
        return settled
    return _recheck(plan, item, "missed") if item.due < day else None


def _open_or_done(day: Day, plan: Plan, item: Planned) -> Recheck:
    if (settled := _settled(plan, item, day.date)) is not None:
        return settled
    late = (day.date - item.due).days
    partly = partly_done(day)
    missing = partly.missing if partly is not None and partly.item is item else ()
    return _recheck(
        plan,
        item,
        "partial" if missing else _status(late),
        days_late=late if late > 0 else None,
        tests=tests_asked(day),
        missing=missing,
    )


def _status(late: int) -> str:
    if late > 0:
        return "overdue"
    if late == 0:
        return "due"
    return "due-soon" if late >= -PROTOCOL.recheck_due_soon_days else "upcoming"


def _recheck(
    plan: Plan,
    item: Planned,
    status: str,
    *,
    on: date | None = None,
    days_late: int | None = None,
    tests: tuple[str, ...] = TESTS,
    missing: tuple[str, ...] = (),
) -> Recheck:
    return Recheck(
        t0=plan.t0,
        milestone=item.milestone,
        due=item.due,
        status=status,
        date=on,
        days_late=days_late,
        tests=tests,
        missing=missing,
    )


@once_a_day
def tests_asked(day: Day) -> tuple[str, ...]:
    """What an open recheck asks for: MMA too while B12 is borderline or symptoms persist."""
    if day.b12_is("borderline") or day.symptoms_persist:
        return (*TESTS, "mma")
    return TESTS


@once_a_day
def partly_done(day: Day) -> Partly | None:
    """The recheck that is partial on a day, if some but not all tests have a usable result.

    A blood count has one where haemoglobin and MCV both do.
    """
    missing = tests_missing(day)
    if day.closed or not 0 < len(missing) < len(TESTS):
        return None
    item = current_plan(day).choose(day.date, known_on=day.date)
    return Partly(item, missing) if item is not None else None


def tests_missing(day: Day) -> tuple[str, ...]:
    """The tests with no result after the last set and young enough for one made today."""
    history = day.history
    first = add_days(day.date, -PROTOCOL.set_days)
    if (last := newest_set(day)) is not None:
        first = max(first, add_days(last.date, 1))
    usable = {
        "b12": (history.b12,),
        "cbc": (history.haemoglobin, history.mcv),
        "homocysteine": (history.homocysteine,),
    }
    return tuple(
        test
        for test, timelines in usable.items()
        if not all(timeline.newest_from(first, day.date) for timeline in timelines)
    )


@once_a_day
def open_rechecks(day: Day) -> list[Recheck]:
    """The rechecks that wait for a set; none for a closed record."""
    closed = ("done", "missed", "superseded")
    return [recheck for recheck in listed_rechecks(day) if recheck.status not in closed]


listed_rechecks = once_a_day(rechecks)


def result_sets(day: Day) -> tuple[ResultSet, ...]:
    """Every set so far, with what it serves and whether it is at target."""
    history, last = day.history, recheck_day(day)
    begun = history.day(last).treatments_begun
    serves: dict[date, str] = {}
    for group in range(BEFORE_TREATMENT, begun):
        over = group < begun - 1
        until = add_days(history.treatments[group + 1].start, -1) if over else last
        plan = _plan(history, group, until, over=over)
        serves |= {on: item.milestone for on, item in plan.serves.items() if on <= until}
    return tuple(
        ResultSet(date=one.date, serves=serves.get(one.date), at_target=at_target(one, day))
        for one in sets_upto(day)
    )
