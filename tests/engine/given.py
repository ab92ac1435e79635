"""Facts in few words for the engine's tests; dates as ISO text."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from regimens.engine import Assessment, Policy, assess
from regimens.engine.facts import (
    Condition,
    Course,
    Diagnosis,
    Dose,
    ExtraRecheck,
    Facts,
    Lab,
    Patient,
    SymptomReview,
)

ANNA = Patient(birth_date=date(1960, 5, 10), sex="female")
UNITS = {
    "b12": "pg/mL",
    "active-b12": "pmol/L",
    "mma": "nmol/L",
    "homocysteine": "umol/L",
    "haemoglobin": "g/L",
    "mcv": "fL",
    "egfr": "mL/min/{1.73_m2}",
    "potassium": "mmol/L",
    "platelets": "10*9/L",
    "if-antibody": None,
}
LOADING = ("2026-01-05", "2026-01-07", "2026-01-09", "2026-01-12", "2026-01-14", "2026-01-16")


def on(day: str) -> date:
    """A date."""
    return date.fromisoformat(day)


def dose(day: str, **more: Any) -> Dose:
    """An ordinary injection, unless said otherwise."""
    usual = {"drug": "hydroxocobalamin", "amount_ug": Decimal(1000), "route": "IM"}
    return Dose(date=on(day), **{**usual, **more})


def doses(*days: str) -> tuple[Dose, ...]:
    """Ordinary injections."""
    return tuple(dose(day) for day in days)


def course(start: str, regimen: str = "im-standard", **more: Any) -> Course:
    """A course; dates among the rest as ISO text."""
    for key in ("end", "loading_ended", "voided"):
        if more.get(key):
            more[key] = on(more[key])
    return Course(start=on(start), regimen=regimen, **more)


def review(day: str, direction: str, *symptoms: str, **more: Any) -> SymptomReview:
    """A symptom review."""
    return SymptomReview(date=on(day), direction=direction, symptoms=symptoms, **more)


def lab(day: str, analyte: str, value: str, unit: str | None = None, **more: Any) -> Lab:
    """A result, in the analyte's usual unit unless said otherwise."""
    number = value if value.isalpha() else Decimal(value)
    return Lab(date=on(day), analyte=analyte, value=number, unit=unit or UNITS[analyte], **more)


def panel(day: str, **values: str) -> tuple[Lab, ...]:
    """A complete set of one day, at target unless a value says otherwise."""
    usual = {"b12": "520", "haemoglobin": "135", "mcv": "90", "homocysteine": "8"}
    return tuple(lab(day, name, value) for name, value in {**usual, **values}.items())


def deficient(day: str = "2025-12-20", cause: str = "dietary") -> Diagnosis:
    """A diagnosis of deficiency."""
    return Diagnosis(date=on(day), cause=cause, deficient=True)


def condition(code: str, onset: str, cm: str | None = None, ended: str | None = None) -> Condition:
    """A condition, with a length for a resection."""
    return Condition(
        code=code,
        onset=on(onset),
        ended=on(ended) if ended else None,
        length_cm=Decimal(cm) if cm else None,
    )


def extra(day: str) -> ExtraRecheck:
    """An extra recheck."""
    return ExtraRecheck(date=on(day), reason="prescriber")


def assessed(today: str, policy: Policy | None = None, **facts: Any) -> Assessment:
    """Anna's assessment on a day, by these facts."""
    facts = {"patient": ANNA, **facts}
    return assess(Facts(**facts), on(today), policy or Policy())


def codes(assessment: Assessment) -> set[str]:
    """The codes of the flags."""
    return {flag.code for flag in assessment.flags}


def flag(assessment: Assessment, code: str) -> Any:
    """The flag of a code; fails where there is not exactly one."""
    (found,) = [flag for flag in assessment.flags if flag.code == code]
    return found
