"""What is known about one person: the engine's input, as plain frozen values.

Names, words and meanings follow the engine's contract. Dates are the
clinic's calendar dates; amounts are micrograms; a result's value is the
decimal that was written. A voided fact keeps the date on which it was
voided and counts on the days before it.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, kw_only=True, slots=True)
class Away:
    """A spell away from the clinic; `until` is its last day, None until further notice."""

    start: datetime.date
    until: datetime.date | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Patient:
    """The person. `pregnant` is False, True, or the trimester 1, 2 or 3."""

    birth_date: datetime.date
    sex: str = "unknown"  # female, male, other, unknown
    pregnant: bool | int = False
    breastfeeding: bool = False
    status: str = "active"  # active, transferred, deceased
    status_since: datetime.date | None = None
    away: Away | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Diagnosis:
    """Why the person is treated: the cause, and whether they were deficient."""

    date: datetime.date
    cause: str
    deficient: bool = False
    voided: datetime.date | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Condition:
    """A lasting condition; it no longer holds from `ended` on."""

    code: str
    onset: datetime.date
    ended: datetime.date | None = None
    length_cm: Decimal | None = None
    procedure: str | None = None
    voided: datetime.date | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class SymptomReview:
    """What a clinician found on one day: symptoms, severity and direction."""

    date: datetime.date
    direction: str
    symptoms: tuple[str, ...] = ()
    severe: bool = False
    voided: datetime.date | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Course:
    """What a prescriber ordered, from `start` until `end` or the next course."""

    start: datetime.date
    regimen: str
    interval: str | None = None  # ISO 8601, P1M to P99M or P1W to P99W
    drug: str = "hydroxocobalamin"
    loading_ended: datetime.date | None = None
    reload: bool = False
    end: datetime.date | None = None
    end_reason: str | None = None
    oral_daily_ug: Decimal | None = None
    voided: datetime.date | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Dose:
    """A dose that was given."""

    date: datetime.date
    drug: str
    amount_ug: Decimal
    route: str
    site: str | None = None
    elsewhere: bool = False
    reaction: str | None = None
    voided: datetime.date | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class NotGiven:
    """A dose that was meant to be given and was not."""

    date: datetime.date
    reason: str | None = None
    voided: datetime.date | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class FolicAcid:
    """A course of folic acid; it no longer runs from `end` on."""

    start: datetime.date
    end: datetime.date | None = None
    voided: datetime.date | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Allergy:
    """An allergy to a substance."""

    substance: str
    date: datetime.date
    voided: datetime.date | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Medicine:
    """Another medicine that matters here; it no longer runs from `end` on."""

    code: str
    start: datetime.date
    end: datetime.date | None = None
    voided: datetime.date | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Lab:
    """A laboratory result as reported; `value` is a word only for `if-antibody`."""

    date: datetime.date
    analyte: str
    value: Decimal | str
    unit: str | None = None
    comparator: str | None = None
    voided: datetime.date | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class ExtraRecheck:
    """A recheck that a prescriber set on a date of their own."""

    date: datetime.date
    reason: str | None = None
    voided: datetime.date | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class RechecksOff:
    """A spell during which rechecks are switched off; on again from `end` on."""

    start: datetime.date
    end: datetime.date | None = None
    reason: str | None = None
    voided: datetime.date | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Policy:
    """What a clinic may set for itself, in days."""

    due_soon_days: int = 14
    late_days: int = 14
    overdue_days: int = 28
    loading_gap_days: int = 14
    loading_review_days: int = 21


@dataclass(frozen=True, kw_only=True, slots=True)
class Facts:
    """All facts about one person that the rules read, in any order."""

    patient: Patient
    diagnosis: Diagnosis | None = None
    conditions: tuple[Condition, ...] = ()
    symptom_reviews: tuple[SymptomReview, ...] = ()
    courses: tuple[Course, ...] = ()
    doses: tuple[Dose, ...] = ()
    not_given: tuple[NotGiven, ...] = ()
    folic_acid: tuple[FolicAcid, ...] = ()
    allergies: tuple[Allergy, ...] = ()
    medicines: tuple[Medicine, ...] = ()
    labs: tuple[Lab, ...] = ()
    extra_rechecks: tuple[ExtraRecheck, ...] = ()
    rechecks_off: tuple[RechecksOff, ...] = ()
