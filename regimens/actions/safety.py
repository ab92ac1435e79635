"""What must be answered before a dose or an order is saved.

The engine says what holds; this says which of its flags are about the deed at
hand. A warning needs a tick of whoever saves, a critical one a reason as well;
both are kept with what was saved.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from patients.actions.errors import Refused
from regimens.engine import assess
from regimens.engine.assessment import Assessment, Flag
from regimens.engine.facts import Course, Dose, Facts, RechecksOff
from regimens.presenters import day_words, flag_title

SEVERITIES = ("critical", "warning")
# Flags about the injections of the day itself.
DOSE_CODES = frozenset(
    {
        "cyanocobalamin-renal",
        "dose-early",
        "dose-nonstandard",
        "duplicate-dose",
        "folic-acid-before-b12",
        "folic-acid-during-loading",
        "leber-cyanocobalamin",
        "route-intravenous",
        "site-gluteal",
    }
)
# Flags about the person, which count as they stand before the needle.
PERSON_CODES = frozenset({"anticoagulant-im", "cobalamin-allergy", "hypokalaemia-risk"})
ORDER_CODES = PERSON_CODES | {
    "cyanocobalamin-renal",
    "folic-acid-before-b12",
    "leber-cyanocobalamin",
    "neuro-on-oral",
    "protocol-undefined",
    "regimen-mismatch",
    "under-16",
}
END_CODES = frozenset({"lifelong-treatment-stop"})
OFF_CODES = frozenset({"monitoring-stopped"})
EXPIRED_LOT = "lot-expired"


@dataclass(frozen=True)
class Concern:
    """Something that must be answered before saving."""

    code: str
    severity: str  # critical, warning
    title: str
    why: str
    do: str

    @property
    def is_critical(self) -> bool:
        """Whether a tick is not enough: it needs a reason."""
        return self.severity == "critical"


class Unanswered(Refused):
    """Nothing was saved, because these concerns have not been answered."""

    def __init__(self, concerns: Sequence[Concern]) -> None:
        titles = "; ".join(concern.title for concern in concerns)
        super().__init__(
            f"Nothing has been saved yet. Read and answer what the safety rules say: {titles}."
        )
        self.concerns = tuple(concerns)


def answered(concerns: Iterable[Concern], answers: Mapping[str, str]) -> list[dict[str, Any]]:
    """What is kept with the fact: code, severity, reason.

    `answers` has the reason, or nothing but a tick (""), by code. Raises
    `Unanswered` with those that are missing, or critical without a reason.
    """
    concerns = list(concerns)
    missing = [
        concern
        for concern in concerns
        if concern.code not in answers
        or (concern.is_critical and not answers[concern.code].strip())
    ]
    if missing:
        raise Unanswered(missing)
    return [
        {
            "code": concern.code,
            "severity": concern.severity,
            "reason": answers[concern.code].strip(),
        }
        for concern in concerns
    ]


def dose_concerns(facts: Facts, dose: Dose) -> list[Concern]:
    """What the rules say of giving this dose, as of the day on which it is given."""
    before = assess(facts, dose.date)
    after = assess(with_dose(facts, dose), dose.date)
    return _concerns(before, PERSON_CODES) + _concerns(after, DOSE_CODES)


def with_dose(facts: Facts, dose: Dose) -> Facts:
    """The facts, were this dose given."""
    return replace(facts, doses=(*facts.doses, dose))


def lot_concerns(expiry: date | None, given_on: date) -> list[Concern]:
    """Whether the ampoule was out of date on the day it was given."""
    if expiry is None or expiry >= given_on:
        return []
    return [
        Concern(
            code=EXPIRED_LOT,
            severity="warning",
            title=concern_title(EXPIRED_LOT),
            why=f"The expiry date, {day_words(expiry)}, was before the injection.",
            do="If it has not been given, take another ampoule. If it has, tell a prescriber.",
        )
    ]


def concern_title(code: str) -> str:
    """The short name of what was asked."""
    return "The lot has expired" if code == EXPIRED_LOT else flag_title(code)


def with_order(facts: Facts, course: Course, today: date) -> Assessment:
    """Where the person stands from the day on which this order runs."""
    ordered = replace(facts, courses=(*facts.courses, course))
    return assess(ordered, max(today, course.start))


def order_concerns(facts: Facts, course: Course, today: date) -> list[Concern]:
    """What the rules say of this order."""
    return _concerns(with_order(facts, course, today), ORDER_CODES)


def end_concerns(facts: Facts, start: date, end: date, today: date) -> list[Concern]:
    """What the rules say of ending the course that started on `start`."""
    courses = tuple(
        replace(course, end=end) if course.start == start and not course.end else course
        for course in facts.courses
    )
    return _concerns(assess(replace(facts, courses=courses), today), END_CODES)


def off_concerns(facts: Facts, spell: RechecksOff, today: date) -> list[Concern]:
    """What the rules say of switching the rechecks off."""
    off = replace(facts, rechecks_off=(*facts.rechecks_off, spell))
    return _concerns(assess(off, max(today, spell.start)), OFF_CODES)


def _concerns(found: Assessment, codes: frozenset[str]) -> list[Concern]:
    flags = [flag for flag in found.flags if flag.code in codes and flag.severity in SEVERITIES]
    return [_concern(flag) for flag in flags]


def _concern(flag: Flag) -> Concern:
    return Concern(
        code=flag.code,
        severity=flag.severity,
        title=concern_title(flag.code),
        why=flag.why,
        do=flag.do,
    )
