"""An assessment as JSON says it: the contract's keys in the contract's order."""

from __future__ import annotations

from datetime import date
from typing import Any

from regimens.engine.assessment import Assessment, Flag, Recheck, Reminder

type Json = dict[str, Any]


def as_dict(assessment: Assessment) -> Json:
    """An assessment as plain JSON values; dates in ISO 8601."""
    return {
        "today": iso(assessment.today),
        "phase": assessment.phase,
        "controlled": assessment.controlled,
        "neurological": assessment.neurological,
        "course": _plain(assessment.course, "regimen", "interval", "t0"),
        "suggestion": _plain(
            assessment.suggestion, "regimen", "interval", "alternatives", "because", "source"
        ),
        "next_dose": _plain(
            assessment.next_dose,
            "due",
            "due_soon_from",
            "overdue_from",
            "status",
            "band",
            "days_overdue",
            "number",
            "of",
        ),
        "doses": [_plain(dose, "date", "counted", "timing", "days") for dose in assessment.doses],
        "missed_doses": [iso(day) for day in assessment.missed_doses],
        "rechecks": [_recheck(recheck) for recheck in assessment.rechecks],
        "sets": [_plain(one, "date", "serves", "at_target") for one in assessment.sets],
        "reminders": [_reminder(reminder) for reminder in assessment.reminders],
        "flags": [_flag(flag) for flag in assessment.flags],
        "changes_on": iso(assessment.changes_on),
    }


def iso(day: date | None) -> str | None:
    """A date as JSON says it."""
    return day.isoformat() if day is not None else None


def _plain(value: object, *names: str) -> Json | None:
    if value is None:
        return None
    return {name: _value(getattr(value, name)) for name in names}


def _value(value: object) -> object:
    if isinstance(value, date):
        return iso(value)
    return list(value) if isinstance(value, tuple) else value


def _recheck(recheck: Recheck) -> Json | None:
    return _plain(
        recheck, "t0", "milestone", "due", "status", "date", "days_late", "tests", "missing"
    )


def _reminder(reminder: Reminder) -> Json:
    """A reminder; only one of a recheck names a milestone."""
    said: Json = {
        "kind": reminder.kind,
        "for": iso(reminder.for_date),
        "step": reminder.step,
        "on": iso(reminder.on),
    }
    if reminder.kind == "recheck":
        said["milestone"] = reminder.milestone
    return said


def _flag(flag: Flag) -> Json:
    """A flag; only one about a recheck names its milestone and due date."""
    said: Json = {
        "code": flag.code,
        "severity": flag.severity,
        "since": iso(flag.since),
        "evidence": [_plain(one, "fact", "date", "text") for one in flag.evidence],
        "why": flag.why,
        "do": flag.do,
        "source": flag.source,
    }
    if flag.due is not None:
        said |= {"milestone": flag.milestone, "due": iso(flag.due)}
    return said
