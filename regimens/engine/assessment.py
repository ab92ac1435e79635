"""What the engine answers: frozen values named as in the engine's contract."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, kw_only=True, slots=True)
class CourseSummary:
    """The current course: its regimen, the interval in force and the treatment's T0."""

    regimen: str
    interval: str | None
    t0: date | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Suggestion:
    """The regimen the facts suggest, and why; only a prescriber orders."""

    regimen: str
    interval: str | None
    alternatives: tuple[str, ...]
    because: str
    source: str


@dataclass(frozen=True, kw_only=True, slots=True)
class NextDose:
    """The next injection; each date is the first day on which its word is true."""

    due: date
    due_soon_from: date
    overdue_from: date
    status: str  # upcoming, due-soon, due, overdue
    band: str | None  # late, overdue, long-overdue
    days_overdue: int
    number: int
    of: int | None


@dataclass(frozen=True, kw_only=True, slots=True)
class DoseJudged:
    """One recorded dose: counted or not, and how it stood against its due date."""

    date: date
    counted: bool
    timing: str | None  # early, on-time, late
    days: int | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Recheck:
    """One check of the grid, after a switch, or extra."""

    t0: date | None
    milestone: str
    due: date
    status: str  # upcoming, due-soon, due, overdue, partial, done, missed, superseded
    date: date | None
    days_late: int | None
    tests: tuple[str, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class ResultSet:
    """A complete set of results, what it serves (None: unscheduled), and its verdict."""

    date: date
    serves: str | None
    at_target: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Reminder:
    """One reminder step of a dose or a recheck, on the day it is to be made."""

    kind: str  # dose, recheck
    for_date: date  # "for" in the contract's JSON
    step: str
    on: date
    milestone: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Evidence:
    """A fact that a flag rests on."""

    fact: str
    date: date | None
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Flag:
    """Something a clinician must see, with its reason, what to do and its source."""

    code: str
    severity: str  # critical, warning, info
    since: date | None
    evidence: tuple[Evidence, ...]
    why: str
    do: str
    source: str
    milestone: str | None = None
    due: date | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Assessment:
    """Where one person stands on one day."""

    today: date
    phase: str
    controlled: bool
    neurological: bool
    course: CourseSummary | None
    suggestion: Suggestion | None
    next_dose: NextDose | None
    doses: tuple[DoseJudged, ...]
    missed_doses: tuple[date, ...]
    rechecks: tuple[Recheck, ...]
    sets: tuple[ResultSet, ...]
    reminders: tuple[Reminder, ...]
    flags: tuple[Flag, ...]
    changes_on: date | None
