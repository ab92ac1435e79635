"""Safety flags about injections: those of the newest day with one, and those to come."""

from __future__ import annotations

from datetime import date

from regimens.engine.assessment import Evidence
from regimens.engine.dates import add_days, add_interval
from regimens.engine.day import Day
from regimens.engine.doses import dose_met, given_early
from regimens.engine.due import due
from regimens.engine.evidence import of_course, of_day, of_dose, of_review, of_running
from regimens.engine.findings import CRITICAL, WARNING, Finding, rule
from regimens.engine.protocol import PROTOCOL


@rule("site-gluteal", "injections")
def site_gluteal(day: Day) -> Finding | None:
    """A dose in the buttock; ventrogluteal is allowed silently."""
    found = [dose for dose in day.newest_injections if (dose.site or "").startswith("buttock")]
    return Finding(WARNING, of_dose(*found)) if found else None


@rule("route-intravenous", "injections")
def route_intravenous(day: Day) -> Finding | None:
    """A dose into a vein."""
    found = [dose for dose in day.newest_injections if dose.route == "IV"]
    return Finding(CRITICAL, of_dose(*found)) if found else None


@rule("dose-nonstandard", "injections")
def dose_nonstandard(day: Day) -> Finding | None:
    """An injection of anything but 1000 micrograms IM, or of an antidote strength."""
    usual = PROTOCOL.usual_dose_ug
    odd = [d for d in day.newest_injections if d.route != "IM" or d.amount_ug != usual]
    if not odd:
        return None
    if any(dose.amount_ug >= PROTOCOL.antidote_ug_from for dose in odd):
        return Finding(CRITICAL, of_dose(*odd), wording="antidote")
    return Finding(WARNING, of_dose(*odd))


@rule("duplicate-dose", "injections")
def duplicate_dose(day: Day) -> Finding | None:
    """A second countable dose on one day: kept, not counted."""
    found = [dose for dose in day.newest_injections if dose.route == "IM"]
    return Finding(WARNING, of_dose(*found)) if len(found) > 1 else None


@rule("dose-early", "injections")
def dose_early(day: Day) -> Finding | None:
    """The newest dose came long before its maintenance due date."""
    found = [dose for dose in day.newest_injections if dose.route == "IM"][:1]
    if not found:
        return None
    met = dose_met(day.history, found[0].date)
    if met.due is None or not given_early(met):
        return None
    return Finding(WARNING, of_dose(*found) + of_day("dose", met.due.date, "Injection was due"))


def of_last_dose(day: Day) -> tuple[Evidence, ...]:
    """The last countable dose of the treatment."""
    if day.last_dose is None:
        return of_running(day)
    return of_day("dose", day.last_dose, "Last injection")


@rule("dose-overdue", "treatment", "doses", "reviews")
def dose_overdue(day: Day) -> Finding | None:
    """The next injection is past its due date, in any band."""
    due_now = due(day)
    if due_now is None or due_now.date >= day.date:
        return None
    evidence = of_last_dose(day) + of_day("dose", due_now.date, "Injection was due")
    for missed in day.history.not_given:
        if (day.last_dose or due_now.date) <= missed.date <= day.date:
            reason = f": {missed.reason}" if missed.reason else ""
            evidence += of_day("not-given", missed.date, f"Not given{reason}")
    return Finding(WARNING, evidence, onset=add_days(due_now.date, 1))


@rule("loading-review-due", "treatment", "doses", "reviews")
def loading_review_due(day: Day) -> Finding | None:
    """Three weeks of neurological loading since the first dose, or since a later review."""
    if day.phase != "loading-neuro" or day.treatment is None or not day.doses_taken:
        return None
    first = day.treatment.dose_days[0]
    review = day.newest_review
    later = review is not None and review.date > first
    base = review.date if review is not None and later else first
    due = add_days(base, day.history.policy.loading_review_days)
    if day.date < due:
        return None
    evidence = of_day("dose", first, "First injection") + (of_review(review) if later else ())
    return Finding(WARNING, evidence, onset=due)


@rule("loading-interrupted", "treatment", "doses")
def loading_interrupted(day: Day) -> Finding | None:
    """Loading has stood still for longer than the gap that policy allows."""
    last = day.last_dose_in_run
    if not day.phase.startswith("loading") or last is None:
        return None
    first = add_days(last, day.history.policy.loading_gap_days + 1)
    return Finding(WARNING, of_last_dose(day), onset=first) if day.date >= first else None


@rule("treatment-lapsed", "treatment", "doses")
def treatment_lapsed(day: Day) -> Finding | None:
    """Two intervals have passed since the last dose in the injection run."""
    lapsed_on = lapse_date(day)
    if lapsed_on is None or day.date < lapsed_on:
        return None
    return Finding(WARNING, of_last_dose(day) + of_running(day), onset=lapsed_on)


def lapse_date(day: Day) -> date | None:
    """The day on which maintenance lapses if no dose is given; None outside maintenance."""
    last, span = day.last_dose_in_run, day.running
    if day.phase not in ("maintenance", "prophylaxis") or last is None or span is None:
        return None
    if span.interval is None:
        return None
    return add_interval(last, span.interval, PROTOCOL.lapsed_intervals)


@rule("protocol-undefined", "treatment")
def protocol_undefined(day: Day) -> Finding | None:
    """Injections run with no interval chosen, so no maintenance date is forecast."""
    span = day.running
    if span is None or span.oral or span.interval is not None:
        return None
    return Finding(WARNING, of_course(span.course, None))
