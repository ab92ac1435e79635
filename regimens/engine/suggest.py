"""The regimen the facts suggest, beside the one that is ordered; only a prescriber orders."""

from __future__ import annotations

from regimens.engine.assessment import CourseSummary, Suggestion
from regimens.engine.day import Day, once_a_day
from regimens.engine.protocol import PROTOCOL

LONG_RESECTION = "more than 20 cm of ileum has been resected"


@once_a_day
def course_summary(day: Day) -> CourseSummary | None:
    """The current course, though ended or closed; None before the first."""
    span = day.current
    if span is None:
        return None
    return CourseSummary(regimen=span.course.regimen, interval=span.interval, t0=day.t0)


@once_a_day
def suggestion(day: Day) -> Suggestion | None:
    """The suggested regimen and interval; None where nothing is indicated, or closed."""
    if day.closed:
        return None
    regimen = suggested_regimen(day)
    if regimen is None:
        return None
    return Suggestion(
        regimen=regimen,
        interval=_interval(day, regimen),
        alternatives=("oral",) if regimen == "im-standard" else (),
        because=_because(day, regimen),
        source=PROTOCOL.regimens[regimen].source,
    )


def suggested_regimen(day: Day) -> str | None:
    """The first that fits: neurological, ileal, bariatric, deficient."""
    if day.neurological:
        return "im-neuro"
    if day.long_resection:
        return "im-ileal"
    if day.has("bariatric-surgery"):
        return "im-bariatric"
    return "im-standard" if day.deficient else None


def _interval(day: Day, regimen: str) -> str | None:
    """The shortest maintenance interval of all that is indicated."""
    if day.long_resection:
        return PROTOCOL.regimens["im-ileal"].interval
    if day.neurological:
        return PROTOCOL.regimens["im-neuro"].interval
    return PROTOCOL.regimens[regimen].interval


def _because(day: Day, regimen: str) -> str:
    if regimen == "im-neuro":
        words = "A neurological symptom is on record, which calls for the neurological regimen"
        if day.long_resection:
            return f"{words}; {LONG_RESECTION}, which calls for monthly injections."
        return f"{words}."
    if regimen == "im-ileal":
        return (
            f"{LONG_RESECTION[0].upper()}{LONG_RESECTION[1:]}, "
            "which calls for monthly injections for life, deficient or not."
        )
    if regimen == "im-bariatric":
        return (
            "Bariatric surgery is on record, which calls for injections for life; "
            "the prescriber picks the interval."
        )
    return f"{_deficient_because(day)}, and no neurological symptom is on record."


def _deficient_because(day: Day) -> str:
    if day.diagnosis is not None and day.diagnosis.deficient:
        return "B12 deficiency is diagnosed"
    if day.b12_is("deficient"):
        return "The newest B12 is deficient"
    return "MMA is raised with good kidney function, though B12 is not low"
