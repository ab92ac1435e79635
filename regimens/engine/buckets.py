"""The one bucket of today's list that a patient is in, and when time alone moves them."""

from __future__ import annotations

from datetime import date, timedelta

from regimens.engine.assessment import Assessment
from regimens.engine.facts import Away, Facts

OPEN_RECHECK = frozenset({"due-soon", "due", "overdue", "partial"})
BY_PHASE = {
    "not-started": "not-started",
    "ended": "no-forecast",
    "oral": "oral",
    "loading": "loading",
    "loading-neuro": "loading",
}


def is_away(away: Away | None, day: date) -> bool:
    """Whether the patient is away on a day; `until` is the last one."""
    return away is not None and away.start <= day and (away.until is None or day <= away.until)


def bucket_of(facts: Facts, assessment: Assessment) -> str:
    """Where the patient belongs on today's list; the first that fits, in order of risk."""
    if assessment.phase == "closed":
        return "closed"
    if is_away(facts.patient.away, assessment.today):
        return "away"
    if any(flag.code == "treatment-lapsed" for flag in assessment.flags):
        return "lapsed"
    dose = assessment.next_dose
    if dose is not None and dose.band is not None:
        return dose.band
    if dose is not None and dose.status == "due":
        return "due-today"
    if assessment.phase in ("loading", "loading-neuro"):
        return "loading"
    if dose is not None and dose.status == "due-soon":
        return "due-soon"
    if any(recheck.status in OPEN_RECHECK for recheck in assessment.rechecks):
        return "recheck-only"
    if dose is None:
        return BY_PHASE.get(assessment.phase, "no-forecast")
    return "up-to-date"


def bucket_changes_on(facts: Facts, assessment: Assessment) -> date | None:
    """The first later date on which the assessment or the bucket may differ.

    Going away and coming back move the bucket even where they change nothing
    in the assessment.
    """
    days = [assessment.changes_on]
    if (away := facts.patient.away) is not None:
        days.append(away.start)
        days.append(away.until + timedelta(days=1) if away.until else None)
    return min((day for day in days if day and day > assessment.today), default=None)
